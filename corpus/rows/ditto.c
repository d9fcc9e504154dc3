/* Cells that say the same as the cell above them. Interface: ditto.h. */
#include "corpus/rows/ditto.h"

#include "base/array.h"
#include "corpus/rows/cell_marks.h"

#include <stdlib.h>
#include <string.h>

static void release(struct said *said)
{
    buf_release(&said->text);
    free(said->ends);
}

void ditto_release(struct ditto *ditto)
{
    release(&ditto->above);
    release(&ditto->now);
}

void ditto_forget(struct ditto *ditto)
{
    ditto->above.n = ditto->now.n = 0;
}

void ditto_begin(struct ditto *ditto)
{
    struct said above = ditto->now;
    ditto->now = ditto->above;
    ditto->above = above;
    ditto->now.n = 0;
    buf_clear(&ditto->now.text);
}

static bool is_mark(struct span cell)
{
    /* Not 々, ゝ and " too: tables of characters hold them. */
    static const char *const marks[] = {"〃", "″", "”", "同上", "（同上）", "(同上)", "上に同じ"};
    return cell.len < CELL_DENSE_BYTES &&
           cell_is_one_of(cell.data, cell.len, marks, sizeof marks / sizeof marks[0]);
}

/* The cell above, empty where there is none. */
static struct span above(const struct said *said, size_t column)
{
    if (column >= said->n)
        return (struct span){"", 0};
    size_t start = column > 0 ? said->ends[column - 1] : 0;
    return (struct span){said->text.data + start, said->ends[column] - start};
}

struct span ditto_last(const struct ditto *ditto, size_t column)
{
    return above(&ditto->now, column);
}

bool ditto_next(struct ditto *ditto, struct span cell, struct span *meant)
{
    struct said *now = &ditto->now;
    *meant = cell;
    if (is_mark(cell)) {
        struct span said = above(&ditto->above, now->n);
        *meant = said.len > 0 ? said : cell;
    }
    if (!array_reserve(&now->ends, &now->cap, now->n + 1, sizeof *now->ends))
        return false;
    if (now->text.len + meant->len <= DITTO_ROW_BYTES)
        buf_append(&now->text, meant->data, meant->len);
    now->ends[now->n++] = now->text.len;
    return !now->text.failed;
}
