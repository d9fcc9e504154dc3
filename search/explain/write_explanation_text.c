/* Explanations as text. Interface: write_explanation.h. */
#include "base/error.h"
#include "search/explain/write_explanation.h"
#include "search/plan/plan.h"

#include <string.h>

enum { INDENT = 2, DECIMALS = 4, MAX_PLACES = 5, MIN_CONTEXT = 16 };

static const char *field_name(int field)
{
    return field == HIKU_FIELD_TITLE  ? _("title")
           : field == HIKU_FIELD_BODY ? _("body")
                                      : _("title or body");
}

static void add_quoted(struct buf *out, const char *text, size_t n_bytes)
{
    buf_addc(out, '\'');
    display_add(out, text, n_bytes);
    buf_addc(out, '\'');
}

static void add_term_name(struct buf *out, const struct hiku_explained_term *term)
{
    add_quoted(out, term->spellings[0].text, strlen(term->spellings[0].text));
    buf_adds(out, term->prefix ? "*" : "");
}

/* Other spellings, each with the rules that made it. */
static void add_spellings(struct buf *out, const struct hiku_explained_term *term)
{
    for (size_t i = 1; i < term->n_spellings; i++) {
        const struct hiku_spelling *s = &term->spellings[i];
        buf_adds(out, i == 1 ? " = " : ", ");
        add_quoted(out, s->text, strlen(s->text));
        buf_addf(out, s->whole ? _(" (%s, whole words)") : " (%s)", s->rule);
    }
}

static void add_query_terms(struct buf *out, const struct hiku_explanation *x, int partial,
                            const char *heading)
{
    bool first = true;
    for (size_t i = 0; i < x->n_terms; i++) {
        const struct hiku_explained_term *term = &x->terms[i];
        if (term->partial != partial || (partial && term->excluded))
            continue; /* what must not be there is said once */
        if (first)
            buf_addf(out, "%s\n", heading);
        first = false;
        display_pad(out, INDENT);
        buf_addf(out, "%s ", term_kind_name(term->kind));
        add_term_name(out, term);
        add_spellings(out, term);
        if (term->field != HIKU_FIELD_ANY)
            buf_addf(out, _(" (%s only)"), field_name(term->field));
        buf_adds(out, term->exact ? _(" (exact)") : "");
        buf_adds(out, term->excluded ? _(" (without)") : "");
        buf_addc(out, '\n');
    }
}

static void add_tree(struct buf *out, const struct hiku_explanation *x)
{
    buf_adds(out, _("query: "));
    display_add(out, x->tree, strlen(x->tree));
    buf_addc(out, '\n');
}

void explanation_add_query_text(struct buf *out, const struct hiku_explanation *x)
{
    add_tree(out, x);
    add_query_terms(out, x, 0, _("all words:"));
    add_query_terms(out, x, 1,
                    x->is_sentence ? _("some words, behind the records that have all of them:")
                                   : _("some words, where no record has all of them:"));
}

/* title 27-33 '夜間': … */
static void add_range(struct buf *out, const struct hiku_explanation *x, int field, size_t start,
                      size_t end)
{
    const struct hiku_record *record = &x->record;
    const struct hiku_text *text = field == HIKU_FIELD_TITLE ? &record->title : &record->body;
    buf_addf(out, "%s %zu-%zu ", field_name(field), start, end);
    add_quoted(out, text->data + start, end - start);
}

static void add_context(struct buf *out, const struct hiku_explanation *x,
                        const struct hiku_place *place, const struct result_style *style,
                        size_t used)
{
    const struct hiku_record *record = &x->record;
    struct hiku_text text = place->field == HIKU_FIELD_TITLE ? record->title : record->body;
    struct hiku_range range = {place->start, place->end};
    text.highlights = &range;
    text.n_highlights = 1;
    if (style->width < used + MIN_CONTEXT)
        return;
    buf_adds(out, "  ");
    display_add_cut(out, &text, style->width - used - 2, &style->display);
}

static void add_place(struct buf *out, const struct hiku_explanation *x,
                      const struct hiku_place *place, const struct result_style *style)
{
    struct buf line = BUF_INIT;
    display_pad(&line, (size_t)INDENT * 2);
    add_range(&line, x, place->field, place->start, place->end);
    if (place->rule[0] != '\0')
        buf_addf(&line, " (%s)", place->rule);
    buf_adds(&line, place->aligned ? _(", whole word") : _(", inside a word"));
    buf_append(out, line.data, line.len);
    add_context(out, x, place, style, display_width(line.data, line.len, &style->display));
    buf_addc(out, '\n');
    out->failed |= line.failed;
    buf_release(&line);
}

static void add_nearest(struct buf *out, const struct hiku_explanation *x,
                        const struct hiku_explained_term *term)
{
    const struct hiku_nearest *n = &term->nearest;
    if (n->how == HIKU_NEAR_NONE)
        return;
    display_pad(out, (size_t)INDENT * 2);
    add_range(out, x, n->field, n->start, n->end);
    if (n->how == HIKU_NEAR_FIELD)
        buf_adds(out, _(" stands in the other field"));
    else if (n->how == HIKU_NEAR_INSIDE)
        buf_adds(out, _(" stands only inside a word"));
    else if (n->how == HIKU_NEAR_SPELLING)
        buf_addf(out, _(" would match by '%s', which is switched off"), n->rule);
    else
        buf_addf(out,
                 dngettext("hiku", " is nearest: %u character differs",
                           " is nearest: %u characters differ", n->distance),
                 n->distance);
    buf_addc(out, '\n');
}

static void count_places(const struct hiku_explained_term *term, unsigned counts[3])
{
    for (size_t i = 0; i < term->n_places; i++) {
        counts[term->places[i].field == HIKU_FIELD_BODY]++;
        counts[2] += term->places[i].aligned != 0;
    }
}

