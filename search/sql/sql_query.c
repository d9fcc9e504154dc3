/* From what a person typed to an FTS5 expression. Interface: sql.h. */
#include "search/sql/sql.h"

#include "base/array.h"
#include "dict/fts5_tokenizer.h"
#include "search/query/query.h"

#include <stdlib.h>
#include <string.h>

/* FTS5's parser has a stack of 100 entries. */
#define MAX_STACK 90
/* Of one phrase with its field. */
#define TERM_STACK 6
/* Of two of them in brackets. */
#define EITHER_STACK (TERM_STACK + 3)
/* FTS5 copies a list's members for each that joins it: long lists are cut into shorter ones. */
#define MAX_LIST 256
/* Of a text, which is cut by so many bytes: at most 0.05 s pass until it is asked whether to go on.
 */
#define PART_BYTES 16384

struct expression {
    char *text;     /* owned; NULL: nothing, the part is left out */
    bool negative;  /* means what TEXT does not match */
    bool compound;  /* to be put in brackets */
    unsigned stack; /* what FTS5's parser needs to read it */
    size_t order;
};

struct list {
    struct expression *items;
    size_t n;
    size_t cap;
};

struct builder {
    struct tokenizer *tokenizer;
    struct sql_watch *watch;
    struct normalized normalized;
    struct tokens tokens;
    enum status status; /* the first failure */
};

static struct expression fail(struct builder *b, enum status st)
{
    b->status = st;
    return (struct expression){0};
}

static struct expression take_text(struct builder *b, struct buf *text, bool compound,
                                   unsigned stack)
{
    struct expression e = {.text = buf_detach(text), .compound = compound, .stack = stack};
    return e.text != NULL ? e : fail(b, ST_NOMEM);
}

static void list_release(struct list *list)
{
    for (size_t i = 0; i < list->n; i++)
        free(list->items[i].text);
    free(list->items);
}

/* Takes E over, unless it is empty or too deep for FTS5. */
static void list_add(struct builder *b, struct list *list, struct expression e)
{
    if (e.text != NULL &&
        !array_reserve(&list->items, &list->cap, list->n + 1, sizeof *list->items))
        b->status = ST_NOMEM;
    if (e.text == NULL || e.stack > MAX_STACK || list->n == list->cap) {
        free(e.text);
        return;
    }
    e.order = list->n;
    list->items[list->n++] = e;
}

static int by_text(const void *a, const void *b)
{
    const struct expression *x = a, *y = b;
    int d = strcmp(x->text, y->text);
    return d != 0 ? d : (x->order > y->order) - (x->order < y->order);
}

