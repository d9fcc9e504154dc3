/* From the words and operators of a query to its tree. Interface: query.h. */
#include "search/query/query.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "search/query/query_lex.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE 16384

struct query_block {
    struct query_block *next;
    size_t used;
    size_t size;
    max_align_t data[];
};

struct parser {
    const char *text;
    struct query_tokens tokens;
    size_t at;
    enum query_default join;
    unsigned negations; /* around the place */
    struct query *query;
    bool failed;
};

/* Every node is made as one of these, so that lists of children join in constant time. */
struct built_node {
    struct query_node node;
    struct query_node *last; /* child */
};

struct node_list {
    struct query_node *first;
    struct query_node *last;
};

static void *allocate(struct parser *p, size_t size)
{
    struct query_block *block = p->query->blocks;
    size_t align = sizeof(max_align_t);

    size = (size + align - 1) / align * align;
    if (!block || block->size - block->used < size) {
        size_t room = size > BLOCK_SIZE ? size : BLOCK_SIZE;
        block = malloc(sizeof(*block) + room);
        if (!block) {
            p->failed = true;
            return NULL;
        }
        *block = (struct query_block){.next = p->query->blocks, .size = room};
        p->query->blocks = block;
    }
    void *result = (char *)block->data + block->used;
    block->used += size;
    return result;
}

static struct query_node *new_node(struct parser *p, enum query_op op)
{
    struct built_node *built = allocate(p, sizeof(*built));

    if (!built)
        return NULL;
    *built = (struct built_node){.node.op = op};
    return &built->node;
}

/* Appends NODE, or its children when it is an OP itself: (a b) c is one AND. NULL adds nothing. */
static void append(struct node_list *list, enum query_op op, struct query_node *node)
{
    if (!node)
        return;

    bool same = node->op == op;
    struct query_node *first = same ? node->child : node;
    if (list->last)
        list->last->next = first;
    else
        list->first = first;
    list->last = same ? ((struct built_node *)node)->last : node;
}

/* The list as one node: NULL for none, the node itself for one. */
static struct query_node *join(struct parser *p, const struct node_list *list, enum query_op op)
{
    if (list->first == list->last)
        return list->first;

    struct query_node *node = new_node(p, op);
    if (node) {
        node->child = list->first;
        ((struct built_node *)node)->last = list->last;
    }
    return node;
}

static struct query_node *new_term(struct parser *p, const struct query_token *token, bool as_typed)
{
    size_t start = as_typed ? token->typed : token->start;
    size_t end = as_typed && token->quoted ? token->typed_end : token->end;
    struct query_node *node = new_node(p, QUERY_TERM);
    char *text = allocate(p, end - start + 1);

    if (!node || !text)
        return NULL;
    memcpy(text, p->text + start, end - start);
    text[end - start] = '\0';
    node->text = text;
    node->len = end - start;
    node->fields = QUERY_ANY_FIELD;
    if (!as_typed || !token->quoted) {
        node->quoted = token->quoted;
        node->prefix = token->star;
    }
    if (p->negations == 0)
        p->query->n_terms++;
    return node;
}

/* date:A..B; either end may be missing, not both. */
static bool parse_between(const char *text, size_t len, struct date_range *range)
{
    struct date_range from = {DAY_NONE, DAY_NONE};
    struct date_range to = {INT32_MAX, INT32_MAX};
    unsigned cp, next;

    for (size_t at = 0, n; at < len; at += n) {
        n = query_char(text, len, at, &cp);
        size_t end = at + n;
        end += query_char(text, len, end, &next);
        if (cp != '.' || next != '.')
            continue;
        if (len == end - at || (at > 0 && !date_parse(text, at, &from)) ||
            (end < len && !date_parse(text + end, len - end, &to)) || from.first > to.last)
            return false;
        *range = (struct date_range){from.first, to.last};
        return true;
    }
    return false;
}

static bool parse_dates(enum query_prefix field, const char *text, size_t len,
                        struct date_range *range)
{
    if (!date_parse(text, len, range))
        return field == PREFIX_DATE && parse_between(text, len, range);
    if (field == PREFIX_SINCE)
        range->last = INT32_MAX;
    if (field == PREFIX_UNTIL)
        range->first = DAY_NONE;
    return true;
}

static struct query_node *new_operand(struct parser *p, const struct query_token *token,
                                      enum query_prefix field)
{
    struct query_node *node;
    struct date_range range;

    if (field >= PREFIX_DATE) {
        /* A * behind it makes it no date. */
        size_t end = token->quoted ? token->end : token->typed_end;
        if (!parse_dates(field, p->text + token->start, end - token->start, &range))
            return new_term(p, token, true);
        node = new_node(p, QUERY_DATE);
        if (node)
            node->dates = range;
        return node;
    }
    node = new_term(p, token, false);
    if (node && field != PREFIX_NONE)
        node->fields = field == PREFIX_TITLE ? QUERY_TITLE : QUERY_BODY;
    return node;
}

static struct query_node *parse_alternatives(struct parser *p, enum query_prefix field);

static enum query_token_kind peek(const struct parser *p)
{
    return p->at < p->tokens.n ? p->tokens.items[p->at].kind : TOKEN_CLOSE;
}

