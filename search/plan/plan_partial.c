/* The plan of partial matches: what a longer text falls into. Interface: plan.h. */
#include "search/plan/plan.h"

#include "base/utf8.h"
#include "search/parameters.h"

#include <string.h>

/* A query of more terms than this is as good as one of its first ones, and costs more. */
#define MAX_TERMS 192

struct splitter {
    struct plan *plan;
    const struct plan_options *options;
    struct tokenizer *tokenizer;
    struct normalized normalized;
    struct tokens tokens;
    unsigned fields;   /* of enum query_field: those of the text that is split */
    const char *typed; /* the text that is split, of which `normalized` is the normal form */
};

static struct term *find_term(struct plan *plan, unsigned fields, struct span text)
{
    for (size_t i = 0; i < plan->n_terms; i++) {
        struct term *t = &plan->terms[i];
        if (t->fields == fields && t->spellings[0].len == text.len &&
            memcmp(t->spellings[0].text, text.data, text.len) == 0)
            return t;
    }
    return NULL;
}

/* Has TERM hold what was typed where its TEXT, a part of s->normalized, stands. */
static bool demand_written(const struct splitter *s, struct term *term, struct span text)
{
    size_t from = (size_t)(text.data - s->normalized.text.data), start, end;
    if (s->options->unfolded == 0)
        return true;
    normalized_range(&s->normalized, from, from + text.len, &start, &end);
    return term_demand_written(term, s->options, s->typed + start, end - start);
}

/* What a term is to be made of. */
struct part {
    int kind;
    struct span text; /* of s->normalized */
    double weight;
    bool expand;
    bool stem;
};

static enum status add_term(struct splitter *s, const struct part *part)
{
    struct span text = part->text;
    int kind = part->kind;
    if (text.len == 0 || s->plan->n_terms >= MAX_TERMS)
        return ST_OK;
    struct term *term = find_term(s->plan, s->fields, text);
    if (term != NULL) {
        if (kind == HIKU_TERM_WORD && term->kind == kind)
            term->n_again++;
        /* A word of two characters is a pair as well: one look-up serves both. */
        if (kind == HIKU_TERM_PAIR && term->kind == HIKU_TERM_WORD && term->inside <= RANK_INSIDE) {
            double both = term->weight + RANK_WEIGHT_PAIR;
            term->inside = (term->weight * RANK_INSIDE + RANK_WEIGHT_PAIR) / both;
            term->weight = both;
        }
        return ST_OK;
    }
    term = plan_add_term(s->plan);
    if (term == NULL || !term_add_spelling(term, text.data, text.len, "", 1) ||
        !demand_written(s, term, text))
        return ST_NOMEM;
    term->kind = kind;
    term->fields = s->fields;
    term->ranked = true;
    term->stem = part->stem;
    term->weight = part->weight;
    term->inside = kind == HIKU_TERM_PAIR || kind == HIKU_TERM_PHRASE ? 1 : RANK_INSIDE;
    term->spellings[0].whole = kind == HIKU_TERM_LONE;
    return part->expand ? expand_term(s->plan, term, s->options, s->tokenizer) : ST_OK;
}

/* Kanji, katakana and the like carry meaning in pairs; hiragana is mostly grammar, and a Latin word
 * or number is one piece already. */
static bool makes_pairs(uint32_t cp)
{
    return cp >= 0x3005 && !(cp >= 0x3008 && cp <= 0x3020) && !(cp >= 0x3041 && cp <= 0x309F) &&
           cp != 0x30FB && cp < 0xFF00 && cp != UTF8_REPLACEMENT;
}

static enum status add_pairs(struct splitter *s, struct span text)
{
    size_t before = SIZE_MAX; /* where the character before begins, when it can make a pair */
    enum status st = ST_OK;
    for (size_t i = 0; i < text.len && st == ST_OK;) {
        uint32_t cp;
        size_t len = utf8_decode(text.data + i, text.len - i, &cp);
        bool usable = makes_pairs(cp);
        if (usable && before != SIZE_MAX)
            st = add_term(s, &(struct part){.kind = HIKU_TERM_PAIR,
                                            .text = {text.data + before, i + len - before},
                                            .weight = RANK_WEIGHT_PAIR});
        before = usable ? i : SIZE_MAX;
        i += len;
    }
    return st;
}

