/* A row put together cell by cell. Interface: row_builder.h. */
#include "corpus/rows/row_builder.h"

#include "base/array.h"

#include <stdlib.h>

void row_builder_release(struct row_builder *builder)
{
    buf_release(&builder->text);
    free(builder->ends);
    free(builder->repeated);
    free(builder->cells);
    *builder = (struct row_builder)ROW_BUILDER_INIT;
}

void row_builder_clear(struct row_builder *builder)
{
    buf_clear(&builder->text);
    builder->n = 0;
    builder->repeats = false;
}

void row_builder_append(struct row_builder *builder, const char *text, size_t n_bytes)
{
    buf_add_valid(&builder->text, text, n_bytes);
}

enum status row_builder_end_cell(struct row_builder *builder)
{
    if (!array_reserve(&builder->ends, &builder->cap, builder->n + 1, sizeof *builder->ends) ||
        !array_reserve(&builder->repeated, &builder->repeated_cap, builder->n + 1,
                       sizeof *builder->repeated))
        return ST_NOMEM;
    builder->repeated[builder->n] = false;
    builder->ends[builder->n++] = builder->text.len;
    buf_addc(&builder->text, '\t');
    return builder->text.failed ? ST_NOMEM : ST_OK;
}

void row_builder_mark_repeated(struct row_builder *builder)
{
    builder->repeated[builder->n - 1] = builder->repeats = true;
}

enum status row_builder_pad(struct row_builder *builder, size_t n)
{
    enum status status = ST_OK;
    while (status == ST_OK && builder->n < n)
        status = row_builder_end_cell(builder);
    return status;
}

enum status row_builder_finish(struct row_builder *builder, struct row *row)
{
    if (builder->text.failed)
        return ST_NOMEM;
    if (builder->cells_cap < builder->n) {
        struct span *cells = reallocarray(builder->cells, builder->cap, sizeof *cells);
        if (cells == NULL)
            return ST_NOMEM;
        builder->cells = cells;
        builder->cells_cap = builder->cap;
    }
    size_t from = 0;
    for (size_t i = 0; i < builder->n; i++) {
        builder->cells[i] = (struct span){builder->text.data + from, builder->ends[i] - from};
        from = builder->ends[i] + 1;
    }
    row->cells = builder->cells;
    row->n_cells = builder->n;
    row->repeated = builder->repeats ? builder->repeated : NULL;
    row->text = (struct span){builder->text.data, from > 0 ? from - 1 : 0};
    return ST_OK;
}

void column_letters(char out[COLUMN_LETTERS], size_t column)
{
    char letters[COLUMN_LETTERS]; /* the last first; a size_t never has more than 14 */
    size_t n = 0;
    for (column++; column > 0; column = (column - 1) / 26)
        letters[n++] = (char)('A' + (column - 1) % 26);
    for (size_t i = 0; i < n; i++)
        out[i] = letters[n - 1 - i];
    out[n] = '\0';
}

void row_tell_hidden_sheet(struct row *row, struct span name)
{
    *row = (struct row){
        .state = ROW_BROKEN, .hidden = true, .problem = _("a hidden sheet; --hidden takes it")};
    row->place.part = row->text = name;
}
