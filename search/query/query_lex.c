/* Cuts a query into pieces: words and operators. Interface: query_lex.h.
 *
 * The characters are read once and cut at everything that may be an operator; whether a bracket
 * groups shows only at its partner, so brackets start as text and both become operators when the
 * partner fits. What stayed text is joined in a second step (query_words.c). */
#include "search/query/query_lex.h"

#include "base/array.h"
#include "base/utf8.h"
#include "search/query/query.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <uchar.h>

struct lexer {
    const char *text;
    size_t n_bytes;
    size_t at;
    size_t run;                /* start of the text that is not cut yet */
    struct query_token prefix; /* what stands before the next word; typed_end 0: nothing */
    bool at_start;             /* at the start of a word */
    bool no_more_quotes;
    unsigned in_word; /* open brackets that are text, in this word */
    size_t deep;      /* open brackets beyond the limit */
    unsigned depth;
    size_t open[QUERY_DEPTH_MAX]; /* the pieces of open brackets that may group */
    struct query_tokens *out;
    bool failed;
};

static bool is_quote(uint32_t cp)
{
    return cp == '"' || cp == 0x201C || cp == 0x201D;
}

static bool is_dash(uint32_t cp)
{
    return cp == '-' || cp == 0x2212;
}

static size_t char_at(const struct lexer *lx, size_t at, uint32_t *cp)
{
    return query_char(lx->text, lx->n_bytes, at, cp);
}

static void add_piece(struct lexer *lx, struct query_token piece)
{
    struct query_tokens *out = lx->out;

    lx->failed =
        lx->failed || !array_reserve(&out->items, &out->cap, out->n + 1, sizeof *out->items);
    if (!lx->failed)
        out->items[out->n++] = piece;
}

/* Gives PIECE the prefixes that were read before it, and forgets them. */
static void add_with_prefix(struct lexer *lx, struct query_token piece)
{
    if (lx->prefix.typed_end) {
        piece.field = lx->prefix.field;
        piece.negative = lx->prefix.negative;
        piece.begin = lx->prefix.begin;
        piece.typed = lx->prefix.typed;
        lx->prefix = (struct query_token){0};
    }
    add_piece(lx, piece);
}

static struct query_token piece_of(enum query_token_kind kind, size_t start, size_t end)
{
    return (struct query_token){
        .kind = kind, .begin = start, .typed = start, .start = start, .end = end, .typed_end = end};
}

/* Ends the text read so far before END. */
static void cut(struct lexer *lx, size_t end)
{
    if (lx->run < end)
        add_with_prefix(lx, piece_of(TOKEN_WORD, lx->run, end));
    lx->run = end;
}

static void start_word(struct lexer *lx, size_t at)
{
    lx->at = lx->run = at;
    lx->at_start = true;
    lx->in_word = 0;
    lx->prefix = (struct query_token){0};
}

/* Whether a word may end at AT: space, the end, | or a closing bracket comes next. */
static bool ends_word(const struct lexer *lx, size_t at)
{
    uint32_t cp;
    size_t len = char_at(lx, at, &cp);

    while (query_is_zero_width(cp))
        len = char_at(lx, at += len, &cp);
    return cp == END_OF_TEXT || query_is_space(cp) || cp == '|' || cp == ')';
}

/* Whether a value may start at AT, behind - or a field's colon. */
static bool value_follows(const struct lexer *lx, size_t at)
{
    uint32_t cp;

    char_at(lx, at, &cp);
    return cp != END_OF_TEXT && !query_is_space(cp) && cp != '|' && cp != ')';
}

/* The place behind the letters of NAME at AT, in any width and case; AT when they are not there. */
static size_t skip_letters(const struct lexer *lx, size_t at, const char32_t *name)
{
    size_t p = at;
    uint32_t cp;

    for (; *name; name++) {
        p += char_at(lx, p, &cp);
        if ((cp >= 'A' && cp <= 'Z' ? cp | 0x20 : cp) != *name)
            return at;
    }
    return p;
}

static const struct {
    const char32_t *name;
    enum query_prefix field;
} fields[] = {{U"title", PREFIX_TITLE}, {U"body", PREFIX_BODY},   {U"date", PREFIX_DATE},
              {U"since", PREFIX_SINCE}, {U"until", PREFIX_UNTIL}, {U"件名", PREFIX_TITLE},
              {U"本文", PREFIX_BODY},   {U"日付", PREFIX_DATE}};
#define N_FIELDS (sizeof(fields) / sizeof(fields[0]))

/* The place behind a field's name and a colon at AT; AT when they are not there. */
static size_t skip_field(const struct lexer *lx, size_t at, enum query_prefix *field)
{
    for (size_t i = 0; i < N_FIELDS; i++) {
        size_t end = skip_letters(lx, at, fields[i].name);
        uint32_t cp;
        if (end == at)
            continue;
        end += char_at(lx, end, &cp);
        if (cp == ':' && value_follows(lx, end)) {
            *field = fields[i].field;
            return end;
        }
    }
    return at;
}

