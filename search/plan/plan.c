/* From a parsed query to terms with their spellings. Interface: plan.h. */
#include "search/plan/plan.h"

#include "base/array.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "dict/folding.h"
#include "search/parameters.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static size_t to_units(const char *text, size_t n_bytes, uint16_t *units)
{
    size_t n = 0;
    for (size_t i = 0; i < n_bytes;) {
        uint32_t cp;
        i += utf8_decode(text + i, n_bytes - i, &cp);
        if (cp >= 0x10000) {
            units[n++] = (uint16_t)(0xD7C0 + (cp >> 10));
            cp = 0xDC00 | (cp & 0x3FF);
        }
        units[n++] = (uint16_t)cp;
    }
    return n;
}

bool term_has_spelling(const struct term *term, const char *text, size_t n_bytes)
{
    for (size_t i = 0; i < term->n_spellings; i++) {
        if (term->spellings[i].len == n_bytes &&
            memcmp(term->spellings[i].text, text, n_bytes) == 0)
            return true;
    }
    return false;
}

bool term_add_spelling(struct term *term, const char *text, size_t n_bytes, const char *rule,
                       double weight)
{
    if (term_has_spelling(term, text, n_bytes))
        return true;
    struct spelling *more =
        realloc(term->spellings, (term->n_spellings + 1) * sizeof *term->spellings);
    if (more == NULL)
        return false;
    term->spellings = more;
    struct spelling s = {.len = n_bytes, .rule = strdup(rule), .weight = weight};
    s.text = malloc(n_bytes + 1);
    s.units = malloc((n_bytes + 1) * sizeof *s.units);
    if (s.rule == NULL || s.text == NULL || s.units == NULL) {
        free(s.rule);
        free(s.text);
        free(s.units);
        return false;
    }
    memcpy(s.text, text, n_bytes);
    s.text[n_bytes] = '\0';
    s.n_units = to_units(text, n_bytes, s.units);
    more[term->n_spellings++] = s;
    return true;
}

struct term *plan_add_term(struct plan *plan)
{
    if (!array_reserve(&plan->terms, &plan->cap_terms, plan->n_terms + 1, sizeof *plan->terms))
        return NULL;
    struct term *term = &plan->terms[plan->n_terms++];
    *term = (struct term){.fields = QUERY_ANY_FIELD, .weight = 1, .inside = RANK_INSIDE};
    return term;
}

bool plan_add_node(struct plan *plan, enum query_op op, size_t *index)
{
    if (!array_reserve(&plan->nodes, &plan->cap_nodes, plan->n_nodes + 1, sizeof *plan->nodes))
        return false;
    *index = plan->n_nodes++;
    plan->nodes[*index] = (struct plan_node){.op = op, .child = PLAN_NO_NODE, .next = PLAN_NO_NODE};
    return true;
}

enum status plan_filter_dates(struct plan *plan, struct date_range range)
{
    size_t all, date;
    if (!plan_add_node(plan, QUERY_AND, &all) || !plan_add_node(plan, QUERY_DATE, &date))
        return ST_NOMEM;
    plan->nodes[date].dates = range;
    plan->nodes[date].next = plan->root;
    plan->nodes[all].child = date;
    plan->root = all;
    return ST_OK;
}

bool term_demand_written(struct term *term, const struct plan_options *options, const char *typed,
                         size_t n_bytes)
{
    struct buf written = BUF_INIT;
    if (options->unfolded == 0)
        return true;
    term->foldings = FOLDING_ALL & ~options->unfolded;
    bool ok = folding_apply(&written, typed, n_bytes, term->foldings);
    size_t start = 0;
    while (start < written.len && written.data[start] == ' ')
        start++;
    while (written.len > start && written.data[written.len - 1] == ' ')
        written.len--;
    term->n_written = written.len - start;
    term->written = ok ? strndup(written.data + start, term->n_written) : NULL;
    buf_release(&written);
    return term->written != NULL;
}

