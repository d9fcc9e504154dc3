/* Records of a JSON source on their way to rows. Interface: json_records.h. */
#include "corpus/json/json_records.h"

#include "base/array.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

static int compare_paths(const void *a, const void *b)
{
    return strcmp(((const struct json_column *)a)->path, ((const struct json_column *)b)->path);
}

static void keep_node(void *node)
{
    (void)node; /* the columns are freed by their list */
}

static void release_part(struct json_part *part)
{
    tdestroy(part->tree, keep_node);
    for (size_t i = 0; i < part->n_columns; i++) {
        free(part->columns[i]->path);
        free(part->columns[i]);
    }
    free(part->columns);
    free(part->name);
    buf_release(&part->names);
}

void json_records_release(struct json_records *records)
{
    for (size_t i = 0; i < records->n_parts; i++)
        release_part(&records->parts[i]);
    free(records->parts);
    free(records->values);
    free(records->items);
    buf_release(&records->text);
    row_builder_release(&records->row);
    *records = (struct json_records)JSON_RECORDS_INIT;
}

enum status json_records_begin_part(struct json_records *records, struct span name, bool positional)
{
    struct json_part *parts = reallocarray(records->parts, records->n_parts + 1, sizeof *parts);
    if (parts == NULL)
        return ST_NOMEM;
    records->parts = parts;
    char *copy = strndup(name.len > 0 ? name.data : "", name.len);
    if (copy == NULL)
        return ST_NOMEM;
    parts[records->n_parts++] = (struct json_part){
        .name = copy, .positional = positional, .parent = JSON_NO_PARENT, .names = BUF_INIT};
    return ST_OK;
}

static struct json_record *add_record(struct json_records *records, size_t line)
{
    if (!array_reserve(&records->items, &records->cap, records->n + 1, sizeof *records->items))
        return NULL;
    struct json_record *record = &records->items[records->n++];
    *record = (struct json_record){.part = records->n_parts > 0 ? records->n_parts - 1 : 0,
                                   .first_value = records->n_values,
                                   .line = line,
                                   .state = ROW_GOOD};
    return record;
}

enum status json_records_begin(struct json_records *records, size_t line)
{
    return add_record(records, line) != NULL ? ST_OK : ST_NOMEM;
}

static struct json_column *add_column(struct json_part *part, const char *path)
{
    struct json_column **columns =
        reallocarray(part->columns, part->n_columns + 1, sizeof(struct json_column *));
    if (columns == NULL)
        return NULL;
    part->columns = columns;
    struct json_column *column = malloc(sizeof *column);
    if (column == NULL)
        return NULL;
    *column = (struct json_column){.path = strdup(path), .index = part->n_columns};
    if (column->path == NULL || tsearch(column, &part->tree, compare_paths) == NULL) {
        free(column->path);
        free(column);
        return NULL;
    }
    columns[part->n_columns++] = column;
    return column;
}

/* The column of this path, which may be a new one. */
static enum status find_column(struct json_part *part, const char *path,
                               struct json_column **column)
{
    struct json_column key = {.path = (char *)path};
    struct json_column *const *node = tfind(&key, &part->tree, compare_paths);
    if (node == NULL && part->n_columns == JSON_MAX_COLUMNS)
        return ST_INPUT;
    *column = node != NULL ? *node : add_column(part, path);
    return *column != NULL ? ST_OK : ST_NOMEM;
}

static enum status add_value(struct json_records *records, size_t column, struct span text)
{
    if (!array_reserve(&records->values, &records->values_cap, records->n_values + 1,
                       sizeof *records->values))
        return ST_NOMEM;
    size_t at = records->text.len;
    buf_add_valid(&records->text, text.data, text.len);
    records->values[records->n_values++] =
        (struct json_value){.column = column, .at = at, .len = records->text.len - at};
    records->items[records->n - 1].n_values++;
    return records->text.failed ? ST_NOMEM : ST_OK;
}

enum status json_records_add(struct json_records *records, const char *path, size_t object,
                             struct span text)
{
    struct json_column *column = NULL;
    struct json_record *record = &records->items[records->n - 1];
    enum status status = find_column(&records->parts[records->n_parts - 1], path, &column);
    if (status != ST_OK)
        return status;
    if (object != 0 && column->object == object) {
        record->state = ROW_DOUBTFUL;
        record->problem = _("a name that comes twice in an object");
    }
    column->object = object;
    return add_value(records, column->index, text);
}

enum status json_records_add_broken(struct json_records *records, size_t line, const char *problem,
                                    struct span excerpt)
{
    struct json_record *record = add_record(records, line);
    if (record == NULL)
        return ST_NOMEM;
    record->state = ROW_BROKEN;
    record->problem = problem;
    enum status status = add_value(records, 0, excerpt);
    json_records_end(records);
    return status;
}

void json_records_end(struct json_records *records)
{
    records->n_whole = records->n;
}

