/* Other spellings of a term: what cannot be folded by normalisation, which looks at each character
 * alone. Each rule is a file of its own, expand_*.c; expand.c holds their table. */
#ifndef HIKU_SEARCH_PLAN_EXPAND_H
#define HIKU_SEARCH_PLAN_EXPAND_H

#include "base/text.h"
#include "dict/numerals.h"
#include "search/plan/lexicon_keys.h"
#include "search/plan/plan.h"

#include <string.h>

/* How many spellings a term has at most: one that was typed, one of the words that a longer text
 * falls into; and all terms of a query together. Each spelling is one more string to look up. */
#define EXPAND_TERM_SPELLINGS 64
#define EXPAND_WORD_SPELLINGS 8
#define EXPAND_QUERY_SPELLINGS 256
/* A longer text has no other spelling: nobody would find it, and each rule would copy all of it. */
#define EXPAND_MAX_BYTES 2048

struct expand_rule;

/* One spelling of a term under one rule. */
struct expansion {
    struct tokenizer *tokenizer;
    const struct word_source *words; /* NULL: none */
    enum status failed;              /* why a rule failed, if not for memory */
    struct term *term;
    struct tokens *tokens; /* of the text, once expansion_cut was called */
    bool is_cut;
    /* What was typed is cut once, though nearly every rule looks at it. */
    struct tokens typed_tokens, other_tokens;
    bool typed_is_cut;
    /* And so is it looked up in each lexicon. */
    struct lexicon_keys typed_keys[ANALYZER_LEXICONS], other_keys;
    const struct expand_rule *rule;
    const char *from;   /* the rules that made the spelling looked at, "" as typed */
    const char *text;   /* it, normalised, NUL-terminated; lives as long as the expansion */
    size_t n_bytes;     /* of it */
    double weight;      /* of it */
    bool whole;         /* it is found as a whole word only, and so is what is made from it */
    size_t n_spellings; /* that the term may have in the end */
};

enum expand_flags {
    EXPAND_WHOLE = 1,   /* the rule's spellings are found as whole words only */
    EXPAND_FINAL = 2,   /* no rule looks at its spellings */
    EXPAND_COSTLY = 4,  /* it is left out for the words of a longer text */
    EXPAND_TYPED = 8,   /* it looks at what was typed only */
    EXPAND_AGAIN = 16,  /* and at its own spellings */
    EXPAND_OTHERS = 32, /* it has been at what was typed, and looks at what others have added */
    EXPAND_BACK = 64    /* it also looks at the synonyms of its own spellings */
};

struct expand_rule {
    const char *name;                 /* for --without and --explain */
    bool (*add)(struct expansion *e); /* false when memory is out */
    double weight;                    /* of a match in a spelling that it adds */
    unsigned flags;                   /* of enum expand_flags */
};

/* Adds a spelling, unless the term has it or has enough. TEXT is normalised. False when memory is
 * out. */
bool expansion_add(struct expansion *e, const char *text, size_t n_bytes);
/* Likewise with what OTHER holds; also false when OTHER failed. */
bool expansion_add_buf(struct expansion *e, const struct buf *other);
/* Likewise, with N_NEW bytes at NEW in the place of the bytes [START, END) of e->text. */
bool expansion_replace(struct expansion *e, size_t start, size_t end, const char *with,
                       size_t n_with);
/* Likewise, found as a whole word only. */
bool expansion_add_whole(struct expansion *e, const char *text, size_t n_bytes);
bool expansion_replace_whole(struct expansion *e, size_t start, size_t end, const char *with,
                             size_t n_with);
/* Likewise VALUE, in each of the FORMS. */
bool expansion_replace_number(struct expansion *e, size_t start, size_t end, uint64_t value,
                              const enum numeral_form *forms, size_t n_forms);
/* Whether the character is a katakana or the mark of its long vowel. */
static inline bool expand_is_katakana(uint32_t cp)
{
    return (cp >= 0x30A1 && cp <= 0x30FA) || cp == 0x30FC;
}

/* Whether WITH stands at byte AT of e->text, which may end before. */
static inline bool expand_has_at(const struct expansion *e, size_t at, const char *with)
{
    return at <= e->n_bytes && text_starts_with(e->text + at, e->n_bytes - at, with);
}

/* Whether WITH ends at byte AT of e->text. */
static inline bool expand_has_before(const struct expansion *e, size_t at, const char *with)
{
    size_t len = strlen(with);
    return at >= len && expand_has_at(e, at - len, with);
}

/* Goes behind WITH where it stands at byte *AT of e->text; whether it does. */
static inline bool expand_take(const struct expansion *e, size_t *at, const char *with)
{
    bool has = expand_has_at(e, *at, with);
    *at += has ? strlen(with) : 0;
    return has;
}