bool term_is_written(const struct term *term, const struct spelling *spelling, const char *text,
                     size_t n_bytes, bool *is)
{
    *is = true;
    return spelling > term->spellings || term->written == NULL ||
           folding_holds(text, n_bytes, term->written, term->n_written, term->foldings, is);
}

void term_release(struct term *term)
{
    free(term->written);
    for (size_t k = 0; k < term->n_spellings; k++) {
        free(term->spellings[k].rule);
        free(term->spellings[k].text);
        free(term->spellings[k].units);
    }
    free(term->spellings);
    free(term->typed);
}

void plan_release(struct plan *plan)
{
    for (size_t i = 0; i < plan->n_nodes; i++) {
        free(plan->nodes[i].column);
        free(plan->nodes[i].value);
    }
    for (size_t i = 0; i < plan->n_terms; i++)
        term_release(&plan->terms[i]);
    free(plan->terms);
    free(plan->nodes);
    *plan = (struct plan){0};
}

const char *term_kind_name(int kind)
{
    static const char *const names[] = {[HIKU_TERM_TEXT] = N_("text"),
                                        [HIKU_TERM_WORD] = N_("word"),
                                        [HIKU_TERM_PAIR] = N_("pair"),
                                        [HIKU_TERM_LONE] = N_("one character"),
                                        [HIKU_TERM_PHRASE] = N_("phrase")};
    return _(names[kind]);
}

bool plan_is_cancelled(const struct plan_options *options)
{
    return options->is_cancelled != NULL && options->is_cancelled(options->cancel_context);
}

enum status plan_normalize(const struct query_node *node, struct normalized *out, struct span *text)
{
    enum status st = normalize(out, node->text, node->len);
    *text = buf_span(&out->text);
    if (!node->quoted) {
        while (text->len > 0 && text->data[0] == ' ') {
            text->data++;
            text->len--;
        }
        while (text->len > 0 && text->data[text->len - 1] == ' ')
            text->len--;
    }
    return st;
}

#define MAX_CUT_BYTES 16384

struct span plan_cut_part(struct span text)
{
    if (text.len <= MAX_CUT_BYTES)
        return text;
    text.len = utf8_floor(text.data, MAX_CUT_BYTES);
    return text;
}

/* Words of content between which grammar stands (児童虐待を防ぐ方法, but not 協働の視点), or many
 * without any (産婦健康診査事業, but not 家庭児童相談室: a suffix is no word of content here). */
static bool reads_like_sentence(const char *text, const struct tokens *tokens)
{
    size_t n_content = 0, n_long = 0;
    bool grammar = false;
    for (size_t i = 0; i < tokens->n; i++) {
        const struct token *t = &tokens->items[i];
        if (t->flags & TOKEN_FUNCTION)
            grammar = true;
        if (t->flags & (TOKEN_FUNCTION | TOKEN_SYMBOL))
            continue;
        n_content++;
        n_long += utf8_count(text + t->start, t->end - t->start) > 1;
    }
    return (grammar && n_content >= RANK_SENTENCE_WORDS) || n_long >= RANK_TITLE_WORDS;
}

struct maker {
    struct plan *plan;
    const struct plan_options *options;
    struct tokenizer *tokenizer;
    struct normalized normalized;
    struct tokens tokens;
    /* The terms by a hash of their text: 1 + number of the term, 0 where there is none. */
    size_t *table;
    size_t table_size; /* a power of two, or 0 */
};

/* Whether what is written counts, and is not the same. */
static bool differs_as_written(const struct term *a, const struct term *b)
{
    if (a->written == NULL || b->written == NULL)
        return false;
    return a->n_written != b->n_written || memcmp(a->written, b->written, a->n_written) != 0;
}

