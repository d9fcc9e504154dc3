/* Turning a text into UTF-8 while it is read. Interface: encoding.h. */
#include "corpus/bytes/encoding.h"

#include "base/utf8.h"

#include <errno.h>
#include <iconv.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RAW_BYTES (64U << 10) /* decoded at a time */
#define HEAD_BYTES (1U << 20) /* looked at for the encoding: a table may begin with much ASCII */
#define LONGEST 8             /* bytes of a character, escapes included */
static const char replacement[3] = {'\xEF', '\xBF', '\xBD'}; /* U+FFFD */

/* ISO-2022-JP is read as EUC-JP with another wrapping, for glibc's own converter has none of the
 * characters of NEC and IBM (①, ㈱, 髙), which such texts hold all the same. */
enum jis_set { JIS_ASCII, JIS_KANA, JIS_X0208, JIS_X0212 };

struct decoder {
    struct byte_source base;
    struct input *in;         /* whose source this is; notes damage there */
    struct byte_source *from; /* owned */
    iconv_t converter;        /* (iconv_t)-1: the text is UTF-8 */
    bool jis;
    enum jis_set set;
    bool started; /* a byte order mark is no longer one */
    bool eof;     /* `from` has no more */
    char raw[RAW_BYTES];
    size_t start; /* what is not decoded yet is raw[start] to raw[end] */
    size_t end;
    uint64_t n_taken; /* bytes of the text before raw[start] */
    uint64_t n_given; /* bytes of UTF-8 before what is being written */
};

static enum status refill(struct decoder *d, struct error *error)
{
    memmove(d->raw, d->raw + d->start, d->end - d->start);
    d->end -= d->start;
    d->start = 0;
    while (RAW_BYTES - d->end >= INPUT_LEAST && !d->eof) {
        size_t n = 0;
        enum status status = d->from->read(d->from, d->raw + d->end, RAW_BYTES - d->end, &n, error);
        if (status != ST_OK)
            return status;
        d->eof = n == 0;
        d->end += n;
    }
    return ST_OK;
}

static void take(struct decoder *d, size_t n_bytes)
{
    d->start += n_bytes;
    d->n_taken += n_bytes;
}

/* Puts U+FFFD for N_BYTES at DATA, which has room. */
static size_t replace(struct decoder *d, char *data, size_t n_bytes, size_t n_written)
{
    memcpy(data, replacement, sizeof replacement);
    input_note_damage(d->in, d->n_given + n_written, d->n_taken);
    take(d, n_bytes);
    return 3;
}

/* The length of the valid UTF-8 that TEXT starts with. Runs of kana and kanji go by without a call
 * for each. */
static size_t valid_length(const char *text, size_t n_bytes)
{
    const unsigned char *s = (const unsigned char *)text;
    size_t i = 0;
    while (i < n_bytes) {
        if (s[i] < 0x80) {
            i++;
            continue;
        }
        if (s[i] >= 0xE1 && s[i] <= 0xEF && s[i] != 0xED && i + 2 < n_bytes &&
            (s[i + 1] & 0xC0) == 0x80 && (s[i + 2] & 0xC0) == 0x80) {
            i += 3;
            continue;
        }
        uint32_t cp;
        size_t n = utf8_decode(text + i, n_bytes - i, &cp);
        if (cp == UTF8_REPLACEMENT && (n < 3 || memcmp(s + i, replacement, 3) != 0))
            break;
        i += n;
    }
    return i;
}

static size_t decode_utf8(struct decoder *d, char *data, size_t n_bytes)
{
    size_t n = 0;
    while (d->start < d->end && n + LONGEST <= n_bytes) {
        size_t left = d->end - d->start;
        size_t room = n_bytes - n;
        size_t len = valid_length(d->raw + d->start, left < room ? left : room);
        memcpy(data + n, d->raw + d->start, len);
        take(d, len);
        n += len;
        left -= len;
        if (left == 0 || n + LONGEST > n_bytes || (left < 4 && !d->eof))
            break; /* the character may go on in what is read next */
        uint32_t cp;
        len = utf8_decode(d->raw + d->start, left, &cp);
        if (valid_length(d->raw + d->start, len) == 0)
            n += replace(d, data + n, len, n);
    }
    return n;
}

