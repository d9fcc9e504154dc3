/* Loan words that are written in several ways: プラスチック = プラスティック, マネジメント =
 * マネージメント. Interface: expand.h.
 *
 * The ways are those that 外来語の表記 (Cabinet notification 2, 1991) lists beside each other, as
 * far as they seldom make another word: ファ and ハ do (ファイヤー, ハイヤー). */
#include "search/plan/expand.h"

#include "base/utf8.h"
#include "dict/reading.h"

#include <string.h>

/* Which of the two spellings must be a word that the dictionary or the index knows. MeCab takes
 * what it does not know apart, so that the words of an index have no プラスティック, but プラス and
 * ティック. */
enum known { OTHER, EITHER, NEITHER };

/* Two ways to write a sound. */
struct way {
    char texts[2][12];
    enum known known;
    unsigned char least;    /* shorter words, in characters of the longer form, are other words */
    const char32_t *vowels; /* in which the kana before ends: one of these, U"": any */
    const char32_t *behind; /* what follows: one of these, U"": anything */
};

static const struct way ways[] = {
    {{"ティ", "チ"}, EITHER, 5, U"", U""},
    {{"ティ", "テ"}, OTHER, 6, U"", U""},
    {{"ティ", "テイ"}, OTHER, 5, U"", U""},
    {{"ディ", "ジ"}, EITHER, 5, U"", U""},
    {{"ディ", "デ"}, OTHER, 5, U"", U""},
    {{"ディ", "デイ"}, OTHER, 5, U"", U""},
    {{"テュ", "チュ"}, OTHER, 5, U"", U""},
    {{"デュ", "ジュ"}, OTHER, 5, U"", U""},
    {{"トゥ", "ツ"}, OTHER, 5, U"", U""},
    {{"トゥ", "ト"}, OTHER, 5, U"", U""},
    {{"ドゥ", "ズ"}, OTHER, 5, U"", U""},
    {{"ドゥ", "ド"}, OTHER, 5, U"", U""},
    {{"フォン", "ホン"}, NEITHER, 5, U"", U""},
    {{"フォ", "ホ"}, OTHER, 5, U"", U""},
    {{"フュ", "ヒュ"}, OTHER, 5, U"", U""},
    {{"シェ", "セ"}, OTHER, 5, U"", U""},
    {{"シェ", "シエ"}, OTHER, 4, U"", U""},
    {{"ジェ", "ゼ"}, OTHER, 5, U"", U""},
    {{"ジェ", "ジエ"}, OTHER, 4, U"", U""},
    {{"チェ", "チエ"}, OTHER, 4, U"", U""},
    {{"ツィ", "チ"}, OTHER, 5, U"", U""},
    {{"クァ", "クア"}, OTHER, 4, U"", U""},
    {{"クィ", "クイ"}, OTHER, 4, U"", U""},
    {{"クェ", "クエ"}, OTHER, 4, U"", U""},
    {{"クォ", "クオ"}, OTHER, 4, U"", U""},
    {{"グァ", "グア"}, OTHER, 4, U"", U""},
    {{"イェ", "イエ"}, OTHER, 4, U"", U""},
    {{"イ", "ー"}, OTHER, 4, U"エ", U""},         /* メイク, メーク */
    {{"ウ", "ー"}, OTHER, 4, U"オ", U""},         /* ウィンドウ, ウィンドー */
    {{"ア", "ヤ"}, OTHER, 4, U"イエ", U""},       /* ダイアル, ダイヤル */
    {{"ウム", "ューム"}, EITHER, 5, U"イ", U""},  /* アルミニウム, アルミニューム */
    {{"キ", "ク"}, OTHER, 4, U"", U"サシスセソ"}, /* テキスト, テクスト */
    {{"ー", ""}, OTHER, 6, U"アイウエオ", U""},   /* マネージャー, マネジャー */
};
#define N_WAYS (sizeof ways / sizeof *ways)

/* So many words are looked up for a term at most. */
#define MAX_TRIES 96
/* A longer text is a sentence or a long title, whose words are looked at one by one. */
#define MAX_BYTES 96
#define KANA_BYTES 3

