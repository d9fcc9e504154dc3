/* What all formats of results share. Interface: result_writer.h. */
#include "search/write/result_writer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const struct result_writer *const result_writers[] = {
    &result_writer_text,
    &result_writer_json,
    &result_writer_jsonl,
    &result_writer_tsv,
    &result_writer_csv,
    &result_writer_trec,
    NULL,
};

const struct result_writer *result_writer_find(const char *name)
{
    for (size_t i = 0; result_writers[i] != NULL; i++)
        if (strcmp(result_writers[i]->name, name) == 0)
            return result_writers[i];
    return NULL;
}

void result_out_init(struct result_out *out, const struct result_writer *writer, struct buf *buf,
                     const struct result_style *style)
{
    *out = (struct result_out){.writer = writer, .buf = buf, .style = *style};
}

void result_out_begin(struct result_out *out, const struct result_page *page)
{
    out->page = *page;
    out->n_hits = 0;
    out->partial = false;
    if (out->writer->begin != NULL)
        out->writer->begin(out);
}

void result_out_hit(struct result_out *out, const struct hiku_hit *hit)
{
    out->writer->hit(out, hit);
    out->n_hits++;
}

void result_out_end(struct result_out *out)
{
    if (out->writer->end != NULL)
        out->writer->end(out);
}

void result_out_cut(struct result_out *out)
{
    out->cut = true;
    result_out_end(out);
}

void result_out_release(struct result_out *out)
{
    if (out->writer->release != NULL)
        out->writer->release(out);
}

const char *result_match_name(int match)
{
    switch (match) {
    case HIKU_MATCH_INSIDE:
        return "inside";
    case HIKU_MATCH_PARTIAL:
        return "partial";
    default:
        return "all";
    }
}

void result_add_number(struct buf *out, double value, int decimals)
{
    static const long long scales[] = {1, 10, 100, 1000, 10000, 100000, 1000000};
    const double largest = 1e12; /* times the largest scale still fits into a long long */
    if (!isfinite(value))
        value = 0;
    if (fabs(value) > largest)
        value = copysign(largest, value);
    long long scale = scales[decimals];
    long long scaled = llround(value * (double)scale);
    if (scaled < 0)
        buf_addc(out, '-');
    scaled = llabs(scaled);
    buf_add_int(out, scaled / scale);
    if (scaled % scale == 0)
        return;
    buf_addc(out, '.');
    for (long long rest = scaled % scale; rest > 0; rest = rest * 10 % scale)
        buf_addc(out, (char)('0' + rest * 10 / scale));
}
