/* The rows of the tables of a PDF file. Interface: pdf_table.h. */
#include "corpus/pdf/pdf_table.h"

#include "corpus/pdf/pdf_form.h"
#include "corpus/pdf/pdf_heading.h"
#include "corpus/rows/cell_marks.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ROW_GAP 1.5F /* a blank this many times the usual one parts rows without numbers */
#define ALIKE 0.85F  /* of a blank: one at least this wide parts rows too */

static const struct pdf_block *block_of(const struct pdf_table *table)
{
    return &table->layout.items[table->block];
}

/* Where the row of line FROM ends, with the next row's number at NUMBER: after the widest blank
 * between; of equal ones the last. */
static size_t part_at_widest(const struct pdf_table *table, size_t from, size_t number)
{
    size_t best = number - 1;
    for (size_t i = number - 1; i-- > from;)
        if (pdf_gap_after(&table->lines, i) > pdf_gap_after(&table->lines, best) + 0.5F)
            best = i;
    return best + 1;
}

static size_t next_number(const struct pdf_table *table, size_t from, size_t to)
{
    while (from < to && !pdf_has_number(&table->lines, block_of(table), from))
        from++;
    return from;
}

/* The end of a row of a table without numbers. */
static size_t row_end_by_gap(const struct pdf_table *table, size_t from, size_t to)
{
    float usual = pdf_usual_gap(&table->lines, from, to);
    for (size_t i = from; i + 1 < to; i++)
        if (pdf_gap_after(&table->lines, i) > ROW_GAP * fmaxf(usual, 1))
            return i + 1;
    return to;
}

/* On top of a page the rest of a row may stand above the row whose number is at NUMBER: as far from
 * it as rows are from each other. Returns where it ends; FROM when there is none. */
static size_t rest_end(const struct pdf_table *table, size_t from, size_t number, size_t to)
{
    size_t following = next_number(table, number + 1, to);
    if (number == from)
        return from;
    size_t end = part_at_widest(table, from, number);
    float apart = following < to
                      ? pdf_gap_after(&table->lines, part_at_widest(table, number, following) - 1)
                      : ROW_GAP * fmaxf(pdf_usual_gap(&table->lines, from, to), 1);
    float here = pdf_gap_after(&table->lines, end - 1);
    return here >= ALIKE * apart && here > 0 ? end : from;
}

/* The line after the last of the row that begins at FROM, on one page that ends before TO. ON_TOP:
 * nothing of the table stands above it there. */
static size_t row_end(const struct pdf_table *table, size_t from, size_t to, bool on_top)
{
    size_t number = next_number(table, from, to);
    if (!block_of(table)->numbered)
        return row_end_by_gap(table, from, to);
    if (number == to)
        return to;
    size_t rest = on_top ? rest_end(table, from, number, to) : from;
    if (rest > from)
        return rest;
    size_t following = next_number(table, number + 1, to);
    return following < to ? part_at_widest(table, number, following) : to;
}

/* Whether a line of a cell begins something of its own. */
static bool begins_line(const char *text, size_t n_bytes)
{
    return cell_bullet(text, n_bytes) > 0 ||
           (n_bytes >= 3 && (memcmp(text, "【", 3) == 0 || memcmp(text, "※", 3) == 0));
}

