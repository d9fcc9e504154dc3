/* The formats json and ndjson. What becomes a record: json_walk.h. Interface: format.h. */
#include "corpus/format.h"

#include "base/text.h"
#include "corpus/json/json_walk.h"

#include <stdlib.h>
#include <string.h>

#define BATCH_BYTES (1U << 20) /* of records that wait, so that their columns are known */
#define CHUNK_BYTES (16U << 10)

struct json_source {
    struct row_source base;
    struct input *in;
    struct json_records records;
    struct json_walk walk;
    size_t chunk_bytes; /* given to the parser next */
    bool ended;
    struct error failure; /* told after the rows before it */
    enum status failed;
};

static bool make_parser(struct json_source *source)
{
    if (source->walk.parser != NULL)
        yajl_free(source->walk.parser);
    source->walk.parser = yajl_alloc(&json_walk_callbacks, NULL, &source->walk);
    return source->walk.parser != NULL &&
           (source->walk.lines || yajl_config(source->walk.parser, yajl_allow_multiple_values, 1));
}

static void fail(struct json_source *source)
{
    const struct json_walk *walk = &source->walk;
    source->ended = true;
    source->failed = walk->status;
    if (walk->status != ST_INPUT)
        return;
    unsigned char *reason = NULL;
    if (walk->problem == NULL)
        reason = yajl_get_error(walk->parser, 0, NULL, 0);
    if (reason != NULL)
        reason[strcspn((char *)reason, "\n")] = '\0';
    error_set(&source->failure, ST_INPUT, _("'%s' cannot be read as JSON beyond line %zu: %s"),
              source->in->path, walk->line,
              walk->problem != NULL ? walk->problem
              : reason != NULL      ? (char *)reason
                                    : "");
    if (reason != NULL)
        yajl_free_error(walk->parser, reason);
}

/* The parser begins a value anew with each chunk until it ends: of a long one the chunks grow. */
static void choose_chunk(struct json_source *source, size_t n_values_before)
{
    bool ended_any = source->walk.n_values > n_values_before;
    if (ended_any)
        source->chunk_bytes = CHUNK_BYTES;
    else if (source->chunk_bytes < JSON_MAX_RECORD_BYTES)
        source->chunk_bytes *= 2;
}

static enum status read_chunk(struct json_source *source, struct error *error)
{
    struct input *in = source->in;
    enum status status = input_fill(in, source->chunk_bytes, error);
    if (status != ST_OK)
        return status;
    bool is_last = in->start == in->end;
    size_t n =
        in->end - in->start < source->chunk_bytes ? in->end - in->start : source->chunk_bytes;
    size_t n_values = source->walk.n_values;
    if (!json_walk_feed(&source->walk, in->data + in->start, n, is_last))
        fail(source);
    choose_chunk(source, n_values);
    in->start += n;
    source->ended = source->ended || is_last;
    return ST_OK;
}

/* Finds the line that the window starts with; *LEN is without its line end. */
static enum status find_line(struct input *in, size_t *len, bool *whole, struct error *error)
{
    size_t seen = 0;
    for (;;) {
        const char *text = in->data + in->start;
        size_t n_bytes = in->end - in->start;
        const char *end = n_bytes > seen ? memchr(text + seen, '\n', n_bytes - seen) : NULL;
        *len = end != NULL ? (size_t)(end - text) : n_bytes;
        *whole = *len <= JSON_MAX_RECORD_BYTES;
        if (end != NULL || in->eof || !*whole)
            return ST_OK;
        seen = n_bytes;
        enum status status = input_more(in, error);
        if (status != ST_OK)
            return status;
    }
}

static enum status parse_line(struct json_source *source, struct span line, size_t number)
{
    struct json_walk *walk = &source->walk;
    json_walk_restart(walk, number);
    if (!make_parser(source))
        return ST_NOMEM;
    if (json_walk_feed(walk, line.data, line.len, false) && json_walk_feed(walk, "", 0, true))
        return ST_OK;
    if (walk->status != ST_INPUT)
        return walk->status;
    const char *problem =
        walk->problem != NULL ? walk->problem : _("a line that is not valid JSON");
    json_walk_restart(walk, number);
    return json_records_add_broken(&source->records, number, problem, line);
}

static enum status read_line(struct json_source *source, struct error *error)
{
    struct input *in = source->in;
    struct json_walk *walk = &source->walk;
    size_t len = 0;
    bool whole = true;
    enum status status = find_line(in, &len, &whole, error);
    if (status != ST_OK)
        return status;
    if (!whole) {
        walk->status = ST_INPUT;
        walk->problem = _("a record of too many bytes");
        fail(source);
        return ST_OK;
    }
    source->ended = len == in->end - in->start;
    struct span line = {in->data + in->start, len};
    size_t number = walk->line;
    if (!text_is_blank(line.data, line.len))
        status = parse_line(source, line, number);
    walk->line = number + 1;
    in->start += len + !source->ended;
    return status;
}