static void add_found_term(struct buf *out, const struct hiku_explanation *x,
                           const struct hiku_explained_term *term, const struct result_style *style)
{
    unsigned counts[3] = {0};
    count_places(term, counts);
    display_pad(out, INDENT);
    if (!term->excluded) {
        result_add_number(out, term->score, DECIMALS);
        buf_adds(out, "  ");
    }
    add_term_name(out, term);
    buf_addf(out, _(": title %u, body %u, whole words %u; "), counts[0], counts[1], counts[2]);
    buf_adds(out, "idf ");
    result_add_number(out, term->idf, DECIMALS);
    buf_adds(out, " × ");
    result_add_number(out, term->weight, DECIMALS);
    buf_addc(out, '\n');
    for (size_t i = 0; i < term->n_places && i < MAX_PLACES; i++)
        add_place(out, x, &term->places[i], style);
    if (term->n_places > MAX_PLACES) {
        size_t n = term->n_places - MAX_PLACES;
        display_pad(out, (size_t)INDENT * 2);
        buf_addf(out, dngettext("hiku", "%zu more place", "%zu more places", n), n);
        buf_addc(out, '\n');
    }
}

static void add_missing_term(struct buf *out, const struct hiku_explanation *x,
                             const struct hiku_explained_term *term)
{
    display_pad(out, INDENT);
    buf_adds(out, "-  ");
    add_term_name(out, term);
    add_spellings(out, term);
    buf_addf(out, _(": not in the %s\n"), field_name(term->field));
    add_nearest(out, x, term);
}

/* Whether a term of the partial matches is one of the words that are all wanted. */
static bool is_wanted_too(const struct hiku_explanation *x, const struct hiku_explained_term *term)
{
    for (size_t i = 0; i < x->n_terms && term->partial; i++) {
        if (!x->terms[i].partial &&
            strcmp(x->terms[i].spellings[0].text, term->spellings[0].text) == 0)
            return true;
    }
    return false;
}

/* The terms that were added up, and the wanted ones that are missing. */
static void add_terms(struct buf *out, const struct hiku_explanation *x,
                      const struct result_style *style)
{
    int partial = x->found && x->match == HIKU_MATCH_PARTIAL;
    for (size_t i = 0; i < x->n_terms; i++) {
        const struct hiku_explained_term *term = &x->terms[i];
        bool is_text = term->kind == HIKU_TERM_TEXT || term->kind == HIKU_TERM_WORD;
        if (term->partial && (term->excluded || (!partial && is_wanted_too(x, term))))
            continue;
        if (term->n_places > 0 && (!x->found || term->partial == partial))
            add_found_term(out, x, term, style);
        else if (term->n_places == 0 && is_text && !term->excluded && !is_wanted_too(x, term))
            add_missing_term(out, x, term);
    }
}

static void add_obstacle(struct buf *out, const struct hiku_explanation *x,
                         const struct hiku_obstacle *o)
{
    display_pad(out, INDENT);
    if (o->kind == HIKU_OBSTACLE_MISSING || o->kind == HIKU_OBSTACLE_EXCLUDED) {
        add_term_name(out, &x->terms[o->term]);
        buf_adds(out, o->kind == HIKU_OBSTACLE_MISSING ? _(" is missing\n")
                                                       : _(" is there and must not be\n"));
    } else if (o->kind == HIKU_OBSTACLE_DATE) {
        buf_addf(out, _("the date '%s' is not in %s\n"), x->record.date, o->text);
    } else if (o->kind == HIKU_OBSTACLE_EXCLUDED_DATE) {
        buf_addf(out, _("the date '%s' is in %s and must not be\n"), x->record.date, o->text);
    } else {
        bool excluded = o->kind == HIKU_OBSTACLE_EXCLUDED_COLUMN;
        buf_adds(out, excluded ? "" : _("no column has "));
        add_quoted(out, o->text, strlen(o->text));
        buf_adds(out, excluded ? _(" is there and must not be\n") : "\n");
    }
}

static void add_outcome(struct buf *out, const struct hiku_explanation *x)
{
    static const char *const matches[] = {[HIKU_MATCH_ALL] = N_("all words"),
                                          [HIKU_MATCH_INSIDE] =
                                              N_("all words, some only inside longer ones"),
                                          [HIKU_MATCH_PARTIAL] = N_("some words")};
    if (x->found) {
        buf_addf(out, _("found: rank %zu of %llu, %s; score "), x->rank,
                 (unsigned long long)x->total + x->partial, _(matches[x->match]));
        result_add_number(out, x->score, DECIMALS);
    } else {
        buf_addf(out, _("not found, among %llu records"),
                 (unsigned long long)x->total + x->partial);
    }
    if (x->covered > 0 && !(x->found && x->match != HIKU_MATCH_PARTIAL)) {
        buf_adds(out, _("; holds "));
        result_add_number(out, x->covered * 100, 0);
        buf_adds(out, _(" % of the query"));
    }
    buf_addc(out, '\n');
    for (size_t i = 0; i < x->n_obstacles; i++)
        add_obstacle(out, x, &x->obstacles[i]);
}

void explanation_add_record_text(struct buf *out, const struct hiku_explanation *x,
                                 const struct result_style *style)
{
    display_add(out, x->record.key, strlen(x->record.key));
    buf_adds(out, "  ");
    display_add(out, x->record.title.data, x->record.title.len);
    buf_addc(out, '\n');
    add_tree(out, x);
    add_outcome(out, x);
    if (x->n_terms > 0)
        buf_addf(out, "%s\n", _("words:"));
    add_terms(out, x, style);
}
