/* hiku_highlight and hiku_snippet: any text, marked for a query. Interface: sql.h. */
#include "search/sql/sql.h"

#include "search/results/highlight.h"
#include "search/results/snippet.h"

#include <stdlib.h>
#include <string.h>

/* A query, planned once and kept by SQLite from row to row. */
struct marker {
    struct plan all;
    struct plan partial;
    struct highlighter highlighter;
};

struct marks {
    struct span open;
    struct span close;
    bool html; /* the text between them is to be HTML */
};

static void marker_free(void *marker)
{
    struct marker *m = marker;
    plan_release(&m->all);
    plan_release(&m->partial);
    highlighter_release(&m->highlighter);
    free(m);
}

static enum status marker_new(struct marker **out, struct sql_connection *c, struct span text)
{
    struct query query = {0};
    struct plan_options options = {.fields = QUERY_ANY_FIELD};
    struct marker *m = calloc(1, sizeof *m);
    if (m == NULL)
        return ST_NOMEM;
    m->highlighter.normalized = (struct normalized)NORMALIZED_INIT;
    m->highlighter.tokenizer = c->tokenizer;
    enum status st = query_parse(&query, text.data, text.len, QUERY_DEFAULT_ALL);
    if (st == ST_OK)
        st = plan_make(&m->all, &query, &options, c->tokenizer);
    if (st == ST_OK)
        st = plan_make_partial(&m->partial, &query, &options, c->tokenizer);
    query_release(&query);
    if (st == ST_OK)
        *out = m;
    else
        marker_free(m);
    return st;
}

/* The marker of the query in args[1], which SQLite owns. */
static enum status get_marker(sqlite3_context *context, sqlite3_value *query, struct marker **out)
{
    *out = sqlite3_get_auxdata(context, 1);
    if (*out != NULL)
        return ST_OK;
    struct marker *m = NULL;
    enum status st = marker_new(&m, sqlite3_user_data(context), sql_text(query));
    if (st != ST_OK)
        return st;
    sqlite3_set_auxdata(context, 1, m, marker_free);
    *out = sqlite3_get_auxdata(context, 1);
    return *out != NULL ? ST_OK : ST_NOMEM;
}

/* Where the query's words stand; where none does, the parts of its words. */
static enum status find(struct marker *m, const struct buf *text, struct hiku_range **ranges,
                        size_t *n)
{
    const struct plan *plans[] = {&m->all, &m->partial};
    enum status st = ST_OK;
    *ranges = NULL;
    *n = 0;
    for (size_t i = 0; i < 2 && st == ST_OK && *n == 0; i++) {
        m->highlighter.plans[0] = plans[i];
        st = highlight(&m->highlighter, text->data, text->len, QUERY_ANY_FIELD, ranges, n);
    }
    return st;
}

static void add_html(struct buf *out, const char *text, size_t n_bytes)
{
    for (size_t i = 0; i < n_bytes; i++) {
        const char *entity = text[i] == '&'    ? "&amp;"
                             : text[i] == '<'  ? "&lt;"
                             : text[i] == '>'  ? "&gt;"
                             : text[i] == '"'  ? "&quot;"
                             : text[i] == '\'' ? "&#39;"
                                               : NULL;
        if (entity != NULL)
            buf_adds(out, entity);
        else
            buf_addc(out, text[i]);
    }
}

static void add_plain(struct buf *out, const char *text, size_t n_bytes)
{
    buf_append(out, text, n_bytes);
}

/* Marks the ranges; those that touch are one to the eye. */
static void add_marked(struct buf *out, const struct buf *text, const struct hiku_range *ranges,
                       size_t n, const struct marks *marks)
{
    void (*add)(struct buf *, const char *, size_t) = marks->html ? add_html : add_plain;
    size_t at = 0;
    for (size_t i = 0; i < n;) {
        size_t start = ranges[i].start, end = ranges[i].end;
        while (++i < n && ranges[i].start <= end)
            end = ranges[i].end;
        add(out, text->data + at, start - at);
        add_plain(out, marks->open.data, marks->open.len);
        add(out, text->data + start, end - start);
        add_plain(out, marks->close.data, marks->close.len);
        at = end;
    }
    add(out, text->data + at, text->len - at);
}

