/* Synonyms, misprints and okurigana by the lexicons: 児相 = 児童相談所, 取組 = 取り組み.
 * Interface: expand.h. */
#include "search/expand.h"

#include "base/utf8.h"
#include "dict/lexicon.h"

#include <string.h>

/* A word of the term that a lexicon has. */
struct found_word {
    size_t start, end; /* bytes of the term */
    struct lexicon_entry entry;
};

/* Finds the longest key of the lexicon at START of the term that has a line of one of RULES. */
static bool longest_key(const struct expansion *e, const struct lexicon *lexicon, const char *rules,
                        size_t start, struct found_word *out)
{
    struct lexicon_range range = lexicon_all(lexicon);
    bool found = false;
    uint32_t cp;
    for (size_t end = start; end < e->n_bytes;) {
        end += utf8_decode(e->text + end, e->n_bytes - end, &cp);
        range = lexicon_narrow(lexicon, range, e->text + start, end - start);
        struct lexicon_range rest = range;
        struct lexicon_entry entry;
        if (range.start >= range.end)
            break;
        while (lexicon_next(lexicon, &rest, &entry) && entry.key.len == end - start) {
            if (entry.rule != '\0' && strchr(rules, entry.rule) != NULL) {
                *out = (struct found_word){start, end, entry};
                found = true;
            }
        }
    }
    return found;
}

/* Whether the word stands alone or is cut out of the term by MeCab too: 教委 in 市教委 is, in
 * 宗教委員会 it is not. */
static bool is_aligned(struct expansion *e, const struct found_word *word, enum status *st)
{
    bool starts = word->start == 0, ends = word->end == e->n_bytes;
    if (starts && ends)
        return true;
    *st = expansion_cut(e);
    for (size_t i = 0; *st == ST_OK && i < e->tokens->n; i++) {
        starts = starts || e->tokens->items[i].start == word->start;
        ends = ends || e->tokens->items[i].end == word->end;
    }
    return starts && ends;
}

/* A synonym of this many characters is found as a whole word only: 教委, but not in 宗教委員会. */
#define SHORT_SYNONYM 3

/* Adds the term with each of the words in the place of the one found. */
static bool add_words(struct expansion *e, const struct found_word *found, struct span words)
{
    bool alone = found->start == 0 && found->end == e->n_bytes;
    struct span word;
    bool ok = true;
    while (ok && lexicon_word(&words, &word)) {
        size_t n_chars = utf8_count(word.data, word.len);
        if (found->entry.rule == LEXICON_SYNONYM && alone && n_chars <= SHORT_SYNONYM)
            ok = expansion_add_whole(e, word.data, word.len);
        else if (!alone || n_chars > 1) /* 届け is not looked for as 届, which stands in too much */
            ok = expansion_replace(e, found->start, found->end, word.data, word.len);
    }
    return ok;
}

/* Adds the forms of the words with all their kana that the one found is short for: those and the
 * ones with fewer. */
static bool add_forms(struct expansion *e, const struct lexicon *lexicon,
                      const struct found_word *found)
{
    struct span words = found->entry.words, full;
    struct lexicon_entry entry;
    bool ok = add_words(e, found, words);
    while (ok && lexicon_word(&words, &full)) {
        struct lexicon_range range =
            lexicon_narrow(lexicon, lexicon_all(lexicon), full.data, full.len);
        while (ok && lexicon_next(lexicon, &range, &entry) && entry.key.len == full.len) {
            if (entry.rule == LEXICON_OKURIGANA)
                ok = add_words(e, found, entry.words);
        }
    }
    return ok;
}

static bool add_by_lexicon(struct expansion *e, const struct lexicon *lexicon, const char *rules)
{
    uint32_t cp;
    for (size_t i = 0; i < e->n_bytes;) {
        struct found_word word;
        enum status st = ST_OK;
        if (!longest_key(e, lexicon, rules, i, &word) || !is_aligned(e, &word, &st)) {
            if (st != ST_OK)
                return false;
            i += utf8_decode(e->text + i, e->n_bytes - i, &cp);
            continue;
        }
        bool ok = word.entry.rule == LEXICON_FULL ? add_forms(e, lexicon, &word)
                                                  : add_words(e, &word, word.entry.words);
        if (!ok)
            return false;
        i = word.end;
    }
    return true;
}

static bool add_by_rules(struct expansion *e, const char *rules)
{
    for (size_t i = 0; i < ANALYZER_LEXICONS; i++) {
        const struct lexicon *lexicon = analyzer_lexicon(tokenizer_analyzer(e->tokenizer), i);
        if (lexicon != NULL && !add_by_lexicon(e, lexicon, rules))
            return false;
    }
    return true;
}

bool expand_synonyms(struct expansion *e)
{
    return add_by_rules(e, "s");
}

bool expand_misprints(struct expansion *e)
{
    return add_by_rules(e, "mw");
}

bool expand_okurigana(struct expansion *e)
{
    return add_by_rules(e, "of");
}
