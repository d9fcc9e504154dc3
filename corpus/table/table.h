/* The rows of a source on their way to records. reader.c calls the functions of table.c; those of
 * the heading, of rows and of records are table.c's own. */
#ifndef HIKU_CORPUS_TABLE_TABLE_H
#define HIKU_CORPUS_TABLE_TABLE_H

#include "base/buf.h"
#include "base/error.h"
#include "corpus/rows/ditto.h"
#include "corpus/rows/row.h"
#include "corpus/rows/sink.h"
#include "corpus/table/columns.h"
#include "corpus/table/reader_options.h"

#include <stdbool.h>
#include <stddef.h>

#define PREAMBLE_ROWS                                                                              \
    16 /* title and remarks above a heading; published tables have one to five                     \
        */

/* A row above the heading line. */
struct preamble_row {
    size_t line;
    bool wide; /* more than one of its cells is filled */
    char *key; /* of the row as a name, to know it again */
    char *excerpt;
    char *problem; /* of a broken row; NULL: none */
};

enum columns_form {
    COLUMNS_RECOGNISED, /* by the heading line's usual names */
    COLUMNS_MAPPED,     /* by names that the user gave */
    COLUMNS_POSITIONS   /* by position */
};

/* A row that outlives the source's next step. */
struct row_copy {
    struct row row;
    struct buf part;
    struct buf text;
    struct buf problem;
    struct buf *cells; /* n_cells of them are in use; cap_cells are there */
    struct span *spans;
    bool *repeated;
    size_t n_cells;
    size_t cap_cells;
};

struct side;
struct form;

struct table {
    const char *path;
    const struct reader_sink *sink;
    const struct reader_options *options;
    struct reader_findings findings;
    struct columns wanted; /* as the user gave them */
    enum columns_form form;
    enum table_layout layout;
    struct form *form_part; /* the rows that may be form sheets (form.h); NULL: none may */

    /* The part (sheet, table) that is being read. */
    bool seeking;           /* its heading line has not come */
    bool wide_seen;         /* a row of several cells has */
    bool has_upper;         /* `upper` is set */
    bool has_middle;        /* `middle` is set, and waits for the row below it */
    size_t n_levels;        /* of the heading: 2 are `upper` and `lower`, 3 `middle` too; else 0 */
    bool columns_shown;     /* to the sink */
    bool id_is_sure;        /* false until a row shows what an unnamed first column holds */
    bool is_held;           /* `held` is set */
    struct buf missing;     /* a name of `wanted` that no heading line had */
    struct columns columns; /* as records are made */
    struct columns heading; /* the heading line above a table with columns by position */
    struct row_copy upper;  /* the row before, which may be the upper one of a heading */
    struct row_copy middle;
    struct row_copy lower;
    struct preamble_row preamble[PREAMBLE_ROWS];
    size_t n_preamble;
    struct row_copy *waiting; /* the rows of the preamble, while the heading may still be guessed */
    size_t n_waiting;
    size_t waiting_bytes;
    uint64_t n_given_up; /* rows after those, in a part without a heading line */
    struct place place;  /* of its first row */
    struct buf part;     /* place.part points here */

    struct buf year; /* that a row of one cell below the heading names; empty: none has */

    char *guessed_date; /* keys of the columns that were guessed last; NULL: none */
    char *guessed_title;
    char *guessed_body;

    size_t n_parts;     /* parts with a heading line, and sections */
    enum status failed; /* why the part before had none; ST_OK: it had, or has been reported */
    struct error failure;

    struct row_copy held; /* the row of the record that may go on in the next row */

    struct ditto ditto; /* what the record before said */

    struct side *sides; /* the tables side by side that the part is; NULL: it is one */
    size_t n_sides;

    struct buf key; /* scratch */
    struct buf id, date, title, body, others;
    struct column *other_columns;
    size_t other_columns_cap;
};

/* PATH, OPTIONS and SINK stay the caller's and outlive TABLE. */
void table_init(struct table *table, const char *path, const struct reader_options *options,
                const struct reader_sink *sink);

/* Before the first row: reads options->columns. ST_OK; ST_USAGE with a message; ST_NOMEM. */
enum status table_begin(struct table *table, struct error *error);

/* Takes the source's next row. ST_OK, ST_NOMEM or what the sink returns. */
enum status table_take(struct table *table, const struct row *row);

/* Takes ROW, which is none of a form sheet. Statuses as table_take. */
enum status table_take_row(struct table *table, const struct row *row);

/* Tells the sink of the columns, once for each part, when its heading is known to have ended. */
void table_show_columns(struct table *table);

/* Takes ROW, below the heading: a record, a part of one, a heading again, or none of them. ST_OK,
 * ST_NOMEM or what the sink returns. */
enum status table_take_data(struct table *table, const struct row *row);

/* Ends the part that was read, as far as it came. ST_OK, ST_NOMEM or what the sink returns. */
enum status table_end_part(struct table *table);

/* Ends the last part, and the source with it. Also ST_INPUT with a message: there was no table. */
enum status table_end(struct table *table, struct error *error);

void table_release(struct table *table);

/* Tells the sink that ROW was taken with doubt. */
void table_doubt(const struct table *table, const struct row *row, const char *problem);

/* Tells the sink of a row's problem: one that was skipped, unless it is doubtful only. */
void table_report(const struct table *table, const struct row *row, const char *problem);

/* What a row_copy begins as. */
#define ROW_COPY_INIT                                                                              \
    {                                                                                              \
        .part = BUF_INIT, .text = BUF_INIT, .problem = BUF_INIT                                    \
    }

/* Begins another part: its heading line is looked for anew. */
void heading_begin(struct table *table);

