/* Which documents of a segment are left while terms that must be there are looked for one by one.
 * Interface to narrow.c. */
#ifndef HIKU_SEARCH_MATCH_NARROW_H
#define HIKU_SEARCH_MATCH_NARROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct packed_list;
struct term_matches;

/* All 0 at first. */
struct narrowing {
    uint32_t *docs; /* those that are left, ascending; where `level` is 0, all are */
    size_t n;
    uint32_t *spare;       /* room for as many */
    unsigned char *levels; /* of each document: `level` where it is left, else less */
    unsigned char level;
    uint32_t n_docs; /* of the segment */
    size_t cap;      /* room for so many */
};

/* Begins anew with all documents of a segment of N_DOCS. False when memory is out. */
bool narrowing_begin(struct narrowing *w, uint32_t n_docs);
void narrowing_release(struct narrowing *w);

/* Leaves the documents of MATCHES. */
void narrow_to_matches(struct narrowing *w, const struct term_matches *matches);

/* Leaves the documents in LIST, a list of frequencies, or among OTHERS, where the same may come
 * several times. Passes over what lies between those that are left. False where LIST is damaged. */
bool narrow_to_list(struct narrowing *w, const struct packed_list *list,
                    const struct term_matches *others);

#endif
