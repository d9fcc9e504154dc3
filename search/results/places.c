/* Where a term stands in one record. Interface: places.h. */
#include "search/results/places.h"

#include "base/array.h"
#include "base/utf8.h"
#include "dict/folding.h"
#include "search/plan/numbers.h"
#include "search/results/highlight.h"

#include <stdlib.h>
#include <string.h>

void record_text_init(struct record_text *text)
{
    *text = (struct record_text){.normalized = {NORMALIZED_INIT, NORMALIZED_INIT}};
}

void record_text_release(struct record_text *text)
{
    for (int i = 0; i < 2; i++) {
        normalized_release(&text->normalized[i]);
        tokens_release(&text->tokens[i]);
    }
}

enum status record_text_set(struct record_text *text, const struct hiku_record *record,
                            struct tokenizer *t)
{
    enum status st = ST_OK;
    text->texts[0] = record->title;
    text->texts[1] = record->body;
    for (int i = 0; i < 2 && st == ST_OK; i++) {
        struct normalized *n = &text->normalized[i];
        st = normalize(n, text->texts[i].data, text->texts[i].len);
        if (st == ST_OK)
            st = tokenizer_cut(t, n->text.data, n->text.len, &text->tokens[i]);
    }
    return st;
}

void places_release(struct places *places)
{
    free(places->items);
    *places = (struct places){0};
}

static bool add_place(struct places *places, const struct hiku_place *place)
{
    if (!array_reserve(&places->items, &places->cap, places->n + 1, sizeof *places->items))
        return false;
    places->items[places->n++] = *place;
    return true;
}

/* Whether one of the first N places, which are those of other spellings, overlaps PLACE. Ranges of
 * normalised text. */
static bool overlaps(const struct places *places, size_t n, const struct hiku_place *place)
{
    for (size_t i = 0; i < n; i++) {
        const struct hiku_place *other = &places->items[i];
        if (other->field == place->field && other->start < place->end && place->start < other->end)
            return true;
    }
    return false;
}

static bool counts(const struct term *term, const struct spelling *spelling, bool words_only,
                   bool starts, bool aligned)
{
    if (aligned)
        return true;
    return !words_only && !spelling->whole && (!term->prefix || starts);
}

/* Whether hiragana or punctuation follows, as it must behind a word of one character. */
static bool grammar_follows(const struct buf *text, size_t at)
{
    uint32_t cp = 0;
    if (at < text->len)
        utf8_decode(text->data + at, text->len - at, &cp);
    return cp >= LONE_BEFORE_FIRST && cp <= LONE_BEFORE_LAST;
}

/* Finds one spelling in one field. Ranges stay those of the normalised text. */
static bool find_in_field(const struct record_text *text, int field, const struct term *term,
                          size_t number, bool words_only, struct places *out, size_t n_before)
{
    const struct spelling *s = &term->spellings[number];
    const struct buf *norm = &text->normalized[field].text;
    const char *at = norm->data, *end = norm->data + norm->len;
    while (s->len > 0 && (at = memmem(at, (size_t)(end - at), s->text, s->len)) != NULL) {
        struct hiku_place place = {.field = field == 0 ? HIKU_FIELD_TITLE : HIKU_FIELD_BODY,
                                   .spelling = number,
                                   .start = (size_t)(at - norm->data)};
        place.end = place.start + s->len;
        bool starts = tokens_have_bound(&text->tokens[field], place.start);
        bool ends = term_has_open_end(term) || tokens_have_bound(&text->tokens[field], place.end);
        place.aligned = starts && ends;
        bool fits = (term->kind != HIKU_TERM_LONE || grammar_follows(norm, place.end)) &&
                    !spelling_is_in_number(s, norm, place.start, place.end);
        if (fits && counts(term, s, words_only, starts, place.aligned) &&
            !overlaps(out, n_before, &place) && !add_place(out, &place))
            return false;
        at++;
    }
    return true;
}

/* Names in PLACE the rules that make what stands there of what was typed. */
static bool name_rules(const struct hiku_text *text, const struct term *term,
                       struct hiku_place *place)
{
    unsigned kinds = 0;
    bool ok = true;
    if (place->spelling == 0 && term->typed != NULL)
        ok = folding_between(text->data + place->start, place->end - place->start, term->typed,
                             strlen(term->typed), &kinds);
    place->folded = kinds != 0;
    place->rule = kinds != 0 ? folding_name(kinds) : term->spellings[place->spelling].rule;
    return ok;
}

bool places_find(const struct record_text *text, const struct term *term, bool words_only,
                 struct places *out)
{
    struct places found = {0};
    bool ok = true;
    for (size_t i = 0; i < term->n_spellings && ok; i++) {
        size_t n_before = found.n;
        for (int field = 0; field < 2 && ok; field++) {
            if (term->fields & (field == 0 ? QUERY_TITLE : QUERY_BODY))
                ok = find_in_field(text, field, term, i, words_only, &found, n_before);
        }
    }
    for (size_t i = 0; i < found.n && ok; i++) {
        struct hiku_place place = found.items[i];
        int field = place.field == HIKU_FIELD_BODY;
        normalized_range(&text->normalized[field], found.items[i].start, found.items[i].end,
                         &place.start, &place.end);
        bool written;
        const struct hiku_text *original = &text->texts[field];
        ok = term_is_written(term, &term->spellings[place.spelling], original->data + place.start,
                             place.end - place.start, &written) &&
             name_rules(original, term, &place);
        if (ok && written)
            ok = add_place(out, &place);
    }
    places_release(&found);
    return ok;
}