/* Where the table has, or is to have, a term that is like WANTED and spelled TYPED. */
static size_t *find_slot(const struct maker *m, const struct term *wanted, struct span typed)
{
    size_t at = (size_t)hash_bytes(HASH_SEED, typed.data, typed.len);
    for (;; at++) {
        size_t *slot = &m->table[at & (m->table_size - 1)];
        const struct term *other = *slot == 0 ? NULL : &m->plan->terms[*slot - 1];
        if (other == NULL || (other->spellings[0].len == typed.len &&
                              memcmp(other->spellings[0].text, typed.data, typed.len) == 0 &&
                              other->fields == wanted->fields && other->prefix == wanted->prefix &&
                              other->negative == wanted->negative &&
                              other->exact == wanted->exact && !differs_as_written(other, wanted)))
            return slot;
    }
}

/* Makes room for one more term. */
static bool grow_table(struct maker *m)
{
    if ((m->plan->n_terms + 1) * 2 <= m->table_size)
        return true;
    size_t size = m->table_size > 0 ? m->table_size * 2 : 64;
    size_t *table = calloc(size, sizeof *table);
    if (table == NULL)
        return false;
    free(m->table);
    m->table = table;
    m->table_size = size;
    for (size_t i = 0; i < m->plan->n_terms; i++) {
        const struct term *term = &m->plan->terms[i];
        struct span typed = {term->spellings[0].text, term->spellings[0].len};
        *find_slot(m, term, typed) = i + 1;
    }
    return true;
}

/* Adds a term that is like WANTED and takes over what must be written. */
static enum status add_term(struct maker *m, struct term *wanted, struct span typed)
{
    struct term *term = plan_add_term(m->plan);
    if (term == NULL || !term_add_spelling(term, typed.data, typed.len, "", 1))
        return ST_NOMEM;
    term->fields = wanted->fields;
    term->prefix = wanted->prefix;
    term->negative = wanted->negative;
    term->exact = wanted->exact;
    term->written = wanted->written;
    term->n_written = wanted->n_written;
    term->foldings = wanted->foldings;
    wanted->written = NULL;
    return term->exact ? ST_OK : expand_term(m->plan, term, m->options, m->tokenizer);
}

/* A word that the query has already is the same term: who types it twice does not want it to count
 * twice, and of ten thousand repetitions each would be looked up. */
static enum status make_term(struct maker *m, const struct query_node *node, bool negative,
                             size_t index)
{
    struct span text;
    if (plan_is_cancelled(m->options))
        return ST_INTERRUPTED;
    enum status st = plan_normalize(node, &m->normalized, &text);
    if (st == ST_OK && !node->quoted && !negative && text.len >= 12)
        st = tokenizer_cut(m->tokenizer, text.data, plan_cut_part(text).len, &m->tokens);
    else
        m->tokens.n = 0;
    if (st != ST_OK)
        return st;
    if (reads_like_sentence(text.data, &m->tokens))
        m->plan->is_sentence = true;
    struct term wanted = {.fields = node->fields == QUERY_ANY_FIELD ? m->options->fields
                                                                    : (unsigned)node->fields,
                          .prefix = node->prefix,
                          .negative = negative,
                          .exact = node->quoted || m->options->exact};
    if (!grow_table(m) || !term_demand_written(&wanted, m->options, node->text, node->len))
        return ST_NOMEM;
    size_t *slot = find_slot(m, &wanted, text);
    if (*slot == 0) {
        *slot = m->plan->n_terms + 1;
        st = add_term(m, &wanted, text);
        if (st == ST_OK) {
            struct term *term = &m->plan->terms[*slot - 1];
            term->typed = strndup(node->text, node->len);
            st = term->typed != NULL ? ST_OK : ST_NOMEM;
        }
    }
    m->plan->nodes[index].term = *slot - 1;
    free(wanted.written);
    return st;
}

/* Normalised TEXT as a string of its own; NULL when memory is out. */
static char *normal_copy(struct normalized *scratch, const char *text, size_t n_bytes)
{
    if (normalize(scratch, text, n_bytes) != ST_OK)
        return NULL;
    return strndup(scratch->text.data, scratch->text.len);
}

