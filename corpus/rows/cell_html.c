/* Fragments of HTML as lines of text. Interface: cell_html.h. */
#include "corpus/rows/cell_html.h"

#include "base/utf8.h"
#include "corpus/rows/cell.h"
#include "corpus/rows/cell_marks.h"
#include "corpus/rows/html_tag.h"

#include <libxml/HTMLparser.h>

#include <string.h>
#include <strings.h>

#define ENTITY_MAX_BYTES 32 /* longer than any name in HTML 4 and any number with sense */
#define NO_BREAK_LEAD 0xC2  /* first byte of U+00A0 */
#define COMMENT_OPEN "<!--"
#define COMMENT_CLOSE "-->"

struct fragment {
    const char *at;
    const char *end;
    struct buf *out;
    size_t line_start;    /* of the current line in out */
    bool want_blank;      /* white space came since the last character */
    bool want_bullet;     /* an item began and its first character has not come */
    bool no_comment_ends; /* no --> is left; spares looking again and again */
    const char *endless;  /* the same for the end tag of this element; NULL: for none yet */
};

static size_t bytes_left(const struct fragment *f)
{
    return (size_t)(f->end - f->at);
}

static void end_line(struct fragment *f)
{
    if (f->out->len > f->line_start)
        buf_addc(f->out, '\n');
    f->line_start = f->out->len;
    f->want_blank = false;
}

/* Settles what is due before the visible characters at TEXT. */
static void before_text(struct fragment *f, const char *text, size_t n_bytes)
{
    size_t blank, skipped = 0;
    while ((blank = cell_blank(text + skipped, n_bytes - skipped)) > 0)
        skipped += blank;
    if (f->want_bullet && cell_bullet(text + skipped, n_bytes - skipped) == 0)
        buf_adds(f->out, "・");
    else if (f->want_blank && f->out->len > f->line_start)
        buf_addc(f->out, ' ');
    f->want_blank = f->want_bullet = false;
}

static void add_text(struct fragment *f, const char *text, size_t n_bytes)
{
    before_text(f, text, n_bytes);
    buf_append(f->out, text, n_bytes);
}

static bool is_blank(uint32_t cp)
{
    return cp == ' ' || (cp >= '\t' && cp <= '\r') || cp == 0xA0;
}

/* Decodes the number between the # at TEXT and the end of the entity. */
static bool decode_number(const char *text, size_t n_bytes, uint32_t *cp)
{
    uint32_t base = n_bytes > 1 && (text[1] == 'x' || text[1] == 'X') ? 16 : 10;
    size_t i = base == 16 ? 2 : 1;
    if (i >= n_bytes)
        return false;
    uint32_t value = 0;
    for (; i < n_bytes; i++) {
        const char *digits = "0123456789abcdef";
        int c = text[i] >= 'A' && text[i] <= 'F' ? text[i] + ('a' - 'A') : text[i];
        const char *digit = memchr(digits, c, base);
        if (digit == NULL)
            return false;
        if (value <= 0x10FFFF)
            value = value * base + (uint32_t)(digit - digits);
    }
    bool scalar = value > 0 && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
    *cp = scalar ? value : UTF8_REPLACEMENT;
    return true;
}

/* Decodes the entity that TEXT, starting with &, starts with; returns its length, 0 if none. */
static size_t decode_entity(const char *text, size_t n_bytes, uint32_t *cp)
{
    const char *semicolon =
        memchr(text, ';', n_bytes < ENTITY_MAX_BYTES ? n_bytes : ENTITY_MAX_BYTES);
    if (semicolon == NULL)
        return 0;
    size_t n_name = (size_t)(semicolon - text) - 1;
    if (n_name > 0 && text[1] == '#')
        return decode_number(text + 1, n_name, cp) ? n_name + 2 : 0;
    xmlChar name[ENTITY_MAX_BYTES];
    memcpy(name, text + 1, n_name);
    name[n_name] = '\0';
    const htmlEntityDesc *entity = htmlEntityLookup(name);
    if (entity == NULL)
        return 0;
    *cp = entity->value;
    return n_name + 2;
}

