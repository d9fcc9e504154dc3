/* The texts of a JSON value that are in no table. Interface: json_texts.h. */
#include "corpus/json/json_texts.h"

#include "base/text.h"
#include "corpus/json/json_names.h"
#include "corpus/table/columns.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define TOLD_BYTES 1024U /* of texts that are told of: more than an excerpt shows */

/* A walk over texts, each with its path. */
struct texts {
    const struct json_tree *tree;
    struct buf path;
    /* What is done with each. */
    enum status (*take)(struct texts *texts, const char *path, const char *text);
    struct json_records *records; /* to which they are added */
    struct buf told;              /* in which they are listed */
    size_t line;                  /* of the first object with one */
};

static bool is_blank(const char *text)
{
    return text_is_blank(text, strlen(text));
}

static bool is_collection(const struct json_tree *tree, size_t node)
{
    return tree->items[node].kind == JSON_TEXT &&
           strcmp(json_tree_key_of(tree, node), "type") == 0 &&
           strcmp(json_tree_text_of(tree, node), "FeatureCollection") == 0;
}

/* What GeoJSON and pandas write for programs: marks, and numbers that only count. */
static bool is_mark(const struct json_tree *tree, size_t node)
{
    const char *key = json_tree_key_of(tree, node);
    size_t at = 0;
    if (tree->items[node].kind == JSON_TEXT)
        return is_collection(tree, node) ||
               json_names_is_mark(key, span_of(json_tree_text_of(tree, node)));
    if (tree->items[node].kind != JSON_LIST || strcmp(key, "index") != 0)
        return false;
    for (size_t i = tree->items[node].first; i != 0; i = tree->items[i].next, at++) {
        char *end;
        if (tree->items[i].kind != JSON_TEXT ||
            strtoul(json_tree_text_of(tree, i), &end, 10) != at || *end != '\0')
            return false;
    }
    return true;
}

/* Appends the name of NODE, unless it only wraps what is in it. */
static bool extend_path(struct texts *texts, size_t node)
{
    const struct json_node *n = &texts->tree->items[node];
    const char *key = json_tree_key_of(texts->tree, node);
    bool wrapped = texts->path.len == 0 && json_names_are_wrapped(span_of(key));
    if (texts->tree->items[n->parent].kind != JSON_OBJECT || (wrapped && n->kind == JSON_OBJECT))
        return true;
    if (texts->path.len > 0)
        buf_addc(&texts->path, '.');
    buf_adds(&texts->path, key);
    return !texts->path.failed;
}

static enum status walk(struct texts *texts, size_t node)
{
    const struct json_tree *tree = texts->tree;
    const struct json_node *n = &tree->items[node];
    enum status status = ST_OK;
    if (n->kind == JSON_TEXT && !is_blank(json_tree_text_of(tree, node)))
        return texts->take(texts, texts->path.data, json_tree_text_of(tree, node));
    if (n->kind == JSON_TAKEN)
        return ST_OK;
    if (n->line > 0 && texts->told.len == 0)
        texts->line = n->line;
    for (size_t i = n->first; i != 0 && status == ST_OK; i = tree->items[i].next) {
        size_t len = texts->path.len;
        status = extend_path(texts, i) ? ST_OK : ST_NOMEM;
        if (status == ST_OK && !is_mark(tree, i))
            status = walk(texts, i);
        texts->path.len = len;
        if (texts->path.cap > 0)
            texts->path.data[len] = '\0';
    }
    return status;
}

static enum status add_text(struct texts *texts, const char *path, const char *text)
{
    return json_records_add(texts->records, path, 0, span_of(text));
}

enum status json_texts_add(const struct json_tree *tree, size_t node, struct json_records *records)
{
    struct texts texts = {
        .tree = tree, .path = BUF_INIT, .take = add_text, .records = records, .told = BUF_INIT};
    enum status status = walk(&texts, node);
    buf_release(&texts.path);
    return status;
}

