/* Lexicons: what files give, and looking up. Interface: suites.h. */
#include "tests/unit/suites.h"

#include "dict/gen/endings_gen.h"
#include "dict/lexicon_build.h"
#include "dict/gen/mixed_gen.h"
#include "dict/gen/okurigana_gen.h"
#include "dict/gen/stems_gen.h"
#include "dict/gen/uncommon_gen.h"
#include "search/plan/lexicon_keys.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Writes the lexicon and leaves its lines in OUT, without the first and the pairs behind them. */
static void write_lines(struct lexicon_builder *b, struct buf *out)
{
    uint32_t n_pairs;
    size_t n_header = strlen(LEXICON_HEADER);
    struct buf file = BUF_INIT;
    ck_assert_int_eq(lexicon_write(b, &file), ST_OK);
    memcpy(&n_pairs, file.data + file.len - sizeof n_pairs, sizeof n_pairs);
    buf_clear(out);
    buf_append(out, file.data + n_header,
               file.len - n_header - sizeof n_pairs - n_pairs * LEXICON_PAIR_BYTES);
    buf_release(&file);
}

/* The lexicon that a file of synonyms gives, without its first line. */
static const char *synonyms(const char *text, struct buf *out, enum status *st, struct error *error)
{
    struct lexicon_builder b = LEXICON_BUILDER_INIT;
    size_t n = 0;
    *st = lexicon_read_synonyms(&b, text, strlen(text), "t.tsv", &n, error);
    write_lines(&b, out);
    lexicon_builder_release(&b);
    return out->data;
}

START_TEST(groups_of_synonyms)
{
    static const char *const cases[][2] = {
        {"児相\t児童相談所\n", "児相\ts\t児童相談所\n児童相談所\ts\t児相\n"},
        {"# x\n\nA\tｂ\t>c\r\n", "a\ts\tb\tc\nb\ts\ta\tc\n"},
        {"a\tｂ\na\tc\tb\n", "a\ts\tb\tc\nb\ts\ta\tc\nc\ts\ta\tb\n"},
        {"A\ta\n", ""},
        {"", ""},
        /* SudachiDict's form: the third column says how a term expands, 2 is a verb or unused */
        {"000001,1,0,1,0,0,0,(),児童相談所,,\n000001,1,0,1,0,2,0,(),児相,,\n\n"
         "000002,1,0,1,0,0,0,(),生活保護,,\n000002,1,1,1,0,2,0,(),生保,,\n"
         "000002,1,2,1,0,2,0,(),セイホ,,\n\n000003,2,0,1,0,0,0,(),走る,,\n"
         "000003,2,0,1,0,0,0,(),駆ける,,\n",
         "児相\ts\t児童相談所\n児童相談所\ts\t児相\n生活保護\ts\t生保\n"},
    };
    struct buf out = BUF_INIT;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        enum status st;
        ck_assert_str_eq(synonyms(cases[i][0], &out, &st, NULL), cases[i][1]);
        ck_assert_int_eq(st, ST_OK);
    }
    buf_release(&out);
}
END_TEST

START_TEST(faults_are_named)
{
    static const char *const cases[][2] = {
        {"a\tb\nc\n", "one term is no group: 't.tsv', line 2; separate terms by tabs"},
        {"a\t\tb\n", "an empty term: 't.tsv', line 1"},
        {"a\t>\n", "an empty term: 't.tsv', line 1"},
        {"1,1,0,1,0,0,0,(),a,,\nb,1\n", "no line of SudachiDict's synonyms: 't.tsv', line 2"},
    };
    struct buf out = BUF_INIT;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct error error = {{0}};
        enum status st;
        synonyms(cases[i][0], &out, &st, &error);
        ck_assert_int_eq(st, ST_INPUT);
        ck_assert_str_eq(error.message, cases[i][1]);
    }
    buf_release(&out);
}
END_TEST

