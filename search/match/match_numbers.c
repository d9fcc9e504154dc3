/* Spellings that stand in the middle of a number. Interface: match.h. */
#include "search/match/match.h"

#include "base/utf8.h"
#include "search/plan/numbers.h"

#include <stdlib.h>
#include <string.h>

/* A spelling with room for a digit and a separator on both sides. */
struct longer {
    uint16_t *units;
    size_t start, end;
};

/* The places of the spelling that are left. */
struct left {
    uint32_t *positions; /* ascending */
    size_t n, cap;
};

/* Drops the places in which the longer string stands. */
static enum status drop_longer(struct matcher *m, const struct segment *s,
                               const struct longer *longer, size_t spelling_start,
                               struct left *left)
{
    uint32_t offset = (uint32_t)(spelling_start - longer->start);
    size_t kept = 0, at = 0;
    enum status st =
        find_positions(m, s, longer->units + longer->start, longer->end - longer->start);
    for (size_t i = 0; i < left->n && st == ST_OK; i++) {
        while (at < m->n_positions && m->positions[at] + offset < left->positions[i])
            at++;
        if (at == m->n_positions || m->positions[at] + offset != left->positions[i])
            left->positions[kept++] = left->positions[i];
    }
    if (st == ST_OK)
        left->n = kept;
    return st;
}

/* Drops the places where a number goes on from a character before LONGER, which the spelling or a
 * separator before it begins, to FIRST, the spelling's first. */
static enum status drop_begun(struct matcher *m, const struct segment *s, struct longer longer,
                              size_t spelling_start, uint32_t first, struct left *left)
{
    enum status st = ST_OK;
    longer.start--;
    for (const char32_t *c = number_characters; *c != 0 && st == ST_OK && left->n > 0; c++) {
        longer.units[longer.start] = (uint16_t)*c;
        if (number_goes_on(*c, first))
            st = drop_longer(m, s, &longer, spelling_start, left);
    }
    return st;
}

/* Likewise from LAST, the spelling's last, to a character behind LONGER. */
static enum status drop_going_on(struct matcher *m, const struct segment *s, struct longer longer,
                                 size_t spelling_start, uint32_t last, struct left *left)
{
    enum status st = ST_OK;
    longer.end++;
    for (const char32_t *c = number_characters; *c != 0 && st == ST_OK && left->n > 0; c++) {
        longer.units[longer.end - 1] = (uint16_t)*c;
        if (number_goes_on(last, *c))
            st = drop_longer(m, s, &longer, spelling_start, left);
    }
    return st;
}

/* Likewise with a separator between two digits. */
static enum status drop_separated(struct matcher *m, const struct segment *s, struct longer longer,
                                  size_t spelling_start, struct left *left)
{
    uint32_t first = longer.units[longer.start], last = longer.units[longer.end - 1];
    enum status st = ST_OK;
    for (const char32_t *c = number_separators; *c != 0 && st == ST_OK && left->n > 0; c++) {
        struct longer before = longer, behind = longer;
        before.units[--before.start] = (uint16_t)*c;
        behind.units[behind.end++] = (uint16_t)*c;
        if (utf8_is_digit(first))
            st = find_positions(m, s, before.units + before.start, before.end - before.start);
        if (st == ST_OK && utf8_is_digit(first) && m->n_positions > 0)
            st = drop_begun(m, s, before, spelling_start, first, left);
        if (st == ST_OK && utf8_is_digit(last))
            st = find_positions(m, s, behind.units + behind.start, behind.end - behind.start);
        if (st == ST_OK && utf8_is_digit(last) && m->n_positions > 0)
            st = drop_going_on(m, s, behind, spelling_start, last, left);
    }
    return st;
}

/* Drops the places of SPELLING where it is in the middle of a number. */
static enum status drop_in_numbers(struct matcher *m, const struct segment *s,
                                   const struct spelling *spelling, struct left *left)
{
    const size_t room = 2;
    size_t n = spelling->n_units;
    struct longer longer = {malloc((n + 2 * room) * sizeof *longer.units), room, room + n};
    if (longer.units == NULL)
        return error_set(m->error, ST_NOMEM, _("out of memory"));
    memcpy(longer.units + room, spelling->units, n * sizeof *longer.units);
    enum status st = drop_begun(m, s, longer, room, spelling->units[0], left);
    if (st == ST_OK)
        st = drop_going_on(m, s, longer, room, spelling->units[n - 1], left);
    if (st == ST_OK && spelling_may_be_separated(spelling))
        st = drop_separated(m, s, longer, room, left);
    free(longer.units);
    return st;
}

/* The documents of the places, ascending, for what is looked for nowhere else. NULL: no memory. */
static uint32_t *documents_of(const struct segment *s, const struct left *left, size_t *n)
{
    uint32_t *docs = malloc(left->n * sizeof *docs), doc = 0;
    *n = 0;
    for (size_t i = 0; i < left->n && docs != NULL; i++) {
        doc = segment_doc_at(s, left->positions[i], doc);
        if (*n == 0 || docs[*n - 1] != doc)
            docs[(*n)++] = doc;
    }
    return docs;
}

enum status find_spelling_positions(struct matcher *m, const struct segment *s,
                                    const struct spelling *spelling)
{
    enum status st = find_positions(m, s, spelling->units, spelling->n_units);
    if (st != ST_OK || m->n_positions == 0 || !spelling_has_number(spelling))
        return st;
    const uint32_t *only = m->only;
    size_t n_only = m->n_only, n_docs;
    struct left left = {m->positions, m->n_positions, m->cap_positions};
    uint32_t *docs = documents_of(s, &left, &n_docs);
    m->positions = NULL;
    m->n_positions = m->cap_positions = 0;
    m->only = docs;
    m->n_only = n_docs;
    st = docs != NULL ? drop_in_numbers(m, s, spelling, &left)
                      : error_set(m->error, ST_NOMEM, _("out of memory"));
    free(m->positions);
    free(docs);
    m->positions = left.positions;
    m->n_positions = left.n;
    m->cap_positions = left.cap;
    m->only = only;
    m->n_only = n_only;
    return st;
}
