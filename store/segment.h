/* A segment of an index: its documents as one text, and what is loaded of it. Interface to
 * segment.c; its lists: lists.h. */
#ifndef HIKU_STORE_SEGMENT_H
#define HIKU_STORE_SEGMENT_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct store;

/* Documents are numbered in 16 bits. */
#define SEGMENT_MAX_DOCS 65536
/* Positions, for which one look-up tells about which document they are in. */
#define SEGMENT_COARSE_STEP 256
/* Lengths of fields that many documents have. */
#define SEGMENT_LENGTHS 2048

/* Up to SEGMENT_MAX_DOCS documents with consecutive ids, indexed as one text.
 *
 * That text is the documents' normalised titles and bodies as UTF-16 code units, each followed by
 * a unit 0: title 0 body 0 title 0 body 0 … A position is an index into it. For each two units that
 * stand side by side, the first not 0, the table postings lists the positions where they do. A
 * single unit is found as the pairs that begin with it.
 *
 * What stands at very many places has a list of frequencies too (frequencies.h). */
struct segment {
    int64_t id;
    int64_t base; /* documents.id of the first document */
    uint32_t n_docs;
    uint32_t n_units;
    bool loaded;           /* what follows is there */
    void *memory;          /* of the arrays up to `coarse`, and of `norms` */
    uint32_t *starts;      /* n_docs + 1 positions: where each document begins */
    uint32_t *title_ends;  /* n_docs positions: of the 0 behind each title */
    uint16_t *coarse;      /* document at each multiple of SEGMENT_COARSE_STEP */
    unsigned char *bounds; /* n_units bits, lowest first: a token starts or ends at this position */
    bool *bounds_loaded;   /* for each BOUNDS_ROW_BYTES of them whether they are there; for all */
    unsigned char *dead;   /* n_docs bits: documents deleted since; NULL: none */
    uint64_t title_units;  /* sums over the live documents */
    uint64_t body_units;
    uint32_t n_live;
    float *norms;        /* of each document's title and body, then of fields of 0 to
                          * SEGMENT_LENGTHS - 1 units, as search/ reckons them; a body's is 0 until
                          * they are */
    double norms_for[2]; /* the mean lengths for which they were reckoned; 0: none were */
    bool norms_reckoned; /* those of all documents are */
    bool dates_loaded;
    int32_t *dates;     /* n_docs pairs: first and last day; DAY_NONE where a document has none */
    uint64_t *frequent; /* numbers of the lists of frequencies (segment_frequencies), ascending */
    size_t n_frequent;
    size_t cap_frequent;
};

/* Loads what matching needs of a segment, once. ST_OK; with a message ST_NOMEM, ST_CORRUPT,
 * ST_BUSY, ST_IO, ST_INTERRUPTED. */
enum status segment_load(struct store *store, struct segment *segment, struct error *error);

/* Frees what was loaded. */
void segment_release(struct segment *segment);

/* Loads `dates`, once. Statuses as segment_load. */
enum status segment_load_dates(struct store *store, struct segment *segment, struct error *error);

static inline bool segment_is_dead(const struct segment *s, uint32_t doc)
{
    return s->dead != NULL && (s->dead[doc / 8] >> doc % 8 & 1) != 0;
}

/* Loads what segment_is_bound needs for POSITION (<= n_units), once. Statuses as segment_load. */
enum status segment_load_bounds(struct store *store, const struct segment *segment,
                                uint64_t position, struct error *error);
/* Loads it for all positions. */
enum status segment_load_all_bounds(struct store *store, const struct segment *segment,
                                    struct error *error);

/* The bytes of a row of `bounds`, of which a query needs few. Eight of them fill a page. */
#define BOUNDS_ROW_BYTES 4064
#define BOUNDS_ROW_BITS (UINT64_C(8) * BOUNDS_ROW_BYTES)

static inline size_t segment_bounds_rows(const struct segment *s)
{
    return s->n_units / BOUNDS_ROW_BITS + 1;
}

/* Whether all are there. */
static inline bool segment_has_all_bounds(const struct segment *s)
{
    return s->bounds_loaded[segment_bounds_rows(s)];
}

static inline bool segment_has_bounds(const struct segment *s, uint64_t position)
{
    return s->bounds_loaded[position / BOUNDS_ROW_BITS];
}

static inline bool segment_is_bound(const struct segment *s, uint32_t position)
{
    return (s->bounds[position / 8] >> position % 8 & 1) != 0;
}

/* Whether N_UNITS from POSITION on, which end in the segment, begin as a token does, and end as one
 * does unless OPEN_END, by the segment's BOUNDS, which are there. Reads eight bytes at either end.
 */
static inline bool bounds_hold_word(const unsigned char *bounds, uint32_t position,
                                    uint32_t n_units, bool open_end)
{
    uint64_t bits, end_bits;
    memcpy(&bits, bounds + position / 8, sizeof bits);
    bits >>= position % 8;
    if (n_units > 56) {
        memcpy(&end_bits, bounds + (position + n_units) / 8, sizeof end_bits);
        return (bits & (end_bits >> (position + n_units) % 8 | open_end) & 1) != 0;
    }
    return (bits & (bits >> n_units | open_end) & 1) != 0;
}

static inline bool segment_is_word(const struct segment *s, uint32_t position, uint32_t n_units,
                                   bool open_end)
{
    return bounds_hold_word(s->bounds, position, n_units, open_end);
}

/* The document that holds POSITION (< n_units). HINT: a document known not to be behind it, or 0.
 */
static inline uint32_t segment_doc_at(const struct segment *s, uint32_t position, uint32_t hint)
{
    uint32_t doc = s->coarse[position / SEGMENT_COARSE_STEP];
    /* Mostly no more than two begin in one step: without a jump, which nothing could foresee. */
    doc += s->starts[doc + 1] <= position;
    doc += s->starts[doc + 1] <= position;
    if (s->starts[doc + 1] > position)
        return doc;
    for (doc = doc < hint ? hint : doc; s->starts[doc + 1] <= position;)
        doc++;
    return doc;
}

/* Has the processor fetch what segment_doc_at asks of POSITION (< n_units), and the end of the
 * title. Where positions lie far apart, it is asked SEGMENT_AHEAD positions before. */
#define SEGMENT_AHEAD ((size_t)32)

static inline __attribute__((always_inline)) void segment_fetch_doc(const struct segment *s,
                                                                    uint32_t position)
{
    uint32_t doc = s->coarse[position / SEGMENT_COARSE_STEP];
    __builtin_prefetch(&s->starts[doc + 1]);
    __builtin_prefetch(&s->title_ends[doc]);
}

#endif
