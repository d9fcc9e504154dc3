/* From the typed characters to the words and operators of a query; for query.c. */
#ifndef HIKU_SEARCH_QUERY_QUERY_LEX_H
#define HIKU_SEARCH_QUERY_QUERY_LEX_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

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

#endif
