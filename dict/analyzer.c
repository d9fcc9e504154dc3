/* Cutting normalised text into tokens. Interface: analyzer.h. */
#include "dict/analyzer_internal.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* A piece of more than SOFT bytes ends at the next comma or bracket; one that reaches HARD ends
 * where hiragana last went over into another script, else there. MeCab holds a piece's whole
 * lattice in memory, and looks ahead over a run of letters from each of them: its cost grows with
 * the square. */
#define PIECE_SOFT 512
#define PIECE_HARD 1024

struct tokenizer {
    const struct analyzer *analyzer;
    mecab_t *tagger;
    mecab_lattice_t *lattice;
};

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

void tokenizer_free(struct tokenizer *t)
{
    if (t == NULL)
        return;
    if (t->lattice != NULL)
        mecab_lattice_destroy(t->lattice);
    if (t->tagger != NULL)
        mecab_destroy(t->tagger);
    free(t);
}

static bool is_sentence_end(uint32_t cp)
{
    return cp == 0x3002 || cp == '!' || cp == '?';
}

static bool is_clause_end(uint32_t cp)
{
    return cp == 0x3001 || cp == ',' || cp == 0x30FB || (cp >= 0x3008 && cp <= 0x3011) ||
           cp == '(' || cp == ')';
}

static bool is_hiragana(uint32_t cp)
{
    return cp >= 0x3041 && cp <= 0x3096;
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
        if (is_hiragana(before) && !is_hiragana(cp))
            change = at;
        if (at > start && at + len - start > PIECE_HARD)
            return change > start ? change : at;
        at += len;
        if (is_sentence_end(cp) || (at - start > PIECE_SOFT && is_clause_end(cp)))
            return at;
        before = cp;
    }
    return n_bytes;
}

/* Letters, numerals and marks make a word; a token of nothing else is a symbol, whatever part of
 * speech the dictionary gives it (ipadic takes an unknown "(" for a noun). */
static bool is_symbol(const char *text, size_t n_bytes)
{
    for (size_t i = 0; i < n_bytes;) {
        uint32_t cp;
        i += utf8_decode(text + i, n_bytes - i, &cp);
        if (utf8proc_category((utf8proc_int32_t)cp) <= UTF8PROC_CATEGORY_NO &&
            utf8proc_category((utf8proc_int32_t)cp) != UTF8PROC_CATEGORY_CN)
            return false;
    }
    return true;
}

static bool is_function_word(const char *feature)
{
    static const char *const classes[] = {"助詞", "助動詞", "フィラー"};
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        if (strncmp(feature, classes[i], strlen(classes[i])) == 0)
            return true;
    }
    return false;
}

static bool add_token(struct tokens *tokens, const struct token *token)
{
    if (tokens->n == tokens->cap) {
        size_t cap = tokens->cap ? tokens->cap * 2 : 64;
        struct token *items = realloc(tokens->items, cap * sizeof *items);
        if (items == NULL)
            return false;
        tokens->items = items;
        tokens->cap = cap;
    }
    tokens->items[tokens->n++] = *token;
    return true;
}

static enum status cut_piece(struct tokenizer *t, const char *norm, size_t start, size_t end,
                             struct tokens *tokens, uint32_t *position)
{
    mecab_lattice_set_sentence2(t->lattice, norm + start, end - start);
    if (!mecab_parse_lattice(t->tagger, t->lattice))
        return ST_NOMEM;
    for (const mecab_node_t *node = mecab_lattice_get_bos_node(t->lattice); node != NULL;
         node = node->next) {
        if (node->stat == MECAB_BOS_NODE || node->stat == MECAB_EOS_NODE)
            continue;
        uint32_t at = (uint32_t)(node->surface - norm);
        struct token token = {.start = at, .end = at + node->length, .feature = node->feature};
        if (node->stat == MECAB_UNK_NODE)
            token.flags |= TOKEN_UNKNOWN;
        if (is_symbol(norm + at, node->length))
            token.flags |= TOKEN_SYMBOL;
        else if (is_function_word(node->feature))
            token.flags |= TOKEN_FUNCTION;
        token.position = *position;
        if (!(token.flags & TOKEN_SYMBOL))
            ++*position;
        if (!add_token(tokens, &token))
            return ST_NOMEM;
    }
    return ST_OK;
}

enum status tokenizer_cut(struct tokenizer *t, const char *norm, size_t n_bytes,
                          struct tokens *tokens)
{
    enum status st = ST_OK;
    uint32_t position = 0;
    tokens->n = 0;
    for (size_t at = 0; at < n_bytes && st == ST_OK;) {
        if (norm[at] == ' ') {
            at++;
            continue;
        }
        size_t end = piece_end(norm, at, n_bytes);
        st = cut_piece(t, norm, at, end, tokens, &position);
        at = end;
    }
    return st;
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
