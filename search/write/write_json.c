/* Results as JSON: one object, or one line for each hit. Interface: result_writer.h. */
#include "base/json.h"
#include "search/write/result_writer.h"

#include <inttypes.h>
#include <string.h>

/* Digits after the point: of scores, and of milliseconds. */
enum { SCORE_DECIMALS = 4, MS_DECIMALS = 3 };

void result_add_json(struct buf *out, const char *text, size_t n_bytes)
{
    struct buf valid = BUF_INIT;
    buf_add_valid(&valid, text, n_bytes);
    json_add_string(out, valid.data, valid.len);
    out->failed |= valid.failed;
    buf_release(&valid);
}

static void add_member(struct buf *out, const char *name, const char *text)
{
    buf_addf(out, ",\"%s\":", name);
    result_add_json(out, text, strlen(text));
}

static void add_text_member(struct buf *out, const char *name, const struct hiku_text *text)
{
    buf_addf(out, "\"%s\":", name);
    json_add_string(out, text->data, text->len);
}

static void add_number_member(struct buf *out, const char *name, double value, int decimals)
{
    buf_addf(out, ",\"%s\":", name);
    result_add_number(out, value, decimals);
}

static void add_ranges(struct buf *out, const char *name, const struct hiku_text *text)
{
    buf_addf(out, "\"%s\":[", name);
    for (size_t i = 0; i < text->n_highlights; i++)
        buf_addf(out, "%s[%zu,%zu]", i > 0 ? "," : "", text->highlights[i].start,
                 text->highlights[i].end);
    buf_addc(out, ']');
}

/* The other columns as they are stored, on one line: raw control characters can only stand between
 * the parts of an object. */
static void add_columns(struct buf *out, const char *columns)
{
    buf_adds(out, ",\"columns\":");
    if (columns == NULL || columns[0] != '{') {
        buf_adds(out, "{}");
        return;
    }
    for (const char *p = columns; *p != '\0'; p++)
        buf_addc(out, (unsigned char)*p < 0x20 ? ' ' : *p);
}

static void add_texts(struct buf *out, const struct hiku_record *record)
{
    buf_addc(out, ',');
    add_text_member(out, "title", &record->title);
    buf_addc(out, ',');
    add_text_member(out, "body", &record->body);
}

static void add_key(struct buf *out, const struct hiku_record *record)
{
    buf_adds(out, "\"key\":");
    result_add_json(out, record->key, strlen(record->key));
    add_member(out, "id", record->id);
}

/* All of a record behind its key, id and what depends on the query. */
static void add_record_rest(struct buf *out, const struct hiku_record *record, bool with_db)
{
    add_member(out, "date", record->date);
    add_member(out, "date_end", record->date_end);
    add_member(out, "date_text", record->date_text);
    add_texts(out, record);
    add_member(out, "source", record->source);
    buf_addf(out, ",\"line\":%" PRId64, record->line);
    if (record->part != NULL && record->part[0] != '\0')
        add_member(out, "part", record->part);
    if (record->page > 0)
        buf_addf(out, ",\"page\":%" PRId64, record->page);
    add_member(out, "label", record->label);
    add_columns(out, record->columns);
    if (with_db)
        add_member(out, "db", record->db);
    buf_adds(out, ",\"highlights\":{");
    add_ranges(out, "title", &record->title);
    buf_addc(out, ',');
    add_ranges(out, "body", &record->body);
    buf_addc(out, '}');
}

void result_add_record_json(struct buf *out, const struct hiku_record *record, bool with_db)
{
    buf_addc(out, '{');
    add_key(out, record);
    add_record_rest(out, record, with_db);
    buf_addc(out, '}');
}

static void add_spellings(struct buf *out, const struct hiku_term_score *term)
{
    buf_adds(out, ",\"spellings\":[");
    for (size_t i = 0; i < term->n_spellings; i++) {
        const struct hiku_found_spelling *s = &term->spellings[i];
        buf_adds(out, i > 0 ? ",{\"text\":" : "{\"text\":");
        result_add_json(out, s->text, strlen(s->text));
        add_member(out, "rule", s->rule);
        buf_addf(out, ",\"title_tf\":%u,\"body_tf\":%u,\"aligned_tf\":%u}", s->title_tf, s->body_tf,
                 s->aligned_tf);
    }
    buf_addc(out, ']');
}