static void open_bytes(const char *data, size_t n, struct lexicon **l, enum status wanted)
{
    char path[] = "/tmp/hiku-lexicon-XXXXXX";
    int fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, data, n), (ssize_t)n);
    close(fd);
    ck_assert_int_eq(lexicon_open(l, path, NULL), wanted);
    unlink(path);
}

static void build(struct buf *file)
{
    static const char *const lines[][3] = {
        {"ab", "s", "y"}, {"a", "s", "x"}, {"b", "s", "v"}, {"abc", "m", "w"}, {"ab", "s", "z"}};
    struct lexicon_builder b = LEXICON_BUILDER_INIT;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        const struct span key = {lines[i][0], strlen(lines[i][0])}, word = {lines[i][2], 1};
        ck_assert_int_eq(lexicon_add(&b, key, lines[i][1][0], word), ST_OK);
    }
    ck_assert_int_eq(lexicon_write(&b, file), ST_OK);
    lexicon_builder_release(&b);
}

START_TEST(keys_are_found)
{
    struct buf file = BUF_INIT;
    struct lexicon *l;
    struct lexicon_entry entry;
    build(&file);
    open_bytes(file.data, file.len, &l, ST_OK);
    struct lexicon_range r = lexicon_narrow(l, lexicon_all(l), "ab", 2);
    ck_assert(lexicon_next(l, &r, &entry));
    ck_assert(entry.key.len == 2 && memcmp(entry.key.data, "ab", 2) == 0 && entry.rule == 's');
    struct span word;
    ck_assert(lexicon_word(&entry.words, &word) && word.len == 1 && *word.data == 'y');
    ck_assert(lexicon_word(&entry.words, &word) && word.len == 1 && *word.data == 'z');
    ck_assert(!lexicon_word(&entry.words, &word));
    ck_assert(lexicon_next(l, &r, &entry) && entry.key.len == 3 && entry.rule == 'm');
    ck_assert(!lexicon_next(l, &r, &entry));
    static const struct {
        const char *prefix;
        int n;
    } cases[] = {{"a", 3}, {"b", 1}, {"abc", 1}, {"c", 0}, {"0", 0}, {"ac", 0}, {"", 4}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int n = 0;
        r = lexicon_narrow(l, lexicon_all(l), cases[i].prefix, strlen(cases[i].prefix));
        while (lexicon_next(l, &r, &entry))
            n++;
        ck_assert_msg(n == cases[i].n, "%s: %d", cases[i].prefix, n);
    }
    lexicon_close(l);
    buf_release(&file);
}
END_TEST

static void expect_same_keys(const struct lexicon_keys *a, const struct lexicon_keys *b)
{
    ck_assert_uint_eq(a->n_places, b->n_places);
    ck_assert_uint_eq(a->n_keys, b->n_keys);
    for (size_t i = 0; i <= a->n_places; i++) {
        ck_assert_uint_eq(a->places[i].start, b->places[i].start);
        ck_assert_uint_eq(a->places[i].reach, b->places[i].reach);
        ck_assert_uint_eq(a->places[i].first, b->places[i].first);
    }
    for (size_t i = 0; i < a->n_keys; i++) {
        ck_assert_uint_eq(a->keys[i].end, b->keys[i].end);
        ck_assert_uint_eq(a->keys[i].rules, b->keys[i].rules);
        ck_assert_uint_eq(a->keys[i].lines.start, b->keys[i].lines.start);
        ck_assert_uint_eq(a->keys[i].lines.end, b->keys[i].lines.end);
    }
}

