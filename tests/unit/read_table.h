/* Reading one table in a test: its records and problems as text. */
#ifndef HIKU_TESTS_READ_TABLE_H
#define HIKU_TESTS_READ_TABLE_H

#include "base/buf.h"
#include "corpus/reader.h"

/* What a run gave: records as "line|id|date|title|body|name=value…\n", problems as
 * "line:problem\n". */
struct outcome {
    struct buf records;
    struct buf problems;
    size_t n_records;
    size_t stop_after; /* 0: never */
};

/* Of the last run. */
extern struct outcome outcome;
extern struct error error;
/* The file that is written and read. */
extern char path[64];

/* A fixture: an empty file at `path`, an empty outcome. */
void read_table_set_up(void);
void read_table_tear_down(void);

void write_bytes(const char *text, size_t n_bytes);
/* COLUMNS: as for --columns; may be NULL. */
enum status read_path(const char *from, const char *columns);
enum status read_text(const char *text, const char *columns);
/* TEXT gives just these RECORDS and PROBLEMS. */
void check(const char *text, const char *columns, const char *records, const char *problems);
/* The run that ended with STATUS gave no record, and a message that holds MESSAGE. */
void check_fails(enum status status, const char *message);

#endif
