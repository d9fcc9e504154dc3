/* Explanations as JSON. Interface: write_explanation.h. */
#include "search/explain/write_explanation.h"

#include <inttypes.h>
#include <string.h>

enum { DECIMALS = 4 };

static const char *const field_names[] = {
    [HIKU_FIELD_ANY] = "any", [HIKU_FIELD_TITLE] = "title", [HIKU_FIELD_BODY] = "body"};
static const char *const kind_names[] = {[HIKU_TERM_TEXT] = "text",
                                         [HIKU_TERM_WORD] = "word",
                                         [HIKU_TERM_PAIR] = "pair",
                                         [HIKU_TERM_LONE] = "character",
                                         [HIKU_TERM_PHRASE] = "phrase"};
static const char *const nearness_names[] = {[HIKU_NEAR_NONE] = "",
                                             [HIKU_NEAR_FIELD] = "field",
                                             [HIKU_NEAR_INSIDE] = "inside",
                                             [HIKU_NEAR_SPELLING] = "spelling",
                                             [HIKU_NEAR_SIMILAR] = "similar"};
static const char *const obstacle_names[] = {
    [HIKU_OBSTACLE_MISSING] = "missing",    [HIKU_OBSTACLE_EXCLUDED] = "excluded",
    [HIKU_OBSTACLE_DATE] = "date",          [HIKU_OBSTACLE_COLUMN] = "column",
    [HIKU_OBSTACLE_EXCLUDED_DATE] = "date", [HIKU_OBSTACLE_EXCLUDED_COLUMN] = "column"};

static void add_string(struct buf *out, const char *before, const char *text)
{
    buf_adds(out, before);
    result_add_json(out, text, strlen(text));
}

static void add_number(struct buf *out, const char *before, double number)
{
    buf_adds(out, before);
    result_add_number(out, number, DECIMALS);
}

static void add_flag(struct buf *out, const char *before, int flag)
{
    buf_adds(out, before);
    buf_adds(out, flag ? "true" : "false");
}

/* A range of the title or body, and what stands there. */
static void add_range(struct buf *out, const struct hiku_record *record, int field, size_t start,
                      size_t end)
{
    const struct hiku_text *text = field == HIKU_FIELD_TITLE ? &record->title : &record->body;
    add_string(out, "{\"field\":", field_names[field]);
    buf_addf(out, ",\"start\":%zu,\"end\":%zu,\"text\":", start, end);
    result_add_json(out, text->data + start, end - start);
}

static void add_spellings(struct buf *out, const struct hiku_explained_term *term)
{
    buf_adds(out, ",\"spellings\":[");
    for (size_t i = 0; i < term->n_spellings; i++) {
        const struct hiku_spelling *s = &term->spellings[i];
        add_string(out, i > 0 ? ",{\"text\":" : "{\"text\":", s->text);
        add_string(out, ",\"rule\":", s->rule);
        add_number(out, ",\"weight\":", s->weight);
        add_flag(out, ",\"whole\":", s->whole);
        buf_addc(out, '}');
    }
    buf_addc(out, ']');
}

static void add_places(struct buf *out, const struct hiku_explained_term *term,
                       const struct hiku_record *record)
{
    buf_adds(out, ",\"places\":[");
    for (size_t i = 0; i < term->n_places; i++) {
        const struct hiku_place *p = &term->places[i];
        buf_adds(out, i > 0 ? "," : "");
        add_range(out, record, p->field, p->start, p->end);
        buf_addf(out, ",\"spelling\":%zu", p->spelling);
        add_string(out, ",\"rule\":", p->rule);
        add_flag(out, ",\"aligned\":", p->aligned);
        buf_addc(out, '}');
    }
    buf_addc(out, ']');
}

static void add_nearest(struct buf *out, const struct hiku_nearest *nearest,
                        const struct hiku_record *record)
{
    if (nearest->how == HIKU_NEAR_NONE)
        return;
    buf_adds(out, ",\"nearest\":");
    add_range(out, record, nearest->field, nearest->start, nearest->end);
    add_string(out, ",\"how\":", nearness_names[nearest->how]);
    add_string(out, ",\"rule\":", nearest->rule);
    buf_addf(out, ",\"distance\":%u}", nearest->distance);
}

static void add_term(struct buf *out, const struct hiku_explained_term *term,
                     const struct hiku_record *record)
{
    add_string(out, "{\"term\":", term->spellings[0].text);
    add_string(out, ",\"kind\":", kind_names[term->kind]);
    add_string(out, ",\"field\":", field_names[term->field]);
    add_flag(out, ",\"prefix\":", term->prefix);
    add_flag(out, ",\"exact\":", term->exact);
    add_flag(out, ",\"excluded\":", term->excluded);
    add_flag(out, ",\"partial\":", term->partial);
    add_number(out, ",\"weight\":", term->weight);
    add_spellings(out, term);
    if (record != NULL) {
        add_number(out, ",\"idf\":", term->idf);
        add_number(out, ",\"score\":", term->score);
        add_places(out, term, record);
        add_nearest(out, &term->nearest, record);
    }
    buf_addc(out, '}');
}

static void add_obstacles(struct buf *out, const struct hiku_explanation *x)
{
    buf_adds(out, ",\"obstacles\":[");
    for (size_t i = 0; i < x->n_obstacles; i++) {
        const struct hiku_obstacle *o = &x->obstacles[i];
        bool term = o->kind == HIKU_OBSTACLE_MISSING || o->kind == HIKU_OBSTACLE_EXCLUDED;
        add_string(out, i > 0 ? ",{\"kind\":" : "{\"kind\":", obstacle_names[o->kind]);
        add_string(out, ",\"wanted\":", term ? x->terms[o->term].spellings[0].text : o->text);
        if (o->kind == HIKU_OBSTACLE_EXCLUDED_DATE || o->kind == HIKU_OBSTACLE_EXCLUDED_COLUMN)
            buf_adds(out, ",\"excluded\":true");
        buf_addc(out, '}');
    }
    buf_addc(out, ']');
}

static void add_outcome(struct buf *out, const struct hiku_explanation *x)
{
    buf_adds(out, ",\n\"record\":");
    result_add_record_json(out, &x->record, true);
    add_flag(out, ",\n\"found\":", x->found);
    if (x->found) {
        buf_addf(out, ",\"rank\":%zu", x->rank);
        add_string(out, ",\"match\":", result_match_name(x->match));
        add_number(out, ",\"score\":", x->score);
    }
    add_number(out, ",\"covered\":", x->covered);
    buf_addf(out, ",\"total\":%" PRIu64 ",\"partial\":%" PRIu64, x->total, x->partial);
    add_obstacles(out, x);
}

void explanation_add_json(struct buf *out, const struct hiku_explanation *x, const char *query,
                          size_t query_len, bool with_record)
{
    buf_adds(out, "{\"query\":");
    result_add_json(out, query, query_len);
    add_string(out, ",\"tree\":", x->tree);
    add_flag(out, ",\"sentence\":", x->is_sentence);
    if (with_record)
        add_outcome(out, x);
    buf_adds(out, ",\n\"terms\":[");
    for (size_t i = 0; i < x->n_terms; i++) {
        buf_adds(out, i > 0 ? ",\n" : "\n");
        add_term(out, &x->terms[i], with_record ? &x->record : NULL);
    }
    buf_adds(out, "]}\n");
}
