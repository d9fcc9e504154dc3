/* Cutting normalised text into tokens. Interface: analyzer.h. */
#include "dict/analyzer_internal.h"

#include "base/array.h"
#include "base/utf8.h"
#include "dict/lattice/lattice.h"
#include "dict/recent_cuts.h"
#include "dict/sentence_cache.h"
#include "dict/word_table.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* A piece of more than SOFT bytes ends at the next comma or bracket; one that reaches HARD ends
 * where hiragana last went over into another script, else there. A piece's whole lattice is held in
 * memory, and for each letter of a run the rest of it is looked at: the cost grows with the square.
 */
#define PIECE_SOFT 512
#define PIECE_HARD 1024

struct tokenizer {
    const struct analyzer *analyzer;
    mecab_t *tagger;
    mecab_lattice_t *lattice;
    struct word_table *words;     /* NULL: they are not kept */
    struct sentence_cache *cache; /* NULL: none */
    struct lattice *fast;         /* NULL: MeCab cuts */
    struct recent_cuts *recent;   /* NULL: each text is cut */
    /* The tokens of a piece, where each starts in the text, and its hash among the words. */
    struct sentence_token sentence[PIECE_HARD];
    size_t starts[PIECE_HARD];
    uint64_t hashes[PIECE_HARD];
    const char *number_feature; /* of the last token of digits, and what class it is of */
    uint32_t number_class;
};
_Static_assert(PIECE_HARD <= SENTENCE_MAX_BYTES, "a piece can be kept");

const struct analyzer *tokenizer_analyzer(const struct tokenizer *t)
{
    return t->analyzer;
}

enum status tokenizer_new(struct tokenizer **out, const struct analyzer *a)
{
    *out = NULL;
    struct tokenizer *t = calloc(1, sizeof *t);
    if (t == NULL)
        return ST_NOMEM;
    t->analyzer = a;
    t->tagger = mecab_model_new_tagger(a->model);
    t->lattice = mecab_model_new_lattice(a->model);
    if (t->tagger == NULL || t->lattice == NULL) {
        tokenizer_free(t);
        return ST_NOMEM;
    }
    mecab_lattice_set_request_type(t->lattice, MECAB_ONE_BEST);
    *out = t;
    return ST_OK;
}

enum status tokenizer_new_bulk(struct tokenizer **out, const struct analyzer *a,
                               const struct dictionary *dictionary, struct sentence_cache *cache)
{
    enum status st = tokenizer_new(out, a);
    if (st != ST_OK)
        return st;
    (*out)->cache = cache;
    (*out)->words = word_table_new(a);
    if (dictionary != NULL)
        (*out)->fast = lattice_new(dictionary);
    if ((*out)->words != NULL && (dictionary == NULL || (*out)->fast != NULL))
        return ST_OK;
    tokenizer_free(*out);
    *out = NULL;
    return ST_NOMEM;
}

enum status tokenizer_new_recent(struct tokenizer **out, const struct analyzer *a)
{
    enum status st = tokenizer_new(out, a);
    if (st == ST_OK)
        (*out)->recent = recent_cuts_new();
    if (st != ST_OK || (*out)->recent != NULL)
        return st;
    tokenizer_free(*out);
    *out = NULL;
    return ST_NOMEM;
}

const struct word_table *tokenizer_words(const struct tokenizer *t)
{
    return t->words;
}

void tokenizer_free(struct tokenizer *t)
{
    if (t == NULL)
        return;
    word_table_free(t->words);
    lattice_free(t->fast);
    recent_cuts_free(t->recent);
    if (t->lattice != NULL)
        mecab_lattice_destroy(t->lattice);
    if (t->tagger != NULL)
        mecab_destroy(t->tagger);
    free(t);
}

static bool is_sentence_end(uint32_t cp)
{
    return cp == U'。' || cp == '!' || cp == '?';
}

static bool is_clause_end(uint32_t cp)
{
    return cp == U'、' || cp == ',' || cp == U'・' || (cp >= U'〈' && cp <= U'】') || cp == '(' ||
           cp == ')';
}

/* Whether a comma that ends before AT stands between digits, where a number may go on. */
static bool is_between_digits(const char *text, size_t start, size_t at, size_t n_bytes)
{
    return at - start > 1 && at < n_bytes && utf8_is_digit((unsigned char)text[at - 2]) &&
           utf8_is_digit((unsigned char)text[at]);
}

