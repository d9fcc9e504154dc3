/* Reading an index file. One connection, read-only, for one thread at a time. */
#ifndef HIKU_STORE_STORE_H
#define HIKU_STORE_STORE_H

#include "base/buf.h"
#include "base/error.h"
#include "store/list_cache.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

/* Up to 65,536 documents with consecutive ids, indexed as one text.
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
    uint32_t *starts;      /* n_docs + 1 positions: where each document begins */
    uint32_t *title_ends;  /* n_docs positions: of the 0 behind each title */
    uint16_t *coarse;      /* document at each position that is a multiple of 256 */
    unsigned char *bounds; /* n_units bits, lowest first: a token starts or ends at this position */
    bool *bounds_loaded;   /* for each BOUNDS_ROW_BYTES of them whether they are there; for all */
    unsigned char *dead;   /* n_docs bits: documents deleted since; NULL: none */
    uint64_t title_units;  /* sums over the live documents */
    uint64_t body_units;
    uint32_t n_live;
    float *norms;        /* of each document's title and body, as search/ reckons them; or NULL; a
                          * body's is 0 until they are */
    double norms_for[2]; /* the mean lengths for which they were reckoned */
    bool dates_loaded;
    int32_t *dates;     /* n_docs pairs: first and last day; DAY_NONE where a document has none */
    uint64_t *frequent; /* numbers of the lists of frequencies (segment_frequencies), ascending */
    size_t n_frequent;
    size_t cap_frequent;
};

enum store_statement {
    STORE_FIND_LIST,
    STORE_SCAN_LISTS,
    STORE_READ_POSTINGS,
    STORE_READ_BOUNDS,
    STORE_N_STATEMENTS
};

struct store {
    sqlite3 *db;
    char *path;
    struct segment *segments;
    size_t n_segments;
    sqlite3_stmt *statements[STORE_N_STATEMENTS];
    sqlite3_stmt *find_words; /* NULL until it is needed */
    sqlite3_stmt *find_texts; /* likewise */
    struct list_cache lists;
    bool borrowed;    /* the connection is the caller's */
    int data_version; /* of the file when the segments were read (PRAGMA data_version) */
};

/* Opens PATH and checks that it is a hiku index of a format that this program reads.
 * ST_OK; with a message ST_MISSING, ST_NOT_INDEX, ST_NEWER, ST_OLDER, ST_CORRUPT, ST_BUSY, ST_IO;
 * ST_NOMEM. */
enum status store_open(struct store **out, const char *path, int busy_ms, struct error *error);
void store_close(struct store *store);

/* Lets the file be read through a mapping from now on, up to 2 GB of it: a list then costs one copy
 * instead of two. A file that is cut short under it, or a read that fails, is a SIGBUS. */
void store_map(struct store *store);

/* The segments as the connection DB (of the caller, who keeps it open) sees them: inside a
 * transaction with what it has written so far. PATH: for messages. Only functions for whole
 * segments may be used. ST_OK; with a message ST_CORRUPT, ST_BUSY, ST_IO, ST_NOMEM. */
enum status store_borrow(struct store **out, sqlite3 *db, const char *path, struct error *error);

/* Finds title and body, columns 0 and 1 of *ROW, by documents.id; the caller resets *ROW after
 * ST_OK, at the latest before the next call. ST_OK; with a message ST_CORRUPT (there is no such
 * document, too), ST_BUSY, ST_IO, ST_INTERRUPTED, ST_NOMEM. */
enum status store_find_texts(struct store *store, int64_t id, sqlite3_stmt **row,
                             struct error *error);

/* Looks at PATH before it is opened. ST_OK; with a message ST_MISSING (there is nothing, or an
 * empty file), ST_IO (a folder, or it cannot be looked at), ST_NOT_INDEX (a device or pipe, which
 * opening might change). */
enum status store_check_file(const char *path, struct error *error);

/* Checks header and format of an open connection; used by the writer too. */
enum status store_check_format(sqlite3 *db, const char *path, struct error *error);

/* Says that the index at PATH is damaged and how to mend that; ST_CORRUPT. */
enum status store_corrupt(const char *path, struct error *error);

/* The status and message for SQLite's last error on DB. PATH names the index in the message. */
enum status store_sqlite_error(sqlite3 *db, int rc, const char *path, struct error *error);

/* Reads a value of the table meta into OUT; empty when it is not there. */
enum status store_meta(sqlite3 *db, const char *name, struct buf *out);

