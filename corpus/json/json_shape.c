/* What the object at the top of a JSON source means as a table. Interface: json_shape.h. */
#include "corpus/json/json_shape.h"

#include "base/string_set.h"
#include "corpus/json/json_cube.h"
#include "corpus/json/json_names.h"
#include "corpus/json/json_texts.h"
#include "corpus/table/column_guess.h"
#include "corpus/table/columns.h"

#include <stdlib.h>
#include <string.h>

struct shape {
    struct json_tree *tree;
    struct json_records *records;
    struct buf path; /* of the object that is looked at */
    bool any_record;
};

static const struct json_node *node_at(const struct shape *shape, size_t i)
{
    return &shape->tree->items[i];
}

static const char *key_of(const struct shape *shape, size_t i)
{
    return json_tree_key_of(shape->tree, i);
}

/* Whether the keys of PARENT's children are 0, 1, 2 … */
static bool counts(const struct shape *shape, size_t parent)
{
    unsigned long at = 0;
    for (size_t i = node_at(shape, parent)->first; i != 0; i = node_at(shape, i)->next) {
        char *end;
        const char *key = key_of(shape, i);
        if (*key < '0' || *key > '9' || strtoul(key, &end, 10) != at++ || *end != '\0')
            return false;
    }
    return true;
}

static enum status begin_part(struct shape *shape)
{
    shape->any_record = true;
    return json_records_begin_part(shape->records, buf_span(&shape->path), false);
}

static enum status add(struct shape *shape, const char *column, const char *text)
{
    return json_records_add(shape->records, column, 0, span_of(text));
}

/* Whether the object's values are lists of texts, all as long. */
static bool is_by_lists(const struct shape *shape, size_t object)
{
    size_t first = node_at(shape, object)->first;
    for (size_t i = first; i != 0; i = node_at(shape, i)->next) {
        const struct json_node *list = node_at(shape, i);
        if (list->kind != JSON_LIST || list->n < 2 || list->n != node_at(shape, first)->n)
            return false;
        for (size_t k = list->first; k != 0; k = node_at(shape, k)->next)
            if (node_at(shape, k)->kind != JSON_TEXT && node_at(shape, k)->kind != JSON_NULL)
                return false;
    }
    return first != 0;
}

/* The places that have been reached in the columns of a table by columns. */
struct cursors {
    size_t *columns;   /* nodes of the columns */
    size_t *cells;     /* the node of each that comes next */
    uint32_t **sorted; /* the nodes of each by their keys, once it was needed; NULL before */
    size_t n;
};

static enum status begin_cursors(const struct shape *shape, size_t object, struct cursors *at)
{
    at->n = 0;
    at->columns = calloc(node_at(shape, object)->n + 1, sizeof *at->columns);
    at->cells = calloc(node_at(shape, object)->n + 1, sizeof *at->cells);
    at->sorted = calloc(node_at(shape, object)->n + 1, sizeof *at->sorted);
    if (at->columns == NULL || at->cells == NULL || at->sorted == NULL)
        return ST_NOMEM;
    for (size_t i = node_at(shape, object)->first; i != 0; i = node_at(shape, i)->next) {
        at->columns[at->n] = i;
        at->cells[at->n++] = node_at(shape, i)->first;
    }
    return ST_OK;
}

static void end_cursors(struct cursors *at)
{
    for (size_t i = 0; at->sorted != NULL && i < at->n; i++)
        free(at->sorted[i]);
    free(at->columns);
    free(at->cells);
    free(at->sorted);
}

static enum status give_lists(struct shape *shape, size_t object)
{
    struct cursors at;
    enum status status = begin_cursors(shape, object, &at);
    size_t n_rows = node_at(shape, node_at(shape, object)->first)->n;
    if (status == ST_OK)
        status = begin_part(shape);
    for (size_t row = 0; row < n_rows && status == ST_OK; row++) {
        status = json_records_begin(shape->records, node_at(shape, object)->line);
        for (size_t i = 0; i < at.n && status == ST_OK; i++) {
            const struct json_node *cell = node_at(shape, at.cells[i]);
            const char *text =
                cell->kind == JSON_TEXT ? json_tree_text_of(shape->tree, at.cells[i]) : "";
            status = add(shape, key_of(shape, at.columns[i]), text);
            at.cells[i] = cell->next;
        }
        json_records_end(shape->records);
    }
    end_cursors(&at);
    return status;
}

/* What the names in the objects of an object are. */
struct inner {
    size_t n_keys;     /* all of them */
    size_t n_distinct; /* different ones */
    bool numbers;      /* they are numbers */
    size_t n_titled;   /* objects with a usual name of a title */
    bool id;           /* one is a usual name of an id */
};

