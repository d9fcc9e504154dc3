/* Lists of documents with the number of places in each. Interface and format: frequencies.h. */
#include "store/frequencies.h"

#include "store/rice.h"
#include "store/varint.h"

#include <string.h>

static bool is_empty(const uint32_t *numbers, size_t n)
{
    uint32_t all = 0;
    for (size_t i = 0; i < n; i++)
        all |= numbers[i];
    return all == 0;
}

static void add_columns(struct buf *out, const struct frequency_table *t, size_t start, size_t n)
{
    unsigned char packed[RICE_CHUNK_BYTES];
    for (size_t k = 0; k < FREQUENCY_COLUMNS; k++) {
        const uint32_t *column = t->counts[k] + start;
        size_t n_bytes = is_empty(column, n) ? 0 : rice_pack(packed, column, n);
        varint_add(out, n_bytes);
        buf_append(out, packed, n_bytes);
    }
}

void frequencies_encode(struct buf *out, const struct frequency_table *table)
{
    struct buf docs = BUF_INIT;
    postings_encode(&docs, table->docs, table->n);
    varint_add(out, docs.len);
    buf_append(out, docs.data, docs.len);
    for (size_t i = 0; i < table->n; i += POSTINGS_CHUNK)
        add_columns(out, table, i, table->n - i < POSTINGS_CHUNK ? table->n - i : POSTINGS_CHUNK);
    out->failed |= docs.failed;
    buf_release(&docs);
}

void frequencies_open(struct frequency_reader *r, const unsigned char *data, size_t n_bytes)
{
    struct byte_reader in = {data, data + n_bytes, false};
    uint64_t n_docs_bytes = varint_read(&in);
    *r = (struct frequency_reader){.end = in.end, .columns = (1U << FREQUENCY_COLUMNS) - 1};
    if (in.bad || n_docs_bytes > (uint64_t)(in.end - in.at)) {
        r->bad = true;
        return;
    }
    postings_open(&r->docs, in.at, (size_t)n_docs_bytes);
    r->at = in.at + n_docs_bytes;
    r->bad = r->docs.bad;
}

static size_t fail(struct frequency_reader *r)
{
    r->bad = true;
    return 0;
}

/* The bytes of the next column, in *DATA; r->at goes behind it. */
static size_t next_column(struct frequency_reader *r, const unsigned char **data)
{
    struct byte_reader in = {r->at, r->end, false};
    uint64_t n_bytes = varint_read(&in);
    if (in.bad || n_bytes > (uint64_t)(in.end - in.at))
        return fail(r);
    *data = in.at;
    r->at = in.at + n_bytes;
    return (size_t)n_bytes;
}

static void read_column(struct frequency_reader *r, size_t k, size_t n, uint32_t *numbers)
{
    const unsigned char *data = NULL;
    size_t n_bytes = next_column(r, &data);
    if (n_bytes == 0 || (r->columns >> k & 1) == 0)
        memset(numbers, 0, n * sizeof *numbers);
    else if (!rice_unpack(data, n_bytes, n, numbers))
        r->bad = true;
}

size_t frequencies_next(struct frequency_reader *r, uint32_t from, struct frequencies *out)
{
    const unsigned char *data;
    size_t left = r->docs.left;
    size_t n = r->bad ? 0 : postings_next(&r->docs, from, out->docs);
    size_t n_skipped = n > 0 ? (left - r->docs.left - n) / POSTINGS_CHUNK * FREQUENCY_COLUMNS : 0;
    for (; n_skipped > 0 && !r->bad; n_skipped--)
        next_column(r, &data);
    for (size_t k = 0; k < FREQUENCY_COLUMNS && n > 0 && !r->bad; k++)
        read_column(r, k, n, out->counts[k]);
    if (r->bad || r->docs.bad || (n > 0 && r->docs.left == 0 && r->at != r->end))
        return fail(r);
    return n;
}
