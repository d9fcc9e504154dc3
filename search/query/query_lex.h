/* From the typed characters to the words and operators of a query; for query.c. */
#ifndef HIKU_SEARCH_QUERY_QUERY_LEX_H
#define HIKU_SEARCH_QUERY_QUERY_LEX_H

#include "base/error.h"
#include "base/utf8.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define QUERY_DEPTH_MAX 64

enum query_token_kind {
    TOKEN_WORD,
    TOKEN_OPEN, /* always with its TOKEN_CLOSE, at most QUERY_DEPTH_MAX deep */
    TOKEN_CLOSE,
    TOKEN_BAR, /* | */
    TOKEN_OR,  /* the words OR, AND, NOT */
    TOKEN_AND,
    TOKEN_NOT
};

enum query_prefix {
    PREFIX_NONE,
    PREFIX_TITLE,
    PREFIX_BODY,
    PREFIX_DATE,
    PREFIX_SINCE,
    PREFIX_UNTIL
};

struct query_token {
    enum query_token_kind kind;
    enum query_prefix field; /* title: and so on before it */
    bool negative;           /* - before it */
    bool quoted;
    bool star;    /* * behind it, not counted in start..end */
    size_t begin; /* where its - or field:, or else the word, begins */
    size_t typed; /* likewise without the - */
    size_t start; /* the word, without field: and quotes */
    size_t end;
    size_t typed_end; /* behind quotes and * */
};

struct query_tokens {
    struct query_token *items; /* from malloc */
    size_t n;
    size_t cap;
};

/* Cuts N_BYTES of valid UTF-8. TOKENS is {0} before; the caller frees items, after ST_NOMEM too. */
enum status query_lex(const char *text, size_t n_bytes, struct query_tokens *tokens);

/* The character at AT and its length; full-width ASCII gives the half-width character. */
size_t query_char(const char *text, size_t n_bytes, size_t at, unsigned *cp);

/* --- between query_lex.c and query_words.c ------------------------------------------------------
 */

/* What query_char gives behind the end, where the length is 0. */
#define END_OF_TEXT UINT32_MAX

static inline bool query_is_space(uint32_t cp)
{
    return cp < 0x20 || cp == 0x7F || utf8_is_space(cp); /* controls part words, too */
}

/* Characters without width that copying brings along: zero width space, joiners, marks, BOM. */
static inline bool query_is_zero_width(uint32_t cp)
{
    return (cp >= 0x200B && cp <= 0x200F) || cp == 0x2060 || cp == 0xFEFF;
}

/* Takes spaces and characters without width off both ends. */
void query_trim(const char *text, size_t *start, size_t *end);
/* Whether some character from START to END shows. */
bool query_has_visible(const char *text, size_t start, size_t end);

/* Joins the pieces of TEXT that stayed text, in place, and tells which words are operators; where
 * nothing else is left, they are words to look for. */
void query_join_words(const char *text, struct query_tokens *tokens);

#endif