/* A kanji or katakana of one UTF-16 unit. */
static bool can_be_lone(struct span word)
{
    uint32_t cp;
    utf8_decode(word.data, word.len, &cp);
    return makes_pairs(cp);
}

/* What tells nothing: grammar, and words like する and こと unless there are no others. */
static unsigned skipped_flags(const struct tokens *tokens)
{
    unsigned skipped = TOKEN_SYMBOL | TOKEN_FUNCTION;
    for (size_t i = 0; i < tokens->n; i++) {
        if (!(tokens->items[i].flags & (skipped | TOKEN_LIGHT)))
            return skipped | TOKEN_LIGHT;
    }
    return skipped;
}

static enum status add_words(struct splitter *s, struct span text)
{
    const struct analyzer *analyzer = tokenizer_analyzer(s->tokenizer);
    enum status st = tokenizer_cut(s->tokenizer, text.data, text.len, &s->tokens);
    tokens_join_numbers(&s->tokens);
    unsigned skipped = skipped_flags(&s->tokens);
    for (size_t i = 0; i < s->tokens.n && st == ST_OK; i++) {
        const struct token *t = &s->tokens.items[i];
        if (t->flags & skipped)
            continue;
        struct part part = {.stem = token_inflects(t)};
        part.text = token_stem(analyzer, t, (struct span){text.data + t->start, t->end - t->start});
        /* A single character is a word too, but one that says little and stands everywhere: where
         * the text has others, the pairs that it is part of do better and cost a tenth. */
        bool single = utf8_count(part.text.data, part.text.len) == 1 && s->tokens.n > 1;
        part.kind = single ? HIKU_TERM_LONE : HIKU_TERM_WORD;
        part.weight = single             ? RANK_WEIGHT_LONE
                      : token_is_name(t) ? RANK_WEIGHT_NAME
                                         : RANK_WEIGHT_WORD;
        part.expand = !single && !s->options->exact;
        if (!single || can_be_lone(part.text))
            st = add_term(s, &part);
    }
    return st;
}

/* Neighbouring words stand for more together than apart: 保健所の設置, not 保健所 here and 設置
 * there. The tokens are those of add_words. */
static enum status add_phrases(struct splitter *s, struct span text)
{
    const struct token *before = NULL; /* the content word before, unless a symbol stands between */
    enum status st = ST_OK;
    for (size_t i = 0; i < s->tokens.n && st == ST_OK; i++) {
        const struct token *t = &s->tokens.items[i];
        if (t->flags & TOKEN_SYMBOL)
            before = NULL;
        if (t->flags & (TOKEN_SYMBOL | TOKEN_FUNCTION))
            continue;
        if (before != NULL)
            st = add_term(
                s, &(struct part){.kind = HIKU_TERM_PHRASE,
                                  .text = {text.data + before->start, t->end - before->start},
                                  .weight = RANK_WEIGHT_PHRASE});
        before = t;
    }
    return st;
}

static enum status add_text(struct splitter *s, const struct query_node *node)
{
    struct span text;
    s->fields = node->fields == QUERY_ANY_FIELD ? s->options->fields : (unsigned)node->fields;
    if (plan_is_cancelled(s->options))
        return ST_INTERRUPTED;
    if (s->plan->n_terms >= MAX_TERMS)
        return ST_OK;
    enum status st = plan_normalize(node, &s->normalized, &text);
    s->typed = node->text;
    if (st == ST_OK && node->quoted)
        return add_term(
            s, &(struct part){.kind = HIKU_TERM_TEXT, .text = text, .weight = RANK_WEIGHT_TEXT});
    text = plan_cut_part(text);
    if (st == ST_OK)
        st = add_words(s, text);
    /* Whether a place is written as typed is looked up in the texts: for words only. */
    if (st == ST_OK && s->options->unfolded == 0)
        st = add_pairs(s, text);
    if (st == ST_OK && s->options->unfolded == 0)
        st = add_phrases(s, text);
    return st;
}