static enum status json_next(struct row_source *base, struct row *row, bool *found,
                             struct error *error)
{
    struct json_source *source = (struct json_source *)base;
    struct json_records *records = &source->records;
    for (;;) {
        bool enough =
            json_records_waiting(records) >= BATCH_BYTES && records->next < records->n_whole;
        enum status status = ST_OK;
        if (source->ended || enough) {
            status = json_records_next(records, row, found);
            if (status != ST_OK || *found)
                return status;
        }
        if (source->ended)
            return source->failed == ST_OK
                       ? ST_OK
                       : error_set(error, source->failed, "%s", source->failure.message);
        status = source->walk.lines ? read_line(source, error) : read_chunk(source, error);
        if (status != ST_OK)
            return status;
    }
}

static void json_close(struct row_source *base)
{
    struct json_source *source = (struct json_source *)base;
    if (source->walk.parser != NULL)
        yajl_free(source->walk.parser);
    json_walk_release(&source->walk);
    json_records_release(&source->records);
    free(source);
}

static const struct row_source_ops json_ops = {.next = json_next, .close = json_close};

static enum status open_json(struct input *in, bool lines, struct row_source **made)
{
    struct json_source *source = calloc(1, sizeof *source);
    *made = NULL;
    if (source == NULL)
        return ST_NOMEM;
    source->base.ops = &json_ops;
    source->in = in;
    source->records = (struct json_records)JSON_RECORDS_INIT;
    json_walk_init(&source->walk, &source->records, lines);
    source->chunk_bytes = CHUNK_BYTES;
    if (!make_parser(source)) {
        json_close(&source->base);
        return ST_NOMEM;
    }
    *made = &source->base;
    return ST_OK;
}

static enum status json_open(struct input *in, const struct reader_options *options,
                             struct row_source **source, struct error *error)
{
    (void)options;
    (void)error;
    return open_json(in, false, source);
}

static enum status ndjson_open(struct input *in, const struct reader_options *options,
                               struct row_source **source, struct error *error)
{
    (void)options;
    (void)error;
    return open_json(in, true, source);
}

static size_t skip_blanks(const char *text, size_t n_bytes, size_t at)
{
    while (at < n_bytes &&
           (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r'))
        at++;
    return at;
}

static size_t skip_mark(const char *text, size_t n_bytes)
{
    return n_bytes >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

static bool json_detect(const char *head, size_t n_bytes, bool whole)
{
    (void)whole;
    size_t at = skip_blanks(head, n_bytes, skip_mark(head, n_bytes));
    size_t next = skip_blanks(head, n_bytes, at + 1);
    if (next >= n_bytes)
        return false;
    if (head[at] == '{')
        return head[next] == '"' || head[next] == '}';
    return head[at] == '[' && (head[next] == '{' || head[next] == '[' || head[next] == ']');
}

/* Where the object that starts at AT ends; N_BYTES when it does not. */
static size_t skip_object(const char *text, size_t n_bytes, size_t at)
{
    size_t depth = 0;
    bool in_string = false;
    for (; at < n_bytes; at++) {
        if (in_string && text[at] == '\\') {
            at++;
        } else if (in_string) {
            in_string = text[at] != '"';
        } else if (text[at] == '"') {
            in_string = true;
        } else if (text[at] == '{') {
            depth++;
        } else if (text[at] == '}' && --depth == 0) {
            return at + 1;
        }
    }
    return n_bytes;
}

/* Two objects on lines of their own; one object alone is as well read as JSON. */
static bool ndjson_detect(const char *head, size_t n_bytes, bool whole)
{
    size_t at = skip_blanks(head, n_bytes, skip_mark(head, n_bytes));
    if (at >= n_bytes || head[at] != '{' || !json_detect(head, n_bytes, whole))
        return false;
    size_t end = skip_object(head, n_bytes, at);
    if (memchr(head + at, '\n', end - at) != NULL)
        return false;
    at = skip_blanks(head, n_bytes, end);
    return at > end && at < n_bytes && head[at] == '{' &&
           memchr(head + end, '\n', at - end) != NULL;
}

const struct format format_json = {
    .name = "json",
    .endings = ".json .geojson",
    .text = true,
    .detect = json_detect,
    .open = json_open,
};

const struct format format_ndjson = {
    .name = "ndjson",
    .endings = ".ndjson .jsonl",
    .text = true,
    .detect = ndjson_detect,
    .open = ndjson_open,
};
