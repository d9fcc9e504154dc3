/* Cubes of numbers. Interface: json_cube.h. */
#include "corpus/json/json_cube.h"

#include <stdlib.h>
#include <string.h>

/* The parts of a cube, as nodes; 0: there is none. */
struct parts {
    size_t ids, sizes, dimensions, values, label;
};

struct dimension {
    const char *name;
    const char **categories; /* `size` of them; NULL where one has no name */
    size_t size;
};

static size_t child(const struct json_tree *tree, size_t object, const char *key)
{
    for (size_t i = tree->items[object].first; i != 0; i = tree->items[i].next)
        if (strcmp(json_tree_key_of(tree, i), key) == 0)
            return i;
    return 0;
}

static bool is_kind(const struct json_tree *tree, size_t node, enum json_kind kind)
{
    return node != 0 && tree->items[node].kind == kind;
}

/* The text of NODE as a number from 0; false when it is none. */
static bool number_of(const struct json_tree *tree, size_t node, size_t *number)
{
    char *end = NULL;
    const char *text = is_kind(tree, node, JSON_TEXT) ? json_tree_text_of(tree, node) : "";
    *number = *text >= '0' && *text <= '9' ? strtoul(text, &end, 10) : 0;
    return end != NULL && *end == '\0';
}

/* Before version 2.0 `id` and `size` stand in `dimension`. */
static struct parts parts_of(const struct json_tree *tree, size_t object)
{
    struct parts parts = {.dimensions = child(tree, object, "dimension"),
                          .values = child(tree, object, "value"),
                          .label = child(tree, object, "label")};
    size_t inside = is_kind(tree, parts.dimensions, JSON_OBJECT) ? parts.dimensions : object;
    parts.ids = child(tree, object, "id");
    parts.sizes = child(tree, object, "size");
    if (parts.ids == 0)
        parts.ids = child(tree, inside, "id");
    if (parts.sizes == 0)
        parts.sizes = child(tree, inside, "size");
    return parts;
}

/* Whether each dimension that is named is there, and their sizes make N_CELLS. */
static bool fit(const struct json_tree *tree, const struct parts *parts, size_t n_cells, bool all)
{
    size_t product = 1, size = tree->items[parts->sizes].first;
    for (size_t id = tree->items[parts->ids].first; id != 0; id = tree->items[id].next) {
        size_t n;
        if (!is_kind(tree, id, JSON_TEXT) || !number_of(tree, size, &n) || n == 0 ||
            n > JSON_MAX_TREE_BYTES / product ||
            !is_kind(tree, child(tree, parts->dimensions, json_tree_text_of(tree, id)),
                     JSON_OBJECT))
            return false;
        product *= n;
        size = tree->items[size].next;
    }
    return all ? product == n_cells : product >= n_cells;
}

bool json_cube_is(const struct json_tree *tree, size_t object)
{
    if (tree->items[object].kind != JSON_OBJECT)
        return false;
    struct parts parts = parts_of(tree, object);
    bool list = is_kind(tree, parts.values, JSON_LIST);
    if (!(list || is_kind(tree, parts.values, JSON_OBJECT)) ||
        !is_kind(tree, parts.ids, JSON_LIST) || !is_kind(tree, parts.sizes, JSON_LIST) ||
        !is_kind(tree, parts.dimensions, JSON_OBJECT))
        return false;
    size_t n = tree->items[parts.ids].n;
    if (n == 0 || n > JSON_CUBE_DIMENSIONS || n != tree->items[parts.sizes].n)
        return false;
    for (size_t i = tree->items[parts.values].first; i != 0; i = tree->items[i].next)
        if (!is_kind(tree, i, JSON_TEXT) && !is_kind(tree, i, JSON_NULL))
            return false;
    return fit(tree, &parts, tree->items[parts.values].n, list);
}

static int compare_keys(const void *a, const void *b, void *tree)
{
    return strcmp(json_tree_key_of(tree, *(const uint32_t *)a),
                  json_tree_key_of(tree, *(const uint32_t *)b));
}

/* Puts the label that OBJECT has for each category in the place of its id. */
static enum status use_labels(struct json_tree *tree, size_t object, struct dimension *dimension)
{
    size_t n = 0, n_labels = object != 0 ? tree->items[object].n : 0;
    uint32_t *labels = malloc((n_labels + 1) * sizeof *labels);
    if (labels == NULL)
        return ST_NOMEM;
    for (uint32_t i = object != 0 ? tree->items[object].first : 0; i != 0; i = tree->items[i].next)
        labels[n++] = i;
    if (n > 1)
        qsort_r(labels, n, sizeof *labels, compare_keys, tree);
    for (size_t i = 0; i < dimension->size; i++) {
        size_t low = 0, high = dimension->categories[i] != NULL ? n : 0;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            int order = strcmp(json_tree_key_of(tree, labels[middle]), dimension->categories[i]);
            if (order == 0 && tree->items[labels[middle]].kind == JSON_TEXT)
                dimension->categories[i] = json_tree_text_of(tree, labels[middle]);
            low = order < 0 ? middle + 1 : low;
            high = order >= 0 ? middle : high;
            if (order == 0)
                break;
        }
    }
    free(labels);
    return ST_OK;
}