/* Each text by itself, and by what is known of each other one. */
START_TEST(keys_in_texts)
{
    static const char *const texts[] = {"abcab", "ab",   "aab",   "aabb", "abc",  "cab",
                                        "abcb",  "bbab", "aaabb", "ba",   "abab", "ccc",
                                        "b",     "abca", "abbab", "aあb", "あab", "abあい"};
    enum { N = sizeof texts / sizeof *texts };
    struct lexicon_keys alone[N] = {{0}}, other = {0};
    struct buf file = BUF_INIT;
    struct lexicon *l;
    build(&file);
    open_bytes(file.data, file.len, &l, ST_OK);
    for (size_t i = 0; i < N; i++) {
        struct span text = {texts[i], strlen(texts[i])};
        ck_assert(lexicon_keys_find(&alone[i], l, text, &other, text));
    }
    ck_assert_uint_eq(alone[0].n_places, 5);
    ck_assert_uint_eq(alone[0].n_keys, 7); /* a, ab, abc; b; a, ab; b */
    ck_assert_uint_eq(alone[0].keys[2].end, 3);
    ck_assert_uint_eq(alone[0].keys[2].rules, lexicon_rule_bit('m'));
    for (size_t i = 0; i < N; i++) {
        for (size_t k = 0; k < N; k++) {
            struct span text = {texts[i], strlen(texts[i])}, known = {texts[k], strlen(texts[k])};
            ck_assert(lexicon_keys_find(&other, l, text, &alone[k], known));
            expect_same_keys(&other, &alone[i]);
        }
    }
    for (size_t i = 0; i < N; i++)
        lexicon_keys_release(&alone[i]);
    lexicon_keys_release(&other);
    lexicon_close(l);
    buf_release(&file);
}
END_TEST

START_TEST(damaged_lexicons_are_told)
{
    struct buf file = BUF_INIT;
    struct lexicon *l;
    struct lexicon_entry entry;
    build(&file);
    for (size_t n = 0; n < file.len; n++)
        open_bytes(file.data, n, &l, ST_INPUT);
    open_bytes("#hiku lexicon 1\n", 16, &l, ST_INPUT);
    ck_assert_int_eq(lexicon_open(&l, "/nonexistent/x.lex", NULL), ST_MISSING);
    /* The lines of a and of b begin where the file doesn't reach. */
    size_t pairs = file.len - sizeof(uint32_t) - 2 * LEXICON_PAIR_BYTES;
    memset(file.data + pairs + 4, 0x7F, 4);
    memset(file.data + pairs + 12, 0x7F, 4);
    open_bytes(file.data, file.len, &l, ST_OK);
    struct lexicon_range a = lexicon_narrow(l, lexicon_all(l), "ab", 2);
    struct lexicon_range b = lexicon_narrow(l, lexicon_all(l), "b", 1);
    ck_assert(!lexicon_next(l, &a, &entry) && !lexicon_next(l, &b, &entry));
    lexicon_close(l);
    buf_release(&file);
}
END_TEST

#define NOUN ",1,1,1,名詞,一般,*,*,*,*,x,"
#define VERB ",1,1,1,動詞,自立,*,*,五段,基本形,x,"
#define NOUN_FORM(base) ",1,1,1,動詞,自立,*,*,五段,連用形," base ","
#define PARTS "取り" VERB "x,x\n組み" VERB "x,x\n組む" VERB "x,x\n"

/* The lines that ADD makes of the entries in TEXT. */
static void check_lines(enum status (*add)(struct lexicon_builder *, const struct entries *),
                        const char *text, const char *wanted)
{
    struct lexicon_builder b = LEXICON_BUILDER_INIT;
    struct entries entries;
    struct buf out = BUF_INIT;
    ck_assert_int_eq(entries_read(&entries, text, strlen(text)), ST_OK);
    entries_sort(&entries);
    ck_assert_int_eq(add(&b, &entries), ST_OK);
    write_lines(&b, &out);
    ck_assert_str_eq(out.data, wanted);
    buf_release(&out);
    entries_release(&entries);
    lexicon_builder_release(&b);
}

/* CASES: entries, and the lines that ADD makes of them. */
static void check_all(enum status (*add)(struct lexicon_builder *, const struct entries *),
                      const char *const (*cases)[2], size_t n)
{
    for (size_t i = 0; i < n; i++)
        check_lines(add, cases[i][0], cases[i][1]);
}

