/* Text for the eye. Interface: display.h. */
#include "search/write/display.h"

#include "base/utf8.h"
#include "dict/dates/dates.h"
#include "search/write/display_width.h"

#include <string.h>

#define MARK_ON "\033[1m"
#define MARK_OFF "\033[22m"
#define ELLIPSIS "…"

uint32_t display_safe(uint32_t cp)
{
    if (cp == '\n' || cp == '\r' || cp == '\t' || cp == 0x2028 || cp == 0x2029)
        return ' ';
    bool control = cp < 0x20 || (cp >= 0x7F && cp < 0xA0);
    bool direction = (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069);
    return control || direction ? UTF8_REPLACEMENT : cp;
}

/* Decodes the character at TEXT[AT], already made safe. */
static size_t next_safe(const char *text, size_t at, size_t end, uint32_t *cp)
{
    size_t n = utf8_decode(text + at, end - at, cp);
    *cp = display_safe(*cp);
    return n;
}

size_t display_width(const char *text, size_t n_bytes, const struct display *display)
{
    size_t width = 0;
    uint32_t cp;
    for (size_t i = 0; i < n_bytes;) {
        i += next_safe(text, i, n_bytes, &cp);
        width += display_char_width(cp, display->wide_ambiguous);
    }
    return width;
}

void display_add(struct buf *out, const char *text, size_t n_bytes)
{
    uint32_t cp;
    for (size_t i = 0; i < n_bytes;) {
        i += next_safe(text, i, n_bytes, &cp);
        buf_add_cp(out, cp);
    }
}

void display_add_lines(struct buf *out, const char *text, size_t n_bytes, size_t indent)
{
    uint32_t cp;
    for (size_t i = 0; i < n_bytes;) {
        bool line_end = text[i] == '\n';
        i += next_safe(text, i, n_bytes, &cp);
        buf_add_cp(out, line_end ? '\n' : cp);
        if (line_end && i < n_bytes)
            display_pad(out, indent);
    }
}

void display_pad(struct buf *out, size_t n_columns)
{
    while (n_columns-- > 0)
        buf_addc(out, ' ');
}

void display_add_padded(struct buf *out, const char *text, size_t n_columns,
                        const struct display *display)
{
    size_t n_bytes = strlen(text);
    size_t width = display_width(text, n_bytes, display);
    display_add(out, text, n_bytes);
    if (width < n_columns)
        display_pad(out, n_columns - width);
}

void display_add_marked(struct buf *out, const struct hiku_text *text, size_t start, size_t end,
                        bool keep_lines, const struct display *display)
{
    size_t range = 0;
    bool marked = false;
    for (size_t i = start; i < end;) {
        while (range < text->n_highlights && text->highlights[range].end <= i)
            range++;
        bool wanted =
            display->color && range < text->n_highlights && text->highlights[range].start <= i;
        if (wanted != marked)
            buf_adds(out, wanted ? MARK_ON : MARK_OFF);
        marked = wanted;
        bool line_end = keep_lines && text->data[i] == '\n';
        uint32_t cp;
        i += next_safe(text->data, i, end, &cp);
        buf_add_cp(out, line_end ? '\n' : cp);
    }
    if (marked)
        buf_adds(out, MARK_OFF);
}

/* The largest offset up to which the text from FROM fits into N_COLUMNS. */
static size_t fitting(const struct hiku_text *text, size_t from, size_t n_columns,
                      const struct display *display)
{
    size_t width = 0;
    size_t i = from;
    while (i < text->len) {
        uint32_t cp;
        size_t n = next_safe(text->data, i, text->len, &cp);
        width += display_char_width(cp, display->wide_ambiguous);
        if (width > n_columns)
            break;
        i += n;
    }
    return i;
}

static size_t add_cut_from(struct buf *out, const struct hiku_text *text, size_t from,
                           size_t n_columns, const struct display *display)
{
    size_t end = fitting(text, from, n_columns, display);
    bool whole = end == text->len;
    size_t ellipsis = display_width(ELLIPSIS, strlen(ELLIPSIS), display);
    if (!whole)
        end = fitting(text, from, n_columns > ellipsis ? n_columns - ellipsis : 0, display);
    display_add_marked(out, text, from, end, false, display);
    size_t width = display_width(text->data + from, end - from, display);
    if (whole)
        return width;
    buf_adds(out, ELLIPSIS);
    return width + ellipsis;
}

/* Where a text that is too long for N_COLUMNS begins when its first match is to be seen: a third of
 * the columns before it, or more where the text ends soon. */
