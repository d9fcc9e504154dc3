/* Collecting and writing a lexicon. Interface: lexicon_build.h. */
#include "dict/lexicon_build.h"

#include "base/array.h"

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

enum status lexicon_write(struct lexicon_builder *b, struct buf *out)
{
    struct sorted *all = malloc((b->n + 1) * sizeof *all);
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
            buf_addf(out, "%s%s\t%c", i > 0 ? "\n" : "", all[i].key, all[i].rule);
            line = i;
        }
        if (!same || !has_word(&all[line], &all[i]))
            buf_addf(out, "\t%s", all[i].word);
    }
    if (b->n > 0)
        buf_addc(out, '\n');
    free(all);
    return out->failed ? ST_NOMEM : ST_OK;
}

void lexicon_builder_release(struct lexicon_builder *b)
{
    free(b->pairs);
    buf_release(&b->strings);
    normalized_release(&b->normalized);
    *b = (struct lexicon_builder)LEXICON_BUILDER_INIT;
}