START_TEST(okurigana_of_a_dictionary)
{
    static const char *const cases[][2] = {
        {PARTS "取り組み" NOUN "トリクミ,x\n取組" NOUN "トリクミ,x\n",
         "取り組\tf\t取り組み\n取り組み\to\t取り組\t取組み\t取組\n取組\tf\t取り組み\n"
         "取組み\tf\t取り組み\n"},
        /* the fullest form may be in no dictionary */
        {PARTS "取組み" NOUN "トリクミ,x\n取り組" NOUN "トリクミ,x\n",
         "取り組\tf\t取り組み\n取り組み\to\t取り組\t取組み\t取組\n取組\tf\t取り組み\n"
         "取組み\tf\t取り組み\n"},
        /* what inflects keeps its end */
        {PARTS "取り組む" VERB "トリクム,x\n", "取り組む\to\t取組む\n取組む\tf\t取り組む\n"},
        /* a verb's form that is a noun does not */
        {PARTS "取組み" NOUN_FORM("取組む") "トリクミ,x\n", "取組\tf\t取組み\n取組み\to\t取組\n"},
        /* unless it is what can be done, which is no noun */
        {PARTS "取組め" NOUN_FORM("取組める") "トリクメ,x\n取組む" VERB "トリクム,x\n", ""},
        /* kana that are a word, not okurigana of the kanji before them */
        {"元気づけ" NOUN "ゲンキヅケ,x\n", ""},
        /* another word without the kana; the same, however written */
        {"生き" VERB "x,x\n生き物" NOUN "イキモノ,x\n生物" NOUN "セイブツ,x\n", ""},
        {"生き" VERB "x,x\n生き物" NOUN "イキモノ,x\n生物" NOUN "イキモノ,x\n",
         "生き物\to\t生物\n生物\tf\t生き物\n"},
        /* a longer word with it at its beginning or end, when it is read so */
        {PARTS "取り組み" NOUN "トリクミ,x\n先取組" NOUN "サキドリクミ,x\n取組書" NOUN
               "シュソショ,x\n",
         "先取り組\tf\t先取り組み\n先取り組み\to\t先取り組\t先取組み\t先取組\n"
         "先取組\tf\t先取り組み\n先取組み\tf\t先取り組み\n"
         "取り組\tf\t取り組み\n取り組み\to\t取り組\t取組み\t取組\n取組\tf\t取り組み\n"
         "取組み\tf\t取り組み\n"},
        /* one kanji: only what the dictionary has */
        {"上がり" NOUN "アガリ,x\n", ""},
        {"届け" NOUN "トドケ,x\n届" NOUN "トドケ,x\n", "届\tf\t届け\n届け\to\t届\n"},
        /* another reading, another kind of word, no kana: other words; a reading that is wrong */
        {"上り" NOUN "ノボリ,x\n上がり" NOUN "アガリ,x\n", ""},
        {"受付" NOUN "ウケツケ,x\n", ""},
        {"カ取り組み" NOUN "x,x\n", ""},
        {"肉はさみ" NOUN "ニク,x\n肉" NOUN "ニク,x\n", ""},
    };
    check_all(okurigana_add, cases, sizeof cases / sizeof *cases);
}
END_TEST

#define CONJUNCTION ",1,1,1,接続詞,*,*,*,*,*,x,"

