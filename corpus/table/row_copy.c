/* Rows that outlive their source's next step. Interface: table.h. */
#include "corpus/table/table.h"

#include "corpus/rows/cell_marks.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

static bool reserve_cells(struct row_copy *copy, size_t n)
{
    if (n <= copy->cap_cells)
        return true;
    struct buf *cells = reallocarray(copy->cells, n, sizeof *cells);
    copy->cells = cells != NULL ? cells : copy->cells;
    struct span *spans = reallocarray(copy->spans, n, sizeof *spans);
    copy->spans = spans != NULL ? spans : copy->spans;
    bool *repeated = reallocarray(copy->repeated, n, sizeof *repeated);
    copy->repeated = repeated != NULL ? repeated : copy->repeated;
    if (cells == NULL || spans == NULL || repeated == NULL)
        return false;
    for (; copy->cap_cells < n; copy->cap_cells++)
        buf_init(&copy->cells[copy->cap_cells]);
    return true;
}

static bool set_text(struct buf *out, struct span text)
{
    buf_clear(out);
    buf_append(out, text.data, text.len);
    return !out->failed;
}

/* What a row as text is looked at for: an excerpt, whether it is blank, a heading. */
#define TEXT_BYTES 8192

static struct span beginning(struct span text)
{
    if (text.len > TEXT_BYTES)
        text.len = utf8_floor(text.data, TEXT_BYTES);
    return text;
}

/* Points the row at the copies. */
static void settle(struct row_copy *copy)
{
    for (size_t i = 0; i < copy->n_cells; i++)
        copy->spans[i] = buf_span(&copy->cells[i]);
    copy->row.cells = copy->spans;
    copy->row.n_cells = copy->n_cells;
    copy->row.text = buf_span(&copy->text);
    copy->row.place.part = buf_span(&copy->part);
}

bool row_copy_set(struct row_copy *copy, const struct row *row)
{
    const char *problem = row->problem != NULL ? row->problem : "";
    if (!reserve_cells(copy, row->n_cells) || !set_text(&copy->text, beginning(row->text)) ||
        !set_text(&copy->part, row->place.part) || !set_text(&copy->problem, span_of(problem)))
        return false;
    for (size_t i = 0; i < row->n_cells; i++)
        if (!set_text(&copy->cells[i], row->cells[i]))
            return false;
    copy->row = *row;
    copy->row.problem = row->problem != NULL ? copy->problem.data : NULL;
    if (row->repeated != NULL) {
        memcpy(copy->repeated, row->repeated, row->n_cells * sizeof *row->repeated);
        copy->row.repeated = copy->repeated;
    }
    copy->n_cells = row->n_cells;
    settle(copy);
    return true;
}

/* Whether a line that was cut between the two goes on without a blank, as Japanese does. */
static bool join_without_blank(const struct buf *line, struct span rest)
{
    return (unsigned char)line->data[line->len - 1] >= 0x80 &&
           (unsigned char)rest.data[0] >= 0x80 && cell_bullet(rest.data, rest.len) == 0 &&
           memcmp(rest.data, "【", rest.len < 3 ? rest.len : 3) != 0;
}

bool row_copy_add(struct row_copy *copy, size_t at, struct span cell, bool wrapped)
{
    if (cell_is_blank(cell))
        return true;
    size_t n = copy->n_cells;
    if (!reserve_cells(copy, at + 1))
        return false;
    for (; n <= at; n++)
        buf_clear(&copy->cells[n]);
    copy->n_cells = n;
    copy->row.repeated = NULL; /* it has other cells now */
    bool rest = wrapped && copy->cells[at].len > 0 && join_without_blank(&copy->cells[at], cell);
    if (copy->cells[at].len > 0 && !rest)
        buf_addc(&copy->cells[at], '\n');
    buf_append(&copy->cells[at], cell.data, cell.len);
    settle(copy);
    return !copy->cells[at].failed;
}

void row_copy_trim(struct row_copy *copy)
{
    for (size_t i = 0; i < copy->cap_cells; i++)
        buf_trim(&copy->cells[i]);
    copy->n_cells = 0;
    settle(copy);
}

void row_copy_release(struct row_copy *copy)
{
    for (size_t i = 0; i < copy->cap_cells; i++)
        buf_release(&copy->cells[i]);
    free(copy->cells);
    free(copy->spans);
    free(copy->repeated);
    buf_release(&copy->part);
    buf_release(&copy->text);
    buf_release(&copy->problem);
}