static size_t decode_iconv(struct decoder *d, char *data, size_t n_bytes)
{
    size_t n = 0;
    while (d->start < d->end && n + LONGEST <= n_bytes) {
        char *from = d->raw + d->start, *to = data + n;
        size_t left = d->end - d->start, room = n_bytes - n;
        size_t rc = iconv(d->converter, &from, &left, &to, &room);
        int problem = rc == (size_t)-1 ? errno : 0;
        take(d, (size_t)(from - (d->raw + d->start)));
        n = (size_t)(to - data);
        if (problem == E2BIG || (problem == EINVAL && !d->eof))
            break;
        if (problem != 0 && n + LONGEST <= n_bytes) {
            iconv(d->converter, NULL, NULL, NULL, NULL);
            n += replace(d, data + n, 1, n);
        }
    }
    return n;
}

/* Takes the escape at the raw bytes' start, if there is one. */
static bool take_escape(struct decoder *d)
{
    static const struct {
        const char *bytes;
        enum jis_set set;
    } escapes[] = {{"\x1B(B", JIS_ASCII},  {"\x1B(J", JIS_ASCII}, {"\x1B(I", JIS_KANA},
                   {"\x1B$@", JIS_X0208},  {"\x1B$B", JIS_X0208}, {"\x1B$(B", JIS_X0208},
                   {"\x1B$(D", JIS_X0212}, {"\x1B&@", JIS_X0208}};
    for (size_t i = 0; i < sizeof escapes / sizeof escapes[0]; i++) {
        size_t n = strlen(escapes[i].bytes);
        if (d->end - d->start >= n && memcmp(d->raw + d->start, escapes[i].bytes, n) == 0) {
            d->set = escapes[i].set;
            take(d, n);
            return true;
        }
    }
    return false;
}

/* Writes the character at the raw bytes' start as EUC-JP; returns its length there, 0 if it is
 * cut off, and in *N_RAW its length in the text. */
static size_t as_euc(const struct decoder *d, char euc[3], size_t *n_raw)
{
    const char *raw = d->raw + d->start;
    size_t left = d->end - d->start, n = 0;
    bool control = (unsigned char)raw[0] <= ' ';
    *n_raw = d->set >= JIS_X0208 && !control ? 2 : 1;
    if (left < *n_raw)
        return 0;
    if (d->set == JIS_KANA && !control)
        euc[n++] = '\x8E';
    if (d->set == JIS_X0212 && !control)
        euc[n++] = '\x8F';
    for (size_t i = 0; i < *n_raw; i++)
        euc[n++] = d->set == JIS_ASCII || control ? raw[i] : (char)(raw[i] | 0x80);
    return n;
}

static size_t decode_jis(struct decoder *d, char *data, size_t n_bytes)
{
    size_t n = 0;
    while (d->start < d->end && n + LONGEST <= n_bytes) {
        if (d->end - d->start < LONGEST && !d->eof)
            break;
        if (d->raw[d->start] == '\x1B' && take_escape(d))
            continue;
        if (d->raw[d->start] == '\n' || d->raw[d->start] == '\r')
            d->set = JIS_ASCII; /* as lines end by the standard, whatever was forgotten */
        char euc[3], *from = euc, *to = data + n;
        size_t n_raw, left = as_euc(d, euc, &n_raw), room = n_bytes - n;
        bool good = left > 0 && (signed char)d->raw[d->start] >= 0 &&
                    iconv(d->converter, &from, &left, &to, &room) != (size_t)-1;
        if (good) {
            take(d, n_raw);
            n = (size_t)(to - data);
        } else {
            iconv(d->converter, NULL, NULL, NULL, NULL);
            n += replace(d, data + n, left > 0 ? n_raw : 1, n);
        }
    }
    return n;
}

