/* From the events of a JSON parser to records. Interface: json_walk.h. */
#include "corpus/json/json_walk.h"

#include "corpus/json/json_names.h"
#include "corpus/json/json_shape.h"

#include <string.h>

void json_walk_init(struct json_walk *walk, struct json_records *records, bool lines)
{
    *walk = (struct json_walk){
        .records = records, .lines = lines, .line = 1, .path = BUF_INIT, .tree = JSON_TREE_INIT};
}

void json_walk_release(struct json_walk *walk)
{
    buf_release(&walk->path);
    json_tree_release(&walk->tree);
}

/* What a callback returns: 1 to go on. */
static int settle(struct json_walk *walk, enum status status)
{
    walk->n_values++;
    if (status == ST_OK && (walk->path.failed || walk->tree.text.failed))
        status = ST_NOMEM;
    walk->status = status;
    return status == ST_OK;
}

static int refuse(struct json_walk *walk, const char *problem)
{
    walk->problem = problem;
    return settle(walk, ST_INPUT);
}

/* The line of what the parser has just read. */
static size_t current_line(struct json_walk *walk)
{
    size_t end = yajl_get_bytes_consumed(walk->parser);
    for (; walk->counted < end; walk->counted++)
        walk->line += walk->chunk[walk->counted] == '\n';
    return walk->line;
}

static size_t current_byte(const struct json_walk *walk)
{
    return walk->consumed + yajl_get_bytes_consumed(walk->parser);
}

static struct json_level *innermost(struct json_walk *walk)
{
    return walk->depth > 0 ? &walk->levels[walk->depth - 1] : NULL;
}

static void cut_path(struct json_walk *walk, size_t len)
{
    walk->path.len = len;
    if (len > 0 || walk->path.cap > 0)
        walk->path.data[len] = '\0';
}

/* The path within the record, or within the object at the top. */
static const char *own_path(const struct json_walk *walk)
{
    const char *path = walk->path.data + walk->path_start;
    return *path == '.' ? path + 1 : path;
}

static int check_columns(struct json_walk *walk, enum status status)
{
    return status == ST_INPUT ? refuse(walk, _("a record of too many columns"))
                              : settle(walk, status);
}

/* Whether what comes is kept in the tree: it is in an object at the top and in no record. */
static bool in_tree(const struct json_walk *walk)
{
    return walk->record_depth == 0 && walk->depth > 0 && walk->levels[0].in_tree;
}

static int check_tree(struct json_walk *walk, enum status status)
{
    if (status == ST_OK && json_tree_bytes(&walk->tree) > JSON_MAX_TREE_BYTES)
        return refuse(walk, _("an object of too many bytes"));
    return settle(walk, status);
}

/* In a list that is a row, the position is the path, and no column is left out. */
static int number_item(struct json_walk *walk)
{
    struct json_level *level = innermost(walk);
    if (level == NULL || level->is_object || walk->record_depth == 0 ||
        walk->depth != walk->record_depth + 1)
        return 1;
    cut_path(walk, level->path_len);
    buf_addf(&walk->path, ".%zu", ++level->n_items);
    struct span nothing = {"", 0};
    return check_columns(walk, json_records_add(walk->records, own_path(walk), 0, nothing));
}

/* Notes that the records of a list of the tree are given. */
static void note_records(struct json_walk *walk)
{
    struct json_node *list = &walk->tree.items[walk->tree.open];
    list->kind = JSON_RECORDS;
    json_records_part(walk->records)->parent = list->parent;
}

static enum status begin_record(struct json_walk *walk, bool positional)
{
    struct json_level *list = innermost(walk);
    enum status status = ST_OK;
    bool begun = list != NULL ? list->part_begun : walk->any_record;
    if (!begun) {
        struct span name = {walk->path.data, walk->path.len};
        if (name.len > 0 && *name.data == '.')
            name = (struct span){name.data + 1, name.len - 1};
        status = json_records_begin_part(walk->records, name, positional);
        if (status == ST_OK && in_tree(walk))
            note_records(walk);
    }
    if (list != NULL)
        list->part_begun = true;
    walk->any_record = true;
    walk->record_depth = walk->depth;
    walk->path_start = walk->path.len;
    walk->record_at = current_byte(walk);
    return status == ST_OK ? json_records_begin(walk->records, current_line(walk)) : status;
}

