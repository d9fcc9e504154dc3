/* Records of a JSON source on their way to rows. Interface to json_records.c.
 *
 * The objects of one list are a part. Its columns are the paths that its objects use, in the order
 * in which they are first met; they are told in a heading row before the first record, and again
 * when later records bring new ones. So that this is rare, records wait here in batches. */
#ifndef HIKU_CORPUS_JSON_JSON_RECORDS_H
#define HIKU_CORPUS_JSON_JSON_RECORDS_H

#include "base/buf.h"
#include "base/error.h"
#include "corpus/rows/row.h"
#include "corpus/rows/row_builder.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define JSON_NO_PARENT SIZE_MAX
#define JSON_MAX_COLUMNS 4096 /* no table that people fill has more */

struct json_column {
    char *path;
    size_t index;
    size_t object; /* serial number of the object that gave the last value */
};

struct json_part {
    char *name;
    void *tree; /* of struct json_column, by path; see tsearch(3) */
    struct json_column **columns;
    size_t n_columns;
    size_t n_told;   /* columns in the last heading row */
    bool positional; /* its records are lists: no heading row is made of paths */
    bool begun;      /* a row of it was given */
    size_t parent;   /* for who begins it to note where it stands; JSON_NO_PARENT before */
    struct buf
        names; /* of the columns of such lists, each with a NUL; a heading row is made of them */
};

/* A text for a column of a record; a column may have several. */
struct json_value {
    size_t column;
    size_t at; /* in the text */
    size_t len;
};

struct json_record {
    size_t part; /* counted from the first that is kept */
    size_t first_value;
    size_t n_values;
    size_t line;
    enum row_state state;
    const char *problem; /* translated; NULL: none */
};

struct json_records {
    struct json_part *parts; /* the last one is filled */
    size_t n_parts;
    struct json_value *values;
    size_t n_values;
    size_t values_cap;
    struct json_record *items;
    size_t n;
    size_t cap;
    size_t n_whole; /* those before have all their values */
    size_t next;    /* the first that was not given */
    struct buf text;
    struct row_builder row;
};

#define JSON_RECORDS_INIT                                                                          \
    {                                                                                              \
        .text = BUF_INIT, .row = ROW_BUILDER_INIT                                                  \
    }

void json_records_release(struct json_records *records);

/* Begins a part of this NAME (valid UTF-8). ST_OK or ST_NOMEM. */
enum status json_records_begin_part(struct json_records *records, struct span name,
                                    bool positional);

/* The part that is being filled; borrowed. */
static inline struct json_part *json_records_part(struct json_records *records)
{
    return &records->parts[records->n_parts - 1];
}

/* Begins a record, which starts on LINE. ST_OK or ST_NOMEM. */
enum status json_records_begin(struct json_records *records, size_t line);

/* Adds a text to the column PATH (NUL-terminated) of the last record. OBJECT numbers the object
 * that it is from, 0 when it is from a list: a second one from the same object is a doubt.
 * ST_OK; ST_NOMEM; ST_INPUT when there are too many columns. */
enum status json_records_add(struct json_records *records, const char *path, size_t object,
                             struct span text);

/* The last record is whole. */
void json_records_end(struct json_records *records);

/* Forgets the last record when it is not whole. */
void json_records_drop(struct json_records *records);

/* Adds a row that cannot be read: PROBLEM is translated. ST_OK or ST_NOMEM. */
enum status json_records_add_broken(struct json_records *records, size_t line, const char *problem,
                                    struct span excerpt);

/* Bytes of text that wait. */
size_t json_records_waiting(const struct json_records *records);

/* Gives the next whole row that waits; *FOUND is false when none does. ST_OK or ST_NOMEM. */
enum status json_records_next(struct json_records *records, struct row *row, bool *found);

#endif
