/* What an object at the top of a JSON source holds beside the records that were given as they came.
 * Interface to json_tree.c. */
#ifndef HIKU_CORPUS_JSON_JSON_TREE_H
#define HIKU_CORPUS_JSON_JSON_TREE_H

#include "base/buf.h"
#include "base/error.h"
#include "corpus/rows/sink.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum json_kind {
    JSON_OBJECT,
    JSON_LIST,
    JSON_RECORDS, /* a list whose objects or lists were given as records: they are not here */
    JSON_TAKEN,   /* was made use of, with all that is in it */
    JSON_TEXT,
    JSON_NULL
};

/* Half as large as with numbers of 64 bits: objects of small objects are many nodes. */
struct json_node {
    enum json_kind kind;
    uint32_t key; /* in the tree's text, NUL-terminated; "" in a list */
    uint32_t at;  /* of a text; NUL-terminated, without another NUL */
    uint32_t line;
    uint32_t parent; /* nodes by their numbers; 0, the root, is nobody's child or neighbour */
    uint32_t first;
    uint32_t last;
    uint32_t next;
    uint32_t n; /* children */
};

struct json_tree {
    struct json_node *items;
    size_t n;
    size_t cap;
    uint32_t open; /* the innermost object or list that has not ended */
    size_t key;    /* of the next node */
    struct buf text;
};

#define JSON_TREE_INIT                                                                             \
    {                                                                                              \
        .text = BUF_INIT                                                                           \
    }

/* Appends TEXT as valid UTF-8 without a NUL in it: JSON may have one. */
void json_append_text(struct buf *out, struct span text);

void json_tree_release(struct json_tree *tree);

/* Forgets the nodes and keeps the memory. */
void json_tree_clear(struct json_tree *tree);

/* Sets the name of the next node: any bytes. */
void json_tree_key(struct json_tree *tree, struct span key);

/* Adds an object or list on LINE, which becomes the open one. ST_OK or ST_NOMEM. */
enum status json_tree_begin(struct json_tree *tree, enum json_kind kind, size_t line);

/* Ends the open one. */
void json_tree_end(struct json_tree *tree);

/* Adds a text or null. ST_OK or ST_NOMEM. */
enum status json_tree_add(struct json_tree *tree, enum json_kind kind, struct span text);

#define JSON_MAX_TREE_BYTES (128U << 20)

/* Bytes that it takes; to be kept below JSON_MAX_TREE_BYTES. */
size_t json_tree_bytes(const struct json_tree *tree);

/* The children of OBJECT by their keys, for json_tree_search; the caller frees them. NULL when
 * memory is out. */
uint32_t *json_tree_sort(const struct json_tree *tree, size_t object);

/* The one of N sorted nodes whose key is KEY; 0: none. */
size_t json_tree_search(const struct json_tree *tree, const uint32_t *nodes, size_t n,
                        const char *key);

static inline const char *json_tree_key_of(const struct json_tree *tree, size_t node)
{
    return tree->text.data + tree->items[node].key;
}

static inline const char *json_tree_text_of(const struct json_tree *tree, size_t node)
{
    return tree->text.data + tree->items[node].at;
}

#endif
