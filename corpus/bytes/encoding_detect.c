/* Finding out a text's encoding. Interface: encoding.h.
 *
 * Each candidate reads the text its own way and is charged for what a Japanese text does not have:
 * sequences that are none, half-width katakana in rows, rare kanji. The cheapest wins. */
#include "corpus/bytes/encoding.h"

#include "base/text.h"
#include "base/utf8.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

/* What a character costs. Text read in its own encoding costs next to nothing a byte; read in
 * another one, half of its characters are damaged or half-width katakana. */
enum { COST_DAMAGED = 24, COST_HALF_KANA = 3, COST_RARE = 3 };

const char *encoding_canonical(const char *name)
{
    static const char *const known[][2] = {
        {"utf-8", "UTF-8"},           {"utf8", "UTF-8"},
        {"us-ascii", "UTF-8"},        {"ascii", "UTF-8"},
        {"shift_jis", "Shift_JIS"},   {"shift-jis", "Shift_JIS"},
        {"sjis", "Shift_JIS"},        {"x-sjis", "Shift_JIS"},
        {"cp932", "Shift_JIS"},       {"ms932", "Shift_JIS"},
        {"windows-31j", "Shift_JIS"}, {"ms_kanji", "Shift_JIS"},
        {"euc-jp", "EUC-JP"},         {"eucjp", "EUC-JP"},
        {"x-euc-jp", "EUC-JP"},       {"euc", "EUC-JP"},
        {"euc-jp-ms", "EUC-JP"},      {"iso-2022-jp", "ISO-2022-JP"},
        {"jis", "ISO-2022-JP"},       {"csiso2022jp", "ISO-2022-JP"},
        {"utf-16", "UTF-16"},         {"utf16", "UTF-16"},
        {"utf-16le", "UTF-16LE"},     {"utf-16be", "UTF-16BE"},
        {"unicode", "UTF-16"},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strcasecmp(known[i][0], name) == 0)
            return known[i][1];
    return NULL;
}

/* What the first character of TEXT costs; *LEN: its bytes. */
typedef unsigned cost_fn(const unsigned char *text, size_t n_bytes, size_t *len);

static unsigned cost_utf8(const unsigned char *text, size_t n_bytes, size_t *len)
{
    uint32_t cp;
    *len = utf8_decode((const char *)text, n_bytes, &cp);
    bool damaged = cp == UTF8_REPLACEMENT && (*len < 3 || memcmp(text, "\xEF\xBF\xBD", 3) != 0);
    return damaged ? COST_DAMAGED : 0;
}

/* JIS X 0208's kanji of level 2, NEC's and IBM's rows, and vendors' own: seldom in prose. */
static bool is_rare_row(unsigned row)
{
    return row == 0 || (row > 8 && row != 13 && row < 16) || row > 47;
}

static unsigned cost_sjis(const unsigned char *text, size_t n_bytes, size_t *len)
{
    unsigned lead = text[0];
    *len = 1;
    if (lead < 0x80)
        return 0;
    if (lead >= 0xA1 && lead <= 0xDF)
        return COST_HALF_KANA;
    if (lead == 0x80 || lead == 0xA0 || lead > 0xFC || n_bytes < 2)
        return COST_DAMAGED;
    unsigned trail = text[1];
    if (trail < 0x40 || trail == 0x7F || trail > 0xFC)
        return COST_DAMAGED;
    *len = 2;
    unsigned row = (lead - (lead < 0xA0 ? 0x81 : 0xC1)) * 2 + (trail < 0x9F ? 1 : 2);
    return is_rare_row(row) ? COST_RARE : 0;
}

static unsigned cost_eucjp(const unsigned char *text, size_t n_bytes, size_t *len)
{
    *len = 1;
    if (text[0] < 0x80)
        return 0;
    size_t n = text[0] == 0x8F ? 3 : 2;
    bool lead = text[0] == 0x8E || text[0] == 0x8F || (text[0] >= 0xA1 && text[0] <= 0xFE);
    if (!lead || n_bytes < n)
        return COST_DAMAGED;
    for (size_t i = 1; i < n; i++)
        if (text[i] < 0xA1 || text[i] > 0xFE)
            return COST_DAMAGED;
    *len = n;
    if (text[0] == 0x8E)
        return COST_HALF_KANA;
    return text[0] == 0x8F || is_rare_row(text[0] - 0xA0U) ? COST_RARE : 0;
}

/* The cost of the whole head. A character that its end cuts off costs nothing. */
static unsigned long cost_of(cost_fn *cost, const char *head, size_t n_bytes)
{
    const unsigned char *text = (const unsigned char *)head;
    unsigned long sum = 0;
    for (size_t at = 0; at < n_bytes;) {
        size_t len;
        unsigned c = cost(text + at, n_bytes - at, &len);
        if (c == COST_DAMAGED && n_bytes - at < 4)
            break;
        sum += c;
        at += len;
    }
    return sum;
}

static bool is_usual_unit(unsigned unit)
{
    return unit == '\t' || unit == '\n' || unit == '\r' || (unit >= ' ' && unit < 0x7F) ||
           (unit >= 0x2010 && unit < 0x2700) || (unit >= 0x3000 && unit < 0x3400) ||
           (unit >= 0x4E00 && unit < 0xA000) || unit >= 0xFF00;
}

/* Whether nearly all units of UTF-16 in this order are those of a Japanese text. Tables have line
 * ends and tabs or commas, so that there are zero bytes. */
static bool is_utf16(const char *head, size_t n_bytes, size_t high)
{
    const unsigned char *text = (const unsigned char *)head;
    size_t n_usual = 0, n_units = n_bytes / 2;
    if (n_units == 0 || memchr(head, '\0', n_bytes) == NULL)
        return false;
    for (size_t i = 0; i < n_units; i++)
        n_usual += is_usual_unit(text[2 * i + high] * 256U + text[2 * i + 1 - high]);
    return n_usual * 20 >= n_units * 19;
}

static bool is_iso2022jp(const char *head, size_t n_bytes)
{
    static const char *const escapes[] = {"\x1B$B", "\x1B$@", "\x1B(J", "\x1B(I", "\x1B$(D"};
    for (size_t i = 0; i < n_bytes; i++)
        if ((unsigned char)head[i] >= 0x80)
            return false;
    for (size_t i = 0; i < sizeof escapes / sizeof escapes[0]; i++)
        if (memmem(head, n_bytes, escapes[i], strlen(escapes[i])) != NULL)
            return true;
    return false;
}

const char *encoding_detect(const char *head, size_t n_bytes)
{
    if (text_starts_with(head, n_bytes, "\xEF\xBB\xBF"))
        return "UTF-8";
    if (text_starts_with(head, n_bytes, "\xFF\xFE"))
        return "UTF-16LE";
    if (text_starts_with(head, n_bytes, "\xFE\xFF"))
        return "UTF-16BE";
    if (is_utf16(head, n_bytes, 1))
        return "UTF-16LE";
    if (is_utf16(head, n_bytes, 0))
        return "UTF-16BE";
    if (is_iso2022jp(head, n_bytes))
        return "ISO-2022-JP";
    unsigned long utf8 = cost_of(cost_utf8, head, n_bytes);
    if (utf8 == 0)
        return "UTF-8";
    unsigned long sjis = cost_of(cost_sjis, head, n_bytes);
    unsigned long euc = cost_of(cost_eucjp, head, n_bytes);
    if (utf8 < sjis && utf8 < euc)
        return "UTF-8";
    return sjis < euc ? "Shift_JIS" : "EUC-JP";
}