/* The end of the piece that starts at START. */
static size_t piece_end(const char *text, size_t start, size_t n_bytes)
{
    size_t at = start, change = start;
    uint32_t before = 0;
    while (at < n_bytes) {
        uint32_t cp;
        size_t len = utf8_decode(text + at, n_bytes - at, &cp);
        if (cp == ' ')
            return at;
        if (utf8_is_hiragana(before) && !utf8_is_hiragana(cp))
            change = at;
        if (at > start && at + len - start > PIECE_HARD)
            return change > start ? change : at;
        at += len;
        if (is_sentence_end(cp))
            return at;
        if (at - start > PIECE_SOFT && is_clause_end(cp) &&
            !(cp == ',' && is_between_digits(text, start, at, n_bytes)))
            return at;
        before = cp;
    }
    return n_bytes;
}

/* Letters, numerals and marks make a word; a token of nothing else is a symbol, whatever part of
 * speech the dictionary gives it (ipadic takes an unknown "(" for a noun). */
static bool is_symbol(struct span text)
{
    for (size_t i = 0; i < text.len;) {
        uint32_t cp;
        i += utf8_decode(text.data + i, text.len - i, &cp);
        if (utf8proc_category((utf8proc_int32_t)cp) <= UTF8PROC_CATEGORY_NO &&
            utf8proc_category((utf8proc_int32_t)cp) != UTF8PROC_CATEGORY_CN)
            return false;
    }
    return true;
}

static bool is_of_class(const char *feature, const char *const *classes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (strncmp(feature, classes[i], strlen(classes[i])) == 0)
            return true;
    }
    return false;
}

static bool is_function_word(const char *feature)
{
    static const char *const classes[] = {"助詞", "助動詞", "フィラー"};
    return is_of_class(feature, classes, sizeof classes / sizeof *classes);
}

/* The commas end names of which UniDic's go on (非自立可能). */
static bool is_light_word(const struct analyzer *a, const char *feature)
{
    static const char *const classes[] = {"接続詞", "連体詞", "名詞,非自立,", "動詞,非自立,",
                                          "動詞,接尾,"};
    static const char *const verbs[] = {"する", "ある", "なる", "いる", "いう"};
    if (is_of_class(feature, classes, sizeof classes / sizeof *classes))
        return true;
    if (strncmp(feature, "動詞", strlen("動詞")) != 0)
        return false;
    struct token token = {.feature = feature};
    struct span base = token_base(a, &token);
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        if (base.len == strlen(verbs[i]) && memcmp(base.data, verbs[i], base.len) == 0)
            return true;
    }
    return false;
}

static bool add_token(struct tokens *tokens, const struct token *token)
{
    if (!array_reserve(&tokens->items, &tokens->cap, tokens->n + 1, sizeof *tokens->items))
        return false;
    tokens->items[tokens->n++] = *token;
    return true;
}

uint32_t token_class(const struct analyzer *a, const char *feature, struct span surface)
{
    uint32_t numeral = token_is_numeral(feature, surface) ? TOKEN_NUMERAL : 0;
    if (is_symbol(surface))
        return numeral | TOKEN_SYMBOL;
    if (is_function_word(feature))
        return numeral | TOKEN_FUNCTION;
    return numeral | (is_light_word(a, feature) ? TOKEN_LIGHT : 0);
}

/* The text that is being cut. */
struct cut {
    struct tokenizer *tokenizer;
    const char *norm;
    struct tokens *tokens;
    uint32_t position; /* of the next token */
};

/* The class of a token that is not kept as a word. Most of those are numbers, of which all have
 * the same line of the dictionary. */
static uint32_t other_class(struct tokenizer *t, const char *feature, struct span surface)
{
    if (surface.len > WORD_TABLE_MAX_BYTES)
        return token_class(t->analyzer, feature, surface);
    if (feature != t->number_feature) {
        t->number_feature = feature;
        t->number_class = token_class(t->analyzer, feature, surface);
    }
    return t->number_class;
}