void json_records_drop(struct json_records *records)
{
    if (records->n == records->n_whole)
        return;
    const struct json_record *record = &records->items[--records->n];
    records->n_values = record->first_value;
}

size_t json_records_waiting(const struct json_records *records)
{
    return records->text.len + records->n * sizeof *records->items;
}

/* Moves the record that is not whole yet to the front. */
static void keep_last(struct json_records *records)
{
    struct json_record *record = &records->items[0];
    *record = records->items[records->n - 1];
    struct json_value *values = record->n_values > 0 ? &records->values[record->first_value] : NULL;
    size_t at = record->n_values > 0 ? values[0].at : records->text.len;
    memmove(records->text.data, records->text.data + at, records->text.len - at);
    records->text.len -= at;
    for (size_t i = 0; i < record->n_values; i++) {
        records->values[i] = values[i];
        records->values[i].at -= at;
    }
    record->first_value = 0;
    record->part = 0;
    records->n_values = record->n_values;
    records->n = 1;
}

/* Forgets what was given; the part that is being filled stays. */
static void clear(struct json_records *records)
{
    if (records->n_parts > 1) {
        for (size_t i = 0; i + 1 < records->n_parts; i++)
            release_part(&records->parts[i]);
        records->parts[0] = records->parts[records->n_parts - 1];
        records->n_parts = 1;
    }
    if (records->n > records->n_whole) {
        keep_last(records);
    } else {
        records->n = records->n_values = 0;
        buf_clear(&records->text);
    }
    records->n_whole = records->next = 0;
}

static int compare_values(const void *a, const void *b)
{
    const struct json_value *x = a, *y = b;
    if (x->column != y->column)
        return x->column < y->column ? -1 : 1;
    return x->at < y->at ? -1 : x->at > y->at;
}

static enum status give_heading(struct json_records *records, struct json_part *part,
                                struct row *row)
{
    enum status status = ST_OK;
    row_builder_clear(&records->row);
    for (size_t i = 0; i < part->n_columns && status == ST_OK; i++) {
        const char *path = part->columns[i]->path;
        row_builder_append(&records->row, path, strlen(path));
        status = row_builder_end_cell(&records->row);
    }
    part->n_told = part->n_columns;
    row->new_part = true;
    row->heading = true;
    return status == ST_OK ? row_builder_finish(&records->row, row) : status;
}

/* A heading row of the names that the columns of lists were given. */
static enum status give_names(struct json_records *records, struct json_part *part, struct row *row)
{
    enum status status = ST_OK;
    row_builder_clear(&records->row);
    for (size_t at = 0; at < part->names.len && status == ST_OK;) {
        size_t n = strlen(part->names.data + at);
        row_builder_append(&records->row, part->names.data + at, n);
        status = row_builder_end_cell(&records->row);
        at += n + 1;
    }
    part->begun = true;
    row->new_part = row->heading = true;
    return status == ST_OK ? row_builder_finish(&records->row, row) : status;
}

/* The values of one column become the lines of one cell. */
static enum status give_record(struct json_records *records, const struct json_record *record,
                               struct row *row)
{
    struct json_value *values = record->n_values > 0 ? &records->values[record->first_value] : NULL;
    enum status status = ST_OK;
    row_builder_clear(&records->row);
    if (record->n_values > 1)
        qsort(values, record->n_values, sizeof *values, compare_values);
    for (size_t i = 0; i < record->n_values && status == ST_OK; i++) {
        status = row_builder_pad(&records->row, values[i].column);
        row_builder_append(&records->row, records->text.data + values[i].at, values[i].len);
        bool more = i + 1 < record->n_values && values[i + 1].column == values[i].column;
        if (more && values[i].len > 0)
            row_builder_append(&records->row, "\n", 1);
        if (!more && status == ST_OK)
            status = row_builder_end_cell(&records->row);
    }
    row->state = record->state;
    row->problem = record->problem;
    return status == ST_OK ? row_builder_finish(&records->row, row) : status;
}

enum status json_records_next(struct json_records *records, struct row *row, bool *found)
{
    *found = records->next < records->n_whole;
    *row = (struct row){.state = ROW_GOOD, .kind = ROW_CELLS, .whole = true};
    if (!*found) {
        clear(records);
        return ST_OK;
    }
    const struct json_record *record = &records->items[records->next];
    row->place.line = record->line;
    if (record->state == ROW_BROKEN) {
        records->next++;
        return give_record(records, record, row);
    }
    struct json_part *part = &records->parts[record->part];
    row->place.part = span_of(part->name);
    if (!part->positional && part->n_told < part->n_columns)
        return give_heading(records, part, row);
    if (!part->begun && part->names.len > 0)
        return give_names(records, part, row);
    row->new_part = part->positional && !part->begun;
    part->begun = true;
    records->next++;
    return give_record(records, record, row);
}
