/* Cutting text into tokens with MeCab.
 *
 * struct analyzer is the dictionary, immutable once open and shared by all threads; struct
 * tokenizer holds what one thread needs (a lattice and buffers). */
#ifndef HIKU_DICT_ANALYZER_H
#define HIKU_DICT_ANALYZER_H

#include "base/buf.h"
#include "base/error.h"
#include "base/span.h"
#include "dict/normalize.h"

#include <stdbool.h>
#include <stdint.h>

struct analyzer;
struct dictionary;
struct sentence_cache;
struct tokenizer;
struct word_table;

enum token_flags {
    TOKEN_SYMBOL = 1,   /* punctuation and symbols: no word */
    TOKEN_FUNCTION = 2, /* particles, auxiliaries, conjunctions …: grammar rather than content */
    TOKEN_UNKNOWN = 4,  /* not in the dictionary */
    TOKEN_LIGHT = 8, /* a word that stands in every text and tells little of it: する, こと */
    TOKEN_NUMERAL = 16, /* a number or a part of one */
    TOKEN_GOES_ON = 32  /* the token before is a part of the same number: no word bound between */
};

struct token {
    uint32_t start; /* bytes of the normalised text */
    uint32_t end;
    uint32_t position;   /* counts tokens without TOKEN_SYMBOL, from 0 */
    uint32_t flags;      /* of enum token_flags */
    const char *feature; /* the dictionary's own line, valid as long as the analyzer */
    struct word *word;   /* of tokenizer_words; NULL: no word, or the tokenizer keeps none */
};

/* Tokens of one text, in order. They cover it but for its blanks. */
struct tokens {
    struct token *items;
    size_t n;
    size_t cap;
};

/* Opens MeCab's dictionary in DICDIR (NULL: the default one, ipadic) with the compiled user
 * dictionary USERDIC (NULL: hiku's own where it fits the dictionary; "": none).
 * ST_OK; ST_DICTIONARY with a message (no dictionary, not UTF-8, another cost model); ST_NOMEM. */
enum status analyzer_open(struct analyzer **out, const char *dicdir, const char *userdic,
                          struct error *error);
/* Closes it; what it lent, tokenizers too, must be out of use by then. NULL is allowed. */
void analyzer_close(struct analyzer *a);

/* These three are borrowed, and valid as long as the analyzer.
 * The folder of the dictionary, absolute. */
const char *analyzer_dicdir(const struct analyzer *a);
/* The user dictionary that is used, absolute; "": none. */
const char *analyzer_userdic(const struct analyzer *a);
/* The one that the caller named, absolute; "" when hiku chose it. */
const char *analyzer_named_userdic(const struct analyzer *a);
/* Another wherever a text may be cut in another way: by the normaliser, the dictionary or the user
 * dictionary. */
const char *analyzer_fingerprint(const struct analyzer *a);

/* hiku's lexicons (lexicon.h), in the order in which they are asked: its own, and the one that
 * `hiku synonyms import` made. NUMBER < ANALYZER_LEXICONS; NULL: there is none. Borrowed. */
#define ANALYZER_LEXICONS 2
struct lexicon;
const struct lexicon *analyzer_lexicon(const struct analyzer *a, size_t number);

/* One tokenizer per thread; A is borrowed. *OUT: to be freed by tokenizer_free; NULL unless ST_OK.
 * ST_OK or ST_NOMEM. */
enum status tokenizer_new(struct tokenizer **out, const struct analyzer *a);
/* One that keeps how the last short texts were cut, for queries. What it cuts is the same. */
enum status tokenizer_new_recent(struct tokenizer **out, const struct analyzer *a);
/* One for many texts: it keeps the words that it meets, asks CACHE for sentences that were cut
 * before, and cuts with the words of DICTIONARY, the analyzer's own opened once more, by itself, in
 * the place of MeCab (both borrowed, NULL: none). What it cuts is the same. ST_OK or ST_NOMEM. */
enum status tokenizer_new_bulk(struct tokenizer **out, const struct analyzer *a,
                               const struct dictionary *dictionary, struct sentence_cache *cache);
/* Frees it, and the words that it keeps. NULL is allowed. */
void tokenizer_free(struct tokenizer *t);

/* The words it has met, valid as long as the tokenizer; NULL if it keeps none. */
const struct word_table *tokenizer_words(const struct tokenizer *t);
/* The one it was made with. */
const struct analyzer *tokenizer_analyzer(const struct tokenizer *t);

/* Cuts normalised text of any length (below 2^31 bytes). Long text is cut in pieces that end at a
 * blank or behind a sentence mark, else at a comma or bracket, not within a number, else at 1 KiB;
 * since each piece is cut for itself, the cost is linear and what is far away changes nothing.
 * TOKENS is overwritten. ST_OK, ST_NOMEM. */
enum status tokenizer_cut(struct tokenizer *t, const char *norm, size_t n_bytes,
                          struct tokens *tokens);

/* Cuts as much of the text as can be cut without knowing what comes behind it. *N_DONE: the bytes
 * up to which it is done; a call with what is left and more of the text goes on (positions count
 * from 0 again). Likewise. */
enum status tokenizer_cut_part(struct tokenizer *t, const char *norm, size_t n_bytes,
                               struct tokens *tokens, size_t *n_done);

/* Makes one token, of its first one's feature and position, of those of each number: 百|三|十 is
 * three tokens, and 1,000 too. */
void tokens_join_numbers(struct tokens *tokens);

void tokens_release(struct tokens *tokens);

/* What a word is by its line and its normalised text: TOKEN_NUMERAL, and one of TOKEN_SYMBOL,
 * TOKEN_FUNCTION, TOKEN_LIGHT, or 0. */
uint32_t token_class(const struct analyzer *a, const char *feature, struct span surface);

/* Parts of a token's feature line, as the dictionary has them (not normalised); empty where it has
 * none. Borrowed from the feature. */
struct span token_base(const struct analyzer *a, const struct token *token);
struct span token_reading(const struct analyzer *a, const struct token *token);
struct span token_pos(const struct analyzer *a, const struct token *token);

/* Whether the class that its line begins with is KIND, or one below it: 名詞,接尾 of 名詞. */
bool token_is_of_kind(const struct token *token, const char *kind);
/* Whether it names somebody or something: a proper noun, or what the dictionary lacks, which is a
 * name or a new word as a rule. */
bool token_is_name(const struct token *token);
/* Whether it is a verb or an adjective, which inflect. */
bool token_inflects(const struct token *token);
/* The part of SURFACE, the token's normalised text, that its other inflections begin with too,
 * which is the dictionary form without its last kana: 取り組 of 取り組ん, 増え of 増える. All of it
 * where the token does not inflect, is irregular, or begins with hiragana, of which too little
 * would be left. */
struct span token_stem(const struct analyzer *a, const struct token *token, struct span surface);

#endif