/* Reads the segments' table of contents (at open, and again when another program has written).
 * Segments that were loaded are dropped. */
enum status store_load_segments(struct store *store, struct error *error);

/* Loads what matching needs of a segment, once. ST_OK, ST_NOMEM, ST_CORRUPT, ST_BUSY, ST_IO. */
enum status segment_load(struct store *store, struct segment *segment, struct error *error);
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

static inline bool segment_has_bounds(const struct segment *s, uint64_t position)
{
    return s->bounds_loaded[position / BOUNDS_ROW_BITS];
}

static inline bool segment_is_bound(const struct segment *s, uint32_t position)
{
    return (s->bounds[position / 8] >> position % 8 & 1) != 0;
}

/* The document that holds POSITION (< n_units). HINT: a document known not to be behind it, or 0.
 */
uint32_t segment_doc_at(const struct segment *s, uint32_t position, uint32_t hint);

/* The list of the pair FIRST SECOND in *OUT (packed, see postings.h), empty when the pair does not
 * occur: read, or from before (store->lists, list_cache.h). ST_OK; with a message ST_NOMEM,
 * ST_CORRUPT, ST_BUSY, ST_IO. */
enum status segment_pair(struct store *store, const struct segment *segment, uint16_t first,
                         uint16_t second, struct packed_list *out, struct error *error);

/* How long that list is, which is told without reading it; 0 when the pair does not occur. Statuses
 * as segment_pair. */
enum status segment_pair_bytes(struct store *store, const struct segment *segment, uint16_t first,
                               uint16_t second, uint64_t *n_bytes, struct error *error);

/* The list of frequencies (packed, see frequencies.h) of the N_UNITS (1 or 2) UNITS in a loaded
 * SEGMENT; empty when they have none. Statuses as segment_pair. */
enum status segment_frequencies(struct store *store, const struct segment *segment,
                                const uint16_t *units, size_t n_units, struct packed_list *out,
                                struct error *error);

/* Notes which lists of frequencies the segment has; segment_load calls it. */
enum status segment_load_frequent(struct store *store, struct segment *segment,
                                  struct error *error);

/* The list of this NUMBER. Statuses as segment_pair. */
enum status segment_list(struct store *store, const struct segment *segment, uint64_t number,
                         struct packed_list *out, struct error *error);

/* Takes the list of this NUMBER: packed, valid during the call. Anything but ST_OK ends the walk.
 */
typedef enum status segment_list_callback(void *context, uint64_t number, const unsigned char *data,
                                          size_t n_bytes);

/* Calls EACH for every list with a number from LOW to HIGH, ascending. ST_OK; with a message those
 * of segment_pair; what EACH returned. */
enum status segment_lists(struct store *store, const struct segment *segment, uint64_t low,
                          uint64_t high, segment_list_callback *each, void *context,
                          struct error *error);

/* Numbers of lists. Those of positions have the pair's: the pairs that begin with UNIT are those
 * from (UNIT, 0) on. A list of frequencies has FREQUENCY_LISTS more than the pair, or than the
 * unit. */
#define FREQUENCY_LISTS (UINT64_C(1) << 32)
#define LIST_NUMBER_BITS 33
#define LIST_NUMBER_MAX ((UINT64_C(1) << LIST_NUMBER_BITS) - 1)

static inline uint32_t segment_pair_number(uint16_t first, uint16_t second)
{
    return (uint32_t)first << 16 | second;
}

/* Whether what stands at N_PLACES of a segment of N_DOCS documents has a list of frequencies. Where
 * a document has a place or more on average, it takes a fraction of the list of positions. */
static inline bool segment_is_frequent(size_t n_places, uint32_t n_docs)
{
    return n_places >= 64 && n_places >= n_docs;
}

/* Ids of rows. A segment's lists, one behind the other, are cut into rows of `postings` numbered
 * from 0; a row of `lists` says where lists are, and has the number of the first list there. */
static inline int64_t postings_row(int64_t segment, uint64_t number)
{
    return segment << LIST_NUMBER_BITS | (int64_t)number;
}

static inline int64_t row_segment(int64_t row)
{
    return row >> LIST_NUMBER_BITS;
}

/* The bytes of a row of `postings`; a segment's last is shorter. With SQLite's own two fill a page
 * of 32 KiB. */
#define POSTINGS_ROW_BYTES 16340

#endif
