/* Writing results: one interface for all formats. Interface to result_writer.c and
 * write_*.c.
 *
 * A writer appends to the buffer that it is given and never prints; the caller may empty the buffer
 * after each call. Failed allocations show as buf->failed. The order is begin, hit for each hit,
 * end; release may be called at any time after result_out_init, and again.
 *
 *     struct result_out out;
 *     result_out_init(&out, result_writer_find("json"), &buf, &style);
 *     result_out_begin(&out, &page);
 *     while (hiku_results_next(results, &hit) == HIKU_OK && hit != NULL)
 *         result_out_hit(&out, hit);
 *     result_out_end(&out);
 *     result_out_release(&out); */
#ifndef HIKU_SEARCH_WRITE_RESULT_WRITER_H
#define HIKU_SEARCH_WRITE_RESULT_WRITER_H

#include "base/buf.h"
#include "search/hiku.h"
#include "search/write/display.h"
#include "search/write/naming.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What the reader of the results wants. */
struct result_style {
    bool explain;           /* how the query was understood, how each score adds up */
    bool with_db;           /* name the index of each record: several are searched */
    bool names_db;          /* commands that are proposed must name the index */
    bool no_snippets;       /* leave the snippets out */
    enum naming naming;     /* what a run calls the records */
    size_t width;           /* columns of a line of text */
    struct display display; /* text only */
};

/* What is known before the first hit. Strings are borrowed until the end. */
struct result_page {
    const char *query; /* any bytes */
    size_t query_len;
    const char *qid; /* name of the query when several are answered, else NULL */
    uint64_t total;  /* records with all words */
    uint64_t partial;
    double elapsed_ms;
    const char *explanation;
    size_t offset;                  /* hits left out before the first */
    const char *const *suggestions; /* did you mean */
    size_t n_suggestions;
    const char *const *unknown_columns; /* that the query asks for */
    size_t n_unknown_columns;
    const char *const *columns; /* those there are, where one is unknown */
    size_t n_columns;
    const struct hiku_record *record; /* whose key the query is; NULL: none, or other hits */
};

struct result_out;

struct result_writer {
    const char *name;     /* as --format takes it */
    bool several_queries; /* can write the answers to several queries one after the other */
    bool ids_only;        /* uses of records nothing but key, id and db */
    bool suggests;        /* writes page.suggestions and what stands below them */
    /* All but `hit` may be NULL: there is nothing to write or release then. */
    void (*begin)(struct result_out *out);
    void (*hit)(struct result_out *out, const struct hiku_hit *hit);
    void (*end)(struct result_out *out);
    void (*release)(struct result_out *out);
};

struct text_block; /* what write_text.c keeps until columns can be aligned */

struct result_out {
    const struct result_writer *writer;
    struct buf *buf;
    struct result_style style;
    struct result_page page;
    size_t n_hits;            /* written so far */
    struct text_block *block; /* text only */
    double last_score;        /* trec only: of the line before */
    bool partial;             /* text only: the lines now are partial matches */
    bool cut;                 /* hits that belong behind those written are missing */
};

extern const struct result_writer result_writer_text, result_writer_json, result_writer_jsonl,
    result_writer_tsv, result_writer_csv, result_writer_trec;

/* All of them, NULL at the end. */
extern const struct result_writer *const result_writers[];

/* The writer for a format's name; NULL when there is none. */
const struct result_writer *result_writer_find(const char *name);

void result_out_init(struct result_out *out, const struct result_writer *writer, struct buf *buf,
                     const struct result_style *style);
void result_out_begin(struct result_out *out, const struct result_page *page);
void result_out_hit(struct result_out *out, const struct hiku_hit *hit);
void result_out_end(struct result_out *out);
/* Instead of result_out_end, where no more hits can be had: what was written becomes whole, and
 * says that it is cut where the format has room for that (json). */
void result_out_cut(struct result_out *out);
void result_out_release(struct result_out *out);

/* all, inside or partial. */
const char *result_match_name(int match);

/* Appends a number with at most DECIMALS (0 to 6) digits after the point, without zeros at its end,
 * whatever the locale; what is no finite number becomes 0. */
void result_add_number(struct buf *out, double value, int decimals);

/* Appends one record as a JSON object without a line end. */
void result_add_record_json(struct buf *out, const struct hiku_record *record, bool with_db);

/* Appends any bytes as a JSON string; damaged UTF-8 becomes U+FFFD. */
void result_add_json(struct buf *out, const char *text, size_t n_bytes);

#endif
