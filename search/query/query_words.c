/* Joins what stayed text in a query to words, and recognises the operators that are whole words
 * (OR) or end one (*). Interface: query_lex.h. */
#include "search/query/query_lex.h"

#include "base/utf8.h"

size_t query_char(const char *text, size_t n_bytes, size_t at, unsigned *cp)
{
    uint32_t c = END_OF_TEXT;
    size_t len = at < n_bytes ? utf8_decode(text + at, n_bytes - at, &c) : 0;

    *cp = utf8_narrow(c);
    return len;
}

/* Spaces, controls and Default_Ignorable_Code_Point of Unicode 15. */
static bool is_visible(uint32_t cp)
{
    static const struct {
        uint32_t first, last;
    } invisible[] = {{0x80, 0x9F},       {0xAD, 0xAD},      {0x34F, 0x34F},   {0x61C, 0x61C},
                     {0x115F, 0x1160},   {0x17B4, 0x17B5},  {0x180B, 0x180F}, {0x200B, 0x200F},
                     {0x2028, 0x202E},   {0x2060, 0x206F},  {0x3164, 0x3164}, {0xFE00, 0xFE0F},
                     {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0},  {0xFFF0, 0xFFFB}, {0x1BCA0, 0x1BCA3},
                     {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF}};

    if (query_is_space(cp))
        return false;
    for (size_t i = 0; i < sizeof(invisible) / sizeof(invisible[0]); i++) {
        if (cp >= invisible[i].first && cp <= invisible[i].last)
            return false;
    }
    return true;
}

static size_t previous_char(const char *text, size_t start, size_t end, uint32_t *cp)
{
    size_t at = end - 1;

    while (at > start && ((unsigned char)text[at] & 0xC0) == 0x80)
        at--;
    query_char(text, end, at, cp);
    return at;
}

void query_trim(const char *text, size_t *start, size_t *end)
{
    uint32_t cp;
    size_t len, at;

    while (*start < *end) {
        len = query_char(text, *end, *start, &cp);
        if (!query_is_space(cp) && !query_is_zero_width(cp))
            break;
        *start += len;
    }
    while (*start < *end) {
        at = previous_char(text, *start, *end, &cp);
        if (!query_is_space(cp) && !query_is_zero_width(cp))
            break;
        *end = at;
    }
}

bool query_has_visible(const char *text, size_t start, size_t end)
{
    uint32_t cp;

    for (size_t at = start; at < end;) {
        at += query_char(text, end, at, &cp);
        if (is_visible(cp))
            return true;
    }
    return false;
}

/* Whether the word is NAME in letters of any width. */
static bool is_name(const char *text, const struct query_token *word, const char *name)
{
    uint32_t cp;
    size_t at = word->start;

    for (; *name; name++) {
        at += query_char(text, word->end, at, &cp);
        if (cp != (unsigned char)*name)
            return false;
    }
    return at == word->end;
}

static enum query_token_kind kind_of_word(const char *text, const struct query_token *word)
{
    if (word->begin != word->start || word->end - word->start > 9)
        return TOKEN_WORD;
    if (is_name(text, word, "OR"))
        return TOKEN_OR;
    if (is_name(text, word, "AND"))
        return TOKEN_AND;
    return is_name(text, word, "NOT") ? TOKEN_NOT : TOKEN_WORD;
}

/* 語*: takes the * off when something is left. */
static void take_star(const char *text, struct query_token *word)
{
    uint32_t cp;
    size_t start = word->start;
    size_t end = word->end;

    while (end > start) {
        size_t at = previous_char(text, start, end, &cp);
        if (cp != '*')
            break;
        end = at;
    }
    if (end == word->end)
        return;
    query_trim(text, &start, &end);
    if (query_has_visible(text, start, end)) {
        word->end = end;
        word->star = true;
    }
}

/* Finishes a word joined from its pieces; returns false when nothing of it can be seen. */
static bool finish_word(const char *text, struct query_token *word)
{
    bool plain = word->begin == word->start;

    word->typed_end = word->end;
    query_trim(text, &word->start, &word->end);
    if (plain)
        word->begin = word->typed = word->start;
    if (!query_has_visible(text, word->start, word->end))
        return false;
    word->kind = kind_of_word(text, word);
    if (word->kind == TOKEN_WORD)
        take_star(text, word);
    return true;
}

static bool is_text(const struct query_token *piece)
{
    return piece->kind == TOKEN_WORD && !piece->quoted;
}

/* Joins the pieces that stayed text, in place. Returns whether any word is left. */
static bool join_pieces(const char *text, struct query_tokens *tokens)
{
    size_t n = 0;
    bool any = false;

    for (size_t i = 0; i < tokens->n; i++) {
        struct query_token token = tokens->items[i];
        if (is_text(&token)) {
            for (; i + 1 < tokens->n; i++) {
                const struct query_token *next = &tokens->items[i + 1];
                if (!is_text(next) || next->begin != token.end)
                    break;
                token.end = next->end;
            }
            if (!finish_word(text, &token))
                continue;
        }
        any |= token.kind == TOKEN_WORD;
        tokens->items[n++] = token;
    }
    tokens->n = n;
    return any;
}

/* OR alone is a word to look for. */
static void keep_names_as_words(struct query_tokens *tokens)
{
    for (size_t i = 0; i < tokens->n; i++) {
        struct query_token *token = &tokens->items[i];
        if (token->kind == TOKEN_OR || token->kind == TOKEN_AND || token->kind == TOKEN_NOT)
            token->kind = TOKEN_WORD;
    }
}

void query_join_words(const char *text, struct query_tokens *tokens)
{
    if (!join_pieces(text, tokens))
        keep_names_as_words(tokens);
}