/* A text of a list of texts. */
static enum status add_plain(struct json_walk *walk, struct span text)
{
    struct json_level *list = innermost(walk);
    if (list->part_begun && !list->plain)
        return json_records_add_broken(walk->records, current_line(walk),
                                       _("a value that is no object"), text);
    list->plain = true;
    enum status status = begin_record(walk, true);
    walk->record_depth = 0;
    if (status == ST_OK)
        status = json_records_add(walk->records, "1", 0, text);
    json_records_end(walk->records);
    return status;
}

static int add_text(struct json_walk *walk, struct span text)
{
    struct json_level *level = innermost(walk);
    if (!number_item(walk))
        return 0;
    bool own = walk->record_depth > 0 && walk->depth == walk->record_depth + 1;
    if (own && json_names_is_mark(own_path(walk), text))
        return settle(walk, ST_OK);
    if (walk->record_depth > 0)
        return check_columns(walk, json_records_add(walk->records, own_path(walk),
                                                    level->is_object ? level->object : 0, text));
    if (in_tree(walk))
        return check_tree(walk, json_tree_add(&walk->tree, JSON_TEXT, text));
    if (level != NULL && !level->is_object && !walk->lines)
        return check_columns(walk, add_plain(walk, text));
    return settle(walk, json_records_add_broken(walk->records, current_line(walk),
                                                _("a value that is no object"), text));
}

/* Whether what begins at this place is a record. */
static bool is_record(const struct json_walk *walk, bool is_object)
{
    if (walk->record_depth > 0 || (walk->depth == 0 && !(walk->lines && is_object)))
        return false;
    if (walk->depth == 0)
        return true;
    const struct json_level *level = &walk->levels[walk->depth - 1];
    return !level->is_object && !level->described;
}

/* Whether the lists in what begins here are no records. */
static bool is_described(struct json_walk *walk)
{
    const struct json_level *level = innermost(walk);
    if (level == NULL || !in_tree(walk))
        return false;
    return level->described ||
           (level->is_object && json_names_are_described(walk->tree.text.data + walk->tree.key));
}

static int begin_level(struct json_walk *walk, bool is_object)
{
    enum status status = ST_OK;
    if (walk->depth == JSON_MAX_DEPTH)
        return refuse(walk, _("objects or lists nested too deep"));
    if (!number_item(walk))
        return 0;
    bool record = is_record(walk, is_object), described = is_described(walk);
    bool noted = !record && (in_tree(walk) || (walk->depth == 0 && is_object && !walk->lines));
    if (noted && walk->depth == 0)
        json_tree_clear(&walk->tree);
    if (noted)
        status =
            json_tree_begin(&walk->tree, is_object ? JSON_OBJECT : JSON_LIST, current_line(walk));
    if (record) {
        status = begin_record(walk, !is_object);
        /* 0 means no record, so a record at the top is in a level of its own. */
        if (walk->depth == 0) {
            walk->levels[walk->depth++] = (struct json_level){.path_len = walk->path.len};
            walk->record_depth = 1;
            walk->at_top = true;
        }
    }
    if (is_object)
        walk->n_objects++;
    walk->levels[walk->depth++] = (struct json_level){.is_object = is_object,
                                                      .path_len = walk->path.len,
                                                      .object = walk->n_objects,
                                                      .in_tree = noted,
                                                      .described = described};
    return noted ? check_tree(walk, status) : settle(walk, status);
}

/* Gives names to the columns of the lists of lists in the object that ends, whose number in the
 * tree is OBJECT: what names them may come after them. */
static enum status name_parts(struct json_walk *walk, size_t object)
{
    struct json_records *records = walk->records;
    enum status status = ST_OK;
    for (size_t i = records->n_parts; i-- > 0 && status == ST_OK;) {
        struct json_part *part = &records->parts[i];
        if (part->parent == JSON_NO_PARENT || part->parent < object)
            break;
        if (part->parent == object && part->positional && !part->begun && part->names.len == 0)
            status = json_names_find(&walk->tree, object, part->n_columns, &part->names);
    }
    return status;
}

