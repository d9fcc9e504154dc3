/* The merged cells of a sheet that are known before its rows. Interface: merged.h. */
#include "corpus/sheet/merged.h"

#include "base/array.h"

#include <stdlib.h>

void merged_release(struct merged *merged)
{
    free(merged->items);
    *merged = (struct merged){0};
}

enum status merged_add(struct merged *merged, struct cell_span span)
{
    if (merged->n == MERGED_MAX)
        return ST_INPUT;
    if (!array_reserve(&merged->items, &merged->cap, merged->n + 1, sizeof *merged->items))
        return ST_NOMEM;
    merged->items[merged->n++] = span;
    return ST_OK;
}

static int compare_spans(const void *a, const void *b)
{
    const struct cell_span *x = a, *y = b;
    if (x->first_row != y->first_row)
        return x->first_row < y->first_row ? -1 : 1;
    return x->first_column < y->first_column ? -1 : x->first_column > y->first_column;
}

void merged_sort(struct merged *merged)
{
    if (merged->n > 1)
        qsort(merged->items, merged->n, sizeof *merged->items, compare_spans);
}

enum status merged_use(struct merged *merged, size_t row, struct cell_spans *spans)
{
    enum status status = ST_OK;
    while (status == ST_OK && merged->next < merged->n &&
           merged->items[merged->next].first_row <= row)
        status = cell_spans_add(spans, merged->items[merged->next++]);
    return status;
}