/* Reads text, query and marks. False when one is NULL: then so is the answer. */
static bool read_arguments(int n_args, sqlite3_value **args, struct buf *text, struct marks *marks)
{
    *marks = (struct marks){{"<mark>", 6}, {"</mark>", 7}, n_args < 3};
    struct span given = sql_text(args[0]);
    if (given.data == NULL || sql_text(args[1]).data == NULL)
        return false;
    if (n_args > 2)
        marks->open = sql_text(args[2]);
    if (n_args > 3)
        marks->close = sql_text(args[3]);
    if (marks->open.data == NULL || marks->close.data == NULL)
        return false;
    buf_add_valid(text, given.data, given.len); /* ranges are found in what is shown */
    return true;
}

static void call_highlight(sqlite3_context *context, int n_args, sqlite3_value **args)
{
    struct buf text = BUF_INIT, out = BUF_INIT;
    struct hiku_range *ranges = NULL;
    struct marker *marker;
    struct marks marks;
    size_t n;
    if (!read_arguments(n_args, args, &text, &marks))
        return;
    enum status st = text.failed ? ST_NOMEM : get_marker(context, args[1], &marker);
    if (st == ST_OK)
        st = find(marker, &text, &ranges, &n);
    if (st == ST_OK) {
        add_marked(&out, &text, ranges, n, &marks);
        sql_result_buf(context, &out);
    } else {
        sql_result_status(context, st, NULL);
    }
    free(ranges);
    buf_release(&text);
}

/* args[4] as a number of characters; false, with the error set, where it is none. */
static bool read_max_chars(sqlite3_context *context, int n_args, sqlite3_value **args,
                           size_t *max_chars)
{
    *max_chars = SNIPPET_CHARS;
    if (n_args < 5)
        return true;
    sqlite3_int64 given =
        sqlite3_value_numeric_type(args[4]) == SQLITE_INTEGER ? sqlite3_value_int64(args[4]) : 0;
    *max_chars = (size_t)given;
    if (given > 0)
        return true;
    sqlite3_result_error(context, _("max_chars of hiku_snippet is a whole number from 1 on"), -1);
    return false;
}

static void call_snippet(sqlite3_context *context, int n_args, sqlite3_value **args)
{
    struct buf text = BUF_INIT, part = BUF_INIT, out = BUF_INIT;
    struct hiku_range *ranges = NULL, *in_part = NULL;
    struct marker *marker;
    struct marks marks;
    size_t n = 0, n_in_part = 0, max_chars;
    if (n_args > 4 && sqlite3_value_type(args[4]) == SQLITE_NULL)
        return;
    if (!read_max_chars(context, n_args, args, &max_chars) ||
        !read_arguments(n_args, args, &text, &marks))
        return;
    enum status st = text.failed ? ST_NOMEM : get_marker(context, args[1], &marker);
    if (st == ST_OK)
        st = find(marker, &text, &ranges, &n);
    if (st == ST_OK)
        st = snippet_make(&(struct hiku_text){text.data, text.len, ranges, n}, max_chars, &part,
                          &in_part, &n_in_part);
    if (st == ST_OK) {
        add_marked(&out, &part, in_part, n_in_part, &marks);
        sql_result_buf(context, &out);
    } else {
        sql_result_status(context, st, NULL);
    }
    free(ranges);
    free(in_part);
    buf_release(&part);
    buf_release(&text);
}

enum status sql_register_marking(struct sql_connection *c)
{
    static const struct sql_function functions[] = {
        {"hiku_highlight", 2, SQL_PURE, call_highlight},
        {"hiku_highlight", 4, SQL_PURE, call_highlight},
        {"hiku_snippet", 2, SQL_PURE, call_snippet},
        {"hiku_snippet", 4, SQL_PURE, call_snippet},
        {"hiku_snippet", 5, SQL_PURE, call_snippet},
    };
    return sql_register_all(c, functions, sizeof functions / sizeof *functions);
}