/* Makes records of what is left of the object at the top. */
static enum status end_top(struct json_walk *walk)
{
    enum status status = ST_OK;
    if (walk->levels[0].in_tree)
        status = json_shape_give(&walk->tree, walk->records, walk->any_record);
    json_records_end(walk->records);
    walk->any_record = walk->any_record && walk->lines;
    return status;
}

static int end_level(struct json_walk *walk)
{
    struct json_level *level = &walk->levels[--walk->depth];
    enum status status = ST_OK;
    cut_path(walk, level->path_len);
    if (level->in_tree) {
        if (level->is_object)
            status = name_parts(walk, walk->tree.open);
        json_tree_end(&walk->tree);
    }
    if (walk->record_depth > 0 && walk->depth == walk->record_depth) {
        json_records_end(walk->records);
        walk->record_depth = 0;
        walk->path_start = 0;
        if (walk->at_top)
            walk->depth = 0;
        walk->at_top = false;
    }
    if (walk->depth == 0 && !walk->lines && status == ST_OK)
        status = end_top(walk);
    return check_columns(walk, status);
}

static int on_null(void *context)
{
    struct json_walk *walk = context;
    if (in_tree(walk))
        return check_tree(walk, json_tree_add(&walk->tree, JSON_NULL, (struct span){"", 0}));
    return number_item(walk);
}

static int on_boolean(void *context, int value)
{
    return add_text(context, value ? (struct span){"true", 4} : (struct span){"false", 5});
}

static int on_number(void *context, const char *text, size_t n_bytes)
{
    return add_text(context, (struct span){text, n_bytes});
}

static int on_string(void *context, const unsigned char *text, size_t n_bytes)
{
    return add_text(context, (struct span){(const char *)text, n_bytes});
}

/* Whether a name inside a record is left out of the paths. */
static bool is_left_out(const struct json_walk *walk, struct span name)
{
    if (walk->record_depth == 0)
        return false;
    bool own = walk->depth == walk->record_depth + 1;
    return (own && json_names_are_wrapped(name)) || span_is(name, "@value");
}

static int on_key(void *context, const unsigned char *name, size_t n_bytes)
{
    struct json_walk *walk = context;
    const struct span key = {(const char *)name, n_bytes};
    cut_path(walk, innermost(walk)->path_len);
    if (in_tree(walk))
        json_tree_key(&walk->tree, key);
    if (is_left_out(walk, key))
        return settle(walk, ST_OK);
    buf_addc(&walk->path, '.');
    json_append_text(&walk->path, key);
    return settle(walk, ST_OK);
}

static int on_object(void *context)
{
    return begin_level(context, true);
}

static int on_list(void *context)
{
    return begin_level(context, false);
}

static int on_end(void *context)
{
    return end_level(context);
}

const yajl_callbacks json_walk_callbacks = {
    .yajl_null = on_null,
    .yajl_boolean = on_boolean,
    .yajl_number = on_number,
    .yajl_string = on_string,
    .yajl_start_map = on_object,
    .yajl_map_key = on_key,
    .yajl_end_map = on_end,
    .yajl_start_array = on_list,
    .yajl_end_array = on_end,
};

void json_walk_restart(struct json_walk *walk, size_t line)
{
    json_records_drop(walk->records);
    cut_path(walk, 0);
    walk->depth = walk->record_depth = walk->path_start = 0;
    walk->at_top = false;
    walk->status = ST_OK;
    walk->problem = NULL;
    walk->line = line;
}

bool json_walk_feed(struct json_walk *walk, const char *chunk, size_t n_bytes, bool is_last)
{
    walk->chunk = chunk;
    walk->counted = 0;
    yajl_status state = is_last ? yajl_complete_parse(walk->parser)
                                : yajl_parse(walk->parser, (const unsigned char *)chunk, n_bytes);
    if (state != yajl_status_ok) {
        if (!is_last)
            current_line(walk);
        if (walk->status == ST_OK)
            walk->status = ST_INPUT;
        return false;
    }
    if (is_last)
        return true;
    for (; walk->counted < n_bytes; walk->counted++)
        walk->line += chunk[walk->counted] == '\n';
    walk->consumed += n_bytes;
    if (walk->record_depth == 0)
        walk->record_at = walk->consumed;
    if (walk->consumed - walk->record_at > JSON_MAX_RECORD_BYTES)
        return refuse(walk, _("a record of too many bytes"));
    return true;
}
