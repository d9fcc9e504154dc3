/* The rules that add spellings to a term. Interface: expand.h, plan.h. */
#include "search/expand.h"

#include <string.h>

/* A match in another spelling counts a little less, so that the one typed comes first. */
#define SPELLING_WEIGHT 0.8

/* In the order in which they are tried; each looks at what those before it have added, too. */
static const struct expand_rule rules[] = {
    {"numerals", expand_numerals, SPELLING_WEIGHT, false, false, false},
    {"counters", expand_counters, SPELLING_WEIGHT, false, false, false},
    {"repeats", expand_repeats, SPELLING_WEIGHT, false, false, false},
    {"dashes", expand_dashes, SPELLING_WEIGHT, false, false, false},
    {"kana", expand_kana, SPELLING_WEIGHT, false, false, false},
    {"dates", expand_dates, SPELLING_WEIGHT, false, true, false},
};
#define N_RULES (sizeof rules / sizeof *rules)

static bool add(struct expansion *e, const char *text, size_t n_bytes, bool whole)
{
    size_t before = e->term->n_spellings;
    if (n_bytes == 0 || before >= e->n_spellings)
        return true;
    struct buf names = BUF_INIT;
    buf_addf(&names, "%s%s%s", e->from, e->from[0] != '\0' ? "+" : "", e->rule->name);
    bool ok = !names.failed &&
              term_add_spelling(e->term, text, n_bytes, names.data, e->weight * e->rule->weight);
    if (ok && e->term->n_spellings > before) {
        e->term->spellings[before].whole = whole;
        e->term->spellings[before].final = e->rule->final;
    }
    buf_release(&names);
    return ok;
}

bool expansion_add(struct expansion *e, const char *text, size_t n_bytes)
{
    return add(e, text, n_bytes, e->rule->whole || e->whole);
}

bool expansion_add_whole(struct expansion *e, const char *text, size_t n_bytes)
{
    return add(e, text, n_bytes, true);
}

bool expansion_add_buf(struct expansion *e, const struct buf *other)
{
    return !other->failed && expansion_add(e, other->data, other->len);
}

bool expansion_replace(struct expansion *e, size_t start, size_t end, const char *with,
                       size_t n_with)
{
    struct buf other = BUF_INIT;
    buf_append(&other, e->text, start);
    buf_append(&other, with, n_with);
    buf_append(&other, e->text + end, e->n_bytes - end);
    bool ok = expansion_add_buf(e, &other);
    buf_release(&other);
    return ok;
}

/* Lets RULE look at each spelling that the term has so far. */
static bool apply(struct expansion *e, const struct expand_rule *rule)
{
    size_t n = e->term->n_spellings;
    bool ok = true;
    e->rule = rule;
    for (size_t i = 0; i < n && ok && e->term->n_spellings < e->n_spellings; i++) {
        struct spelling s = e->term->spellings[i];
        /* Two rules in a row are enough: 三箇月 is 3か月 by numerals and counters. */
        bool combined = strchr(s.rule, '+') != NULL;
        if (s.final || combined || (i > 0 && e->term->kind == TERM_WORD))
            continue;
        e->from = s.rule;
        e->text = s.text;
        e->n_bytes = s.len;
        e->weight = s.weight;
        e->whole = s.whole;
        ok = rule->add(e);
    }
    return ok;
}

enum status expand_term(struct plan *plan, struct term *term, const struct plan_options *options)
{
    bool is_word = term->kind == TERM_WORD;
    size_t before = term->n_spellings, left = EXPAND_QUERY_SPELLINGS - plan->n_expanded;
    struct expansion e = {.options = options, .term = term};
    e.n_spellings = is_word ? EXPAND_WORD_SPELLINGS : EXPAND_TERM_SPELLINGS;
    if (e.n_spellings > before + left)
        e.n_spellings = before + left;
    for (size_t i = 0; i < N_RULES && e.n_spellings > before; i++) {
        if ((options->without >> i & 1) != 0 || (is_word && rules[i].costly))
            continue;
        if (!apply(&e, &rules[i]))
            return ST_NOMEM;
    }
    plan->n_expanded += term->n_spellings - before;
    return ST_OK;
}

static void list_rules(struct buf *out)
{
    for (size_t i = 0; i < N_RULES; i++)
        buf_addf(out, "%s%s", i > 0 ? ", " : "", rules[i].name);
}

static bool find_rule(const char *name, size_t len, unsigned *without)
{
    for (size_t i = 0; i < N_RULES; i++) {
        if (strlen(rules[i].name) == len && memcmp(rules[i].name, name, len) == 0) {
            *without |= 1U << i;
            return true;
        }
    }
    return false;
}

enum status expand_read_without(const char *list, unsigned *without, struct error *error)
{
    *without = 0;
    for (const char *name = list; name != NULL && *name != '\0';) {
        size_t len = strcspn(name, ",");
        if (len > 0 && !find_rule(name, len, without)) {
            struct buf known = BUF_INIT;
            list_rules(&known);
            enum status st = error_set(error, ST_USAGE, _("no such rule: '%.*s'; there are: %s"),
                                       (int)(len < 64 ? len : 64), name, known.data);
            buf_release(&known);
            return st;
        }
        name += len + (name[len] == ',');
    }
    return ST_OK;
}
