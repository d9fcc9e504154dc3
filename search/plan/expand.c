/* The rules that add spellings to a term. Interface: expand.h, plan.h. */
#include "search/plan/expand.h"

#include "dict/folding.h"

#include <string.h>

/* A match in another spelling counts a little less, so that the one typed comes first. */
#define SPELLING_WEIGHT 0.8

/* A synonym is not always one. */
#define SYNONYM_WEIGHT 0.5
/* What sounds alike is more often something else. */
#define READING_WEIGHT 0.4

/* In the order in which they are tried; each looks at what those before it have added, too. */
static const struct expand_rule rules[] = {
    {"misprints", expand_misprints, SPELLING_WEIGHT, EXPAND_TYPED},
    {"okurigana", expand_okurigana, SPELLING_WEIGHT, EXPAND_TYPED | EXPAND_AGAIN},
    {"mixed", expand_mixed, SPELLING_WEIGHT, 0},
    {"okurigana", expand_okurigana, SPELLING_WEIGHT, EXPAND_OTHERS}, /* of what these have added */
    {"glyphs", expand_glyphs, SPELLING_WEIGHT, 0},
    {"synonyms", expand_synonyms, SYNONYM_WEIGHT, EXPAND_OTHERS},
    {"units", expand_units, SPELLING_WEIGHT, EXPAND_TYPED},
    {"numerals", expand_numerals, SPELLING_WEIGHT, 0},
    {"units", expand_units, SPELLING_WEIGHT, EXPAND_OTHERS}, /* of what numerals has added */
    {"fractions", expand_fractions, SPELLING_WEIGHT, EXPAND_TYPED | EXPAND_FINAL},
    {"times", expand_times, SPELLING_WEIGHT, EXPAND_TYPED | EXPAND_FINAL},
    {"phones", expand_phones, SPELLING_WEIGHT, EXPAND_TYPED | EXPAND_FINAL},
    {"counters", expand_counters, SPELLING_WEIGHT, 0},
    {"places", expand_places, SPELLING_WEIGHT, EXPAND_TYPED},
    {"repeats", expand_repeats, SPELLING_WEIGHT, 0},
    {"loans", expand_loans, SPELLING_WEIGHT, EXPAND_TYPED | EXPAND_AGAIN},
    {"dashes", expand_dashes, SPELLING_WEIGHT, 0},
    {"dots", expand_dots, SPELLING_WEIGHT, EXPAND_TYPED},
    {"periods", expand_periods, SPELLING_WEIGHT, EXPAND_TYPED | EXPAND_FINAL},
    {"kana", expand_kana, SPELLING_WEIGHT, 0},
    {"synonyms", expand_synonyms, SYNONYM_WEIGHT, EXPAND_TYPED},
    {"mixed", expand_mixed, SPELLING_WEIGHT, EXPAND_OTHERS | EXPAND_BACK | EXPAND_FINAL},
    {"dates", expand_dates, SPELLING_WEIGHT, EXPAND_TYPED | EXPAND_FINAL},
    {"readings", expand_marked_readings, READING_WEIGHT,
     EXPAND_TYPED | EXPAND_FINAL | EXPAND_WHOLE | EXPAND_COSTLY},
};
#define N_RULES (sizeof rules / sizeof *rules)

/* What is folded in all texts: without these rules a place must be written as typed. */
static const enum folding foldings[] = {FOLDING_WIDTH, FOLDING_CASE, FOLDING_VARIANTS};
#define N_FOLDINGS (sizeof foldings / sizeof *foldings)

static bool add(struct expansion *e, const char *text, size_t n_bytes, bool whole)
{
    size_t before = e->term->n_spellings;
    if (n_bytes == 0 || before >= e->n_spellings || term_has_spelling(e->term, text, n_bytes))
        return true;
    struct buf names = BUF_INIT;
    buf_adds(&names, e->from);
    buf_adds(&names, e->from[0] != '\0' ? "+" : "");
    buf_adds(&names, e->rule->name);
    bool ok = !names.failed &&
              term_add_spelling(e->term, text, n_bytes, names.data, e->weight * e->rule->weight);
    if (ok) {
        e->term->spellings[before].whole = whole;
        e->term->spellings[before].final = (e->rule->flags & EXPAND_FINAL) != 0;
    }
    buf_release(&names);
    return ok;
}

