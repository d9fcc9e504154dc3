/* A record on its way into the index: as read, then as analysed by a worker thread. */
#ifndef HIKU_INDEXER_SEGMENTS_DOCUMENT_H
#define HIKU_INDEXER_SEGMENTS_DOCUMENT_H

#include "base/buf.h"
#include "base/error.h"
#include "corpus/reader.h"
#include "dict/analyzer.h"
#include "dict/dates/dates.h"
#include "dict/fts5_tokenizer.h"

struct document {
    /* As read. */
    int64_t id;     /* documents.id that it will get */
    int64_t old_id; /* the record that it replaces; 0: none */
    int64_t source_id;
    struct buf key;
    struct buf number;
    struct buf date_text;
    struct buf title;
    struct buf body;
    struct buf columns; /* JSON object */
    size_t line;        /* this and the next two: its place in the source (struct place) */
    struct buf part;
    size_t page;
    uint64_t hash;           /* of all of the above but the key and the place */
    struct date_range dates; /* DAY_NONE: none */
    bool has_several_dates;  /* which `dates` spans */
    bool carried;            /* taken from the index that is built anew, not from a source */

    /* As analysed. */
    struct buf tokens;     /* struct fts5_replay's */
    size_t n_title_tokens; /* bytes of them */
    uint16_t *units;       /* UTF-16: title 0 body 0 */
    uint32_t n_title_units;
    uint32_t n_body_units;
    size_t cap_units;
    unsigned char
        *bounds;     /* a bit for each of `units`, lowest first: a token starts or ends there */
    size_t n_bounds; /* bytes, which may be more than the units need */
    size_t cap_bounds;
};

void document_init(struct document *d);
void document_release(struct document *d);
/* Frees what an unusually long document has taken; what D holds is then lost. */
void document_trim(struct document *d);
/* The same for what D has as analysed. */
void document_trim_analysis(struct document *d);

/* Copies RECORD into D (but for the key and the ids) and reckons hash and dates. ST_OK, ST_NOMEM.
 */
enum status document_take(struct document *d, const struct record *record);

/* Where in its source D stands; as long as D is not changed. */
struct place document_place(const struct document *d);

/* What is doubtful about D's date, translated; NULL: nothing. A text with digits that is no date
 * for certain (3/2/2020) stays a text. */
const char *document_date_doubt(const struct document *d);

/* What one analysing thread owns. */
struct analyst {
    struct tokenizer *tokenizer; /* a tokenizer_new_bulk */
    struct tokens tokens;
    struct normalized normalized;
};

/* DICTIONARY, SENTENCES: as of tokenizer_new_bulk. ST_OK, ST_NOMEM. */
enum status analyst_init(struct analyst *by, const struct analyzer *a,
                         const struct dictionary *dictionary, struct sentence_cache *sentences);
void analyst_release(struct analyst *by);

/* Normalises and cuts D's texts and counts their words in the tokenizer's. Any thread, one at a
 * time for each of the two. ST_OK, ST_NOMEM, ST_INPUT. */
enum status document_analyze(struct document *d, struct analyst *by);

#endif