static enum status take_token(struct cut *c, size_t start, const struct sentence_token *found,
                              uint64_t hash)
{
    struct word_table *words = c->tokenizer->words;
    struct span surface = {c->norm + start, found->n_bytes};
    struct token token = {.start = (uint32_t)start,
                          .end = (uint32_t)(start + found->n_bytes),
                          .position = c->position,
                          .flags = found->unknown ? TOKEN_UNKNOWN : 0,
                          .feature = found->feature};
    if (words == NULL) {
        token.flags |= token_class(c->tokenizer->analyzer, found->feature, surface);
    } else if (word_table_takes(surface)) {
        token.word = word_table_find(words, hash, found->feature, surface, token.flags);
        if (token.word == NULL)
            return ST_NOMEM;
        token.flags = token.word->flags;
    } else {
        token.flags |= other_class(c->tokenizer, found->feature, surface);
    }
    if (!(token.flags & TOKEN_SYMBOL))
        c->position++;
    return add_token(c->tokens, &token) ? ST_OK : ST_NOMEM;
}

/* Takes the N tokens in tokenizer->sentence. */
static enum status take_tokens(struct cut *c, size_t n)
{
    struct tokenizer *t = c->tokenizer;
    enum status st = ST_OK;
    if (t->words != NULL) {
        for (size_t i = 0; i < n; i++) {
            struct span surface = {c->norm + t->starts[i], t->sentence[i].n_bytes};
            t->hashes[i] = word_table_hash(t->sentence[i].feature, surface,
                                           t->sentence[i].unknown ? TOKEN_UNKNOWN : 0);
        }
        word_table_prefetch(t->words, t->hashes, n);
    }
    for (size_t i = 0; i < n && st == ST_OK; i++)
        st = take_token(c, t->starts[i], &t->sentence[i], t->hashes[i]);
    return st;
}

/* A part of the text that is cut for itself. */
struct piece {
    size_t start;
    size_t end;
    uint64_t key; /* of the sentence cache */
};

/* Where the first N tokens of tokenizer->sentence are, which stand without gaps from START on. The
 * end of the last. */
static size_t place_tokens(struct tokenizer *t, size_t start, size_t n)
{
    for (size_t i = 0; i < n; start += t->sentence[i++].n_bytes)
        t->starts[i] = start;
    return start;
}

/* Has MeCab cut a piece into tokenizer->sentence. *N: how many tokens they are. *END: where the
 * last would end if they stood without gaps. */
static enum status ask_mecab(struct cut *c, const struct piece *p, size_t *n, size_t *end)
{
    struct tokenizer *t = c->tokenizer;
    *end = p->start;
    *n = 0;
    mecab_lattice_set_sentence2(t->lattice, c->norm + p->start, p->end - p->start);
    if (!mecab_parse_lattice(t->tagger, t->lattice))
        return ST_NOMEM;
    for (const mecab_node_t *node = mecab_lattice_get_bos_node(t->lattice); node != NULL;
         node = node->next) {
        if (node->stat == MECAB_BOS_NODE || node->stat == MECAB_EOS_NODE || node->length == 0)
            continue;
        t->sentence[*n] =
            (struct sentence_token){node->feature, node->length, node->stat == MECAB_UNK_NODE};
        t->starts[(*n)++] = (size_t)(node->surface - c->norm);
        *end += node->length;
    }
    return ST_OK;
}

/* Cuts a piece into tokenizer->sentence, which the cache is to KEEP. *N: how many tokens they are.
 */
static enum status analyze_piece(struct cut *c, const struct piece *p, bool keep, size_t *n)
{
    struct tokenizer *t = c->tokenizer;
    const char *text = c->norm + p->start;
    size_t n_bytes = p->end - p->start;
    *n = t->fast != NULL ? lattice_cut(t->fast, text, n_bytes, t->sentence) : 0;
    size_t end = place_tokens(t, p->start, *n);
    if (*n == 0 && ask_mecab(c, p, n, &end) != ST_OK)
        return ST_NOMEM;
    if (keep && *n > 0 && end == p->end)
        sentence_cache_add(t->cache, p->key, text, n_bytes, t->sentence, *n);
    return ST_OK;
}

static enum status cut_piece(struct cut *c, const struct piece *p)
{
    struct tokenizer *t = c->tokenizer;
    size_t n = 0, first = c->tokens->n;
    bool again = false;
    enum status st = ST_OK;
    if (t->cache != NULL)
        n = sentence_cache_find(t->cache, p->key, c->norm + p->start, p->end - p->start,
                                t->sentence, &again);
    place_tokens(t, p->start, n);
    if (n == 0)
        st = analyze_piece(c, p, again, &n);
    if (st == ST_OK)
        st = take_tokens(c, n);
    if (st == ST_OK)
        tokens_mark_numbers(c->tokens, first, c->norm, p->end);
    return st;
}

