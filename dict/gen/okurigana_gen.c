/* Okurigana for the lexicon. Interface: okurigana_gen.h. */
#include "dict/gen/okurigana_gen.h"

#include "base/utf8.h"
#include "dict/gen/families_gen.h"

#include <stdlib.h>
#include <string.h>

/* A form, to be looked up by its text. */
struct known_form {
    struct span text;
    size_t family;
};

struct known_forms {
    struct known_form *items;
    size_t n;
};

/* The forms of nouns, sorted. */
static enum status know_forms(struct known_forms *known, const struct families *f)
{
    *known = (struct known_forms){malloc((f->n_forms + 1) * sizeof *known->items), 0};
    if (known->items == NULL)
        return ST_NOMEM;
    for (size_t i = 0; i < f->n_forms; i++) {
        size_t family = f->forms[i].family;
        if (!f->items[family].inflects)
            known->items[known->n++] = (struct known_form){families_form(f, i), family};
    }
    qsort(known->items, known->n, sizeof *known->items, spans_compare);
    return ST_OK;
}

static size_t first_form(const struct known_forms *known, struct span text)
{
    return spans_find(known->items, known->n, sizeof *known->items, text);
}

/* Adds the forms of FAMILY between BEFORE and BEHIND. */
static enum status add_family(struct lexicon_builder *b, const struct families *f,
                              const struct family *family, struct span before, struct span behind)
{
    struct buf full = BUF_INIT, shorter = BUF_INIT;
    enum status st = ST_OK;
    for (size_t i = 0; i < family->n && st == ST_OK; i++) {
        struct buf *out = i == 0 ? &full : &shorter;
        struct span form = families_form(f, family->first + i);
        buf_clear(out);
        buf_append(out, before.data, before.len);
        buf_append(out, form.data, form.len);
        buf_append(out, behind.data, behind.len);
        struct span whole = {full.data, full.len}, less = {shorter.data, shorter.len};
        if (out->failed)
            st = ST_NOMEM;
        else if (i > 0)
            st = lexicon_add(b, whole, LEXICON_OKURIGANA, less);
        if (st == ST_OK && i > 0)
            st = lexicon_add(b, less, LEXICON_FULL, whole);
    }
    buf_release(&full);
    buf_release(&shorter);
    return st;
}

/* Whether WHOLE is read with READING at its beginning, or else at its end and maybe voiced there,
 * and more. */
static bool is_read_with(struct span whole, struct span reading, bool at_end)
{
    if (whole.len <= reading.len)
        return false;
    return at_end ? span_ends(whole, reading_behind_first(reading)) : span_starts(whole, reading);
}

/* Adds ENTRY with the part [START, END) of it written in all ways. A word of one kanji at its
 * beginning is left as it is: nobody writes 係り長. */
static enum status add_with_part(struct lexicon_builder *b, const struct families *f,
                                 const struct known_forms *known, const struct entry *entry,
                                 size_t start, size_t end)
{
    struct span whole = entry->surface, part = {whole.data + start, end - start};
    struct span before = {whole.data, start}, behind = {whole.data + end, whole.len - end};
    enum status st = ST_OK;
    for (size_t i = first_form(known, part);
         i < known->n && st == ST_OK && span_compare(known->items[i].text, part) == 0; i++) {
        const struct family *family = &f->items[known->items[i].family];
        if (start == 0 && span_is_one_kanji(families_form(f, family->first)))
            continue;
        if (is_read_with(entry->reading, family->reading, start > 0))
            st = add_family(b, f, family, before, behind);
    }
    return st;
}

/* Whether ENTRY is one of a family itself, whose forms say all. */
static bool is_known(const struct families *f, const struct known_forms *known,
                     const struct entry *entry)
{
    for (size_t i = first_form(known, entry->surface);
         i < known->n && span_compare(known->items[i].text, entry->surface) == 0; i++) {
        if (span_compare(f->items[known->items[i].family].reading, entry->reading) == 0)
            return true;
    }
    return false;
}

/* Adds what is made by the words that ENTRY begins and ends with. */
static enum status add_compound(struct lexicon_builder *b, const struct families *f,
                                const struct known_forms *known, const struct entry *entry)
{
    size_t n = is_known(f, known, entry) ? 0 : entry->surface.len;
    enum status st = ST_OK;
    uint32_t cp;
    for (size_t i = 0; i < n && st == ST_OK;) {
        i += utf8_decode(entry->surface.data + i, n - i, &cp);
        if (i == n)
            break;
        if (span_kana_from(entry->surface, i) > 0)
            continue;
        st = add_with_part(b, f, known, entry, 0, i);
        if (st == ST_OK)
            st = add_with_part(b, f, known, entry, i, n);
    }
    return st;
}

enum status okurigana_add(struct lexicon_builder *b, const struct entries *entries)
{
    struct families f = {.strings = BUF_INIT};
    struct known_forms known = {0};
    const struct span none = {"", 0};
    enum status st = families_find(&f, entries);
    for (size_t i = 0; i < f.n && st == ST_OK; i++)
        st = add_family(b, &f, &f.items[i], none, none);
    if (st == ST_OK)
        st = know_forms(&known, &f);
    for (size_t i = 0; i < entries->n && st == ST_OK; i++) {
        if (!entries->items[i].inflects)
            st = add_compound(b, &f, &known, &entries->items[i]);
    }
    free(known.items);
    families_release(&f);
    return st;
}