static size_t start_near_match(const struct hiku_text *text, size_t n_columns,
                               const struct display *display)
{
    size_t from = text->highlights[0].start;
    size_t before = 0, all = display_width(text->data + from, text->len - from, display);
    while (from > 0) {
        size_t at = from - 1;
        while (at > 0 && ((unsigned char)text->data[at] & 0xC0) == 0x80)
            at--;
        size_t width = display_width(text->data + at, from - at, display);
        if (before + width > n_columns / 3 && all + width > n_columns)
            break;
        before += width;
        all += width;
        from = at;
    }
    return from;
}

size_t display_add_cut(struct buf *out, const struct hiku_text *text, size_t n_columns,
                       const struct display *display)
{
    size_t ellipsis = display_width(ELLIPSIS, strlen(ELLIPSIS), display);
    bool whole = fitting(text, 0, n_columns, display) == text->len;
    if (whole || text->n_highlights == 0 || n_columns <= 2 * ellipsis ||
        text->highlights[0].end <= fitting(text, 0, n_columns - ellipsis, display))
        return add_cut_from(out, text, 0, n_columns, display);
    buf_adds(out, ELLIPSIS);
    n_columns -= ellipsis;
    return ellipsis +
           add_cut_from(out, text, start_near_match(text, n_columns, display), n_columns, display);
}

static bool is_in(uint32_t cp, const char *set)
{
    char bytes[5] = {0};
    utf8_encode(cp, bytes);
    return cp != 0 && strstr(set, bytes) != NULL;
}

static bool is_ascii_word(uint32_t cp)
{
    return cp > ' ' && cp < 0x7F;
}

/* Whether a line may end between two characters. */
static bool may_break(uint32_t before, uint32_t after)
{
    static const char closing[] =
        "、。，．,.)）」』】〕〉》］｝!?！？:;：；・ーゝ々ぁぃぅぇぉっゃゅょ"
        "ァィゥェォッャュョ％%";
    static const char opening[] = "(（「『【〔〈《［｛";
    if (display_char_width(after, false) == 0 || is_in(after, closing) || is_in(before, opening))
        return false;
    return !is_ascii_word(before) || !is_ascii_word(after);
}

/* The end of the line that begins at FROM. */
static size_t line_end(const struct hiku_text *text, size_t from, size_t n_columns,
                       const struct display *display)
{
    size_t hard = fitting(text, from, n_columns, display);
    if (hard == text->len)
        return hard;
    if (hard == from) { /* narrower than one character: still go on */
        uint32_t cp;
        return from + next_safe(text->data, from, text->len, &cp);
    }
    size_t soft = from;
    uint32_t before = '\n';
    uint32_t after;
    for (size_t i = from; i <= hard;) {
        size_t n = next_safe(text->data, i, text->len, &after);
        if (i > from && may_break(before, after))
            soft = i;
        before = after;
        i += n;
    }
    /* A long word without a place to break it is cut rather than leaving half a line empty. */
    return soft - from >= (hard - from) / 2 ? soft : hard;
}

void display_add_days(struct buf *out, const char *first, const char *last)
{
    bool period = last[0] != '\0' && strcmp(first, last) != 0;
    buf_adds(out, period && strcmp(first, DATE_NO_START) == 0 ? ".." : first);
    if (period)
        buf_addf(out, "/%s", strcmp(last, DATE_NO_END) == 0 ? ".." : last);
}

void display_add_date(struct buf *out, const struct hiku_record *record)
{
    display_add(out, record->date_text, strlen(record->date_text));
    if (record->date[0] == '\0' || strcmp(record->date, record->date_text) == 0)
        return;
    bool alone = record->date_text[0] == '\0';
    buf_adds(out, alone ? "" : " (");
    display_add_days(out, record->date, record->date_end);
    buf_adds(out, alone ? "" : ")");
}

static size_t skip_blanks(const struct hiku_text *text, size_t from)
{
    uint32_t cp;
    while (from < text->len) {
        size_t n = next_safe(text->data, from, text->len, &cp);
        if (cp != ' ' && cp != 0x3000)
            break;
        from += n;
    }
    return from;
}

void display_add_wrapped(struct buf *out, const struct hiku_text *text, size_t indent,
                         size_t n_columns, size_t max_lines, const struct display *display)
{
    size_t from = skip_blanks(text, 0);
    for (size_t line = 0; line < max_lines && from < text->len; line++) {
        display_pad(out, indent);
        if (line + 1 == max_lines) {
            add_cut_from(out, text, from, n_columns, display);
            from = text->len;
        } else {
            size_t end = line_end(text, from, n_columns, display);
            display_add_marked(out, text, from, end, false, display);
            from = skip_blanks(text, end);
        }
        buf_addc(out, '\n');
    }
}