static enum status decoder_read(struct byte_source *source, char *data, size_t n_bytes,
                                size_t *n_read, struct error *error)
{
    struct decoder *d = (struct decoder *)source;
    size_t n = 0;
    while (n == 0 && (d->start < d->end || !d->eof)) {
        enum status status = d->end - d->start < LONGEST ? refill(d, error) : ST_OK;
        if (status != ST_OK)
            return status;
        if (d->jis)
            n = decode_jis(d, data, n_bytes);
        else if (d->converter != (iconv_t)-1)
            n = decode_iconv(d, data, n_bytes);
        else
            n = decode_utf8(d, data, n_bytes);
        if (n >= 3 && !d->started && memcmp(data, "\xEF\xBB\xBF", 3) == 0) {
            n -= 3;
            memmove(data, data + 3, n);
        }
        d->started = d->started || n > 0;
    }
    d->n_given += n;
    *n_read = n;
    return ST_OK;
}

static void decoder_close(struct byte_source *source)
{
    struct decoder *d = (struct decoder *)source;
    if (d->converter != (iconv_t)-1)
        iconv_close(d->converter);
    d->from->close(d->from);
    free(d);
}

/* The name by which iconv knows the encoding; NULL: it is not needed. */
static const char *iconv_name(const char *encoding)
{
    static const char *const names[][2] = {{"UTF-8", NULL},
                                           {"Shift_JIS", "CP932"},
                                           {"EUC-JP", "EUC-JP-MS"},
                                           {"ISO-2022-JP", "EUC-JP-MS"}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(names[i][0], encoding) == 0)
            return names[i][1];
    return encoding;
}

static bool exists(const char *encoding)
{
    iconv_t converter = iconv_open("UTF-8", encoding);
    if (converter == (iconv_t)-1)
        return false;
    iconv_close(converter);
    return true;
}

/* What a page says of itself holds unless its bytes say otherwise: a declaration of Shift_JIS on
 * top of UTF-8 is met as often as a right one is needed. */
static const char *choose(const struct input *in, const char *wanted, const char *declared)
{
    const char *known = wanted != NULL ? encoding_canonical(wanted) : NULL;
    if (wanted != NULL)
        return known != NULL ? known : wanted;
    size_t n_bytes = in->end - in->start;
    const char *found =
        encoding_detect(in->data + in->start, n_bytes < HEAD_BYTES ? n_bytes : HEAD_BYTES);
    known = declared != NULL ? encoding_canonical(declared) : NULL;
    if (declared != NULL && known == NULL && strcmp(found, "UTF-8") != 0 && exists(declared))
        return declared;
    return found;
}

static enum status open_converter(struct decoder *d, const char *encoding, struct error *error)
{
    const char *name = iconv_name(encoding);
    if (name == NULL)
        return ST_OK;
    d->converter = iconv_open("UTF-8", name);
    if (d->converter != (iconv_t)-1)
        return ST_OK;
    if (errno == ENOMEM)
        return ST_NOMEM;
    return error_set(error, ST_USAGE,
                     _("unknown encoding '%s'; name one that `iconv -l` lists, e.g. Shift_JIS"),
                     encoding);
}

enum status input_decode(struct input *in, const char *wanted, const char *declared,
                         struct error *error)
{
    struct decoder *d = malloc(sizeof *d);
    if (d == NULL)
        return error_set(error, ST_NOMEM, _("out of memory while reading '%s'"), in->path);
    d->base = (struct byte_source){decoder_read, decoder_close};
    d->in = in;
    d->converter = (iconv_t)-1;
    d->set = JIS_ASCII;
    d->started = d->eof = false;
    d->start = d->end = 0;
    d->n_taken = d->n_given = 0;
    const char *encoding = choose(in, wanted, declared);
    d->jis = strcmp(encoding, "ISO-2022-JP") == 0;
    snprintf(in->encoding, sizeof in->encoding, "%s", encoding);
    enum status status = open_converter(d, encoding, error);
    d->from = status == ST_OK ? input_take_source(in) : NULL;
    if (d->from != NULL) {
        in->source = &d->base;
        return ST_OK;
    }
    if (d->converter != (iconv_t)-1)
        iconv_close(d->converter);
    free(d);
    return status == ST_OK || status == ST_NOMEM
               ? error_set(error, ST_NOMEM, _("out of memory while reading '%s'"), in->path)
               : status;
}