START_TEST(kana_for_kanji_of_a_dictionary)
{
    static const char *const cases[][2] = {
        {"呼び掛け" NOUN "ヨビカケ,x\n呼びかけ" NOUN "ヨビカケ,x\n",
         "呼びかけ\tk\t呼び掛け\n呼び掛け\tk\t呼びかけ\n"},
        {"逼迫" NOUN "ヒッパク,x\nひっ迫" NOUN "ヒッパク,x\n",
         "ひっ迫\tk\t逼迫\n逼迫\tk\tひっ迫\n"},
        /* a kanji has a kana at least; other kanji, kana or kinds of words */
        {"逼迫" NOUN "ヒッパク,x\nひ" NOUN "ヒッパク,x\n", ""},
        {"交差" NOUN "コウサ,x\n交叉" NOUN "コウサ,x\n", ""},
        {"呼び掛け" NOUN "ヨビカケ,x\n呼び掛け" VERB "ヨビカケ,x\n呼びかけ" VERB "ヨビカケ,x\n"
         "呼びか" NOUN "ヨビカ,x\n",
         "呼びかけ\tk\t呼び掛け\n呼び掛け\tk\t呼びかけ\n"},
        /* two words may share the kana when they share a kanji, three only lead there */
        {"平坦" NOUN "ヘイタン,x\n平淡" NOUN "ヘイタン,x\n平たん" NOUN "ヘイタン,x\n",
         "平たん\tk\t平坦\t平淡\n平坦\tk\t平たん\n平淡\tk\t平たん\n"},
        {"花卉" NOUN "カキ,x\n花器" NOUN "カキ,x\n花期" NOUN "カキ,x\n花き" NOUN "カキ,x\n",
         "花卉\tk\t花き\n花器\tk\t花き\n花期\tk\t花き\n"},
        /* old forms and marks of repetition are no other words */
        {"障碍" NOUN "x,x\n障礙" NOUN "x,x\n障がい" NOUN "x,x\n",
         "障がい\tk\t障碍\n障碍\tk\t障がい\n"},
        {"弱々しい" NOUN "x,x\n弱弱しい" NOUN "x,x\nよわよわしい" NOUN "x,x\n",
         "よわよわしい\tk\t弱々しい\t弱弱しい\n弱々しい\tk\tよわよわしい\n弱弱しい\tk\tよわよわしい"
         "\n"},
        /* all in kana: one word of three kana, or of grammar */
        {"斡旋" NOUN "x,x\nあっせん" NOUN "x,x\n", "あっせん\tk\t斡旋\n斡旋\tk\tあっせん\n"},
        {"塵" NOUN "x,x\nごみ" NOUN "x,x\n", ""},
        /* three kana that several words share say too little */
        {"画し" VERB "x,x\n隠し" VERB "x,x\nかくし" VERB "x,x\n", ""},
        {"形成" NOUN "x,x\n傾城" NOUN "x,x\nけいせい" NOUN "x,x\n", ""},
        {"且つ" CONJUNCTION "x,x\n且" CONJUNCTION "x,x\nかつ" CONJUNCTION "x,x\n",
         "かつ\tk\t且\t且つ\n且\tk\tかつ\n且つ\tk\tかつ\n"},
        /* what inflects leads to its kana */
        {"係わる" VERB "x,x\n関わる" VERB "x,x\nかかわる" VERB "x,x\n",
         "係わる\tk\tかかわる\n関わる\tk\tかかわる\n"},
    };
    check_all(mixed_add, cases, sizeof cases / sizeof *cases);
}
END_TEST

#define SUFFIX ",1,1,1,名詞,接尾,一般,*,*,*,x,"
#define FORM(name, base) ",1,1,1,動詞,自立,*,*,五段," name "," base ","
#define ONE_STEP(base) ",1,1,1,動詞,自立,*,*,一段,連用形," base ","
#define TAKE "取る" FORM("基本形", "取る") "トル,x\n取り" NOUN_FORM("取る") "トリ,x\n"
#define HEAR "聴く" FORM("基本形", "聴く") "キク,x\n聴き" NOUN_FORM("聴く") "キキ,x\n"
#define TAKE_LINES "取\tb\t取り\n取り\tn\t取\n取る\tv\t取\n"