/* Reads what the dimension in NODE and its categories are called. `index` is a list of ids, or has
 * the place of each; without it there is one category, which `label` names. */
static enum status read_dimension(struct json_tree *tree, size_t node, const char *id,
                                  struct dimension *dimension)
{
    size_t label = child(tree, node, "label"), category = child(tree, node, "category");
    size_t index = category != 0 ? child(tree, category, "index") : 0;
    size_t labels = category != 0 ? child(tree, category, "label") : 0;
    bool list = is_kind(tree, index, JSON_LIST);
    dimension->name = is_kind(tree, label, JSON_TEXT) ? json_tree_text_of(tree, label) : id;
    dimension->categories = calloc(dimension->size, sizeof *dimension->categories);
    if (dimension->categories == NULL)
        return ST_NOMEM;
    labels = is_kind(tree, labels, JSON_OBJECT) ? labels : 0;
    size_t at = 0, from = index != 0 ? index : labels;
    for (size_t i = from != 0 ? tree->items[from].first : 0; i != 0; i = tree->items[i].next) {
        size_t place = at++;
        if (index != 0 && !list && !number_of(tree, i, &place))
            continue;
        if (place < dimension->size)
            dimension->categories[place] = list && is_kind(tree, i, JSON_TEXT)
                                               ? json_tree_text_of(tree, i)
                                               : json_tree_key_of(tree, i);
    }
    return use_labels(tree, labels, dimension);
}

static enum status add(struct json_records *records, const char *column, const char *text)
{
    return json_records_add(records, column, 0, (struct slice){text, strlen(text)});
}

/* Gives the cell that stands at PLACE of all. */
static enum status give_cell(const struct json_tree *tree, size_t cell, size_t place, size_t line,
                             const char *label, const struct dimension *dimensions, size_t n,
                             struct json_records *records)
{
    size_t below = 1;
    enum status status = json_records_begin(records, line);
    if (status == ST_OK && label != NULL)
        status = add(records, "title", label);
    for (size_t i = 1; i < n; i++)
        below *= dimensions[i].size;
    for (size_t i = 0; i < n && status == ST_OK; i++) {
        const char *category = dimensions[i].categories[place / below % dimensions[i].size];
        status = add(records, dimensions[i].name, category != NULL ? category : "");
        below /= i + 1 < n ? dimensions[i + 1].size : 1;
    }
    if (status == ST_OK && tree->items[cell].kind == JSON_TEXT)
        status = add(records, "value", json_tree_text_of(tree, cell));
    json_records_end(records);
    return status;
}

static enum status give_cells(const struct json_tree *tree, const struct parts *parts,
                              const struct dimension *dimensions, size_t n,
                              struct json_records *records)
{
    const char *label =
        is_kind(tree, parts->label, JSON_TEXT) ? json_tree_text_of(tree, parts->label) : NULL;
    bool list = tree->items[parts->values].kind == JSON_LIST;
    enum status status = ST_OK;
    size_t at = 0;
    for (size_t i = tree->items[parts->values].first; i != 0 && status == ST_OK;
         i = tree->items[i].next) {
        size_t place = list ? at++ : strtoul(json_tree_key_of(tree, i), NULL, 10);
        status = give_cell(tree, i, place, tree->items[parts->values].line, label, dimensions, n,
                           records);
    }
    return status;
}

enum status json_cube_give(struct json_tree *tree, size_t object, struct json_records *records)
{
    struct parts parts = parts_of(tree, object);
    struct dimension dimensions[JSON_CUBE_DIMENSIONS] = {0};
    size_t n = 0, size = tree->items[parts.sizes].first;
    enum status status = ST_OK;
    for (size_t id = tree->items[parts.ids].first; id != 0 && status == ST_OK;
         id = tree->items[id].next) {
        const char *name = json_tree_text_of(tree, id);
        number_of(tree, size, &dimensions[n].size);
        if (dimensions[n].size == 0) /* json_cube_is lets none through, which clang-tidy misses */
            dimensions[n].size = 1;
        status = read_dimension(tree, child(tree, parts.dimensions, name), name, &dimensions[n++]);
        size = tree->items[size].next;
    }
    if (status == ST_OK)
        status = give_cells(tree, &parts, dimensions, n, records);
    for (size_t i = 0; i < n; i++)
        free(dimensions[i].categories);
    size_t used[] = {parts.ids, parts.sizes, parts.dimensions, parts.values, parts.label};
    for (size_t i = 0; i < sizeof used / sizeof used[0]; i++)
        if (used[i] != 0)
            tree->items[used[i]].kind = JSON_TAKEN;
    return status;
}
