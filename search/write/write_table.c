/* Results as tab- or comma-separated values under a line of names. Interface: result_writer.h. */
#include "base/utf8.h"
#include "search/write/result_writer.h"

#include <string.h>

enum { SCORE_DECIMALS = 4 };

static bool is_control(uint32_t cp)
{
    return cp < 0x20 || (cp >= 0x7F && cp < 0xA0);
}

/* A field cannot hold what separates fields and lines, so that becomes a blank. */
static void add_tsv_field(struct buf *out, const char *text, size_t n_bytes)
{
    uint32_t cp;
    for (size_t i = 0; i < n_bytes;) {
        i += utf8_decode(text + i, n_bytes - i, &cp);
        bool separates = is_control(cp) || cp == 0x2028 || cp == 0x2029;
        buf_add_cp(out, separates ? ' ' : cp);
    }
}

/* RFC 4180: quoted where needed, quotes doubled. Control characters that a quoted field could not
 * show either become blanks. */
static void add_csv_field(struct buf *out, const char *text, size_t n_bytes)
{
    bool blank_at_end = n_bytes > 0 && (text[0] == ' ' || text[n_bytes - 1] == ' ');
    bool quoted = blank_at_end || memchr(text, '"', n_bytes) != NULL ||
                  memchr(text, ',', n_bytes) != NULL || memchr(text, '\n', n_bytes) != NULL ||
                  memchr(text, '\r', n_bytes) != NULL;
    uint32_t cp;
    if (quoted)
        buf_addc(out, '"');
    for (size_t i = 0; i < n_bytes;) {
        i += utf8_decode(text + i, n_bytes - i, &cp);
        bool hidden = is_control(cp) && cp != '\n' && cp != '\r' && cp != '\t';
        if (cp == '"')
            buf_addc(out, '"');
        buf_add_cp(out, hidden ? ' ' : cp);
    }
    if (quoted)
        buf_addc(out, '"');
}

/* What a table holds is free text: what a spreadsheet would take for a formula gets an apostrophe
 * before it, which spreadsheets do not show. */
static void add_csv_free_text(struct buf *out, const char *given, size_t n_bytes)
{
    if (n_bytes == 0 || given[0] == '\0' || strchr("=+-@\t\r", given[0]) == NULL) {
        add_csv_field(out, given, n_bytes);
        return;
    }
    struct buf text = BUF_INIT;
    buf_addc(&text, '\'');
    buf_append(&text, given, n_bytes);
    add_csv_field(out, text.data, text.len);
    out->failed |= text.failed;
    buf_release(&text);
}

static void begin_tsv(struct result_out *out)
{
    buf_adds(out->buf, "key\tid\tscore\tmatch\tdate\ttitle\n");
}

static void hit_tsv(struct result_out *out, const struct hiku_hit *hit)
{
    const struct hiku_record *record = &hit->record;
    add_tsv_field(out->buf, record->key, strlen(record->key));
    buf_addc(out->buf, '\t');
    add_tsv_field(out->buf, record->id, strlen(record->id));
    buf_addc(out->buf, '\t');
    result_add_number(out->buf, hit->score, SCORE_DECIMALS);
    buf_addf(out->buf, "\t%s\t%s\t", result_match_name(hit->match), record->date);
    add_tsv_field(out->buf, record->title.data, record->title.len);
    buf_addc(out->buf, '\n');
}

static void begin_csv(struct result_out *out)
{
    buf_adds(out->buf, "key,id,score,match,date,title\n");
}

static void hit_csv(struct result_out *out, const struct hiku_hit *hit)
{
    const struct hiku_record *record = &hit->record;
    add_csv_free_text(out->buf, record->key, strlen(record->key));
    buf_addc(out->buf, ',');
    add_csv_free_text(out->buf, record->id, strlen(record->id));
    buf_addc(out->buf, ',');
    result_add_number(out->buf, hit->score, SCORE_DECIMALS);
    buf_addf(out->buf, ",%s,%s,", result_match_name(hit->match), record->date);
    add_csv_free_text(out->buf, record->title.data, record->title.len);
    buf_addc(out->buf, '\n');
}

const struct result_writer result_writer_tsv = {
    .name = "tsv",
    .begin = begin_tsv,
    .hit = hit_tsv,
};

const struct result_writer result_writer_csv = {
    .name = "csv",
    .begin = begin_csv,
    .hit = hit_csv,
};