bool query_is_date_field(const char *name)
{
    struct lexer lx = {.text = name, .n_bytes = strlen(name)};
    bool is_date = false;

    for (size_t i = 0; i < N_FIELDS && !is_date; i++)
        is_date = fields[i].field >= PREFIX_DATE &&
                  skip_letters(&lx, 0, fields[i].name) == lx.n_bytes && lx.n_bytes > 0;
    return is_date;
}

/* Reads - and field: at the start of a word. A second dash makes both text: -- and --- are rules
 * and options, not negations. */
static bool read_prefix(struct lexer *lx)
{
    struct query_token prefix = {.begin = lx->at, .typed = lx->at};
    uint32_t cp, next;
    size_t len = char_at(lx, lx->at, &cp);

    if (is_dash(cp) && value_follows(lx, lx->at + len)) {
        char_at(lx, lx->at + len, &next);
        if (!is_dash(next)) {
            prefix.negative = true;
            prefix.typed += len;
        }
    }
    size_t end = skip_field(lx, prefix.typed, &prefix.field);
    if (end == lx->at)
        return false;
    prefix.typed_end = end;
    lx->prefix = prefix;
    lx->at = lx->run = end;
    return true;
}

/* The next quote at or behind AT, and its length; the end of the text when there is none. */
static size_t next_quote(struct lexer *lx, size_t at, size_t *len)
{
    uint32_t cp;

    *len = 0;
    if (lx->no_more_quotes)
        return lx->n_bytes;
    for (; at < lx->n_bytes; at += *len) {
        *len = char_at(lx, at, &cp);
        if (is_quote(cp))
            return at;
    }
    *len = 0;
    lx->no_more_quotes = true;
    return lx->n_bytes;
}

/* Reads the quoted text at the quote of LEN bytes. Inside of a word a quote is one only when its
 * partner ends the word: 夜間"休日 体制", not いわゆる“見守り”活動 nor 19"ラック. */
static bool read_quoted(struct lexer *lx, size_t len)
{
    size_t close_len;
    size_t start = lx->at + len;
    size_t end = next_quote(lx, start, &close_len);
    uint32_t cp;

    if (!lx->at_start && (close_len == 0 || !ends_word(lx, end + close_len)))
        return false;
    cut(lx, lx->at);

    struct query_token piece = piece_of(TOKEN_WORD, lx->at, end);
    piece.quoted = true;
    piece.start = start;
    piece.typed_end = end + close_len;
    size_t star = char_at(lx, piece.typed_end, &cp);
    if (cp == '*' && ends_word(lx, piece.typed_end + star)) {
        piece.star = true;
        piece.typed_end += star;
    }
    query_trim(lx->text, &piece.start, &piece.end);
    if (query_has_visible(lx->text, piece.start, piece.end))
        add_with_prefix(lx, piece);
    start_word(lx, piece.typed_end);
    return true;
}

/* Returns false when the bracket is text and part of a word. */
static bool read_open(struct lexer *lx, size_t len)
{
    if (!lx->at_start) {
        lx->in_word++;
        return false;
    }
    if (lx->depth == QUERY_DEPTH_MAX) {
        lx->deep++;
        return false;
    }
    lx->open[lx->depth++] = lx->out->n;
    add_with_prefix(lx, piece_of(TOKEN_WORD, lx->at, lx->at + len));
    start_word(lx, lx->at + len);
    return true;
}

static bool read_close(struct lexer *lx, size_t len)
{
    if (lx->in_word) {
        lx->in_word--;
        return false;
    }
    if (lx->deep) {
        lx->deep--;
        return false;
    }
    if (lx->depth == 0)
        return false;
    lx->depth--;
    if (!ends_word(lx, lx->at + len) || lx->failed)
        return false;
    cut(lx, lx->at);
    lx->out->items[lx->open[lx->depth]].kind = TOKEN_OPEN;
    add_piece(lx, piece_of(TOKEN_CLOSE, lx->at, lx->at + len));
    start_word(lx, lx->at + len);
    return true;
}

/* Reads one character, or the operator that starts with it. */
static void step(struct lexer *lx)
{
    uint32_t cp;
    size_t len = char_at(lx, lx->at, &cp);

    if (query_is_space(cp) || cp == '|') {
        cut(lx, lx->at);
        if (cp == '|')
            add_piece(lx, piece_of(TOKEN_BAR, lx->at, lx->at + len));
        start_word(lx, lx->at + len);
        return;
    }
    if ((is_quote(cp) && read_quoted(lx, len)) || (cp == '(' && read_open(lx, len)) ||
        (cp == ')' && read_close(lx, len)))
        return;
    if (lx->at_start && query_is_zero_width(cp)) {
        lx->at = lx->run = lx->at + len;
        return;
    }
    if (lx->at_start && !lx->prefix.typed_end && read_prefix(lx))
        return;
    lx->at_start = false;
    lx->at += len;
}

enum status query_lex(const char *text, size_t n_bytes, struct query_tokens *tokens)
{
    struct lexer lx = {.text = text, .n_bytes = n_bytes, .at_start = true, .out = tokens};

    while (lx.at < n_bytes && !lx.failed)
        step(&lx);
    cut(&lx, n_bytes);
    if (lx.failed)
        return ST_NOMEM;
    query_join_words(text, tokens);
    return ST_OK;
}