bool expansion_add(struct expansion *e, const char *text, size_t n_bytes)
{
    return add(e, text, n_bytes, (e->rule->flags & EXPAND_WHOLE) != 0 || e->whole);
}

bool expansion_add_whole(struct expansion *e, const char *text, size_t n_bytes)
{
    return add(e, text, n_bytes, true);
}

bool expansion_add_buf(struct expansion *e, const struct buf *other)
{
    return !other->failed && expansion_add(e, other->data, other->len);
}

static bool replace(struct expansion *e, size_t start, size_t end, const char *with, size_t n_with,
                    bool whole)
{
    struct buf other = BUF_INIT;
    buf_append(&other, e->text, start);
    buf_append(&other, with, n_with);
    buf_append(&other, e->text + end, e->n_bytes - end);
    bool ok = !other.failed && (whole ? expansion_add_whole(e, other.data, other.len)
                                      : expansion_add(e, other.data, other.len));
    buf_release(&other);
    return ok;
}

bool expansion_replace(struct expansion *e, size_t start, size_t end, const char *with,
                       size_t n_with)
{
    return replace(e, start, end, with, n_with, false);
}

bool expansion_replace_number(struct expansion *e, size_t start, size_t end, uint64_t value,
                              const enum numeral_form *forms, size_t n_forms)
{
    struct buf number = BUF_INIT;
    bool ok = true;
    for (size_t i = 0; i < n_forms && ok; i++) {
        buf_clear(&number);
        numeral_write(&number, value, forms[i]);
        ok = !number.failed && expansion_replace(e, start, end, number.data, number.len);
    }
    buf_release(&number);
    return ok;
}

bool expansion_replace_whole(struct expansion *e, size_t start, size_t end, const char *with,
                             size_t n_with)
{
    return replace(e, start, end, with, n_with, true);
}

enum status expansion_cut(struct expansion *e)
{
    enum status st = ST_OK;
    if (!e->is_cut)
        st = tokenizer_cut(e->tokenizer, e->text, e->n_bytes, e->tokens);
    e->is_cut = st == ST_OK;
    if (e->tokens == &e->typed_tokens)
        e->typed_is_cut = e->is_cut;
    return st;
}

bool expansion_is_aligned(struct expansion *e, size_t start, size_t end, enum status *st)
{
    bool starts = start == 0, ends = end == e->n_bytes;
    if (starts && ends)
        return true;
    *st = expansion_cut(e);
    for (size_t i = 0; *st == ST_OK && i < e->tokens->n; i++) {
        starts = starts || e->tokens->items[i].start == start;
        ends = ends || e->tokens->items[i].end == end;
    }
    return starts && ends;
}

const struct token *expand_token_at(const struct tokens *tokens, size_t start, size_t end)
{
    for (size_t i = 0; i < tokens->n; i++) {
        if (tokens->items[i].start == start && tokens->items[i].end == end)
            return &tokens->items[i];
    }
    return NULL;
}

bool expand_is_grammar(const struct token *token)
{
    static const char *const kinds[] = {"助詞",        "助動詞",      "接続詞",       "連体詞",
                                        "名詞,非自立", "動詞,非自立", "形容詞,非自立"};
    bool grammar = (token->flags & (TOKEN_FUNCTION | TOKEN_LIGHT)) != 0;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds && !grammar; i++)
        grammar = token_is_of_kind(token, kinds[i]);
    return grammar;
}

bool expand_is_pronoun(const struct token *token)
{
    return token_is_of_kind(token, "名詞,代名詞");
}

/* Whether MADE_BY is the rule NAME and that of synonyms. */
static bool is_synonym_of(const char *made_by, const char *name)
{
    size_t n = strlen(name);
    return strncmp(made_by, name, n) == 0 && strcmp(made_by + n, "+synonyms") == 0;
}

/* Whether RULE looks at spelling NUMBER of the term. */
static bool looks_at(const struct expand_rule *rule, const struct term *term, size_t number)
{
    const struct spelling *s = &term->spellings[number];
    if (number == 0)
        return (rule->flags & EXPAND_OTHERS) == 0;
    if (s->final || term->kind == HIKU_TERM_WORD)
        return false;
    /* Two rules in a row are enough: 三箇月 is 3か月 by numerals and counters. But who writes
     * 可燃ゴミ wants 燃えるゴミ, too, by way of 可燃ごみ and 燃えるごみ. */
    bool combined = strchr(s->rule, '+') != NULL;
    if (combined)
        return (rule->flags & EXPAND_BACK) != 0 && is_synonym_of(s->rule, rule->name);
    if (strcmp(s->rule, rule->name) == 0)
        return (rule->flags & EXPAND_AGAIN) != 0;
    return (rule->flags & EXPAND_TYPED) == 0;
}

