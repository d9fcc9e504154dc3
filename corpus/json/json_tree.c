/* The nodes of a JSON value. Interface: json_tree.h. */
#include "corpus/json/json_tree.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>

void json_tree_release(struct json_tree *tree)
{
    free(tree->items);
    buf_release(&tree->text);
    *tree = (struct json_tree)JSON_TREE_INIT;
}

void json_tree_clear(struct json_tree *tree)
{
    tree->n = tree->key = 0;
    tree->open = 0;
    buf_clear(&tree->text);
}

void json_append_text(struct buf *out, struct span text)
{
    size_t from = out->len;
    buf_add_valid(out, text.data, text.len);
    for (size_t i = from; i < out->len; i++)
        if (out->data[i] == '\0')
            out->data[i] = ' ';
}

/* Appends TEXT and a NUL; returns where it begins. */
static size_t add_text(struct json_tree *tree, struct span text)
{
    size_t at = tree->text.len;
    json_append_text(&tree->text, text);
    buf_addc(&tree->text, '\0');
    return at;
}

void json_tree_key(struct json_tree *tree, struct span key)
{
    tree->key = add_text(tree, key);
}

static enum status add_node(struct json_tree *tree, struct json_node node, uint32_t *number)
{
    if (!array_reserve(&tree->items, &tree->cap, tree->n + 1, sizeof *tree->items))
        return ST_NOMEM;
    if (tree->n == 0)
        tree->key = add_text(tree, (struct span){"", 0});
    struct json_node *parent = tree->n > 0 ? &tree->items[tree->open] : NULL;
    *number = (uint32_t)tree->n++;
    node.key = (uint32_t)tree->key;
    node.parent = tree->open;
    tree->items[*number] = node;
    if (parent != NULL && parent->kind != JSON_OBJECT)
        tree->items[*number].key = tree->items[0].key;
    if (parent != NULL && parent->n > 0)
        tree->items[parent->last].next = *number;
    else if (parent != NULL)
        parent->first = *number;
    if (parent != NULL) {
        parent->last = *number;
        parent->n++;
    }
    return tree->text.failed ? ST_NOMEM : ST_OK;
}

enum status json_tree_begin(struct json_tree *tree, enum json_kind kind, size_t line)
{
    uint32_t number;
    const struct json_node node = {.kind = kind, .line = (uint32_t)line};
    enum status status = add_node(tree, node, &number);
    if (status == ST_OK)
        tree->open = number;
    return status;
}

void json_tree_end(struct json_tree *tree)
{
    tree->open = tree->items[tree->open].parent;
}

enum status json_tree_add(struct json_tree *tree, enum json_kind kind, struct span text)
{
    uint32_t number;
    size_t at = kind == JSON_TEXT ? add_text(tree, text) : 0;
    return add_node(tree, (struct json_node){.kind = kind, .at = (uint32_t)at}, &number);
}

size_t json_tree_bytes(const struct json_tree *tree)
{
    return tree->text.len + tree->n * sizeof *tree->items;
}

static int compare_keys(const void *a, const void *b, void *tree)
{
    return strcmp(json_tree_key_of(tree, *(const uint32_t *)a),
                  json_tree_key_of(tree, *(const uint32_t *)b));
}

uint32_t *json_tree_sort(const struct json_tree *tree, size_t object)
{
    const struct json_node *node = &tree->items[object];
    uint32_t n = 0, *sorted = calloc(node->n + 1U, sizeof *sorted);
    for (uint32_t i = node->first; i != 0 && sorted != NULL; i = tree->items[i].next)
        sorted[n++] = i;
    if (n > 1)
        qsort_r(sorted, n, sizeof *sorted, compare_keys, (void *)(uintptr_t)tree);
    return sorted;
}

size_t json_tree_search(const struct json_tree *tree, const uint32_t *nodes, size_t n,
                        const char *key)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(json_tree_key_of(tree, nodes[middle]), key);
        if (order == 0)
            return nodes[middle];
        low = order < 0 ? middle + 1 : low;
        high = order > 0 ? middle : high;
    }
    return 0;
}
