/* A query's tree as one line of text. Interface: query.h. */
#include "search/query/query.h"

#include "base/buf.h"

#include <stdint.h>

static void print_text(const struct query_node *term, struct buf *out)
{
    buf_addc(out, '"');
    for (size_t i = 0; i < term->len; i++) {
        unsigned char c = (unsigned char)term->text[i];
        if (c < 0x20 || c == 0x7F) {
            buf_addf(out, "\\x%02X", c);
            continue;
        }
        if (c == '"' || c == '\\')
            buf_addc(out, '\\');
        buf_addc(out, (char)c);
    }
    buf_addc(out, '"');
}

static void print_term(const struct query_node *term, struct buf *out)
{
    if (term->fields == QUERY_TITLE)
        buf_adds(out, "title:");
    if (term->fields == QUERY_BODY)
        buf_adds(out, "body:");
    if (term->quoted)
        buf_addc(out, '=');
    print_text(term, out);
    if (term->prefix)
        buf_addc(out, '*');
}

static void print_day(day_t day, struct buf *out)
{
    char text[16] = "-";

    if (day != DAY_NONE && day != INT32_MAX)
        date_format(day, text);
    buf_addc(out, ' ');
    buf_adds(out, text);
}

/* The depth is that of the brackets, which the parser limits. */
static void print_node(const struct query_node *node, struct buf *out)
{
    static const char *const names[] = {[QUERY_AND] = "(AND",
                                        [QUERY_OR] = "(OR",
                                        [QUERY_NOT] = "(NOT",
                                        [QUERY_DATE] = "(DATE",
                                        [QUERY_COLUMN] = "(COLUMN"};

    if (node->op == QUERY_TERM) {
        print_term(node, out);
        return;
    }
    buf_adds(out, names[node->op]);
    if (node->op == QUERY_DATE) {
        print_day(node->dates.first, out);
        print_day(node->dates.last, out);
    }
    for (const struct query_node *child = node->child; child; child = child->next) {
        buf_addc(out, ' ');
        print_node(child, out);
    }
    buf_addc(out, ')');
}

enum status query_print(const struct query *query, struct buf *out)
{
    if (query->root)
        print_node(query->root, out);
    else
        buf_adds(out, "()");
    return out->failed ? ST_NOMEM : ST_OK;
}