/* Lets RULE look at each spelling that the term has so far. */
static bool apply(struct expansion *e, const struct expand_rule *rule)
{
    size_t n = e->term->n_spellings;
    bool ok = true;
    e->rule = rule;
    for (size_t i = 0; i < n && ok && e->term->n_spellings < e->n_spellings; i++) {
        struct spelling s = e->term->spellings[i];
        if (!looks_at(rule, e->term, i))
            continue;
        e->from = s.rule;
        e->text = s.text;
        e->n_bytes = s.len;
        e->weight = s.weight;
        e->whole = s.whole;
        e->tokens = i == 0 ? &e->typed_tokens : &e->other_tokens;
        e->is_cut = i == 0 && e->typed_is_cut;
        ok = rule->add(e);
        if (rule->flags & EXPAND_AGAIN)
            n = e->term->n_spellings;
    }
    return ok;
}

enum status expand_term(struct plan *plan, struct term *term, const struct plan_options *options,
                        struct tokenizer *t)
{
    bool is_word = term->kind == HIKU_TERM_WORD;
    size_t before = term->n_spellings, left = EXPAND_QUERY_SPELLINGS - plan->n_expanded;
    struct expansion e = {.tokenizer = t, .term = term, .words = options->words};
    bool ok = true;
    e.n_spellings = is_word ? EXPAND_WORD_SPELLINGS : EXPAND_TERM_SPELLINGS;
    if (e.n_spellings > before + left)
        e.n_spellings = before + left;
    if (term->spellings[0].len > EXPAND_MAX_BYTES)
        return ST_OK;
    for (size_t i = 0; i < N_RULES && e.n_spellings > before && ok; i++) {
        if ((options->without >> i & 1) == 0 && !(is_word && (rules[i].flags & EXPAND_COSTLY) != 0))
            ok = apply(&e, &rules[i]);
    }
    tokens_release(&e.typed_tokens);
    tokens_release(&e.other_tokens);
    for (size_t i = 0; i < ANALYZER_LEXICONS; i++)
        lexicon_keys_release(&e.typed_keys[i]);
    lexicon_keys_release(&e.other_keys);
    plan->n_expanded += term->n_spellings - before;
    return ok ? ST_OK : e.failed != ST_OK ? e.failed : ST_NOMEM;
}

static void list_rules(struct buf *out)
{
    for (size_t i = 0; i < N_RULES; i++) {
        if ((rules[i].flags & EXPAND_OTHERS) == 0)
            buf_addf(out, "%s%s", i > 0 ? ", " : "", rules[i].name);
    }
    for (size_t i = 0; i < N_FOLDINGS; i++)
        buf_addf(out, ", %s", folding_name(foldings[i]));
}

static bool is_named(const char *rule, const char *name, size_t len)
{
    return strlen(rule) == len && memcmp(rule, name, len) == 0;
}

static bool find_rule(const char *name, size_t len, struct plan_options *options)
{
    bool found = false;
    for (size_t i = 0; i < N_RULES; i++) {
        if (is_named(rules[i].name, name, len)) {
            options->without |= 1U << i;
            found = true;
        }
    }
    for (size_t i = 0; i < N_FOLDINGS; i++) {
        if (is_named(folding_name(foldings[i]), name, len)) {
            options->unfolded |= foldings[i];
            found = true;
        }
    }
    return found;
}

bool expand_has_dates(const struct plan_options *options)
{
    bool has = !options->exact;
    for (size_t i = 0; i < N_RULES && has; i++)
        has = rules[i].add != expand_dates || (options->without >> i & 1) == 0;
    return has;
}

enum status expand_read_without(const char *list, struct plan_options *options, struct error *error)
{
    options->without = options->unfolded = 0;
    for (const char *name = list; name != NULL && *name != '\0';) {
        size_t len = strcspn(name, ",");
        if (len > 0 && !find_rule(name, len, options)) {
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