START_TEST(verbs_that_compounds_are_made_of)
{
    static const char *const cases[][2] = {
        /* two nouns or verbs with it make a verb second in all; it is first in none of them */
        {TAKE "汗取り" NOUN "x,x\n年取り" NOUN "x,x\n", "取\ta\t取り\n" TAKE_LINES},
        {TAKE "汗取り" NOUN "x,x\n", "取\ta\t取り\n"},
        {TAKE HEAR "聴き取り" NOUN_FORM("聴き取る") "x,x\n汗取り" NOUN "x,x\n",
         "取\ta\t取り\n" TAKE_LINES "聴\ta\t聴き\n"},
        /* of the verbs of a kanji those that begin one */
        {TAKE "取れ" NOUN_FORM("取れる") "x,x\n取り組み" NOUN_FORM("取り組む") "x,x\n",
         "取\ta\t取り\n"},
        /* what can be done is no noun, unless there are nouns of it */
        {TAKE "取れ" NOUN_FORM("取れる") "x,x\n", "取\ta\t取り\n"},
        {TAKE "取れ" NOUN_FORM("取れる") "x,x\n旗取れ" NOUN "x,x\n年取れ" NOUN "x,x\n弓取れ" NOUN
                                         "x,x\n",
         "取\ta\t取り\t取れ\n取\tb\t取れ\n取れ\tn\t取\n"},
        /* a verb that ends five may stand in kana, unless one read alike ends many more */
        {TAKE "汗取り" NOUN "x,x\n年取り" NOUN "x,x\n弓取り" NOUN "x,x\n旗取り" NOUN
              "x,x\n草取り" NOUN "x,x\n",
         "とり\tx\t取り\nとる\tx\t取る\n取\ta\t取り\n取\tb\t取り\n取り\tn\t取\n取り\ty\tとり\n取る"
         "\tv\t取\n取る\ty\tとる\n"},
        /* a verb whose noun is a kanji, read with one kana */
        {"見" ONE_STEP("見る") "ミ,x\n割" ONE_STEP("割る") "ワレ,x\n", "見\ti\t見る\n"},
        /* a kanji that is a noun by itself (手) begins one only where several verbs show it */
        {TAKE "取" NOUN "x,x\n", ""},
    };
    check_all(stems_add, cases, sizeof cases / sizeof *cases);
}
END_TEST

START_TEST(endings_that_lose_their_kana)
{
    static const char *const cases[][2] = {
        {"前払い" NOUN "マエバライ,x\n前払" NOUN "マエバライ,x\n先払い" NOUN "サキバライ,x\n"
         "先払" NOUN "サキバライ,x\n",
         "払\te\t払い\n払い\te\t払\n"},
        /* two words at least, read alike; or a suffix */
        {"前払い" NOUN "マエバライ,x\n前払" NOUN "マエバライ,x\n", ""},
        {"前払い" NOUN "マエバライ,x\n前払" NOUN "ゼンフツ,x\n先払い" NOUN "サキバライ,x\n"
         "先払" NOUN "サキバライ,x\n",
         ""},
        {"済み" SUFFIX "ズミ,x\n", "済\te\t済み\n済み\te\t済\n"},
        /* the kanji is another suffix: 請求書 */
        {"書き" SUFFIX "ガキ,x\n書" SUFFIX "ショ,x\n", "書き\te\t書\n"},
        {"付き" SUFFIX "ツキ,x\n付" SUFFIX "フ,x\n付" SUFFIX "ヅキ,x\n",
         "付\te\t付き\n付き\te\t付\n"},
        /* inside a word that is read so */
        {"払い" SUFFIX "ハライ,x\n仮払金" NOUN "カリバライキン,x\n未払金" NOUN "ミフツキン,x\n",
         "仮払い金\to\t仮払金\n仮払金\tf\t仮払い金\n払\te\t払い\n払い\te\t払\n"},
    };
    check_all(endings_add, cases, sizeof cases / sizeof *cases);
}
END_TEST

/* uncommon_add with a few kanji of the table; 亀, 瓦 and 腺 came to it later. */
static enum status add_uncommon(struct lexicon_builder *b, const struct entries *entries)
{
    static const char table[] = "# 喉\n桃値場損名誉者\n裂\n+亀瓦腺\n";
    struct common_kanji common;
    enum status st = common_kanji_read(&common, table, strlen(table));
    ck_assert_int_eq(st, ST_OK);
    st = uncommon_add(b, entries, &common);
    common_kanji_release(&common);
    return st;
}