enum status json_texts_have_title(const struct json_tree *tree, size_t object, bool *has)
{
    enum status status = ST_OK;
    *has = false;
    for (size_t i = tree->items[object].first; i != 0 && !*has && status == ST_OK;
         i = tree->items[i].next) {
        const char *name = json_tree_key_of(tree, i);
        if (tree->items[i].kind != JSON_TEXT || is_blank(json_tree_text_of(tree, i)))
            continue;
        enum role role;
        status = columns_usual_role(span_of(name), &role);
        *has = role == ROLE_TITLE || role == ROLE_BODY;
    }
    return status;
}

static enum status give_record(struct json_tree *tree, struct json_records *records, size_t object,
                               const char *name)
{
    enum status status = json_records_begin_part(records, span_of(name), false);
    if (status == ST_OK)
        status = json_records_begin(records, tree->items[object].line);
    if (status == ST_OK)
        status = json_texts_add(tree, object, records);
    json_records_end(records);
    tree->items[object].kind = JSON_TAKEN;
    return status;
}

/* Whether the object tells programs how to read the rest: a map or linked data. */
static bool is_technical(const struct json_tree *tree, size_t object)
{
    const char *name = json_tree_key_of(tree, object);
    bool technical = strcmp(name, "crs") == 0 || strcmp(name, "@context") == 0;
    for (size_t i = tree->items[object].first; i != 0 && !technical; i = tree->items[i].next)
        technical = is_collection(tree, i);
    return technical;
}

/* Makes a record of each object with a title, and what is in it. */
static enum status give_titled(struct json_tree *tree, struct json_records *records, size_t object)
{
    bool titled = false;
    enum status status = ST_OK;
    if (is_technical(tree, object))
        return ST_OK;
    status = json_texts_have_title(tree, object, &titled);
    if (status != ST_OK || titled)
        return titled ? give_record(tree, records, object, json_tree_key_of(tree, object)) : status;
    for (size_t i = tree->items[object].first; i != 0 && status == ST_OK; i = tree->items[i].next)
        if (tree->items[i].kind == JSON_OBJECT)
            status = give_titled(tree, records, i);
    return status;
}

static enum status tell_text(struct texts *texts, const char *path, const char *text)
{
    if (texts->told.len > TOLD_BYTES)
        return ST_OK;
    if (texts->told.len > 0)
        buf_adds(&texts->told, "; ");
    buf_adds(&texts->told, path);
    buf_adds(&texts->told, ": ");
    buf_append(&texts->told, text, strnlen(text, TOLD_BYTES));
    return texts->told.failed ? ST_NOMEM : ST_OK;
}

/* Tells of the texts that are left. */
static enum status tell_rest(const struct json_tree *tree, struct json_records *records)
{
    struct texts texts = {
        .tree = tree, .path = BUF_INIT, .take = tell_text, .told = BUF_INIT, .line = 1};
    enum status status = walk(&texts, 0);
    if (status == ST_OK && texts.told.len > 0)
        status = json_records_add_broken(
            records, texts.line, _("texts beside the records, not taken"), buf_span(&texts.told));
    buf_release(&texts.path);
    buf_release(&texts.told);
    return status;
}

/* Whether there is a text. */
static bool has_text(const struct json_tree *tree)
{
    for (size_t i = 0; i < tree->n; i++)
        if (tree->items[i].kind == JSON_TEXT)
            return true;
    return false;
}

/* The object that NODE stands for when it holds nothing but another one, and that again. */
static size_t unwrap(const struct json_tree *tree, size_t node)
{
    while (tree->items[node].n == 1 && tree->items[tree->items[node].first].kind == JSON_OBJECT)
        node = tree->items[node].first;
    return node;
}

enum status json_texts_give(struct json_tree *tree, struct json_records *records, bool any_record)
{
    if (tree->n == 0 || tree->items[0].kind == JSON_TAKEN || !has_text(tree))
        return ST_OK;
    size_t object = unwrap(tree, 0);
    if (!any_record)
        return give_record(tree, records, object, json_tree_key_of(tree, object));
    enum status status = give_titled(tree, records, 0);
    return status == ST_OK ? tell_rest(tree, records) : status;
}
