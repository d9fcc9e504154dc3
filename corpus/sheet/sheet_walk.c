/* The sheets of a workbook as rows. Interface: sheet_walk.h. */
#include "corpus/sheet/sheet_walk.h"

void sheet_walk_init(struct sheet_walk *walk, const struct row_source_ops *base,
                     const struct sheet_walk_ops *ops, bool take_hidden)
{
    walk->base.ops = base;
    walk->ops = ops;
    walk->take_hidden = take_hidden;
    walk->builder = (struct row_builder)ROW_BUILDER_INIT;
}

static void close_sheet(struct sheet_walk *walk)
{
    if (walk->sheet_is_open)
        walk->ops->close(walk);
    walk->sheet_is_open = false;
}

void sheet_walk_release(struct sheet_walk *walk)
{
    close_sheet(walk);
    row_builder_release(&walk->builder);
}

const char *sheet_walk_name(const struct sheet_walk *walk)
{
    return walk->ops->info(walk, walk->next_sheet - 1).name;
}

static struct span part_name(const struct sheet_walk *walk)
{
    return span_of(sheet_walk_name(walk));
}

/* Goes to the next sheet. */
static enum status begin_sheet(struct sheet_walk *walk, struct row *row, bool *found,
                               struct error *error)
{
    size_t number = walk->next_sheet++;
    struct sheet_info sheet = walk->ops->info(walk, number);
    if (!sheet.is_table)
        return ST_OK;
    if (sheet.hidden && !walk->take_hidden) {
        row_tell_hidden_sheet(row, part_name(walk));
        *found = true;
        return ST_OK;
    }
    walk->sheet_is_open = true;
    walk->new_part = true;
    return walk->ops->open(walk, number, error);
}

static enum status read_row(struct sheet_walk *walk, struct row *row, bool *found,
                            struct error *error)
{
    *row = (struct row){.state = ROW_GOOD, .kind = ROW_CELLS};
    enum status status = walk->ops->next(walk, row, found, error);
    if (status != ST_OK || !*found)
        return status;
    row->place.part = part_name(walk);
    row->new_part = walk->new_part;
    row->in_grid = true;
    row->since_1904 = walk->since_1904;
    walk->new_part = false;
    return row_builder_finish(&walk->builder, row);
}

enum status sheet_walk_next(struct row_source *base, struct row *row, bool *found,
                            struct error *error)
{
    struct sheet_walk *walk = (struct sheet_walk *)base;
    enum status status = ST_OK;
    *found = false;
    while (status == ST_OK && !*found) {
        if (walk->sheet_is_open) {
            status = read_row(walk, row, found, error);
            if (!*found)
                close_sheet(walk);
        } else if (walk->next_sheet < walk->n_sheets) {
            status = begin_sheet(walk, row, found, error);
        } else {
            break;
        }
    }
    return status;
}