/* A run of katakana in the term. */
struct run {
    size_t start, end, n_kana;
    unsigned tries; /* of the term, so far */
};

/* Whether the long vowel of -er and -y may be missing at the end of WORD. */
static bool may_be_longer(struct span word)
{
    uint32_t last = 0;
    size_t at = utf8_floor(word.data, word.len - 1);
    utf8_decode(word.data + at, word.len - at, &last);
    uint32_t vowel = reading_vowel(last);
    return vowel == U'ア' || vowel == U'イ';
}

/* Whether the index has WORD, or WORD with the long vowel at its end that it may lack. */
static bool is_written(struct expansion *e, struct span word)
{
    struct buf text = BUF_INIT;
    bool found = expansion_is_in_index(e, word.data, word.len);
    if (found || e->failed != ST_OK || !may_be_longer(word))
        return found;
    buf_append(&text, word.data, word.len);
    buf_adds(&text, "ー");
    found = !text.failed && expansion_is_in_index(e, text.data, text.len);
    buf_release(&text);
    return found;
}

/* The word that holds the bytes [START, END); NULL: there is none. */
static const struct token *word_around(const struct tokens *tokens, size_t start, size_t end)
{
    for (size_t i = 0; i < tokens->n; i++) {
        if (tokens->items[i].start <= start && tokens->items[i].end >= end)
            return &tokens->items[i];
    }
    return NULL;
}

/* Whether the bytes [START, END) of TEXT, with what WAY asks for around them, are in a word that
 * the dictionary or the index knows. MORE: how many characters more it has in the other spelling.
 */
static bool is_known(struct expansion *e, const struct way *way, const char *text,
                     const struct tokens *tokens, size_t start, size_t end, size_t more)
{
    if (way->vowels[0] != 0)
        start -= KANA_BYTES;
    if (way->behind[0] != 0 || way->texts[1][0] == '\0')
        end += KANA_BYTES;
    const struct token *t = word_around(tokens, start, end);
    if (t == NULL)
        return false;
    struct span word = {text + t->start, t->end - t->start};
    return utf8_count(word.data, word.len) + more >= way->least &&
           ((t->flags & TOKEN_UNKNOWN) == 0 || is_written(e, word));
}

/* A place of a run and the way to spell it that is tried. */
struct trial {
    const struct way *way;
    size_t at, n_from, n_to; /* bytes */
    const char *to;
};

/* Whether RUN as it stands is a word there. */
static bool is_word(struct expansion *e, const struct trial *t, enum status *st)
{
    size_t more = t->n_to > t->n_from ? (t->n_to - t->n_from) / KANA_BYTES : 0;
    *st = expansion_cut(e);
    return *st == ST_OK && is_known(e, t->way, e->text, e->tokens, t->at, t->at + t->n_from, more);
}

/* Whether RUN is one with the place spelled the other way. */
static bool is_word_then(struct expansion *e, const struct run *run, const struct trial *t,
                         enum status *st)
{
    size_t more = t->n_from > t->n_to ? (t->n_from - t->n_to) / KANA_BYTES : 0;
    size_t start = t->at - run->start;
    struct buf text = BUF_INIT;
    struct tokens tokens = {0};
    buf_append(&text, e->text + run->start, start);
    buf_append(&text, t->to, t->n_to);
    buf_append(&text, e->text + t->at + t->n_from, run->end - t->at - t->n_from);
    *st = text.failed ? ST_NOMEM : tokenizer_cut(e->tokenizer, text.data, text.len, &tokens);
    bool known =
        *st == ST_OK && is_known(e, t->way, text.data, &tokens, start, start + t->n_to, more);
    tokens_release(&tokens);
    buf_release(&text);
    return known;
}

/* Adds the term with the text of WAY on this SIDE, at AT in RUN, as that on the other, if that
 * makes a word. */
