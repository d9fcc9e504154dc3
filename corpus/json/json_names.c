/* What describes the columns of a table in a JSON source. Interface: json_names.h. */
#include "corpus/json/json_names.h"

#include <string.h>
#include <strings.h>

static bool is_one_of(const char *key, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcasecmp(names[i], key) == 0)
            return true;
    return false;
}

bool json_names_are_described(const char *key)
{
    static const char *const names[] = {"fields", "columns", "column",   "headers",
                                        "header", "heading", "headings", "coordinates",
                                        "bbox",   "@context"};
    return is_one_of(key, names, sizeof names / sizeof names[0]);
}

bool json_names_is_container(const char *key)
{
    static const char *const names[] = {"data", "rows",   "records", "items",  "result",
                                        "list", "values", "table",   "データ", "一覧"};
    return is_one_of(key, names, sizeof names / sizeof names[0]);
}

bool json_names_are_wrapped(struct span key)
{
    return span_is(key, "properties") || span_is(key, "attributes") || span_is(key, "_source");
}

bool json_names_is_mark(const char *key, struct span text)
{
    return strcmp(key, "type") == 0 && span_is(text, "Feature");
}

bool json_names_is_number(const char *key)
{
    return *key != '\0' && key[strspn(key, "0123456789")] == '\0';
}

/* The text that is the name in an element of a description of columns; 0: none. */
static size_t name_in(const struct json_tree *tree, size_t element)
{
    static const char *const names[] = {"name", "id", "key", "field", "label", "title", "text"};
    const struct json_node *node = &tree->items[element];
    if (node->kind == JSON_TEXT)
        return element;
    for (size_t n = 0; n < sizeof names / sizeof names[0] && node->kind == JSON_OBJECT; n++)
        for (size_t i = node->first; i != 0; i = tree->items[i].next)
            if (tree->items[i].kind == JSON_TEXT &&
                is_one_of(json_tree_key_of(tree, i), &names[n], 1))
                return i;
    return 0;
}

/* Whether the list can be the names of WIDTH columns. */
static bool are_names(const struct json_tree *tree, size_t list, size_t width)
{
    if (tree->items[list].kind != JSON_LIST || tree->items[list].n != width)
        return false;
    for (size_t i = tree->items[list].first; i != 0; i = tree->items[i].next) {
        size_t name = name_in(tree, i);
        if (name == 0 || json_names_is_number(json_tree_text_of(tree, name)))
            return false;
    }
    return true;
}

/* The list of names in OBJECT, or in an object in it, that describes columns; 0: none. Any other
 * list of as many names will do, but for the names of rows. An object in such an object, as
 * Socrata's meta.view, has those that are called so alone. DEPTH: of OBJECT. */
static size_t find_list(const struct json_tree *tree, size_t object, size_t width, unsigned depth)
{
    size_t other = 0;
    for (size_t i = tree->items[object].first; i != 0; i = tree->items[i].next) {
        size_t found = 0;
        const char *key = json_tree_key_of(tree, i);
        if (tree->items[i].kind == JSON_OBJECT && depth < 2)
            found = find_list(tree, i, width, depth + 1);
        else if (are_names(tree, i, width) && json_names_are_described(key))
            return i;
        else if (depth < 2 && are_names(tree, i, width) && strcasecmp(key, "index") != 0)
            other = i;
        other = found != 0 ? found : other;
    }
    return other;
}

enum status json_names_find(struct json_tree *tree, size_t parent, size_t width, struct buf *names)
{
    size_t list = find_list(tree, parent, width, 0);
    if (list == 0)
        return ST_OK;
    for (size_t i = tree->items[list].first; i != 0; i = tree->items[i].next) {
        size_t name = name_in(tree, i);
        buf_adds(names, json_tree_text_of(tree, name));
        buf_addc(names, '\0');
        tree->items[name].kind = JSON_TAKEN;
    }
    return names->failed ? ST_NOMEM : ST_OK;
}
