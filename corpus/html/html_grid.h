/* A table of an HTML page while it is read. Interface to html_grid.c. */
#ifndef HIKU_CORPUS_HTML_HTML_GRID_H
#define HIKU_CORPUS_HTML_HTML_GRID_H

#include "base/buf.h"
#include "base/error.h"
#include "corpus/rows/grid.h"

#include <stdbool.h>
#include <stddef.h>

#define HTML_MAX_COLUMN_SPAN 1000 /* as in the HTML standard */
#define HTML_MAX_ROW_SPAN 65534
#define HTML_MAX_SPANS 1024 /* cells over several rows that a row may be under */

struct html_cell {
    size_t at; /* in the row's text */
    size_t len;
    size_t n_rows;
    size_t n_columns;
    bool heading; /* th */
};

struct html_row {
    struct html_row *next;
    size_t line;
    struct buf text;
    struct html_cell *cells;
    size_t n;
    size_t cap;
};

struct html_grid {
    struct html_grid *next; /* in the page's list */
    struct buf caption;
    struct buf heading;     /* of the section that it stands in */
    struct html_row *first; /* rows that wait */
    struct html_row *last;
    size_t n_rows;     /* that were ended */
    size_t widest;     /* cells with a text in a row, at most */
    size_t n_bytes;    /* of text that waits */
    size_t line;       /* where the table begins */
    bool any_heading;  /* a cell is th */
    bool heading_row;  /* all cells of a row are */
    bool is_list;      /* a list of terms: each row is one with what is said of it */
    bool known;        /* a row is a heading line by its names */
    bool is_form;      /* it is a form sheet */
    bool by_form;      /* it is a table by its form, not by names */
    bool taken;        /* its rows are given: it is a table of data */
    bool closed;       /* no row will come */
    bool row_open;     /* the last row is being filled */
    bool new_part;     /* no row was given yet */
    size_t row_number; /* of rows given */
    struct cell_spans spans;
    struct grid_row row;
    struct row_builder *builder; /* borrowed */
};

/* A new table; NULL: no memory. */
struct html_grid *html_grid_new(size_t line, struct row_builder *builder);
void html_grid_free(struct html_grid *grid);

/* Begins a row; ends the one before. ST_OK or ST_NOMEM. */
enum status html_grid_begin_row(struct html_grid *grid, size_t line);
enum status html_grid_end_row(struct html_grid *grid);

/* Adds a cell with this TEXT to the open row. ST_OK or ST_NOMEM. */
enum status html_grid_add(struct html_grid *grid, struct html_cell cell, struct span text);

/* Adds TEXT to the last cell of the open row as lines of their own. */
void html_grid_extend(struct html_grid *grid, struct span text);

/* Whether the rows that wait look like data: three or more, nearly all of as many cells, at least
 * three of them; or more rows of a heading and another cell than one thing has names. In a list of
 * terms all rows have words. */
bool html_grid_is_regular(const struct html_grid *grid);

/* Finds out whether the rows that wait are a form sheet, labels with their values beside them: it
 * is known where one labels a title. ST_OK or ST_NOMEM. */
enum status html_grid_look_for_form(struct html_grid *grid);

/* Where all rows begin with the name of what follows, turns the table so that these names are its
 * first row, unless it has more rows than things have names. A list of terms is turned when they
 * are usual names of columns, and so is a table of one thing, unless such tables are ANY_DATA.
 * ST_OK or ST_NOMEM. */
enum status html_grid_turn(struct html_grid *grid, bool any_data);

/* Gives the next ended row; *FOUND is false when none waits. ST_OK; ST_NOMEM; ST_INPUT when cells
 * span too much. */
enum status html_grid_next(struct html_grid *grid, struct row *row, bool *found);

/* Appends the text of all rows, a row a line. */
void html_grid_to_text(const struct html_grid *grid, struct buf *out);

#endif