static enum status look_inside(const struct shape *shape, size_t object, struct inner *inner)
{
    struct string_set seen = {0};
    enum status status = ST_OK;
    *inner = (struct inner){.numbers = true};
    for (size_t i = node_at(shape, object)->first; i != 0; i = node_at(shape, i)->next) {
        bool titled = false;
        for (size_t k = node_at(shape, i)->first; k != 0 && status == ST_OK;
             k = node_at(shape, k)->next) {
            const char *key = key_of(shape, k);
            enum role role = ROLE_OTHER;
            bool added = false;
            inner->n_keys++;
            inner->numbers = inner->numbers && json_names_is_number(key);
            status = string_set_add(&seen, key, &added) ? columns_usual_role(span_of(key), &role)
                                                        : ST_NOMEM;
            titled = titled || role == ROLE_TITLE;
            inner->id = inner->id || role == ROLE_ID;
        }
        inner->n_titled += titled;
    }
    inner->n_distinct = seen.n;
    string_set_release(&seen);
    return status;
}

/* Whether a text in NODE was not taken. */
static bool holds_text(const struct shape *shape, size_t node)
{
    const struct json_node *n = node_at(shape, node);
    bool holds = n->kind == JSON_TEXT;
    for (size_t i = n->kind != JSON_TAKEN ? n->first : 0; i != 0 && !holds;
         i = node_at(shape, i)->next)
        holds = holds_text(shape, i);
    return holds;
}

/* Whether the object's values are objects that have names in common: all of them a title, or there
 * are half as many names again as different ones. */
static enum status is_by_objects(const struct shape *shape, size_t object, struct inner *inner,
                                 bool *is)
{
    const struct json_node *node = node_at(shape, object);
    *is = node->n > 1;
    for (size_t i = node->first; i != 0 && *is; i = node_at(shape, i)->next)
        *is = node_at(shape, i)->kind == JSON_OBJECT && holds_text(shape, i);
    if (!*is)
        return ST_OK;
    enum status status = look_inside(shape, object, inner);
    *is = inner->n_titled == node->n || inner->n_keys * 2 >= inner->n_distinct * 3;
    return status;
}

/* What the keys of a table by rows are called as a column; NULL where they only count. */
static const char *name_keys(const struct shape *shape, size_t object, const struct inner *inner)
{
    const char *first = key_of(shape, node_at(shape, object)->first);
    if (node_at(shape, object)->kind == JSON_LIST || counts(shape, object))
        return NULL;
    if (inner->n_titled == 0 && text_kind_of(span_of(first)) == TEXT_WORDS)
        return "title";
    return inner->id ? "key" : "id";
}

static enum status give_rows(struct shape *shape, size_t object, const struct inner *inner)
{
    const char *name = name_keys(shape, object, inner);
    enum status status = begin_part(shape);
    for (size_t i = node_at(shape, object)->first; i != 0 && status == ST_OK;
         i = node_at(shape, i)->next) {
        status = json_records_begin(shape->records, node_at(shape, i)->line);
        if (status == ST_OK && name != NULL)
            status = add(shape, name, key_of(shape, i));
        if (status == ST_OK)
            status = json_texts_add(shape->tree, i, shape->records);
        json_records_end(shape->records);
    }
    return status;
}

/* Finds the cell of the row KEY in a column; mostly it is the next. *CELL is 0 when there is none.
 */
static enum status find_cell(const struct shape *shape, struct cursors *at, size_t column,
                             const char *key, size_t *cell)
{
    const size_t object = at->columns[column];
    *cell = at->cells[column];
    if (*cell == 0 || strcmp(key_of(shape, *cell), key) != 0) {
        if (at->sorted[column] == NULL)
            at->sorted[column] = json_tree_sort(shape->tree, object);
        if (at->sorted[column] == NULL)
            return ST_NOMEM;
        *cell = json_tree_search(shape->tree, at->sorted[column], node_at(shape, object)->n, key);
    }
    if (*cell != 0)
        at->cells[column] = node_at(shape, *cell)->next;
    return ST_OK;
}

/* Gives the cells of the row of this KEY. */
static enum status give_row(struct shape *shape, struct cursors *at, const char *key, bool named)
{
    enum status status = json_records_begin(shape->records, node_at(shape, at->columns[0])->line);
    if (status == ST_OK && named)
        status = add(shape, "id", key);
    for (size_t i = 0; i < at->n && status == ST_OK; i++) {
        size_t cell;
        status = find_cell(shape, at, i, key, &cell);
        if (status == ST_OK && cell != 0 && node_at(shape, cell)->kind == JSON_TEXT)
            status =
                add(shape, key_of(shape, at->columns[i]), json_tree_text_of(shape->tree, cell));
    }
    json_records_end(shape->records);
    return status;
}

/* Of a table by columns, as pandas writes it: the rows that the first column has, and those that
 * only later ones have. */
static enum status give_columns(struct shape *shape, size_t object)
{
    struct cursors at;
    struct string_set given = {0};
    bool named = !counts(shape, node_at(shape, object)->first);
    enum status status = begin_cursors(shape, object, &at);
    if (status == ST_OK)
        status = begin_part(shape);
    for (size_t i = 0; i < at.n && status == ST_OK; i++)
        for (size_t k = node_at(shape, at.columns[i])->first; k != 0 && status == ST_OK;
             k = node_at(shape, k)->next) {
            bool added = false;
            if (!string_set_add(&given, key_of(shape, k), &added))
                status = ST_NOMEM;
            else if (added)
                status = give_row(shape, &at, key_of(shape, k), named);
        }
    string_set_release(&given);
    end_cursors(&at);
    return status;
}