static void add_terms(struct buf *out, const struct hiku_hit *hit)
{
    buf_adds(out, ",\"terms\":[");
    for (size_t i = 0; i < hit->n_terms; i++) {
        const struct hiku_term_score *term = &hit->terms[i];
        buf_adds(out, i > 0 ? ",{\"term\":" : "{\"term\":");
        result_add_json(out, term->term, strlen(term->term));
        add_member(out, "expansion", term->expansion);
        add_number_member(out, "idf", term->idf, SCORE_DECIMALS);
        buf_addf(out, ",\"title_tf\":%u,\"body_tf\":%u,\"aligned_tf\":%u", term->title_tf,
                 term->body_tf, term->aligned_tf);
        add_number_member(out, "weight", term->weight, SCORE_DECIMALS);
        add_number_member(out, "score", term->score, SCORE_DECIMALS);
        add_spellings(out, term);
        buf_addc(out, '}');
    }
    buf_addc(out, ']');
}

static void add_hit(struct result_out *out, const struct hiku_hit *hit)
{
    struct buf *buf = out->buf;
    add_key(buf, &hit->record);
    add_number_member(buf, "score", hit->score, SCORE_DECIMALS);
    buf_addf(buf, ",\"match\":\"%s\"", result_match_name(hit->match));
    add_record_rest(buf, &hit->record, out->style.with_db);
    if (!out->style.no_snippets) {
        buf_adds(buf, ",\"snippet\":{");
        add_text_member(buf, "text", &hit->snippet);
        buf_addc(buf, ',');
        add_ranges(buf, "highlights", &hit->snippet);
        buf_addc(buf, '}');
    }
    if (out->style.explain)
        add_terms(buf, hit);
}

static void add_list(struct buf *buf, const char *name, const char *const *texts, size_t n)
{
    buf_addf(buf, ",\"%s\":[", name);
    for (size_t i = 0; i < n; i++) {
        buf_adds(buf, i > 0 ? "," : "");
        result_add_json(buf, texts[i], strlen(texts[i]));
    }
    buf_addc(buf, ']');
}

static void begin_json(struct result_out *out)
{
    const struct result_page *page = &out->page;
    buf_adds(out->buf, "{\"query\":");
    result_add_json(out->buf, page->query, page->query_len);
    buf_addf(out->buf, ",\"total\":%" PRIu64 ",\"partial\":%" PRIu64, page->total, page->partial);
    add_number_member(out->buf, "elapsed_ms", page->elapsed_ms, MS_DECIMALS);
    if (out->style.explain)
        add_member(out->buf, "explain", page->explanation);
    if (page->total == 0)
        add_list(out->buf, "did_you_mean", page->suggestions, page->n_suggestions);
    if (page->n_unknown_columns > 0) {
        add_list(out->buf, "unknown_columns", page->unknown_columns, page->n_unknown_columns);
        add_list(out->buf, "columns", page->columns, page->n_columns);
    }
    if (page->record != NULL)
        add_member(out->buf, "key", page->record->key);
    buf_adds(out->buf, ",\"hits\":[");
}

static void hit_json(struct result_out *out, const struct hiku_hit *hit)
{
    buf_adds(out->buf, out->n_hits > 0 ? ",\n{" : "\n{");
    add_hit(out, hit);
    buf_addc(out->buf, '}');
}

static void end_json(struct result_out *out)
{
    buf_adds(out->buf, out->cut ? "],\"incomplete\":true}\n" : "]}\n");
}

static void hit_line(struct result_out *out, const struct hiku_hit *hit)
{
    buf_addc(out->buf, '{');
    if (out->page.qid != NULL) {
        buf_adds(out->buf, "\"qid\":");
        result_add_json(out->buf, out->page.qid, strlen(out->page.qid));
        buf_addc(out->buf, ',');
    }
    add_hit(out, hit);
    buf_adds(out->buf, "}\n");
}

const struct result_writer result_writer_json = {
    .name = "json",
    .suggests = true,
    .begin = begin_json,
    .hit = hit_json,
    .end = end_json,
};

const struct result_writer result_writer_jsonl = {
    .name = "jsonl",
    .several_queries = true,
    .hit = hit_line,
};
