# hiku: build, test, install. `make` builds build/; `make V=1` shows the commands.
VERSION := $(shell cat VERSION)
PREFIX ?= /usr/local
DESTDIR ?=
B ?= build
CC ?= cc
V ?= 0
Q := $(if $(filter 1,$(V)),,@)

PKGS := sqlite3 libutf8proc libxml-2.0
MECAB_CONFIG ?= mecab-config
DICDIR ?= /var/lib/mecab/dic/ipadic-utf8

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
        -Wwrite-strings -Wvla
SAN := $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-omit-frame-pointer -fno-sanitize-recover=all)
OPT ?= -O2
ALL_CPPFLAGS = -I. -I$(B)/gen -D_GNU_SOURCE -DHIKU_VERSION='"$(VERSION)"' \
        -DHIKU_DICDIR='"$(DICDIR)"' -DHIKU_DATADIR='"$(PREFIX)/share/hiku"' \
        -DHIKU_LOCALEDIR='"$(PREFIX)/share/locale"' $(CPPFLAGS)
ALL_CFLAGS = -std=c17 -g $(OPT) -fPIC -fvisibility=hidden -pthread $(WARN) $(SAN) \
        $(if $(WERROR),-Werror) $(shell pkg-config --cflags $(PKGS)) \
        $(shell $(MECAB_CONFIG) --cflags) $(CFLAGS)
LIBS = $(shell pkg-config --libs $(PKGS)) $(shell $(MECAB_CONFIG) --libs) -lm
ALL_LDFLAGS = -pthread $(SAN) $(LDFLAGS)

ROOMS := base corpus dict store indexer search cli
src = $(wildcard $(addsuffix /*.c,$(1)))
obj = $(patsubst %.c,$(B)/%.o,$(1))

.PHONY: all
all:

# --- data made at build time -------------------------------------------------------------------
TOOL_OBJ := $(B)/tools/fold_gen
$(TOOL_OBJ): dict/fold_gen.c base/buf.c base/utf8.c base/buf.h base/utf8.h
	@mkdir -p $(@D)
	$(Q)$(CC) -std=c17 -O1 -I. -D_GNU_SOURCE $(WARN) -o $@ $(filter %.c,$^) \
	    $(shell pkg-config --cflags --libs libutf8proc)

$(B)/gen/fold_table.h: $(TOOL_OBJ) dict/variants.tsv
	@mkdir -p $(@D)
	$(Q)$(TOOL_OBJ) dict/variants.tsv > $@.tmp && mv $@.tmp $@

MECAB_DICT_INDEX ?= $(shell $(MECAB_CONFIG) --libexecdir)/mecab-dict-index
$(B)/hiku.dic: dict/user.csv
	@mkdir -p $(@D)
	@echo "  DICT    $@"
	$(Q)$(MECAB_DICT_INDEX) -d $(DICDIR) -u $@ -f utf8 -t utf8 $< > $(B)/dict.log 2>&1 || \
	    { cat $(B)/dict.log; exit 1; }

# --- objects -------------------------------------------------------------------------------------
# A change of flags rebuilds everything.
FLAGS := $(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS)
$(B)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(subst ','\'',$(FLAGS))' | cmp -s - $@ || echo '$(subst ','\'',$(FLAGS))' > $@
.PHONY: FORCE
FORCE:

$(B)/%.o: %.c $(B)/flags | $(B)/gen/fold_table.h
	@mkdir -p $(@D)
	@$(if $(Q),echo "  CC      $<")
	$(Q)$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

LIB_ROOMS := base dict store search
LIB_SRC := $(filter-out dict/fold_gen.c search/extension.c,$(call src,$(LIB_ROOMS)))
CLI_SRC := $(call src,corpus indexer cli)
LIB_OBJ := $(call obj,$(LIB_SRC))
CLI_OBJ := $(call obj,$(CLI_SRC))

$(B)/libhiku.a: $(LIB_OBJ)
	@$(if $(Q),echo "  AR      $@")
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(B)/hiku: $(CLI_OBJ) $(B)/libhiku.a
	@$(if $(Q),echo "  LD      $@")
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $(CLI_OBJ) $(B)/libhiku.a $(LIBS)

all: $(B)/hiku $(B)/hiku.dic

-include $(wildcard $(B)/*/*.d $(B)/*/*/*.d)