/* The deepest first: what comes later is read with more on the stack. */
static int by_depth(const void *a, const void *b)
{
    const struct expression *x = a, *y = b;
    bool deep = x->compound || y->compound;
    if (deep && x->stack != y->stack)
        return x->stack > y->stack ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

static void list_arrange(struct list *list)
{
    size_t kept = 0;
    if (list->n < 2)
        return;
    qsort(list->items, list->n, sizeof *list->items, by_text);
    for (size_t i = 0; i < list->n; i++) {
        if (kept > 0 && strcmp(list->items[kept - 1].text, list->items[i].text) == 0)
            free(list->items[i].text);
        else
            list->items[kept++] = list->items[i];
    }
    list->n = kept;
    qsort(list->items, list->n, sizeof *list->items, by_depth);
}

static unsigned larger(unsigned a, unsigned b)
{
    return a > b ? a : b;
}

static void add_operand(struct buf *out, const struct expression *e)
{
    buf_adds(out, e->compound ? "(" : "");
    buf_adds(out, e->text);
    buf_adds(out, e->compound ? ")" : "");
}

/* Joins ITEMS, which stay the caller's. */
static struct expression join_some(struct builder *b, const struct expression *items, size_t n,
                                   const char *operator)
{
    struct buf text = BUF_INIT;
    unsigned stack = 0;
    for (size_t i = 0; i < n; i++) {
        buf_adds(&text, i > 0 ? operator: "");
        add_operand(&text, &items[i]);
        stack = larger(stack, items[i].stack + items[i].compound + (i > 0 ? 2 : 0));
    }
    return take_text(b, &text, n > 1, stack);
}

/* Joins the list's members and releases it; nothing when it has none. */
static struct expression join(struct builder *b, struct list *list, const char *operator)
{
    list_arrange(list);
    while (list->n > MAX_LIST && b->status == ST_OK) {
        struct list shorter = {0};
        for (size_t i = 0; i < list->n; i += MAX_LIST) {
            size_t n = list->n - i < MAX_LIST ? list->n - i : MAX_LIST;
            list_add(b, &shorter, join_some(b, list->items + i, n, operator));
        }
        list_release(list);
        *list = shorter;
    }
    struct expression e = {0};
    if (list->n > 0 && b->status == ST_OK)
        e = join_some(b, list->items, list->n, operator);
    else if (list->n == 1)
        b->status = b->status == ST_OK ? ST_NOMEM : b->status;
    list_release(list);
    return e;
}

/* A without B; both are taken over. What FTS5 cannot read for its depth is left out. */
static struct expression minus(struct builder *b, struct expression a, struct expression without)
{
    if (a.text == NULL || without.text == NULL || without.stack + 3 > MAX_STACK) {
        free(without.text);
        return a;
    }
    struct buf text = BUF_INIT;
    add_operand(&text, &a);
    buf_adds(&text, " NOT ");
    add_operand(&text, &without);
    struct expression e = take_text(b, &text, true, larger(a.stack + 1, without.stack + 3));
    free(a.text);
    free(without.text);
    return e;
}

/* How a text is asked for: as its words, as words of which the last may go on, or either. */
enum form { NOTHING = 0, WORDS = 1, PREFIX = 2, EITHER = WORDS | PREFIX };

/* What decides how a text is asked for. */
struct content {
    size_t n_taken;    /* tokens that FTS5 has */
    struct token last; /* that is no symbol */
    bool has_last;
};

static void note_tokens(const struct tokens *tokens, size_t start, struct content *content)
{
    for (size_t i = 0; i < tokens->n; i++) {
        struct token token = tokens->items[i];
        content->n_taken += fts5_takes(&token);
        if (token.flags & TOKEN_SYMBOL)
            continue;
        token.start += (uint32_t)start;
        token.end += (uint32_t)start;
        content->last = token;
        content->has_last = true;
    }
}

static enum status read_content(struct builder *b, const struct query_node *node,
                                struct content *content)
{
    enum status st = normalize(&b->normalized, node->text, node->len);
    const struct buf *text = &b->normalized.text;
    for (size_t at = 0; st == ST_OK && at < text->len;) {
        size_t n = text->len - at, n_done = n;
        if (sql_watch_is_stopped(b->watch))
            return ST_INTERRUPTED;
        if (n > PART_BYTES)
            st = tokenizer_cut_part(b->tokenizer, text->data + at, PART_BYTES, &b->tokens, &n_done);
        else
            st = tokenizer_cut(b->tokenizer, text->data + at, n, &b->tokens);
        if (st == ST_OK)
            note_tokens(&b->tokens, at, content);
        at += n_done;
    }
    return st;
}

/* The form that finds the most of what contains the text. A word may go on in a longer one: 所 in
 * 所長. FTS5 completes what was typed, though, and else compares dictionary forms: 行っ is looked
 * for both ways. Symbols and words of grammar are no tokens, but for the word that a prefix
 * completes: a phrase without any would match nothing. */
static enum form choose_form(struct builder *b, const struct query_node *node)
{
    struct content content = {0};
    const struct token *last = &content.last;
    b->status = read_content(b, node, &content);
    if (b->status != ST_OK || !content.has_last)
        return NOTHING;
    if (node->prefix)
        return PREFIX;
    if (!fts5_takes(last))
        return content.n_taken > 0 ? WORDS : NOTHING;
    struct span surface = {b->normalized.text.data + last->start, last->end - last->start};
    struct span base = fts5_index_form(tokenizer_analyzer(b->tokenizer), last, surface);
    bool same = base.len == surface.len && memcmp(base.data, surface.data, base.len) == 0;
    return same ? PREFIX : EITHER;
}

static void add_phrase(struct buf *out, const struct query_node *node, bool prefix)
{
    buf_addc(out, '"');
    for (size_t i = 0; i < node->len; i++) {
        char c = node->text[i];
        /* A NUL would end the expression; to the tokenizer it is a blank anyway. */
        buf_addc(out, c == '\0' ? ' ' : c);
        if (c == '"')
            buf_addc(out, c);
    }
    buf_adds(out, prefix ? "\" *" : "\"");
}

static struct expression build_term(struct builder *b, const struct query_node *node)
{
    struct buf text = BUF_INIT;
    enum form form = choose_form(b, node);
    if (form == NOTHING)
        return (struct expression){0};
    if (node->fields != QUERY_ANY_FIELD)
        buf_adds(&text, node->fields == QUERY_TITLE ? "{title} : " : "{body} : ");
    buf_adds(&text, form == EITHER ? "(" : "");
    if (form & WORDS)
        add_phrase(&text, node, false);
    buf_adds(&text, form == EITHER ? " OR " : "");
    if (form & PREFIX)
        add_phrase(&text, node, true);
    buf_adds(&text, form == EITHER ? ")" : "");
    return take_text(b, &text, false, form == EITHER ? EITHER_STACK : TERM_STACK);
}

static struct expression build(struct builder *b, const struct query_node *node);

/* De Morgan's rules: whatever is negative moves up until something positive stands beside it. */
static struct expression build_list(struct builder *b, const struct query_node *node)
{
    struct list positive = {0}, negative = {0};
    bool is_and = node->op == QUERY_AND;
    for (const struct query_node *c = node->child; c != NULL && b->status == ST_OK; c = c->next) {
        struct expression e = build(b, c);
        list_add(b, e.negative ? &negative : &positive, e);
    }
    struct expression p = join(b, &positive, is_and ? " AND " : " OR ");
    struct expression n = join(b, &negative, is_and ? " OR " : " AND ");
    struct expression e;
    if (is_and && p.text != NULL)
        return minus(b, p, n);
    if (n.text == NULL)
        return p;
    e = minus(b, n, p);
    e.negative = e.text != NULL;
    return e;
}

/* As deep as the query's brackets, which its parser limits. */
static struct expression build(struct builder *b, const struct query_node *node)
{
    struct expression e = {0};
    switch (node->op) {
    case QUERY_TERM:
        return build_term(b, node);
    case QUERY_NOT:
        e = node->child != NULL ? build(b, node->child) : e;
        e.negative = !e.negative;
        return e;
    case QUERY_DATE:
        return e; /* dates are not in the FTS5 table */
    default:
        return build_list(b, node);
    }
}

enum status sql_match_string(struct span text, bool any, struct tokenizer *tokenizer,
                             struct sql_watch *watch, struct buf *out)
{
    struct builder b = {.tokenizer = tokenizer, .watch = watch};
    struct query query = {0};
    struct expression e = {0};
    b.normalized = (struct normalized)NORMALIZED_INIT;
    b.status =
        query_parse(&query, text.data, text.len, any ? QUERY_DEFAULT_ANY : QUERY_DEFAULT_ALL);
    if (b.status == ST_OK && query.root != NULL)
        e = build(&b, query.root);
    /* FTS5 has no way to ask for all but some: that, like an empty query, finds nothing. */
    buf_adds(out, e.text == NULL || e.negative ? "\"\"" : e.text);
    free(e.text);
    query_release(&query);
    normalized_release(&b.normalized);
    tokens_release(&b.tokens);
    return b.status == ST_OK && out->failed ? ST_NOMEM : b.status;
}