/* The length of NAME in a word NAME:TEXT that may ask for a column; 0: it does not. Times and
 * addresses (10:30, http://…) do not. Full-width colons count. */
static size_t column_name_length(const struct query_node *node, size_t *n_colon)
{
    static const char wide[] = "\uFF1A";
    bool digits = true;
    *n_colon = 0;
    if (node->quoted || node->prefix || node->fields != QUERY_ANY_FIELD)
        return 0;
    for (size_t at = 0; at + 1 < node->len; at++) {
        char c = node->text[at];
        bool is_wide = node->len - at > 3 && memcmp(node->text + at, wide, 3) == 0;
        *n_colon = is_wide ? 3 : 1;
        if (c != ':' && !is_wide) {
            digits = digits && c >= '0' && c <= '9';
            continue;
        }
        bool address = memcmp(node->text + at + *n_colon, "/", 1) == 0;
        return digits || address ? 0 : at;
    }
    return 0;
}

bool plan_is_label(const struct query_node *node)
{
    static const char japanese[] = "ラベル";
    size_t n_colon, n = node->op == QUERY_TERM ? column_name_length(node, &n_colon) : 0;
    return (n == 5 && strncasecmp(node->text, "label", n) == 0) ||
           (n == strlen(japanese) && memcmp(node->text, japanese, n) == 0);
}

enum status plan_add_column(struct plan *plan, const struct query_node *node,
                            struct normalized *scratch, size_t *index)
{
    size_t n_colon = 0, n_name = column_name_length(node, &n_colon);
    *index = PLAN_NO_NODE;
    if (n_name == 0)
        return ST_OK;
    if (!plan_add_node(plan, QUERY_COLUMN, index))
        return ST_NOMEM;
    struct plan_node *column = &plan->nodes[*index];
    size_t start = n_name + n_colon;
    column->column = normal_copy(scratch, node->text, n_name);
    column->value = normal_copy(scratch, node->text + start, node->len - start);
    return column->column != NULL && column->value != NULL ? ST_OK : ST_NOMEM;
}

static enum status make_node(struct maker *m, const struct query_node *node, bool negative,
                             size_t *index)
{
    size_t column = PLAN_NO_NODE, any;
    enum status made =
        node->op == QUERY_TERM ? plan_add_column(m->plan, node, &m->normalized, &column) : ST_OK;
    if (made != ST_OK)
        return made;
    if (column != PLAN_NO_NODE) { /* the text as it stands, or the column */
        if (!plan_add_node(m->plan, QUERY_OR, &any) || !plan_add_node(m->plan, QUERY_TERM, index))
            return ST_NOMEM;
        size_t term = *index;
        m->plan->nodes[any].child = term;
        m->plan->nodes[term].next = column;
        *index = any;
        return make_term(m, node, negative, term);
    }
    if (!plan_add_node(m->plan, node->op, index))
        return ST_NOMEM;
    m->plan->nodes[*index].dates = node->dates;
    if (node->op == QUERY_TERM)
        return make_term(m, node, negative, *index);
    size_t before = PLAN_NO_NODE, child;
    for (const struct query_node *c = node->child; c != NULL; c = c->next) {
        enum status st = make_node(m, c, negative != (node->op == QUERY_NOT), &child);
        if (st != ST_OK)
            return st;
        if (before == PLAN_NO_NODE)
            m->plan->nodes[*index].child = child;
        else
            m->plan->nodes[before].next = child;
        before = child;
    }
    return ST_OK;
}

enum status plan_make(struct plan *plan, const struct query *query,
                      const struct plan_options *options, struct tokenizer *t)
{
    struct maker m = {
        .plan = plan, .options = options, .tokenizer = t, .normalized = NORMALIZED_INIT};
    *plan = (struct plan){.root = PLAN_NO_NODE};
    enum status st = query->root == NULL ? ST_OK : make_node(&m, query->root, false, &plan->root);
    normalized_release(&m.normalized);
    tokens_release(&m.tokens);
    free(m.table);
    return st;
}
