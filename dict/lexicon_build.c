/* Collecting and writing a lexicon. Interface: lexicon_build.h. */
#include "dict/lexicon_build.h"

#include "base/array.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

static bool add_normalized(struct lexicon_builder *b, struct span text, size_t *at)
{
    if (normalize(&b->normalized, text.data, text.len) != ST_OK)
        return false;
    struct span s = {b->normalized.text.data, b->normalized.text.len};
    while (s.len > 0 && s.data[s.len - 1] == ' ')
        s.len--;
    while (s.len > 0 && s.data[0] == ' ') {
        s.data++;
        s.len--;
    }
    *at = b->strings.len;
    buf_append(&b->strings, s.data, s.len);
    buf_addc(&b->strings, '\0');
    return !b->strings.failed;
}

enum status lexicon_add(struct lexicon_builder *b, struct span key, char rule, struct span word)
{
    struct lexicon_pair pair = {.rule = rule};
    if (!array_reserve(&b->pairs, &b->cap, b->n + 1, sizeof *b->pairs))
        return ST_NOMEM;
    if (!add_normalized(b, key, &pair.key) || !add_normalized(b, word, &pair.word))
        return ST_NOMEM;
    const char *strings = b->strings.data;
    if (strings[pair.key] != '\0' && strings[pair.word] != '\0' &&
        strcmp(strings + pair.key, strings + pair.word) != 0)
        b->pairs[b->n++] = pair;
    return ST_OK;
}

/* A pair and its strings, to be sorted; the order of one key's words stays. */
struct sorted {
    const char *key, *word;
    size_t number;
    char rule;
};

static int compare(const void *a, const void *b)
{
    const struct sorted *x = a, *y = b;
    int order = strcmp(x->key, y->key);
    if (order != 0) /* as the lines are: a tab is below all that a key holds */
        return order;
    if (x->rule != y->rule)
        return x->rule < y->rule ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

static bool has_word(const struct sorted *first, const struct sorted *last)
{
    for (; first < last; first++) {
        if (strcmp(first->word, last->word) == 0)
            return true;
    }
    return false;
}

static void add_number(struct buf *out, uint32_t number)
{
    buf_append(out, &number, sizeof number);
}

/* Appends to FIRSTS where in OUT the lines begin whose keys begin as KEY does, unless that is the
 * character *BEFORE. */
static void note_first(struct buf *firsts, const struct buf *out, const char *key, uint32_t *before)
{
    uint32_t cp;
    utf8_decode(key, strlen(key), &cp);
    if (cp == *before)
        return;
    add_number(firsts, cp);
    add_number(firsts, (uint32_t)out->len);
    *before = cp;
}

enum status lexicon_write(struct lexicon_builder *b, struct buf *out)
{
    struct sorted *all = malloc((b->n + 1) * sizeof *all);
    struct buf firsts = BUF_INIT;
    uint32_t first = UINT32_MAX;
    if (all == NULL)
        return ST_NOMEM;
    for (size_t i = 0; i < b->n; i++)
        all[i] = (struct sorted){b->strings.data + b->pairs[i].key,
                                 b->strings.data + b->pairs[i].word, i, b->pairs[i].rule};
    qsort(all, b->n, sizeof *all, compare);
    buf_adds(out, LEXICON_HEADER);
    size_t line = 0;
    for (size_t i = 0; i < b->n; i++) {
        bool same =
            i > 0 && all[i].rule == all[line].rule && strcmp(all[i].key, all[line].key) == 0;
        if (!same) {
            buf_adds(out, i > 0 ? "\n" : "");
            note_first(&firsts, out, all[i].key, &first);
            buf_addf(out, "%s\t%c", all[i].key, all[i].rule);
            line = i;
        }
        if (!same || !has_word(&all[line], &all[i]))
            buf_addf(out, "\t%s", all[i].word);
    }
    if (b->n > 0)
        buf_addc(out, '\n');
    buf_append(out, firsts.data, firsts.len);
    add_number(out, (uint32_t)(firsts.len / LEXICON_PAIR_BYTES));
    bool ok = !out->failed && !firsts.failed && out->len <= UINT32_MAX;
    buf_release(&firsts);
    free(all);
    return ok ? ST_OK : ST_NOMEM;
}

void lexicon_builder_release(struct lexicon_builder *b)
{
    free(b->pairs);
    buf_release(&b->strings);
    normalized_release(&b->normalized);
    *b = (struct lexicon_builder)LEXICON_BUILDER_INIT;
}