static bool try_way(struct expansion *e, struct run *run, size_t at, const struct way *way,
                    int side)
{
    const char *to = way->texts[1 - side];
    struct trial t = {way, at, strlen(way->texts[side]), strlen(to), to};
    size_t longer = t.n_to > t.n_from ? (t.n_to - t.n_from) / KANA_BYTES : 0;
    enum status st = ST_OK;
    bool ok = true;
    if (run->n_kana + longer < way->least || run->tries++ >= MAX_TRIES)
        return true;
    if (way->known == NEITHER || (way->known == EITHER && is_word(e, &t, &st)) ||
        (st == ST_OK && is_word_then(e, run, &t, &st)))
        ok = expansion_replace(e, at, at + t.n_from, to, t.n_to);
    return ok && st == ST_OK && e->failed == ST_OK;
}

static uint32_t kana_at(const struct expansion *e, const struct run *run, size_t at)
{
    uint32_t cp = 0;
    if (at >= run->start && at < run->end)
        utf8_decode(e->text + at, run->end - at, &cp);
    return cp;
}

static bool is_small(uint32_t kana)
{
    return utf8_is_one_of(kana, U"ァィゥェォャュョヮ");
}

/* Whether what stands around the N bytes at AT lets WAY be written there. */
static bool fits(const struct expansion *e, const struct run *run, const struct way *way, size_t at,
                 size_t n)
{
    uint32_t before = at > run->start ? kana_at(e, run, utf8_floor(e->text, at - 1)) : 0;
    uint32_t next = kana_at(e, run, at + n);
    if (way->vowels[0] != 0 &&
        (before == U'ッ' || !utf8_is_one_of(reading_vowel(before), way->vowels)))
        return false;
    if (way->behind[0] != 0 && !utf8_is_one_of(next, way->behind))
        return false;
    /* ー at the end has a rule of its own, and チ is not that of チャ. */
    if (way->texts[1][0] == '\0')
        return next != 0 && next != U'ー' && next != U'ッ' && !is_small(next);
    return !is_small(next);
}

/* -ing behind t is ティング, behind d ディング; チング and ジング are other verbs': コーティング,
 * コーチング. */
static bool is_other_verb(const struct expansion *e, const struct run *run, size_t at, size_t n)
{
    static const char *const sounds[] = {"ティ", "チ", "ディ", "ジ"};
    static const char ing[] = "ング";
    bool found = false;
    for (size_t i = 0; i < sizeof sounds / sizeof *sounds; i++)
        found = found || expand_has_at(e, at, sounds[i]);
    return found && at + n + sizeof ing - 1 <= run->end && expand_has_at(e, at + n, ing);
}

/* Tries all ways at AT of RUN. */
static bool try_ways(struct expansion *e, struct run *run, size_t at)
{
    bool ok = true;
    for (size_t i = 0; i < N_WAYS && ok; i++) {
        for (int side = 0; side < 2 && ok; side++) {
            const char *from = ways[i].texts[side];
            if (from[0] != '\0' && memcmp(from, e->text + at, KANA_BYTES) != 0)
                continue; /* nearly always */
            size_t n = strlen(from);
            if (at + n <= run->end && expand_has_at(e, at, from) && fits(e, run, &ways[i], at, n) &&
                !is_other_verb(e, run, at, n))
                ok = try_way(e, run, at, &ways[i], side);
        }
    }
    return ok;
}

static bool is_katakana_at(const struct expansion *e, size_t at, size_t *len)
{
    uint32_t cp = 0;
    *len = at < e->n_bytes ? utf8_decode(e->text + at, e->n_bytes - at, &cp) : 0;
    return expand_is_katakana(cp);
}

bool expand_loans(struct expansion *e)
{
    struct run run = {0};
    size_t len;
    bool ok = true;
    while (ok && e->n_bytes <= MAX_BYTES && run.start < e->n_bytes) {
        run.end = run.start;
        while (is_katakana_at(e, run.end, &len))
            run.end += len;
        run.n_kana = utf8_count(e->text + run.start, run.end - run.start);
        for (size_t at = run.start; ok && at < run.end; at += len) {
            ok = try_ways(e, &run, at);
            is_katakana_at(e, at, &len);
        }
        is_katakana_at(e, run.end, &len);
        run.start = run.end + len;
    }
    return ok;
}
