/* The FTS5 tokenizer "hiku" (API version 1, stock SQLite).
 *
 * Texts and queries are cut into dictionary forms, so that 行った finds 行う; the last word of a
 * prefix query stays as it is. Symbols, words of grammar (particles, auxiliaries) and words such as
 * する and こと are no tokens: nearly half of all words, they stand in every text and tell nothing
 * of it. Offsets are bytes of the text as given. */
#ifndef HIKU_DICT_FTS5_TOKENIZER_H
#define HIKU_DICT_FTS5_TOKENIZER_H

#include "dict/analyzer.h"

#include <sqlite3.h>

/* Tokens that other threads have made already, as fts5_replay_add writes them, the title's before
 * the body's. While `tokens` is set, the next calls to tokenize a document take them instead of
 * cutting the text: first the body's, the first column of documents_fts, then the title's. They lie
 * one behind the other, because looking up the text of each where its word is kept takes longer
 * than all else here. */
struct fts5_replay {
    const char *tokens; /* NULL: cut the text */
    size_t n_title;     /* bytes */
    size_t n_bytes;
    unsigned column; /* the next to be asked for */
};

/* Appends a token, of at most FTS5_TOKEN_MAX bytes, as FTS5 is to see it. */
#define FTS5_TOKEN_MAX 65535
void fts5_replay_add(struct buf *tokens, struct span token);

/* Registers the tokenizer with DB. ANALYZER and REPLAY (may be NULL) are borrowed and must outlive
 * the connection. ST_OK; ST_IO with a message when this SQLite has no FTS5; ST_NOMEM. */
enum status fts5_tokenizer_register(sqlite3 *db, const struct analyzer *analyzer,
                                    struct fts5_replay *replay, struct error *error);

/* Whether TOKEN is one to FTS5. */
static inline bool fts5_takes(const struct token *token)
{
    return !(token->flags & (TOKEN_SYMBOL | TOKEN_FUNCTION | TOKEN_LIGHT));
}

/* The dictionary form under which a word is indexed; the surface where there is none other. SURFACE
 * is the token's normalised text. */
struct span fts5_index_form(const struct analyzer *a, const struct token *token,
                            struct span surface);

/* FTS5's API of a connection, asked for as its manual (section 7) says; NULL where there is none.
 */
fts5_api *fts5_find_api(sqlite3 *db);

#endif