static enum status add_positive(struct splitter *s, const struct query_node *node)
{
    enum status st = ST_OK;
    if (node->op == QUERY_TERM)
        return plan_is_label(node) ? ST_OK : add_text(s, node);
    if (node->op == QUERY_NOT)
        return ST_OK;
    for (const struct query_node *c = node->child; c != NULL && st == ST_OK; c = c->next)
        st = add_positive(s, c);
    return st;
}

static void link_child(struct plan *plan, size_t parent, size_t *last, size_t child)
{
    if (*last == PLAN_NO_NODE)
        plan->nodes[parent].child = child;
    else
        plan->nodes[*last].next = child;
    *last = child;
}

/* Copies a filter (a date, or what must not be there) with all below it. */
static enum status copy_filter(struct splitter *s, const struct query_node *node, size_t *index)
{
    struct span text;
    if (!plan_add_node(s->plan, node->op, index))
        return ST_NOMEM;
    s->plan->nodes[*index].dates = node->dates;
    if (node->op == QUERY_TERM) {
        enum status st = plan_normalize(node, &s->normalized, &text);
        s->plan->nodes[*index].term = s->plan->n_terms;
        struct term *term = st == ST_OK ? plan_add_term(s->plan) : NULL;
        if (term == NULL || !term_add_spelling(term, text.data, text.len, "", 1))
            return ST_NOMEM;
        term->fields =
            node->fields == QUERY_ANY_FIELD ? s->options->fields : (unsigned)node->fields;
        term->prefix = node->prefix;
        term->negative = true;
        if (!term_demand_written(term, s->options, node->text, node->len))
            return ST_NOMEM;
        return node->quoted || s->options->exact
                   ? ST_OK
                   : expand_term(s->plan, term, s->options, s->tokenizer);
    }
    size_t last = PLAN_NO_NODE, child;
    for (const struct query_node *c = node->child; c != NULL; c = c->next) {
        enum status st = copy_filter(s, c, &child);
        if (st != ST_OK)
            return st;
        link_child(s->plan, *index, &last, child);
    }
    return ST_OK;
}

static enum status add_filters(struct splitter *s, const struct query_node *root)
{
    enum status st = ST_OK;
    size_t last = PLAN_NO_NODE, filter;
    if (root->op != QUERY_AND)
        return ST_OK;
    if (!plan_add_node(s->plan, QUERY_AND, &s->plan->root))
        return ST_NOMEM;
    for (const struct query_node *c = root->child; c != NULL && st == ST_OK; c = c->next) {
        bool label = plan_is_label(c);
        if (c->op != QUERY_DATE && c->op != QUERY_NOT && !label)
            continue;
        st = label ? plan_add_column(s->plan, c, &s->normalized, &filter)
                   : copy_filter(s, c, &filter);
        if (st == ST_OK)
            link_child(s->plan, s->plan->root, &last, filter);
    }
    return st;
}

/* What a query says twice it is about: the second time counts half, as do all further ones. */
static void weigh_repeated(struct plan *plan)
{
    for (size_t i = 0; i < plan->n_terms; i++)
        plan->terms[i].weight *= 1 + RANK_WEIGHT_AGAIN * (double)plan->terms[i].n_again;
}

enum status plan_make_partial(struct plan *plan, const struct query *query,
                              const struct plan_options *options, struct tokenizer *t)
{
    struct splitter s = {.plan = plan, .options = options, .tokenizer = t};
    s.normalized = (struct normalized)NORMALIZED_INIT;
    *plan = (struct plan){.root = PLAN_NO_NODE};
    enum status st = query->root != NULL ? add_positive(&s, query->root) : ST_OK;
    if (st == ST_OK && query->root != NULL)
        st = add_filters(&s, query->root);
    weigh_repeated(plan);
    normalized_release(&s.normalized);
    tokens_release(&s.tokens);
    return st;
}
