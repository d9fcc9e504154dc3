/* 御 and お or ご at the beginning of words that the dictionary has as one, for the lexicon.
 * Interface: honorifics_gen.h. Before other words 御 is a word by itself (dict/spellings.tsv). */
#include "dict/gen/honorifics_gen.h"

#include "base/buf.h"

#include <string.h>

#define KANJI "御"

static const struct prefix {
    char kana[4];
    char reading[4];
} prefixes[] = {{"お", "オ"}, {"ご", "ゴ"}};

/* Adds E with TO in the place of FROM at its beginning, both ways. */
static enum status add_pair(struct lexicon_builder *b, const struct entries *entries,
                            const struct entry *e, const char *from, const char *to)
{
    size_t n = strlen(from);
    struct buf text = BUF_INIT;
    buf_adds(&text, to);
    buf_append(&text, e->surface.data + n, e->surface.len - n);
    struct span other = {text.data, text.len};
    enum status st = text.failed ? ST_NOMEM : ST_OK;
    /* 御前 is not only お前. */
    if (st == ST_OK && !entries_have_otherwise(entries, other, e->reading) &&
        !entries_have_otherwise(entries, e->surface, e->reading)) {
        st = lexicon_add(b, e->surface, LEXICON_MIXED, other);
        if (st == ST_OK)
            st = lexicon_add(b, other, LEXICON_MIXED, e->surface);
    }
    buf_release(&text);
    return st;
}

enum status honorifics_add(struct lexicon_builder *b, const struct entries *entries)
{
    enum status st = ST_OK;
    for (size_t i = 0; i < entries->n && st == ST_OK; i++) {
        const struct entry *e = &entries->items[i];
        for (size_t p = 0; p < sizeof prefixes / sizeof *prefixes && st == ST_OK; p++) {
            const char *kana = prefixes[p].kana;
            struct span rest = {e->surface.data + strlen(kana), e->surface.len - strlen(kana)};
            if (e->inflects || !span_starts(e->reading, span_of(prefixes[p].reading)))
                continue;
            if (span_starts(e->surface, span_of(kana)) && span_kanji_at(rest) > 0)
                st = add_pair(b, entries, e, kana, KANJI);
            else if (span_starts(e->surface, span_of(KANJI)) && span_kanji_at(rest) > 0)
                st = add_pair(b, entries, e, KANJI, kana);
        }
    }
    return st;
}
