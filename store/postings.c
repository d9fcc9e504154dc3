/* Lists of ascending positions, packed. Interface and format: postings.h. */
#include "store/postings.h"

#include "store/rice.h"
#include "store/varint.h"

_Static_assert(POSTINGS_CHUNK == RICE_CHUNK, "a chunk of positions is one of the code");

void postings_encode(struct buf *out, const uint32_t *positions, size_t n)
{
    uint32_t gaps[POSTINGS_CHUNK];
    unsigned char packed[RICE_CHUNK_BYTES];
    uint32_t before = 0;
    varint_add(out, n);
    if (n == 1) /* half of all lists */
        varint_add(out, positions[0]);
    for (size_t start = 0; start < n && n > 1; start += POSTINGS_CHUNK) {
        size_t count = n - start < POSTINGS_CHUNK ? n - start : POSTINGS_CHUNK;
        uint32_t chunk_before = before;
        for (size_t i = 0; i < count; i++) {
            uint32_t position = positions[start + i];
            gaps[i] = start + i == 0 ? position : position - before - 1;
            before = position;
        }
        size_t n_packed = rice_pack(packed, gaps, count);
        if (start + count < n) {
            varint_add(out, before - chunk_before);
            varint_add(out, n_packed);
        }
        buf_append(out, packed, n_packed);
    }
}

void postings_open(struct postings *p, const unsigned char *data, size_t n_bytes)
{
    struct byte_reader r = {data, data + n_bytes, false};
    *p = (struct postings){0};
    p->n = p->left = (size_t)varint_read(&r);
    p->bad = r.bad || p->n == 0 || p->n / 8 > n_bytes; /* a position takes a bit at least */
    p->at = r.at;
    p->end = r.end;
}

static size_t fail(struct postings *p)
{
    p->bad = true;
    p->left = 0;
    return 0;
}

static size_t next_single(struct postings *p, uint32_t *out)
{
    struct byte_reader r = {p->at, p->end, false};
    uint64_t position = varint_read(&r);
    if (r.bad || position > UINT32_MAX)
        return fail(p);
    p->left = 0;
    out[0] = p->last = (uint32_t)position;
    return 1;
}

size_t postings_next(struct postings *p, uint32_t from, uint32_t *out)
{
    if (p->left == 0 || p->bad)
        return 0;
    if (p->n == 1)
        return next_single(p, out);
    while (p->left > 0) {
        struct byte_reader r = {p->at, p->end, false};
        bool is_last = p->left <= POSTINGS_CHUNK;
        size_t n = is_last ? p->left : POSTINGS_CHUNK;
        uint64_t span = is_last ? 0 : varint_read(&r);
        uint64_t n_bytes = is_last ? (uint64_t)(r.end - r.at) : varint_read(&r);
        if (r.bad || n_bytes > (uint64_t)(r.end - r.at) || span > UINT32_MAX - p->last)
            return fail(p);
        p->at = r.at + n_bytes;
        p->left -= n;
        if (!is_last && p->last + span < from) {
            p->last += (uint32_t)span;
            p->started = true;
            continue;
        }
        uint64_t position = p->started ? (uint64_t)p->last + 1 : 0;
        uint64_t before = p->last;
        if (!rice_unpack_positions(r.at, (size_t)n_bytes, n, &position, out) ||
            (!is_last && position - 1 != before + span))
            return fail(p);
        p->last = (uint32_t)(position - 1);
        p->started = true;
        return n;
    }
    return 0;
}