/* Finds the piece from FROM on. False: there is none; its start is then where a text that goes on
 * (not WHOLE) is to be cut from. */
static bool find_piece(const struct cut *c, size_t from, size_t n_bytes, bool whole,
                       struct piece *p)
{
    const struct sentence_cache *cache = c->tokenizer->cache;
    while (from < n_bytes && c->norm[from] == ' ')
        from++;
    p->start = from;
    p->end = from < n_bytes ? piece_end(c->norm, from, n_bytes) : from;
    if (p->end == from || (!whole && p->end == n_bytes))
        return false;
    if (cache != NULL)
        p->key = sentence_cache_key(cache, c->norm + from, p->end - from);
    return true;
}

/* WHOLE: nothing comes behind. */
static enum status cut_pieces(struct cut *c, size_t n_bytes, bool whole, size_t *n_done)
{
    struct piece piece, next = {0};
    enum status st = ST_OK;
    bool more = find_piece(c, 0, n_bytes, whole, &next);
    while (more && st == ST_OK) {
        piece = next;
        more = find_piece(c, piece.end, n_bytes, whole, &next);
        st = cut_piece(c, &piece);
    }
    *n_done = next.start;
    return st;
}

enum status tokenizer_cut(struct tokenizer *t, const char *norm, size_t n_bytes,
                          struct tokens *tokens)
{
    struct cut c = {.tokenizer = t, .norm = norm, .tokens = tokens};
    size_t n_done;
    if (t->recent != NULL && recent_cuts_find(t->recent, norm, n_bytes, tokens))
        return ST_OK;
    tokens->n = 0;
    enum status st = cut_pieces(&c, n_bytes, true, &n_done);
    if (t->recent != NULL && st == ST_OK)
        recent_cuts_add(t->recent, norm, n_bytes, tokens);
    return st;
}

enum status tokenizer_cut_part(struct tokenizer *t, const char *norm, size_t n_bytes,
                               struct tokens *tokens, size_t *n_done)
{
    struct cut c = {.tokenizer = t, .norm = norm, .tokens = tokens};
    tokens->n = 0;
    return cut_pieces(&c, n_bytes, false, n_done);
}

void tokens_release(struct tokens *tokens)
{
    free(tokens->items);
    *tokens = (struct tokens){0};
}

static struct span column(const char *feature, unsigned number)
{
    for (; number > 0; number--) {
        feature = strchr(feature, ',');
        if (feature == NULL)
            return (struct span){"", 0};
        feature++;
    }
    size_t len = strcspn(feature, ",");
    if (len == 1 && feature[0] == '*')
        len = 0;
    return (struct span){feature, len};
}

struct span token_base(const struct analyzer *a, const struct token *token)
{
    return column(token->feature, a->base_column);
}

struct span token_reading(const struct analyzer *a, const struct token *token)
{
    return column(token->feature, a->reading_column);
}

bool token_is_of_kind(const struct token *token, const char *kind)
{
    return is_of_class(token->feature, &kind, 1);
}

bool token_is_name(const struct token *token)
{
    return token->flags & TOKEN_UNKNOWN || token_is_of_kind(token, "名詞,固有名詞");
}

bool token_inflects(const struct token *token)
{
    return token_is_of_kind(token, "動詞") || token_is_of_kind(token, "形容詞");
}

struct span token_stem(const struct analyzer *a, const struct token *token, struct span surface)
{
    uint32_t first = 0;
    if (surface.len > 0)
        utf8_decode(surface.data, surface.len, &first);
    if (!token_inflects(token) || utf8_is_hiragana(first))
        return surface;
    struct span stem = token_base(a, token);
    stem.len = stem.len > 0 ? utf8_floor(stem.data, stem.len - 1) : 0;
    bool begins =
        stem.len > 0 && stem.len <= surface.len && memcmp(stem.data, surface.data, stem.len) == 0;
    return begins ? (struct span){surface.data, stem.len} : surface;
}

/* The part of speech with its subclasses, up to the first that the dictionary leaves open. */
struct span token_pos(const struct analyzer *a, const struct token *token)
{
    (void)a;
    const char *p = token->feature;
    size_t len = strcspn(p, ",");
    for (int i = 0; i < 3 && p[len] == ','; i++) {
        size_t more = strcspn(p + len + 1, ",");
        if (more == 1 && p[len + 1] == '*')
            break;
        len += 1 + more;
    }
    return (struct span){p, len};
}
