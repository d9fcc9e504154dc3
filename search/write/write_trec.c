/* Results as a TREC run: qid Q0 id rank score hiku. Interface: result_writer.h. */
#include "base/utf8.h"
#include "search/write/result_writer.h"

#include <math.h>
#include <string.h>

/* More digits than a person needs: few scores are the same. */
#define DECIMALS 6
#define STEPS 1e6 /* in 1 */

/* Appends TEXT as one word: its blanks and control characters become low lines. */
static void add_word(struct buf *out, const char *text)
{
    size_t n_bytes = strlen(text);
    uint32_t cp;
    for (size_t i = 0; i < n_bytes;) {
        i += utf8_decode(text + i, n_bytes - i, &cp);
        bool blank = cp < 0x20 || (cp >= 0x7F && cp <= 0x9F) || utf8_is_space(cp);
        buf_add_cp(out, blank ? '_' : cp);
    }
}

/* The hit's score, or a step less than the line before: tools of TREC put a run in order by its
 * scores alone, and an order by text, by spelling or by date is not that of the scores. */
static double falling_score(struct result_out *out, double score)
{
    score = round(score * STEPS) / STEPS;
    if (out->n_hits > 0 && score >= out->last_score)
        score = out->last_score - 1.0 / STEPS;
    out->last_score = score;
    return score;
}

static void hit_line(struct result_out *out, const struct hiku_hit *hit)
{
    const struct hiku_record *record = &hit->record;
    /* A single query has no name; the tools that read runs want a number. */
    add_word(out->buf, out->page.qid != NULL ? out->page.qid : "1");
    buf_adds(out->buf, " Q0 ");
    struct buf name = BUF_INIT;
    naming_write(&name, record, out->style.naming);
    add_word(out->buf, name.data);
    out->buf->failed |= name.failed;
    buf_release(&name);
    buf_addc(out->buf, ' ');
    buf_add_int(out->buf, (long long)hit->rank);
    buf_addc(out->buf, ' ');
    result_add_number(out->buf, falling_score(out, hit->score), DECIMALS);
    buf_adds(out->buf, " hiku\n");
}

const struct result_writer result_writer_trec = {
    .name = "trec",
    .several_queries = true,
    .ids_only = true,
    .hit = hit_line,
};