/* Whether the bytes [START, END) of e->text are all of it or one or more words that MeCab cuts out:
 * 教委 in 市教委 is one, in 宗教委員会 it is not. *ST: ST_NOMEM where memory is out, else left. */
bool expansion_is_aligned(struct expansion *e, size_t start, size_t end, enum status *st);
/* Whether TOKEN tells nothing by its reading: grammar, する and ある, もの; and a pronoun. */
bool expand_is_grammar(const struct token *token);
bool expand_is_pronoun(const struct token *token);
/* The token that is the bytes [START, END); NULL: there is none. */
const struct token *expand_token_at(const struct tokens *tokens, size_t start, size_t end);
/* Whether WORD, which the lexicon has by RULE, can stand in the place of the bytes [START, END) of
 * e->text: what MeCab reads otherwise there, or takes for a particle, is another word. *ST:
 * ST_NOMEM where memory is out, else left. */
bool expansion_fits(struct expansion *e, size_t start, size_t end, char rule, struct span word,
                    enum status *st);
/* Whether the index has TEXT, kana, as a word. e->failed: why it cannot be read, else left. */
bool expansion_is_in_index(struct expansion *e, const char *text, size_t n_bytes);
/* Adds the spellings of compounds that the lexicon knows by their parts only. False when memory is
 * out. */
struct lexicon;
bool expand_compounds(struct expansion *e, const struct lexicon *lexicon);
bool expand_compound_kana(struct expansion *e, const struct lexicon *lexicon);

/* Cuts e->text into e->tokens, unless it is. */
enum status expansion_cut(struct expansion *e);

bool expand_misprints(struct expansion *e);  /* 家庭児童相談室 = 家児児童相談室 */
bool expand_synonyms(struct expansion *e);   /* 児相 = 児童相談所 */
bool expand_okurigana(struct expansion *e);  /* 取組 = 取り組み = 取組み */
bool expand_mixed(struct expansion *e);      /* 呼び掛け = 呼びかけ, 但し = ただし */
bool expand_honorifics(struct expansion *e); /* a part of it: お問い合わせ = 問い合わせ */
bool expand_readings(struct expansion *e);   /* かてい = katei = 家庭 */
/* Likewise, with the marks of long vowels: Tōkyō = 東京 */
bool expand_marked_readings(struct expansion *e);
bool expand_parts(struct expansion *e); /* a part of it: ひなん訓練 = 避難訓練 */
bool expand_units(struct expansion *e); /* 10% = 10パーセント, 100m2 = 100平方メートル */
bool expand_shares(struct expansion *e);    /* a part of it: 50% = 5割 */
bool expand_fractions(struct expansion *e); /* 1/2 = 二分の一 */
bool expand_times(struct expansion *e);     /* 17時 = 午後5時 = 17:00 */
bool expand_periods(struct expansion *e);   /* 4月から6月まで = 4~6月 */
bool expand_phones(struct expansion *e);    /* 011-622-8630 = 011(622)8630 */
bool expand_counters(struct expansion *e);  /* 3か月 = 3ヶ月 */
bool expand_places(struct expansion *e);    /* 霞ヶ関 = 霞が関, 虎ノ門 = 虎の門 */
bool expand_glyphs(struct expansion *e);    /* 頸部 = 頚部 */
bool expand_repeats(struct expansion *e);   /* 人々 = 人人, いすゞ = いすず */
bool expand_loans(struct expansion *e);     /* プラスチック = プラスティック */
bool expand_dashes(struct expansion *e);    /* センター = センタ- = センタ */
bool expand_dots(struct expansion *e); /* デイ・サービス = デイサービス = デイ サービス */
bool expand_kana(struct expansion *e);     /* キャンプ = キヤンプ, ヴァ = バ */
bool expand_numerals(struct expansion *e); /* 三十人 = 30人, 12000 = 1万2千 */
/* Parts of it. The last adds VALUE with a point and 万 or 億, where it has few digits, in the place
 * of the bytes [START, END) of e->text: 1.2億. */
bool expand_roman(struct expansion *e);    /* 第Ⅱ期 = 第2期 */
bool expand_formal(struct expansion *e);   /* 金参万円 = 3万円 */
bool expand_decimals(struct expansion *e); /* 1.2億 = 1億2000万, 0.5% = 〇・五% */
bool expand_add_point(struct expansion *e, size_t start, size_t end, uint64_t value);
bool expand_dates(struct expansion *e); /* 2019年7月 = 令和元年7月 */
bool expand_days(struct expansion *e);  /* a part of it: 4月1日 = 4/1 = 04月01日 */

/* Whether a formal numeral ends at AT, such as 参 before 百円, but not one of a word: 持参. */
bool expand_is_behind_formal(const struct expansion *e, size_t at);

#endif
