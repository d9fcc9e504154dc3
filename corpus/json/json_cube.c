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

/* A cube whose parts have been read. */
struct cube {
    const struct json_tree *tree;
    struct parts parts;
    const char *label; /* NULL: none */
    struct dimension dimensions[JSON_CUBE_DIMENSIONS];
    size_t n;
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

/* Puts the label that OBJECT (0: none) has for each category in the place of its id. */
static enum status use_labels(const struct json_tree *tree, size_t object,
                              struct dimension *dimension)
{
    uint32_t *labels = object != 0 ? json_tree_sort(tree, object) : NULL;
    if (object != 0 && labels == NULL)
        return ST_NOMEM;
    for (size_t i = 0; i < dimension->size && object != 0; i++) {
        const char *id = dimension->categories[i];
        size_t label = id != NULL ? json_tree_search(tree, labels, tree->items[object].n, id) : 0;
        if (is_kind(tree, label, JSON_TEXT))
            dimension->categories[i] = json_tree_text_of(tree, label);
    }
    free(labels);
    return ST_OK;
}

/* Reads what the dimension in NODE and its categories are called. `index` is a list of ids, or has
 * the place of each; without it there is one category, which `label` names. */
static enum status read_dimension(const struct json_tree *tree, size_t node, const char *id,
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
    return json_records_add(records, column, 0, span_of(text));
}

/* Gives the cell in NODE, which stands at PLACE of all. */
static enum status give_cell(const struct cube *cube, size_t node, size_t place,
                             struct json_records *records)
{
    const struct json_tree *tree = cube->tree;
    size_t below = 1;
    enum status status = json_records_begin(records, tree->items[cube->parts.values].line);
    if (status == ST_OK && cube->label != NULL)
        status = add(records, "title", cube->label);
    for (size_t i = 1; i < cube->n; i++)
        below *= cube->dimensions[i].size;
    for (size_t i = 0; i < cube->n && status == ST_OK; i++) {
        const struct dimension *dimension = &cube->dimensions[i];
        const char *category = dimension->categories[place / below % dimension->size];
        status = add(records, dimension->name, category != NULL ? category : "");
        below /= i + 1 < cube->n ? cube->dimensions[i + 1].size : 1;
    }
    if (status == ST_OK && tree->items[node].kind == JSON_TEXT)
        status = add(records, "value", json_tree_text_of(tree, node));
    json_records_end(records);
    return status;
}

static enum status give_cells(const struct cube *cube, struct json_records *records)
{
    const struct json_tree *tree = cube->tree;
    bool list = tree->items[cube->parts.values].kind == JSON_LIST;
    enum status status = ST_OK;
    size_t at = 0;
    for (size_t i = tree->items[cube->parts.values].first; i != 0 && status == ST_OK;
         i = tree->items[i].next) {
        size_t place = list ? at++ : strtoul(json_tree_key_of(tree, i), NULL, 10);
        status = give_cell(cube, i, place, records);
    }
    return status;
}

static enum status read_dimensions(struct cube *cube)
{
    const struct json_tree *tree = cube->tree;
    size_t size = tree->items[cube->parts.sizes].first;
    enum status status = ST_OK;
    for (size_t id = tree->items[cube->parts.ids].first; id != 0 && status == ST_OK;
         id = tree->items[id].next) {
        const char *name = json_tree_text_of(tree, id);
        struct dimension *dimension = &cube->dimensions[cube->n++];
        number_of(tree, size, &dimension->size);
        if (dimension->size == 0) /* json_cube_is lets none through, which clang-tidy misses */
            dimension->size = 1;
        status = read_dimension(tree, child(tree, cube->parts.dimensions, name), name, dimension);
        size = tree->items[size].next;
    }
    return status;
}

static void mark_taken(struct json_tree *tree, const struct parts *parts)
{
    size_t used[] = {parts->ids, parts->sizes, parts->dimensions, parts->values, parts->label};
    for (size_t i = 0; i < sizeof used / sizeof used[0]; i++)
        if (used[i] != 0)
            tree->items[used[i]].kind = JSON_TAKEN;
}

enum status json_cube_give(struct json_tree *tree, size_t object, struct json_records *records)
{
    struct cube cube = {.tree = tree, .parts = parts_of(tree, object)};
    if (is_kind(tree, cube.parts.label, JSON_TEXT))
        cube.label = json_tree_text_of(tree, cube.parts.label);
    enum status status = read_dimensions(&cube);
    if (status == ST_OK)
        status = give_cells(&cube, records);
    for (size_t i = 0; i < cube.n; i++)
        free(cube.dimensions[i].categories);
    mark_taken(tree, &cube.parts);
    return status;
}