/* Takes ROW, before the heading line has been found: as the heading line, or as a row above it.
 * *IS_DATA: it is neither, for the columns are known by position. ST_OK or ST_NOMEM. */
enum status heading_seek(struct table *table, const struct row *row, bool *is_data);

/* Whether enough rows have come without a heading line to guess it. */
bool heading_is_overdue(const struct table *table);

/* Guesses the heading line of the rows that wait, by its form, and what the columns are, by what is
 * in them, and tells so. Afterwards table->seeking is false and the rows from *FIRST on of those
 * that wait are data; or it is true and there is no table in them. ST_OK or ST_NOMEM. */
enum status heading_guess(struct table *table, size_t *first);

/* Notes in table->failure why the part that ended without a heading line has none. */
void heading_fail(struct table *table);

/* Whether ROW is a heading line again; another one than before changes the columns from there on.
 * ST_OK or ST_NOMEM. */
enum status heading_check(struct table *table, const struct row *row, bool *is_heading);

/* Reads UPPER and LOWER, two rows that follow each other, as the heading that they are together:
 * names of groups of columns above the names in them, other names in either row or in both. COLUMNS
 * stays empty when they are none. ST_OK or ST_NOMEM. */
enum status heading_pair_read(const struct row *upper, const struct row *lower,
                              struct columns *columns);

/* The same of three rows: names of groups of groups, of groups, and of columns. */
enum status heading_three_read(const struct row *top, const struct row *middle,
                               const struct row *lower, struct columns *columns);

/* Whether ROW, below TOP, can be the middle one of those. */
bool heading_may_be_middle(const struct row *top, const struct row *row);

/* Whether ROW, the next one, is to be kept until the row below it is there, since it may be the
 * middle one of a heading with the row before. */
bool heading_waits_for(const struct table *table, const struct row *row);

/* Takes the row that was kept, ROW below it and the row above it as a heading, when they are one.
 * Otherwise the two are to be taken one after the other. ST_OK, ST_NOMEM or what the sink returns.
 */
enum status heading_take_three(struct table *table, const struct row *row, bool *is_heading);

/* Reads ROW as a heading line into COLUMNS, without roles; none when a cell is too long. ST_OK or
 * ST_NOMEM. */
enum status heading_read_names(const struct row *row, struct columns *columns);

/* Tells of the rows above the heading: those of several cells may be data, and are not passed over
 * in silence. */
void heading_report_above(struct table *table);

/* Keeps ROW until the next row shows whether it is the upper one of a heading. ST_OK or ST_NOMEM.
 */
enum status heading_keep_upper(struct table *table, const struct row *row);

/* Reads ROW with the one that was kept as a heading of two rows; COLUMNS stays empty when it is
 * none. ST_OK or ST_NOMEM. */
enum status heading_read_pair(struct table *table, const struct row *row, struct columns *columns);

/* Notes that ROW is the last one of a heading of N rows, to know them again. ST_OK or ST_NOMEM. */
enum status heading_set_levels(struct table *table, size_t n, const struct row *row);

/* Takes back the last note of a row above the heading. */
void heading_forget_last(struct table *table);

/* Whether A and B have the same cells, empty ones at their ends left out. */
bool heading_rows_equal(const struct row *a, const struct row *b);

/* Whether ROW repeats a title line from above the heading. ST_OK or ST_NOMEM. */
enum status heading_check_title(struct table *table, const struct row *row, bool *is_title);

void heading_release(struct table *table);

/* Finds out whether the heading, which has just come, perhaps again, is that of several tables side
 * by side: the names, two of them at least known, come again, behind an empty column or a number of
 * its own. Each is then a table with a part of its own, called by the name over it, or by its
 * columns' letters. Statuses as sides_end. */
enum status sides_begin(struct table *table);

/* Gives each of them its cells of ROW, which counts as a row for each. Statuses as table_take_data.
 */
enum status sides_take(struct table *table, const struct row *row);

/* Ends them: what they found is the table's. Statuses as table_end_part. */
enum status sides_end(struct table *table);

void sides_release(struct table *table);

/* Copies ROW; false when memory is out. */
bool row_copy_set(struct row_copy *copy, const struct row *row);
/* Appends CELL to the copy's cell AT, unless it is blank: as a line of its own, or as the rest of
 * the last one where that was WRAPPED. */
bool row_copy_add(struct row_copy *copy, size_t at, struct span cell, bool wrapped);
/* Frees what long cells took; the cells are gone. */
void row_copy_trim(struct row_copy *copy);
void row_copy_release(struct row_copy *copy);

/* Whether ROW only goes on with the row that is held, in a table of numbered titles: it has a body
 * and nothing else. */
bool record_is_continued(const struct table *table, const struct row *row);

/* Whether ROW, which is no heading, is the rest of that row on the next page: no number, no date.
 */
bool record_is_over_page(const struct table *table, const struct row *row);

/* Whether ROW, which is no heading, is likely to go on with it: title and body, but no number and
 * no date, where the row before has them; or nothing but several other columns, as where number and
 * title were merged over rows. A title below a number that spans rows is a record of its own. */
bool record_seems_continued(const struct table *table, const struct row *row);

/* Gives the sink the record that ROW holds, or tells it why ROW is none. ST_OK, ST_NOMEM or what
 * the sink returns. */
enum status record_emit(struct table *table, const struct row *row);

/* Does so with the row that is held back, if one is: before another row's record is given, and
 * before the columns change. */
enum status record_let_go(struct table *table);

/* The same for a row that is a section: title and body, not cut into columns. */
enum status record_emit_section(struct table *table, const struct row *row);

void record_release(struct table *table);

#endif
