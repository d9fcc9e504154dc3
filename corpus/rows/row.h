/* What every reader of a format gives: rows of cells, one after the other.
 *
 * A format is one file: it defines a struct format (corpus/format.h), whose `open` makes a row
 * source over a struct input. The caller of next() owns nothing of what it gets: all spans of a
 * row are valid UTF-8 and stay valid until the next call of next() or close(). A source holds
 * memory in proportion to its longest row, not to its file, wherever the format allows it. */
#ifndef HIKU_CORPUS_ROWS_ROW_H
#define HIKU_CORPUS_ROWS_ROW_H

#include "base/error.h"
#include "corpus/rows/sink.h"

#include <stdbool.h>
#include <stddef.h>

enum row_state {
    ROW_GOOD,
    ROW_DOUBTFUL, /* readable all the same: see problem */
    ROW_BROKEN    /* to be skipped: its cells are not set; see problem */
};

enum row_kind {
    ROW_CELLS,  /* a row of a table; which of its rows is the heading line is found out later */
    ROW_SECTION /* a section or page of a text without a table: two cells, title and body, either
                   of which may be empty; becomes a record as it is */
};

struct row {
    enum row_state state;
    enum row_kind kind;
    const char *problem; /* translated; NULL when the row is good */
    struct place place;  /* where the row starts */
    bool heading;        /* the format says that the row holds the names of columns */
    bool whole;          /* a row of a table even where it has one cell only: no line around it */
    bool in_grid;        /* its cells stand in the columns of a sheet: none was cut off wrongly */
    bool by_names_only;  /* of a table that is taken only where names of its columns are usual ones:
                            pages have tables for their looks */
    bool new_part;       /* the first row of another sheet or table: its columns are its own */
    bool spanned;        /* it stands below a number that spans rows */
    bool since_1904;     /* as in struct record */
    bool hidden;         /* not shown by the program that made the table */
    struct span text;    /* the row as an excerpt shows it; all of it where the format has lines */
    const struct span *cells; /* plain text or HTML; line ends inside are kept. A cell that spans
                                  several rows or columns is repeated or left empty as the format's
                                  file says */
    const bool *repeated;     /* of each cell: it says what a cell that spans it says, in the row or
                                 column where that begins; NULL: none does, as far as is known */
    size_t n_cells;
};

/* The cell of a column; empty where the row ends before it. */
static inline struct span row_cell(const struct row *row, size_t column)
{
    return column < row->n_cells ? row->cells[column] : (struct span){"", 0};
}

/* Whether the cell of a column repeats another. */
static inline bool row_repeats(const struct row *row, size_t column)
{
    return row->repeated != NULL && column < row->n_cells && row->repeated[column];
}

/* The cell of a column as the name of one; empty where one that is merged over columns is repeated.
 */
static inline struct span row_name(const struct row *row, size_t column)
{
    struct span cell = row_cell(row, column);
    bool again = column > 0 && row_repeats(row, column) && row->cells[column - 1].len == cell.len &&
                 memcmp(row->cells[column - 1].data, cell.data, cell.len) == 0;
    return again ? (struct span){"", 0} : cell;
}

/* Whether no cell of the row has anything but white space: ,,, */
bool row_is_blank(const struct row *row);

/* How many cells of the row have something else. */
size_t row_count_filled(const struct row *row);

struct row_source;

struct row_source_ops {
    /* Gives the next row; *FOUND is false at the end. ST_OK; ST_INPUT with a message when what
     * follows cannot be read (rows given before stand); ST_NOMEM. */
    enum status (*next)(struct row_source *source, struct row *row, bool *found,
                        struct error *error);
    /* Frees the source; the input is closed by who opened it. */
    void (*close)(struct row_source *source);
};

/* The first member of every format's own struct. */
struct row_source {
    const struct row_source_ops *ops;
};

#endif