/* A word or a group with the negations before it; NULL when there is none, or nothing in it. */
static struct query_node *parse_operand(struct parser *p, enum query_prefix field)
{
    struct query_node *node;
    bool negative = false;

    for (; peek(p) == TOKEN_NOT; p->at++)
        negative = !negative;
    if (peek(p) != TOKEN_WORD && peek(p) != TOKEN_OPEN)
        return NULL;

    const struct query_token *token = &p->tokens.items[p->at++];
    if (token->field != PREFIX_NONE)
        field = token->field;
    negative ^= token->negative;
    p->negations += negative;
    if (token->kind == TOKEN_WORD) {
        node = new_operand(p, token, field);
    } else {
        node = parse_alternatives(p, field);
        p->at++; /* its TOKEN_CLOSE */
    }
    p->negations -= negative;
    if (!node || !negative)
        return node;

    struct query_node *without = new_node(p, QUERY_NOT);
    if (without)
        without->child = node;
    return without;
}

/* Where white space means OR: sorts what AND joined into what may and what must match. */
static void sort_operand(struct parser *p, struct node_list *chain, struct node_list *may,
                         struct node_list *must)
{
    struct query_node *node = join(p, chain, QUERY_AND);

    *chain = (struct node_list){0};
    if (!node)
        return;
    if (node->op == QUERY_NOT || node->op == QUERY_DATE)
        append(must, QUERY_AND, node);
    else
        append(may, QUERY_OR, node);
}

/* Words up to the next OR or closing bracket. */
static struct query_node *parse_words(struct parser *p, enum query_prefix field)
{
    struct node_list chain = {0}; /* joined by AND */
    struct node_list may = {0};
    struct node_list must = {0};
    struct node_list all = {0};
    bool joined = false;

    for (;;) {
        enum query_token_kind kind = peek(p);
        if (kind == TOKEN_AND) {
            joined = true;
            p->at++;
            continue;
        }
        if (kind == TOKEN_CLOSE || kind == TOKEN_BAR || kind == TOKEN_OR)
            break;
        struct query_node *node = parse_operand(p, field);
        if (node) {
            if (!joined && p->join == QUERY_DEFAULT_ANY)
                sort_operand(p, &chain, &may, &must);
            append(&chain, QUERY_AND, node);
        }
        joined = false;
    }
    if (p->join == QUERY_DEFAULT_ALL)
        return join(p, &chain, QUERY_AND);

    sort_operand(p, &chain, &may, &must);
    append(&all, QUERY_AND, join(p, &may, QUERY_OR));
    append(&all, QUERY_AND, join(p, &must, QUERY_AND));
    return join(p, &all, QUERY_AND);
}

/* Up to the closing bracket of the group, or the end. */
static struct query_node *parse_alternatives(struct parser *p, enum query_prefix field)
{
    struct node_list list = {0};

    for (;;) {
        append(&list, QUERY_OR, parse_words(p, field));
        if (peek(p) == TOKEN_CLOSE)
            return join(p, &list, QUERY_OR);
        p->at++;
    }
}

enum status query_parse(struct query *query, const char *text, size_t n_bytes,
                        enum query_default join_default)
{
    struct buf valid = BUF_INIT;
    struct parser p = {.join = join_default, .query = query};

    *query = (struct query){0};
    buf_add_valid(&valid, text, n_bytes);
    p.text = valid.data;
    p.failed = valid.failed || query_lex(valid.data, valid.len, &p.tokens) != ST_OK;
    if (!p.failed)
        query->root = parse_alternatives(&p, PREFIX_NONE);
    free(p.tokens.items);
    buf_release(&valid);
    if (!p.failed)
        return ST_OK;
    query_release(query);
    return ST_NOMEM;
}

/* Whether the node is a text which is a date with a year, and nothing else. */
static bool is_date(const struct query_node *node, struct date_range *range)
{
    size_t start, end;

    return node->op == QUERY_TERM && !node->quoted && !node->prefix &&
           node->fields == QUERY_ANY_FIELD &&
           date_find(node->text, node->len, &start, &end, range) && start == 0 && end == node->len;
}

/* The depth is that of the brackets, which the parser limits. */
static void add_dates(struct parser *p, struct query_node *node)
{
    struct date_range range;

    if (is_date(node, &range)) {
        struct query_node *text = new_node(p, QUERY_TERM);
        struct query_node *date = new_node(p, QUERY_DATE);
        if (p->failed)
            return;
        date->dates = range;
        *text = *node;
        text->next = date;
        *node = (struct query_node){.op = QUERY_OR, .child = text, .next = node->next};
        return;
    }
    for (struct query_node *child = node->child; child && !p->failed; child = child->next)
        add_dates(p, child);
}

enum status query_add_dates(struct query *query)
{
    struct parser p = {.query = query};

    if (query->root)
        add_dates(&p, query->root);
    return p.failed ? ST_NOMEM : ST_OK;
}

void query_release(struct query *query)
{
    for (struct query_block *block = query->blocks, *next; block; block = next) {
        next = block->next;
        free(block);
    }
    *query = (struct query){0};
}
