/* Readings. Interface: suites.h. */
#include "tests/unit/suites.h"

#include "dict/kana_words.h"
#include "dict/reading.h"

#include <string.h>

typedef bool reader(struct buf *out, const char *text, size_t n_bytes);

static void expect(reader *read, const char *text, const char *wanted)
{
    struct buf out = BUF_INIT;
    buf_adds(&out, "x");
    bool ok = read(&out, text, strlen(text));
    ck_assert_msg(ok == (wanted != NULL), "'%s'", text);
    ck_assert_msg(strcmp(out.data + 1, wanted != NULL ? wanted : "") == 0 || !ok, "'%s' gives '%s'",
                  text, out.data + 1);
    ck_assert(ok || out.len == 1);
    buf_release(&out);
}

START_TEST(keys)
{
    static const char *const cases[][2] = {
        {"かてい", "カテー"},
        {"カテイ", "カテー"},
        {"そうだん", "ソーダン"},
        {"ソーダン", "ソーダン"},
        {"おおきい", "オーキー"},
        {"つづく", "ツズク"},
        {"はなぢ", "ハナジ"},
        {"きょう", "キョー"},
        {"けいえい", "ケーエー"},
        {"家庭", NULL},
        {"かてい室", NULL},
        {"katei", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect(reading_key, cases[i][0], cases[i][1]);
}
END_TEST

START_TEST(from_latin)
{
    static const char *const cases[][2] = {
        {"katei", "カテイ"},
        {"shitsu", "シツ"},
        {"situ", "シツ"},
        {"jidou", "ジドウ"},
        {"zidou", "ジドウ"},
        {"chuushin", "チュウシン"},
        {"tyuusin", "チュウシン"},
        {"gakkou", "ガッコウ"},
        {"matcha", "マッチャ"},
        {"shinbun", "シンブン"},
        {"shimbun", "シンブン"},
        {"kon'ya", "コンヤ"},
        {"konnichi", "コンニチ"},
        {"fuyou", "フヨウ"},
        {"huyou", "フヨウ"},
        {"hon", "ホン"},
        {"npo", NULL},
        {"katex", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect(reading_from_latin, cases[i][0], cases[i][1]);
}
END_TEST

START_TEST(to_latin)
{
    static const char *const cases[][2] = {
        {"かてい", "katei"},
        {"シツ", "shitsu"},
        {"がっこう", "gakkou"},
        {"マッチャ", "matcha"},
        {"しんぶん", "shinbun"},
        {"センター", "senta"},
        {"家庭", NULL},
        {"", NULL},
        {"ゃく", NULL},
        {"アァ", NULL},
        {"アイウエオカキクケコサシスセソ", "aiueokakikukekosashisuseso"},
        {"タチツテトナニヌネノハヒフヘホ", "tachitsutetonaninunenohahifuheho"},
        {"マミムメモヤユヨラリルレロワヲン", "mamimumemoyayuyorarirurerowawon"},
        {"ガギグゲゴザジズゼゾダヂヅデド", "gagigugegozajizuzezodajizudedo"},
        {"バビブベボパピプペポヴ", "babibubebopapipupepovu"},
        {"キャニュヒョミャリュギョビャピュ", "kyanyuhyomyaryugyobyapyu"},
        {"シャシュショシェチャチュチョチェジャジュジョジェ", "shashushoshechachuchochejajujoje"},
        {"ファフィフェフォヴァヴィヴェヴォウェウィティディ", "fafifefovavivevowewithidhi"},
        {"っちゃっッか", "tchakka"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect(reading_to_latin, cases[i][0], cases[i][1]);
}
END_TEST

START_TEST(scripts)
{
    struct buf out = BUF_INIT;
    reading_hiragana(&out, "カテイのーA", strlen("カテイのーA"));
    ck_assert_str_eq(out.data, "かていのーA");
    buf_clear(&out);
    reading_katakana(&out, "かてイのーA", strlen("かてイのーA"));
    ck_assert_str_eq(out.data, "カテイノーA");
    buf_release(&out);
}
END_TEST

START_TEST(softened)
{
    static const char *const cases[][2] = {
        {"びき", "ヒき"}, {"ジョ", "ショ"}, {"づくり", "ツくり"}, {"ずまい", "スまい"},
        {"パイ", "ハイ"}, {"かてい", NULL}, {"", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *wanted = cases[i][1] != NULL ? cases[i][1] : cases[i][0];
        struct buf kana = BUF_INIT;
        buf_adds(&kana, cases[i][0]);
        ck_assert_int_eq(reading_soften(&kana), cases[i][1] != NULL);
        ck_assert_uint_eq(kana.len, strlen(wanted));
        ck_assert_mem_eq(kana.data, wanted, kana.len);
        buf_release(&kana);
    }
}
END_TEST

static bool stands_for(const char *kanji, const char *kana)
{
    struct word_chars a, b;
    ck_assert(word_chars_read(&a, kanji, strlen(kanji)));
    ck_assert(word_chars_read(&b, kana, strlen(kana)));
    return kana_stands_for(&a, &b);
}

START_TEST(kana_for_kanji)
{
    struct word_chars chars;
    char longer[3 * (KANA_WORD_MAX_CHARS + 1) + 1] = "";
    ck_assert(stands_for("呼び掛け", "呼びかけ"));
    ck_assert(stands_for("呼び掛け", "よびかけ"));
    ck_assert(stands_for("逼迫", "ひっ迫"));
    ck_assert(stands_for("見守り", "見守り"));
    ck_assert(!stands_for("見守り", "身まもり"));
    ck_assert(!stands_for("避難", "ひ"));
    ck_assert(!stands_for("避難", "ヒナン"));
    ck_assert(!stands_for("ひなん", "避難"));
    for (size_t i = 0; i <= KANA_WORD_MAX_CHARS; i++)
        memcpy(longer + 3 * i, "家", 4);
    ck_assert(!word_chars_read(&chars, longer, strlen(longer)));
}
END_TEST

Suite *suite_reading(void)
{
    Suite *suite = suite_create("reading");
    TCase *tests = tcase_create("reading");
    tcase_add_test(tests, keys);
    tcase_add_test(tests, from_latin);
    tcase_add_test(tests, to_latin);
    tcase_add_test(tests, scripts);
    tcase_add_test(tests, softened);
    tcase_add_test(tests, kana_for_kanji);
    suite_add_tcase(suite, tests);
    return suite;
}