START_TEST(kana_for_kanji_that_official_writing_avoids)
{
    static const char *const cases[][2] = {
        {"圃場" NOUN "ホジョウ,x\n", "ほ場\tk\t圃場\n圃場\tk\tほ場\n"},
        {"名誉毀損" NOUN "メイヨキソン,x\n", "名誉き損\tk\t名誉毀損\n名誉毀損\tk\t名誉き損\n"},
        /* nothing to avoid */
        {"名誉" NOUN "メイヨ,x\n", ""},
        /* kanji that came to the table later, and both tables */
        {"亀裂" NOUN "キレツ,x\n", "き裂\tk\t亀裂\n亀裂\tk\tき裂\n"},
        {"扁桃腺" NOUN "ヘントウセン,x\n",
         "へん桃せん\tk\t扁桃腺\nへん桃腺\tk\t扁桃腺\n扁桃腺\tk\tへん桃せん\tへん桃腺\n"},
        /* all in kana: four of them, and no other word that is read so */
        {"瓦礫" NOUN "ガレキ,x\n", "瓦れき\tk\t瓦礫\n瓦礫\tk\t瓦れき\n"},
        {"斡旋" NOUN "アッセン,x\n", "あっせん\tk\t斡旋\n斡旋\tk\tあっせん\n"},
        {"灌漑" NOUN "カンガイ,x\n感慨" NOUN "カンガイ,x\n", ""},
        /* what the kanji alone is read tells which of two ways it is */
        {"閾値" NOUN "イキチ,x\n", ""},
        {"閾値" NOUN "イキチ,x\n値" NOUN "チ,x\n", "いき値\tk\t閾値\n閾値\tk\tいき値\n"},
        /* the kana are another word; 々 */
        {"圃場" NOUN "ホジョウ,x\nほ場" NOUN "ホバ,x\n", ""},
        {"粥々" NOUN "カユカユ,x\n", ""},
        /* a reading that has no such parts */
        {"煙草者" NOUN "タバコシャ,x\n", ""},
        /* four words for one way with kana are too many to lead to */
        {"圃場" NOUN "ホジョウ,x\n舗場" NOUN "ホジョウ,x\n捕場" NOUN "ホジョウ,x\n哺場" NOUN
         "ホジョウ,x\n",
         "哺場\tk\tほ場\n圃場\tk\tほ場\n捕場\tk\tほ場\n舗場\tk\tほ場\n"},
    };
    check_all(add_uncommon, cases, sizeof cases / sizeof *cases);
}
END_TEST

START_TEST(listed_spellings)
{
    struct lexicon_builder b = LEXICON_BUILDER_INIT;
    struct buf out = BUF_INIT;
    struct error error = {{0}};
    const char *good = "# x\n一人\tひとり\t>独り\n", *bad = "一人\n";
    ck_assert_int_eq(lexicon_read_spellings(&b, good, strlen(good), "t.tsv", &error), ST_OK);
    write_lines(&b, &out);
    ck_assert_str_eq(out.data, "ひとり\tl\t一人\t独り\n一人\tl\tひとり\t独り\n");
    ck_assert_int_eq(lexicon_read_spellings(&b, bad, strlen(bad), "t.tsv", &error), ST_INPUT);
    ck_assert_ptr_nonnull(strstr(error.message, "'t.tsv', line 1"));
    buf_release(&out);
    lexicon_builder_release(&b);
}
END_TEST

Suite *suite_lexicon(void)
{
    Suite *suite = suite_create("lexicon");
    TCase *tests = tcase_create("lexicon");
    tcase_add_test(tests, groups_of_synonyms);
    tcase_add_test(tests, faults_are_named);
    tcase_add_test(tests, keys_are_found);
    tcase_add_test(tests, keys_in_texts);
    tcase_add_test(tests, damaged_lexicons_are_told);
    tcase_add_test(tests, okurigana_of_a_dictionary);
    tcase_add_test(tests, kana_for_kanji_of_a_dictionary);
    tcase_add_test(tests, verbs_that_compounds_are_made_of);
    tcase_add_test(tests, endings_that_lose_their_kana);
    tcase_add_test(tests, kana_for_kanji_that_official_writing_avoids);
    tcase_add_test(tests, listed_spellings);
    suite_add_tcase(suite, tests);
    return suite;
}
