/* From the events of a JSON parser to records. Interface: json_walk.h. */
#include "corpus/json_walk.h"

#include <stdio.h>
#include <string.h>

void json_walk_init(struct json_walk *walk, struct json_records *records, bool lines)
{
    *walk = (struct json_walk){
        .records = records, .lines = lines, .line = 1, .path = BUF_INIT, .top = BUF_INIT};
}

void json_walk_release(struct json_walk *walk)
{
    buf_release(&walk->path);
    buf_release(&walk->top);
}

/* What a callback returns: 1 to go on. */
static int settle(struct json_walk *walk, enum status status)
{
    walk->n_values++;
    if (status == ST_OK && (walk->path.failed || walk->top.failed))
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

/* Keeps a text of the object at the top, which may turn out to be a record. */
static int add_to_top(struct json_walk *walk, struct slice text)
{
    if (walk->top.len + text.len > JSON_MAX_RECORD_BYTES)
        return refuse(walk, _("a record of too many bytes"));
    const char *path = own_path(walk);
    buf_append(&walk->top, path, strlen(path) + 1);
    for (size_t i = 0; i < text.len; i++)
        buf_addc(&walk->top, text.data[i] != '\0' ? text.data[i] : ' ');
    buf_addc(&walk->top, '\0');
    return settle(walk, ST_OK);
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
    struct slice nothing = {"", 0};
    return check_columns(walk, json_records_add(walk->records, own_path(walk), 0, nothing));
}

static int add_text(struct json_walk *walk, struct slice text)
{
    struct json_level *level = innermost(walk);
    if (!number_item(walk))
        return 0;
    if (walk->record_depth > 0)
        return check_columns(walk, json_records_add(walk->records, own_path(walk),
                                                    level->is_object ? level->object : 0, text));
    if (level != NULL && walk->levels[0].is_object)
        return add_to_top(walk, text);
    return settle(walk, json_records_add_broken(walk->records, current_line(walk),
                                                _("a value that is no object"), text));
}

static enum status begin_record(struct json_walk *walk, bool positional)
{
    struct json_level *list = innermost(walk);
    enum status status = ST_OK;
    bool begun = list != NULL ? list->part_begun : walk->any_record;
    if (!begun) {
        struct slice name = {walk->path.data, walk->path.len};
        if (name.len > 0 && *name.data == '.')
            name = (struct slice){name.data + 1, name.len - 1};
        status = json_records_begin_part(walk->records, name, positional);
    }
    if (list != NULL)
        list->part_begun = true;
    walk->any_record = true;
    walk->record_depth = walk->depth;
    walk->path_start = walk->path.len;
    walk->record_at = current_byte(walk);
    return status == ST_OK ? json_records_begin(walk->records, current_line(walk)) : status;
}

/* Whether what begins at this place is a record. */
static bool is_record(const struct json_walk *walk, bool is_object)
{
    if (walk->record_depth > 0 || (walk->depth == 0 && !(walk->lines && is_object)))
        return false;
    if (walk->depth == 0)
        return true;
    const struct json_level *level = &walk->levels[walk->depth - 1];
    return !level->is_object && (is_object || !walk->levels[0].is_object);
}

static int begin_level(struct json_walk *walk, bool is_object)
{
    enum status status = ST_OK;
    if (walk->depth == JSON_MAX_DEPTH)
        return refuse(walk, _("objects or lists nested too deep"));
    if (!number_item(walk))
        return 0;
    if (is_record(walk, is_object)) {
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
    walk->levels[walk->depth++] = (struct json_level){
        .is_object = is_object, .path_len = walk->path.len, .object = walk->n_objects};
    return settle(walk, status);
}

/* Makes a record of the object at the top when it held none. */
static enum status end_top(struct json_walk *walk)
{
    enum status status = ST_OK;
    size_t at = 0;
    if (!walk->any_record && walk->top.len > 0) {
        status = json_records_begin_part(walk->records, (struct slice){"", 0}, false);
        if (status == ST_OK)
            status = json_records_begin(walk->records, current_line(walk));
    }
    while (status == ST_OK && !walk->any_record && at < walk->top.len) {
        const char *path = walk->top.data + at, *text = path + strlen(path) + 1;
        struct slice value = {text, strlen(text)};
        status = json_records_add(walk->records, path, 0, value);
        at = (size_t)(text - walk->top.data) + value.len + 1;
    }
    json_records_end(walk->records);
    buf_clear(&walk->top);
    walk->any_record = walk->any_record && walk->lines;
    return status;
}

static int end_level(struct json_walk *walk)
{
    struct json_level *level = &walk->levels[--walk->depth];
    cut_path(walk, level->path_len);
    if (walk->record_depth > 0 && walk->depth == walk->record_depth) {
        json_records_end(walk->records);
        walk->record_depth = 0;
        walk->path_start = 0;
        if (walk->at_top)
            walk->depth = 0;
        walk->at_top = false;
    }
    if (walk->depth == 0 && !walk->lines)
        return check_columns(walk, end_top(walk));
    return settle(walk, ST_OK);
}

static int on_null(void *context)
{
    return number_item(context);
}

static int on_boolean(void *context, int value)
{
    return add_text(context, value ? (struct slice){"true", 4} : (struct slice){"false", 5});
}

static int on_number(void *context, const char *text, size_t n_bytes)
{
    return add_text(context, (struct slice){text, n_bytes});
}

static int on_string(void *context, const unsigned char *text, size_t n_bytes)
{
    return add_text(context, (struct slice){(const char *)text, n_bytes});
}

static int on_key(void *context, const unsigned char *name, size_t n_bytes)
{
    struct json_walk *walk = context;
    cut_path(walk, innermost(walk)->path_len);
    buf_addc(&walk->path, '.');
    struct buf *path = &walk->path;
    size_t from = path->len;
    append_valid_utf8(path, (const char *)name, n_bytes);
    for (size_t i = from; i < path->len; i++)
        if (path->data[i] == '\0')
            path->data[i] = ' ';
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