/* Whether a name comes twice in an object of OBJECT. *TWICE. ST_OK or ST_NOMEM. */
static enum status has_twice(const struct shape *shape, size_t object, bool *twice)
{
    enum status status = ST_OK;
    *twice = false;
    for (size_t i = node_at(shape, object)->first; i != 0 && status == ST_OK && !*twice;
         i = node_at(shape, i)->next) {
        struct string_set seen = {0};
        for (size_t k = node_at(shape, i)->first; k != 0 && status == ST_OK && !*twice;
             k = node_at(shape, k)->next) {
            bool added = true;
            status = string_set_add(&seen, key_of(shape, k), &added) ? ST_OK : ST_NOMEM;
            *twice = !added;
        }
        string_set_release(&seen);
    }
    return status;
}

/* Whether the objects of OBJECT hold one text for each of its rows: they are columns. */
static bool hold_cells(const struct shape *shape, size_t object)
{
    for (size_t i = node_at(shape, object)->first; i != 0; i = node_at(shape, i)->next) {
        if (json_names_is_number(key_of(shape, i)))
            return false;
        for (size_t k = node_at(shape, i)->first; k != 0; k = node_at(shape, k)->next)
            if (node_at(shape, k)->kind != JSON_TEXT && node_at(shape, k)->kind != JSON_NULL)
                return false;
    }
    return true;
}

/* Gives OBJECT when it is a table. *GIVEN. */
static enum status give_table(struct shape *shape, size_t object, bool *given)
{
    struct inner inner;
    bool twice = false;
    enum status status = ST_OK;
    *given = json_cube_is(shape->tree, object);
    if (*given) {
        status = begin_part(shape);
        return status == ST_OK ? json_cube_give(shape->tree, object, shape->records) : status;
    }
    *given = is_by_lists(shape, object);
    if (*given) {
        status = give_lists(shape, object);
    } else {
        status = is_by_objects(shape, object, &inner, given);
        bool columns = status == ST_OK && *given && inner.numbers && hold_cells(shape, object);
        if (columns)
            status = has_twice(shape, object, &twice);
        if (status == ST_OK && *given)
            status =
                columns && !twice ? give_columns(shape, object) : give_rows(shape, object, &inner);
    }
    if (*given)
        shape->tree->items[object].kind = JSON_TAKEN;
    return status;
}

/* Looks for tables in OBJECT and the objects in it. Beside a title there is none but in what is
 * called so: objects inside a record are a part of it. */
static enum status give_tables(struct shape *shape, size_t object)
{
    bool given = false, titled = false;
    enum status status = give_table(shape, object, &given);
    if (status == ST_OK && !given)
        status = json_texts_have_title(shape->tree, object, &titled);
    size_t len = shape->path.len;
    for (size_t i = node_at(shape, object)->first; i != 0 && !given && status == ST_OK;
         i = node_at(shape, i)->next) {
        const char *key = key_of(shape, i);
        if (node_at(shape, i)->kind != JSON_OBJECT || (titled && !json_names_is_container(key)))
            continue;
        if (len > 0)
            buf_addc(&shape->path, '.');
        buf_adds(&shape->path, key);
        status = shape->path.failed ? ST_NOMEM : give_tables(shape, i);
        shape->path.len = len;
        shape->path.data[len] = '\0';
    }
    return status;
}

/* Gives the lists of objects that were taken for descriptions of columns, when there are none. */
static enum status give_described(struct shape *shape, size_t object)
{
    const struct inner nothing = {0};
    enum status status = ST_OK;
    for (size_t i = node_at(shape, object)->first; i != 0 && status == ST_OK;
         i = node_at(shape, i)->next) {
        const struct json_node *node = node_at(shape, i);
        bool objects = node->kind == JSON_LIST && node->n > 0;
        for (size_t k = node->first; k != 0 && objects; k = node_at(shape, k)->next)
            objects = node_at(shape, k)->kind == JSON_OBJECT;
        if (node->kind == JSON_OBJECT)
            status = give_described(shape, i);
        else if (objects)
            status = give_rows(shape, i, &nothing);
        if (objects)
            shape->tree->items[i].kind = JSON_TAKEN;
    }
    return status;
}

enum status json_shape_give(struct json_tree *tree, struct json_records *records, bool any_record)
{
    struct shape shape = {
        .tree = tree, .records = records, .path = BUF_INIT, .any_record = any_record};
    enum status status = tree->n > 0 ? give_tables(&shape, 0) : ST_OK;
    if (status == ST_OK && !shape.any_record && tree->n > 0)
        status = give_described(&shape, 0);
    if (status == ST_OK)
        status = json_texts_give(tree, records, shape.any_record);
    buf_release(&shape.path);
    return status;
}