static void add_entity(struct fragment *f)
{
    uint32_t cp;
    size_t n = decode_entity(f->at, bytes_left(f), &cp);
    if (n == 0) {
        add_text(f, f->at++, 1);
        return;
    }
    f->at += n;
    if (is_blank(cp)) {
        f->want_blank = true;
        return;
    }
    char bytes[4];
    add_text(f, bytes, utf8_encode(cp, bytes));
}

/* Skips the comment at f->at, if there is a whole one. */
static bool skip_comment(struct fragment *f)
{
    size_t n_open = strlen(COMMENT_OPEN), n_close = strlen(COMMENT_CLOSE);
    if (f->no_comment_ends || bytes_left(f) < n_open || memcmp(f->at, COMMENT_OPEN, n_open) != 0)
        return false;
    const char *close = memmem(f->at + n_open, bytes_left(f) - n_open, COMMENT_CLOSE, n_close);
    f->no_comment_ends = close == NULL;
    if (close == NULL)
        return false;
    f->at = close + n_close;
    return true;
}

/* Skips the content of the script or style whose tag ends at f->at, when it has an end. */
static void skip_raw(struct fragment *f, const char *name)
{
    size_t n_name = strlen(name);
    const char *at = f->at;
    while (f->endless != name && (at = memmem(at, (size_t)(f->end - at), "</", 2)) != NULL) {
        at += 2;
        if ((size_t)(f->end - at) >= n_name && strncasecmp(at, name, n_name) == 0) {
            f->at = at - 2;
            return;
        }
    }
    f->endless = name;
}

static void apply_tag(struct fragment *f, const struct html_tag *tag)
{
    switch (tag->kind) {
    case HTML_INLINE:
        return;
    case HTML_CELL:
        f->want_blank = true;
        return;
    case HTML_RAW:
        if (!tag->closing)
            skip_raw(f, tag->name);
        return;
    case HTML_ITEM:
        end_line(f);
        f->want_bullet = !tag->closing;
        return;
    case HTML_LIST:
        f->want_bullet = false;
        end_line(f);
        return;
    case HTML_BLOCK:
        end_line(f);
        return;
    }
}

static void add_markup(struct fragment *f)
{
    struct html_tag tag;
    if (skip_comment(f))
        return;
    if (!html_read_tag(f->at, bytes_left(f), &tag)) {
        add_text(f, f->at++, 1);
        return;
    }
    f->at += tag.len;
    apply_tag(f, &tag);
}

/* Whether the byte ends a run of text: markup, an entity, or (the start of) a blank. */
static bool ends_run(unsigned char c)
{
    return c == '<' || c == '&' || c == NO_BREAK_LEAD || (c < 0x80 && is_blank(c));
}

static void add_run(struct fragment *f)
{
    const char *from = f->at;
    uint32_t cp;
    f->at += utf8_decode(f->at, bytes_left(f), &cp);
    if (is_blank(cp)) {
        f->want_blank = true;
        return;
    }
    while (f->at < f->end && !ends_run((unsigned char)*f->at))
        f->at++;
    add_text(f, from, (size_t)(f->at - from));
}

bool cell_holds_html(const char *text, size_t n_bytes)
{
    struct buf none = BUF_INIT;
    struct fragment f = {.at = text, .end = text + n_bytes, .out = &none};
    struct html_tag tag;
    while ((f.at = memchr(f.at, '<', bytes_left(&f))) != NULL) {
        if (skip_comment(&f) || html_read_tag(f.at, bytes_left(&f), &tag))
            return true;
        f.at++;
    }
    return false;
}

void cell_html_to_lines(const char *text, size_t n_bytes, struct buf *out)
{
    struct fragment f = {.at = text, .end = text + n_bytes, .out = out, .line_start = out->len};
    while (f.at < f.end) {
        if (*f.at == '<') {
            add_markup(&f);
        } else if (*f.at == '&') {
            add_entity(&f);
        } else {
            add_run(&f);
        }
    }
    end_line(&f);
}
