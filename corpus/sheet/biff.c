/* The records of an Excel workbook of the years before 2007. Interface: biff.h. */
#include "corpus/sheet/biff.h"

#include "corpus/sheet/little_endian.h"

#include <string.h>

#define HEADER_BYTES 4

enum { FLAG_WIDE = 1, FLAG_PHONETIC = 4, FLAG_RICH = 8 };

/* Copies from the window, which is moved where it does not hold them. */
static bool read_window(struct biff *biff, uint64_t at, void *out, size_t n_bytes)
{
    if (at < biff->window_at || at + n_bytes > biff->window_at + biff->window_len) {
        biff->window_at = at;
        biff->window_len = stream_read(&biff->stream, at, biff->window, sizeof biff->window);
        if (biff->window_len < n_bytes)
            return false;
    }
    memcpy(out, biff->window + (at - biff->window_at), n_bytes);
    return true;
}

bool biff_next(struct biff *biff)
{
    unsigned char header[HEADER_BYTES];
    if (!read_window(biff, biff->next, header, sizeof header))
        return false;
    biff->type = le16(header);
    biff->len = le16(header + 2);
    biff->at = 0;
    if (biff->len > sizeof biff->data ||
        !read_window(biff, biff->next + HEADER_BYTES, biff->data, biff->len))
        return false;
    biff->next += HEADER_BYTES + biff->len;
    biff->n_read += HEADER_BYTES + biff->len;
    return true;
}

uint32_t biff_u16(const struct biff *biff, size_t at)
{
    return at + 2 <= biff->len ? le16(biff->data + at) : 0;
}

uint32_t biff_u32(const struct biff *biff, size_t at)
{
    return at + 4 <= biff->len ? le32(biff->data + at) : 0;
}

/* Goes on to the record that continues this one. */
static bool go_on(struct biff *biff)
{
    unsigned char header[HEADER_BYTES];
    return read_window(biff, biff->next, header, sizeof header) && le16(header) == BIFF_CONTINUE &&
           biff_next(biff);
}

bool biff_bytes(struct biff *biff, void *out, size_t n_bytes)
{
    unsigned char *to = out;
    while (n_bytes > 0) {
        if (biff->at == biff->len && !go_on(biff))
            return false;
        size_t n = biff->len - biff->at < n_bytes ? biff->len - biff->at : n_bytes;
        if (to != NULL) {
            memcpy(to, biff->data + biff->at, n);
            to += n;
        }
        biff->at += n;
        n_bytes -= n;
    }
    return true;
}

/* Puts UTF-16 together; *HIGH waits for the other half of its pair. */
static void add_unit(struct buf *out, uint32_t unit, uint32_t *high)
{
    bool is_low = unit >= 0xDC00 && unit <= 0xDFFF;
    if (*high != 0 && is_low) {
        buf_add_cp(out, 0x10000 + ((*high - 0xD800) << 10) + (unit - 0xDC00));
        *high = 0;
        return;
    }
    if (*high != 0)
        buf_add_cp(out, 0xFFFD);
    *high = unit >= 0xD800 && unit <= 0xDBFF ? unit : 0;
    if (*high == 0)
        buf_add_cp(out, is_low || unit == 0 ? 0xFFFD : unit);
}

/* The characters of a text of version 8: of one byte or of two, told anew where the text goes on in
 * another record. */
static bool add_units(struct biff *biff, size_t n_chars, bool wide, struct buf *out)
{
    uint32_t high = 0;
    while (n_chars > 0) {
        if (biff->at == biff->len) {
            if (!go_on(biff) || biff->len == 0)
                return false;
            wide = (biff->data[biff->at++] & FLAG_WIDE) != 0;
        }
        size_t width = wide ? 2 : 1;
        size_t n = (biff->len - biff->at) / width;
        if (n == 0)
            return false;
        if (n > n_chars)
            n = n_chars;
        for (size_t i = 0; i < n; i++, biff->at += width)
            add_unit(out, wide ? le16(biff->data + biff->at) : biff->data[biff->at], &high);
        n_chars -= n;
    }
    if (high != 0)
        buf_add_cp(out, 0xFFFD);
    return true;
}

/* The bytes of a text of version 5. */
static bool add_decoded(struct biff *biff, size_t n_bytes, struct buf *out)
{
    char text[BIFF_MAX_BYTES], decoded[3 * BIFF_MAX_BYTES];
    char *from = text, *to = decoded;
    bool whole = n_bytes <= biff->len - biff->at;
    size_t n_left = whole ? n_bytes : biff->len - biff->at, n_room = sizeof decoded;
    memcpy(text, biff->data + biff->at, n_left);
    biff->at += n_left;
    if (biff->decoder == (iconv_t)-1) {
        buf_add_valid(out, text, n_left);
        return whole;
    }
    iconv(biff->decoder, NULL, NULL, NULL, NULL);
    while (n_left > 0 && iconv(biff->decoder, &from, &n_left, &to, &n_room) == (size_t)-1) {
        if (n_left == 0 || n_room < 3)
            break;
        memcpy(to, "\xEF\xBF\xBD", 3);
        to += 3;
        n_room -= 3;
        from++;
        n_left--;
    }
    buf_add_valid(out, decoded, (size_t)(to - decoded));
    return whole;
}

bool biff_text(struct biff *biff, size_t n_chars, struct buf *out)
{
    unsigned char flags, count[4];
    size_t n_after = 0;
    if (biff->version < BIFF_VERSION_8)
        return add_decoded(biff, n_chars, out);
    if (!biff_bytes(biff, &flags, 1))
        return false;
    if ((flags & FLAG_RICH) != 0) {
        if (!biff_bytes(biff, count, 2))
            return false;
        n_after += (size_t)le16(count) * 4;
    }
    if ((flags & FLAG_PHONETIC) != 0) {
        if (!biff_bytes(biff, count, 4))
            return false;
        n_after += le32(count);
    }
    return add_units(biff, n_chars, (flags & FLAG_WIDE) != 0, out) &&
           biff_bytes(biff, NULL, n_after);
}