static bool is_latin(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Joins the lines of a cell: what was only wrapped is one line again. */
static void add_cell(const struct pdf_table *table, size_t from, size_t to, size_t column,
                     struct buf *cell)
{
    struct buf line = BUF_INIT;
    const float *bounds = block_of(table)->bounds;
    float left = column > 0 ? bounds[column - 1] : -1;
    buf_clear(cell);
    for (size_t i = from; i < to; i++) {
        buf_clear(&line);
        pdf_line_words(&table->lines, &table->lines.items[i], left, bounds[column], &line);
        if (line.len == 0)
            continue;
        if (cell->len > 0 && begins_line(line.data, line.len))
            buf_addc(cell, '\n');
        else if (cell->len > 0 && is_latin(cell->data[cell->len - 1]) && is_latin(line.data[0]))
            buf_addc(cell, ' ');
        buf_append(cell, line.data, line.len);
    }
    if (line.failed)
        cell->failed = true;
    buf_release(&line);
}

static enum status give(const struct pdf_table *table, size_t from, size_t to, size_t n_columns,
                        struct row_builder *builder, struct row *row)
{
    struct buf cell = BUF_INIT;
    enum status status = ST_OK;
    *row = (struct row){.state = ROW_GOOD, .kind = ROW_CELLS};
    row->place.page = table->lines.items[from].page;
    row_builder_clear(builder);
    for (size_t i = 0; i < n_columns && status == ST_OK; i++) {
        if (n_columns == 1)
            pdf_line_text(&table->lines, &table->lines.items[from], &cell);
        else
            add_cell(table, from, to, i, &cell);
        row_builder_append(builder, cell.data, cell.len);
        status = cell.failed ? ST_NOMEM : row_builder_end_cell(builder);
    }
    buf_release(&cell);
    return status == ST_OK ? row_builder_finish(builder, row) : status;
}

/* The upper row of a heading that has two. */
static enum status give_upper(const struct pdf_table *table, size_t from,
                              struct row_builder *builder, struct row *row)
{
    const struct pdf_block *block = block_of(table);
    enum status status = ST_OK;
    struct buf cell = BUF_INIT;
    *row = (struct row){.state = ROW_GOOD, .kind = ROW_CELLS};
    row->place.page = table->lines.items[from].page;
    row_builder_clear(builder);
    for (size_t i = 0; i < block->n_columns && status == ST_OK; i++) {
        float left = i > 0 ? block->bounds[i - 1] : -1;
        buf_clear(&cell);
        status = pdf_heading_upper_cell(&table->lines, block, from, left, block->bounds[i], &cell);
        row_builder_append(builder, cell.data, cell.len);
        if (status == ST_OK)
            status = row_builder_end_cell(builder);
    }
    buf_release(&cell);
    return status == ST_OK ? row_builder_finish(builder, row) : status;
}

/* The text of a page: its first line as the title, the others as the body; or, of a form sheet,
 * what its label says as the title, and all lines as the body. */
static enum status give_page(const struct pdf_table *table, const struct pdf_block *page,
                             struct row_builder *builder, struct row *row)
{
    struct buf cell = BUF_INIT;
    enum status status = ST_OK;
    size_t first = page->first;
    *row = (struct row){.state = ROW_GOOD, .kind = ROW_SECTION};
    row->place.page = table->lines.items[first].page;
    row_builder_clear(builder);
    while (first + 1 < page->end && pdf_is_page_number(&table->lines, first))
        first++;
    status = pdf_form_title(&table->lines, first, page->end, &cell);
    bool is_form = status == ST_OK && cell.len > 0;
    if (is_form) {
        row_builder_append(builder, cell.data, cell.len);
        status = row_builder_end_cell(builder);
        buf_clear(&cell);
    }
    for (size_t i = first; i < page->end; i++) {
        if (i > first && pdf_is_page_number(&table->lines, i))
            continue;
        pdf_line_text(&table->lines, &table->lines.items[i], &cell);
        buf_addc(&cell, '\n');
        row_builder_append(builder, cell.data, cell.len);
        buf_clear(&cell);
        if (i == first && !is_form && status == ST_OK)
            status = row_builder_end_cell(builder);
    }
    if (cell.failed)
        status = ST_NOMEM;
    buf_release(&cell);
    if (status == ST_OK)
        status = row_builder_end_cell(builder);
    return status == ST_OK ? row_builder_finish(builder, row) : status;
}

/* Whether the line says what a line above the heading says: a title that comes on each page. */
static bool is_title_again(const struct pdf_table *table, size_t at)
{
    const struct pdf_block *block = block_of(table);
    for (size_t i = block->first; i < block->heading; i++)
        if (pdf_same_text(&table->lines, at, i))
            return true;
    return false;
}

static bool is_heading(const struct pdf_table *table, size_t at)
{
    size_t heading = block_of(table)->heading;
    return at == heading || pdf_same_text(&table->lines, at, heading);
}

/* The next row of the table of the block, which has one. */
static enum status give_row(struct pdf_table *table, struct row_builder *builder, struct row *row)
{
    const struct pdf_block *block = block_of(table);
    const struct pdf_line *lines = table->lines.items;
    size_t from = table->next, to = pdf_page_end(&table->lines, from);
    bool title = from < block->heading || is_title_again(table, from);
    to = to < block->end ? to : block->end;
    if (pdf_heading_is_upper(&table->lines, block, from)) {
        table->next = from + block->heading - block->upper;
        return give_upper(table, from, builder, row);
    }
    table->next = from + 1;
    if (title)
        return give(table, from, from + 1, 1, builder, row);
    bool heading = is_heading(table, from);
    bool on_top = from == 0 || lines[from - 1].page != lines[from].page || table->after_heading;
    table->after_heading = heading;
    if (heading)
        return give(table, from, from + 1, block->n_columns, builder, row);
    for (size_t i = from + 1; i < to; i++) /* a heading in the middle of a page */
        if (is_heading(table, i) || is_title_again(table, i))
            to = i;
    table->next = row_end(table, from, to, on_top);
    return give(table, from, table->next, block->n_columns, builder, row);
}

/* Goes to the next line that is no page number; false at the end. */
static bool go_on(struct pdf_table *table)
{
    const struct pdf_layout *layout = &table->layout;
    for (; table->block < layout->n; table->block++) {
        const struct pdf_block *block = block_of(table);
        if (table->next < block->first)
            table->next = block->first;
        if (block->n_columns == 0 && table->next == block->first)
            return true;
        while (table->next < block->end && pdf_is_page_number(&table->lines, table->next))
            table->next++;
        if (block->n_columns > 0 && table->next < block->end)
            return true;
    }
    return false;
}

enum status pdf_table_next(struct pdf_table *table, struct row_builder *builder, struct row *row,
                           bool *found)
{
    *found = go_on(table);
    if (!*found)
        return ST_OK;
    const struct pdf_block *block = block_of(table);
    bool first = table->begun != table->block + 1;
    table->begun = table->block + 1;
    if (block->n_columns == 0) {
        table->next = block->end;
        return give_page(table, block, builder, row);
    }
    enum status status = give_row(table, builder, row);
    row->new_part = first && table->block > 0;
    return status;
}

enum status pdf_table_find(struct pdf_table *table, struct pdf_words *words)
{
    *table = (struct pdf_table){.lines = {.words = words}};
    enum status status = pdf_lines_make(&table->lines);
    return status == ST_OK ? pdf_layout_make(&table->layout, &table->lines) : status;
}

void pdf_table_release(struct pdf_table *table)
{
    pdf_layout_release(&table->layout);
    free(table->lines.items);
    table->lines.items = NULL;
}
