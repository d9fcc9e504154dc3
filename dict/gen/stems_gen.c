/* Parts of compound verbs, for the lexicon. Interface: stems_gen.h. */
#include "dict/gen/stems_gen.h"

#include "base/array.h"
#include "base/utf8.h"
#include "dict/reading.h"

#include <stdlib.h>

/* So many compounds of the dictionary must a verb end to be taken for second in others, */
#define MIN_ENDED 2
/* and so many nouns where it may be another's potential; or it must begin so many where its kanji
 * alone is a noun (手, 組). */
#define MIN_NOUNS 3
#define MIN_BEGUN 3

/* A verb that may stand in kana ends so many compounds, and of those read alike (合い, 会い) a
 * third of the most frequent one's at least; it has two kana or more. */
#define MIN_KANA_ENDED 5
#define KANA_SHARE 3
#define KANA_BYTES ((size_t)3)
#define MIN_KANA_BYTES (2 * KANA_BYTES)

/* A verb of one kanji. */
struct verb {
    struct span noun;  /* 取り; this member first: spans_find */
    struct span base;  /* 取る */
    struct span kanji; /* 取 */
    struct span reading;
    bool is_potential;   /* 取れ, and also 付け of 付く */
    size_t begun, ended; /* how many compound verbs it begins and ends, */
    size_t nouns;        /* and how many nouns it ends */
};

struct verbs {
    struct verb *items;
    size_t n, cap;
};

static enum status find_verbs(struct verbs *verbs, const struct entries *entries)
{
    for (size_t i = 0; i < entries->n; i++) {
        const struct entry *e = &entries->items[i];
        const struct verb *last = verbs->n > 0 ? &verbs->items[verbs->n - 1] : NULL;
        if (!e->is_noun_form || !span_is_one_kanji(e->surface) ||
            (last != NULL && span_compare(last->noun, e->surface) == 0))
            continue;
        if (!array_reserve(&verbs->items, &verbs->cap, verbs->n + 1, sizeof *verbs->items))
            return ST_NOMEM;
        struct span kanji = {e->surface.data, span_kanji_at(e->surface)};
        verbs->items[verbs->n++] = (struct verb){.noun = e->surface,
                                                 .base = e->base,
                                                 .kanji = kanji,
                                                 .reading = e->reading,
                                                 .is_potential = entry_is_potential(e, entries)};
    }
    return ST_OK;
}

static struct verb *find_verb(const struct verbs *verbs, struct span noun)
{
    size_t i = spans_find(verbs->items, verbs->n, sizeof *verbs->items, noun);
    return i < verbs->n && span_compare(verbs->items[i].noun, noun) == 0 ? &verbs->items[i] : NULL;
}

/* Counts the compound for its parts: the verb whose noun is 聴き取り, the noun 役付け. */
static void count_compound(const struct verbs *verbs, const struct entry *e)
{
    struct span noun = e->surface;
    size_t first = span_kanji_at(noun);
    first += span_kana_from(noun, first);
    struct span second = {noun.data + first, noun.len - first};
    if (first == 0 || !span_is_one_kanji(second))
        return;
    struct verb *begins = find_verb(verbs, (struct span){noun.data, first});
    struct verb *ends = find_verb(verbs, second);
    if (begins != NULL && e->inflects)
        begins->begun++;
    if (ends != NULL && e->inflects)
        ends->ended++;
    if (ends != NULL && !e->inflects)
        ends->nouns++;
}

/* Whether ENTRIES have the kanji alone as a noun. */
static bool is_noun(const struct entries *entries, struct span kanji)
{
    for (size_t i = entries_find(entries, kanji);
         i < entries->n && span_compare(entries->items[i].surface, kanji) == 0; i++) {
        if (entry_is_noun(&entries->items[i]))
            return true;
    }
    return false;
}

/* Whether V has a meaning of its own, as 付け has beside 付く and 取れ has not beside 取る. */
static bool is_verb(const struct verb *v)
{
    return !v->is_potential || v->begun > 0 || v->nouns >= MIN_NOUNS;
}

static bool is_second(const struct verb *v)
{
    return is_verb(v) && v->ended + v->nouns >= MIN_ENDED;
}

