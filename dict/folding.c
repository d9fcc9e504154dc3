/* Normalisation of characters in parts. Interface: folding.h. */
#include "dict/folding.h"

#include "base/utf8.h"
#include "dict/normalize.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

struct folder {
    unsigned kinds;
    struct buf *out;
    struct buf run;           /* what utf8proc is to see as a whole: marks join characters */
    struct normalized single; /* of one character */
    bool failed;
};

static utf8proc_option_t options_of(unsigned kinds)
{
    int options = UTF8PROC_STABLE | UTF8PROC_COMPOSE;
    if (kinds & FOLDING_WIDTH)
        options |= UTF8PROC_COMPAT;
    if (kinds & FOLDING_CASE)
        options |= UTF8PROC_CASEFOLD;
    return (utf8proc_option_t)options;
}

/* Maps N_BYTES of valid UTF-8; the caller frees *MAPPED. The length, or negative. */
static utf8proc_ssize_t map(const char *text, size_t n_bytes, unsigned kinds,
                            utf8proc_uint8_t **mapped)
{
    return utf8proc_map((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)n_bytes, mapped,
                        options_of(kinds));
}

/* The characters that NFC replaces, though they are variants: UAX #15 calls them singletons. */
static bool is_compatibility_ideograph(uint32_t cp)
{
    return (cp >= 0xF900 && cp <= 0xFAFF) || (cp >= 0x2F800 && cp <= 0x2FA1F);
}

/* ﬁ and the like, which case folding, too, takes apart. */
static bool is_ligature(uint32_t cp)
{
    return cp >= 0xFB00 && cp <= 0xFB06;
}

/* Whether a character must stay as it is, whatever utf8proc would make of it. */
static bool stays(const struct folder *f, uint32_t cp)
{
    return (is_compatibility_ideograph(cp) && !(f->kinds & FOLDING_VARIANTS)) ||
           (is_ligature(cp) && !(f->kinds & FOLDING_WIDTH));
}

/* Sets f->single to the normal form of one character. */
static bool normalize_one(struct folder *f, const char *text, size_t n_bytes)
{
    f->failed |= normalize(&f->single, text, n_bytes) != ST_OK;
    return !f->failed;
}

/* Adds a character to the run; BEFORE: the one before it in the text. */
static void add_to_run(struct folder *f, uint32_t before, uint32_t cp)
{
    bool voices = (f->kinds & FOLDING_WIDTH) && f->run.len > 0 && normalize_voices(before, cp);
    buf_add_cp(&f->run, voices ? normalize_composing(cp) : cp);
}

/* Adds one character, in its normal form if that is more than width and case make of it. */
static void add_variant(struct folder *f, const char *text, size_t n_bytes)
{
    utf8proc_uint8_t *plain = NULL;
    utf8proc_ssize_t n = map(text, n_bytes, FOLDING_WIDTH | FOLDING_CASE, &plain);
    const struct buf *normal = &f->single.text;
    if (n < 0 || !normalize_one(f, text, n_bytes)) {
        f->failed = true;
        return;
    }
    if (normal->len == (size_t)n && memcmp(normal->data, plain, (size_t)n) == 0)
        buf_append(f->out, text, n_bytes);
    else
        buf_append(f->out, normal->data, normal->len);
    free(plain);
}

/* Adds the run and forgets it. */
static void end_run(struct folder *f)
{
    utf8proc_uint8_t *mapped = NULL;
    if (f->run.len == 0)
        return;
    utf8proc_ssize_t n = map(f->run.data, f->run.len, f->kinds, &mapped);
    f->failed |= n < 0;
    for (size_t i = 0, len; n > 0 && i < (size_t)n && !f->failed; i += len) {
        uint32_t cp;
        len = utf8_decode((char *)mapped + i, (size_t)n - i, &cp);
        if (f->kinds & FOLDING_VARIANTS)
            add_variant(f, (char *)mapped + i, len);
        else
            buf_append(f->out, mapped + i, len);
    }
    free(mapped);
    buf_clear(&f->run);
}

static void add_blank(struct folder *f)
{
    end_run(f);
    if (f->out->len == 0 || f->out->data[f->out->len - 1] != ' ')
        buf_addc(f->out, ' ');
}

bool folding_apply(struct buf *out, const char *text, size_t n_bytes, unsigned kinds)
{
    struct folder f = {.kinds = kinds, .out = out, .run = BUF_INIT, .single = NORMALIZED_INIT};
    uint32_t cp = 0;
    buf_clear(out);
    for (size_t i = 0; i < n_bytes && !f.failed;) {
        uint32_t before = cp;
        char one[4];
        i += utf8_decode(text + i, n_bytes - i, &cp);
        size_t len = utf8_encode(cp, one);
        if (normalize_one(&f, one, len) && f.single.text.len == 1 && f.single.text.data[0] == ' ') {
            add_blank(&f);
        } else if (stays(&f, cp)) {
            end_run(&f);
            buf_append(out, one, len);
        } else {
            add_to_run(&f, before, cp);
        }
    }
    end_run(&f);
    bool ok = !f.failed && !f.run.failed && !out->failed;
    buf_release(&f.run);
    normalized_release(&f.single);
    return ok;
}

bool folding_holds(const char *text, size_t n_bytes, const char *wanted, size_t n_wanted,
                   unsigned kinds, bool *holds)
{
    struct buf folded = BUF_INIT;
    bool ok = folding_apply(&folded, text, n_bytes, kinds);
    *holds = ok && (n_wanted == 0 || memmem(folded.data, folded.len, wanted, n_wanted) != NULL);
    buf_release(&folded);
    return ok;
}

bool folding_between(const char *text, size_t n_bytes, const char *typed, size_t n_typed,
                     unsigned *kinds)
{
    static const unsigned single[] = {FOLDING_WIDTH, FOLDING_CASE, FOLDING_VARIANTS};
    struct buf wanted = BUF_INIT;
    bool ok = true;
    *kinds = 0;
    if (n_typed == 0 || memmem(text, n_bytes, typed, n_typed) != NULL)
        return true;
    for (size_t i = 0; i < sizeof single / sizeof *single && ok; i++) {
        unsigned others = FOLDING_ALL & ~single[i];
        bool holds = false;
        ok = folding_apply(&wanted, typed, n_typed, others) &&
             folding_holds(text, n_bytes, wanted.data, wanted.len, others, &holds);
        *kinds |= ok && !holds ? single[i] : 0;
    }
    if (*kinds == 0)
        *kinds = FOLDING_BLANKS;
    buf_release(&wanted);
    return ok;
}

const char *folding_name(unsigned kinds)
{
    static const char *const names[] = {
        "",         "width",          "case",          "width+case",
        "variants", "width+variants", "case+variants", "width+case+variants"};
    return kinds & FOLDING_BLANKS ? "characters" : names[kinds & FOLDING_ALL];
}
