/* Tables side by side in the same rows, under headings of the same names. Interface: table.h. */
#include "corpus/table/table.h"

#include "corpus/rows/cell.h"
#include "corpus/rows/cell_marks.h"
#include "corpus/rows/row_builder.h"

#include <stdlib.h>
#include <string.h>

#define FEWEST_ROLES 2 /* of id, date, title and body, in each table */

struct side {
    struct table table;
    struct buf part; /* the part's name and the columns' letters */
    size_t from;     /* the first column */
    size_t end;      /* the column behind the last; SIZE_MAX: there is none */
};

/* Where tables side by side stand in a heading line. */
struct layout {
    size_t first;
    size_t width; /* columns from one table's first to the next one's */
    size_t n;
};

/* The name of a column, without that of the group over it. */
static const char *key_at(const struct columns *columns, size_t at)
{
    return at < columns->n ? columns_own_key(&columns->items[at]) : "";
}

static struct layout find_layout(const struct columns *columns)
{
    struct layout l = {0};
    while (l.first < columns->n && key_at(columns, l.first)[0] == '\0')
        l.first++;
    size_t next = l.first + 1;
    while (next < columns->n && strcmp(key_at(columns, next), key_at(columns, l.first)) != 0)
        next++;
    if (next >= columns->n)
        return l;
    l.width = next - l.first;
    l.n = (columns->n - l.first + l.width - 1) / l.width;
    for (size_t i = l.first + l.width; i < l.first + l.n * l.width; i++)
        if (strcmp(key_at(columns, i), key_at(columns, i - l.width)) != 0)
            l.n = 0;
    return l;
}

/* Whether the heading that came is that of the tables that are being read. */
static bool is_same(const struct table *table)
{
    const struct layout l = find_layout(&table->columns);
    const struct columns *columns = table->n_sides > 0 ? &table->sides[0].table.columns : NULL;
    if (columns == NULL || l.n != table->n_sides || columns->n != l.first + l.width)
        return false;
    for (size_t i = 0; i < columns->n; i++)
        if (strcmp(columns->items[i].key, key_at(&table->columns, i)) != 0)
            return false;
    return true;
}

/* Adds those of the heading's columns that are the side's, and gives them their roles anew. */
static enum status add_columns(const struct side *side, const struct table *whole,
                               struct columns *to)
{
    for (size_t i = side->from; i < side->end && i < whole->columns.n; i++) {
        const struct column_rule *rule = &whole->columns.items[i];
        struct span name = {rule->name, rule->key[0] != '\0' ? strlen(rule->name) : 0};
        if (rule->own != NULL)
            name = row_cell(&whole->lower.row, i);
        enum status status = columns_add(to, name, ROLE_OTHER);
        if (status != ST_OK)
            return status;
    }
    columns_assign(to, NULL);
    return ST_OK;
}

static void add_letters(struct buf *out, size_t column)
{
    char letters[COLUMN_LETTERS];
    column_letters(letters, column);
    buf_adds(out, letters);
}

/* Calls the side by the name over it; where it has none, by its columns up to LAST. */
static enum status add_side_name(struct buf *part, const struct table *whole, size_t from,
                                 size_t last)
{
    struct span group = {"", 0};
    if (whole->n_levels > 0)
        group = row_cell(&whole->upper.row, from);
    if (part->len > 0)
        buf_addc(part, ' ');
    if (!cell_is_blank(group))
        return cell_to_line(group.data, group.len, part);
    add_letters(part, from);
    buf_addc(part, ':');
    add_letters(part, last);
    return part->failed ? ST_NOMEM : ST_OK;
}

/* Begins the table of columns FROM to END, whose last with a name is LAST. */
static enum status begin_side(struct side *side, const struct table *whole, size_t from, size_t end,
                              size_t last)
{
    *side = (struct side){.part = BUF_INIT, .from = from, .end = end};
    table_init(&side->table, whole->path, whole->options, whole->sink);
    buf_append(&side->part, whole->part.data, whole->part.len);
    enum status status = add_side_name(&side->part, whole, from, last);
    side->table.place = whole->place;
    side->table.place.part = buf_span(&side->part);
    return status == ST_OK ? add_columns(side, whole, &side->table.columns) : status;
}

/* Whether the columns of a table are known, and the next one is told from it by an empty column or
 * a number of its own. */
static bool are_sure(const struct columns *columns, const struct layout *l)
{
    const struct column_rule *last = &columns->items[columns->n - 1];
    bool gap = columns->n >= l->first + l->width && last->key[0] == '\0';
    bool apart = gap || columns_find(columns, ROLE_ID) != NULL;
    return apart && columns_count_roles(columns) >= FEWEST_ROLES;
}

enum status sides_begin(struct table *table)
{
    struct layout l = {0};
    if (is_same(table))
        return ST_OK;
    enum status status = sides_end(table);
    if (status != ST_OK)
        return status;
    if (table->form == COLUMNS_RECOGNISED && table->n_levels < 3)
        l = find_layout(&table->columns);
    if (l.n < 2)
        return ST_OK;
    table->sides = calloc(l.n, sizeof *table->sides);
    status = table->sides != NULL ? ST_OK : ST_NOMEM;
    size_t width = l.width;
    while (key_at(&table->columns, l.first + width - 1)[0] == '\0')
        width--;
    for (size_t i = 0; i < l.n && status == ST_OK; i++) {
        size_t from = l.first + i * l.width;
        status = begin_side(&table->sides[table->n_sides++], table, i > 0 ? from : 0,
                            i + 1 < l.n ? from + l.width : SIZE_MAX, from + width - 1);
    }
    if (status == ST_OK && are_sure(&table->sides[0].table.columns, &l)) {
        table->columns_shown = true; /* each side shows its own */
        return ST_OK;
    }
    sides_release(table);
    return status;
}

/* The cells of ROW that are the side's. */
static struct row cut(const struct side *side, const struct row *row)
{
    struct row part = *row;
    size_t end = row->n_cells < side->end ? row->n_cells : side->end;
    size_t from = side->from < end ? side->from : end;
    part.cells = row->cells + from;
    part.repeated = row->repeated != NULL ? row->repeated + from : NULL;
    part.n_cells = end - from;
    part.new_part = false;
    part.place.part = side->table.place.part;
    return part;
}

enum status sides_take(struct table *table, const struct row *row)
{
    enum status status = ST_OK;
    for (size_t i = 0; i < table->n_sides && status == ST_OK; i++) {
        struct table *side = &table->sides[i].table;
        const struct row part = cut(&table->sides[i], row);
        table->findings.n_rows += i > 0; /* one has been counted */
        if (part.n_cells == 0 || row_is_blank(&part))
            side->findings.n_blank++;
        else
            status = table_take_data(side, &part);
    }
    return status;
}

enum status sides_end(struct table *table)
{
    enum status status = ST_OK;
    for (size_t i = 0; i < table->n_sides && status == ST_OK; i++) {
        struct table *side = &table->sides[i].table;
        status = table_end_part(side);
        table->findings.n_records += side->findings.n_records;
        table->findings.n_skipped += side->findings.n_skipped;
        table->findings.n_headings += side->findings.n_headings;
        table->findings.n_blank += side->findings.n_blank;
        table->findings.n_continued += side->findings.n_continued;
    }
    sides_release(table);
    return status;
}

void sides_release(struct table *table)
{
    for (size_t i = 0; i < table->n_sides; i++) {
        table_release(&table->sides[i].table);
        buf_release(&table->sides[i].part);
    }
    free(table->sides);
    table->sides = NULL;
    table->n_sides = 0;
}