/* Adds the verbs of one kanji that may begin a compound: those that do, else all of them. */
static enum status add_stems(struct lexicon_builder *b, const struct entries *entries,
                             const struct verb *verbs, size_t n)
{
    size_t most = 0;
    enum status st = ST_OK;
    for (size_t i = 0; i < n; i++)
        most = verbs[i].begun > most ? verbs[i].begun : most;
    if (most < MIN_BEGUN && is_noun(entries, verbs->kanji))
        return ST_OK;
    for (size_t i = 0; i < n && st == ST_OK; i++) {
        if (is_verb(&verbs[i]) && (most == 0 || verbs[i].begun > 0))
            st = lexicon_add(b, verbs[i].kanji, LEXICON_STEM, verbs[i].noun);
    }
    return st;
}

/* Whether V is so frequent as the second of a compound that its kana alone tell it. */
static bool may_be_kana(const struct verbs *verbs, const struct verb *v)
{
    size_t count = v->ended + v->nouns;
    if (count < MIN_KANA_ENDED || v->reading.len < MIN_KANA_BYTES)
        return false;
    for (size_t i = 0; i < verbs->n; i++) {
        const struct verb *other = &verbs->items[i];
        if (span_compare(other->reading, v->reading) == 0 &&
            other->ended + other->nouns > KANA_SHARE * count)
            return false;
    }
    return true;
}

/* Adds the form E of a verb as what its kana stand for, and its kana for it. */
static enum status add_kana(struct lexicon_builder *b, const struct entry *e)
{
    struct buf kana = BUF_INIT;
    reading_hiragana(&kana, e->reading.data, e->reading.len);
    struct span text = {kana.data, kana.len};
    enum status st = kana.failed ? ST_NOMEM : lexicon_add(b, text, LEXICON_KANA, e->surface);
    if (st == ST_OK)
        st = lexicon_add(b, e->surface, LEXICON_IN_KANA, text);
    buf_release(&kana);
    return st;
}

/* Adds the verbs whose noun is a kanji alone, read with one kana: 見. */
static enum status add_bare_stems(struct lexicon_builder *b, const struct entries *entries)
{
    enum status st = ST_OK;
    for (size_t i = 0; i < entries->n && st == ST_OK; i++) {
        const struct entry *e = &entries->items[i];
        if (e->is_noun_form && span_starts(e->form, span_of("一段")) &&
            span_kanji_at(e->surface) == e->surface.len && e->reading.len == KANA_BYTES)
            st = lexicon_add(b, e->surface, LEXICON_STEM_BARE, e->base);
    }
    return st;
}

static enum status add_seconds(struct lexicon_builder *b, const struct verbs *verbs,
                               const struct entries *entries)
{
    enum status st = ST_OK;
    for (size_t i = 0; i < entries->n && st == ST_OK; i++) {
        const struct entry *e = &entries->items[i];
        size_t n = span_kanji_at(e->base);
        if (!e->inflects || !span_is_one_kanji(e->surface) || !span_is_one_kanji(e->base))
            continue;
        for (size_t k = spans_find(verbs->items, verbs->n, sizeof *verbs->items,
                                   (struct span){e->base.data, n});
             k < verbs->n && span_starts(verbs->items[k].noun, (struct span){e->base.data, n});
             k++) {
            const struct verb *v = &verbs->items[k];
            if (!is_second(v) || span_compare(v->base, e->base) != 0)
                continue;
            st = lexicon_add(b, e->surface, e->is_noun_form ? LEXICON_SECOND_NOUN : LEXICON_SECOND,
                             v->kanji);
            if (st == ST_OK && e->is_noun_form)
                st = lexicon_add(b, v->kanji, LEXICON_SECOND_BARE, e->surface);
            if (st == ST_OK && may_be_kana(verbs, v))
                st = add_kana(b, e);
            break;
        }
    }
    return st;
}

enum status stems_add(struct lexicon_builder *b, const struct entries *entries)
{
    struct verbs verbs = {0};
    enum status st = find_verbs(&verbs, entries);
    for (size_t i = 0; i < entries->n && st == ST_OK; i++) {
        const struct entry *e = &entries->items[i];
        if (!e->inflects || (e->is_noun_form && !entry_is_potential(e, entries)))
            count_compound(&verbs, e);
    }
    for (size_t i = 0, next; i < verbs.n && st == ST_OK; i = next) {
        for (next = i + 1;
             next < verbs.n && span_compare(verbs.items[next].kanji, verbs.items[i].kanji) == 0;)
            next++;
        st = add_stems(b, entries, &verbs.items[i], next - i);
    }
    if (st == ST_OK)
        st = add_bare_stems(b, entries);
    if (st == ST_OK)
        st = add_seconds(b, &verbs, entries);
    free(verbs.items);
    return st;
}
