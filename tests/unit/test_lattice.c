/* Cutting without MeCab's own search: what it gives must be MeCab's to the token. Needs
 * mecab-ipadic-utf8 and MeCab's tools. */
#include "dict/lattice/lattice.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "dict/analyzer.h"
#include "dict/lattice/dictionary.h"
#include "tests/unit/random.h"
#include "tests/unit/suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct analyzer *analyzer;
static struct dictionary *dictionary;
static struct tokenizer *plain, *fast; /* MeCab's, and the one under test */

static void open_with(const char *userdic, bool large_pages)
{
    struct error error = {0};
    ck_assert_msg(analyzer_open(&analyzer, NULL, userdic, &error) == ST_OK, "%s", error.message);
    dictionary = dictionary_open(analyzer_dicdir(analyzer), analyzer_userdic(analyzer));
    ck_assert_ptr_nonnull(dictionary);
    if (large_pages)
        dictionary_use_large_pages(dictionary);
    ck_assert_int_eq(tokenizer_new(&plain, analyzer), ST_OK);
    ck_assert_int_eq(tokenizer_new_bulk(&fast, analyzer, dictionary, NULL), ST_OK);
}

static void open_all(void)
{
    open_with(NULL, false);
}

static void open_in_large_pages(void)
{
    open_with(NULL, true);
}

static void close_all(void)
{
    tokenizer_free(plain);
    tokenizer_free(fast);
    dictionary_close(dictionary);
    analyzer_close(analyzer);
}

/* How many tokens TEXT has, whoever cuts it. */
static size_t cut_the_same(const char *text, size_t n)
{
    struct tokens wanted = {0}, tokens = {0};
    ck_assert_int_eq(tokenizer_cut(plain, text, n, &wanted), ST_OK);
    ck_assert_int_eq(tokenizer_cut(fast, text, n, &tokens), ST_OK);
    ck_assert_msg(tokens.n == wanted.n, "%zu tokens, not %zu: %.*s", tokens.n, wanted.n, (int)n,
                  text);
    for (size_t i = 0; i < wanted.n; i++) {
        const struct token *a = &wanted.items[i], *b = &tokens.items[i];
        ck_assert_uint_eq(a->start, b->start);
        ck_assert_uint_eq(a->end, b->end);
        ck_assert_uint_eq(a->flags, b->flags);
        ck_assert_str_eq(a->feature, b->feature);
    }
    size_t n_tokens = tokens.n;
    tokens_release(&wanted);
    tokens_release(&tokens);
    return n_tokens;
}

START_TEST(the_register)
{
    struct buf text = BUF_INIT;
    struct normalized norm = NORMALIZED_INIT;
    FILE *file = fopen("corpus/sapporo/sapporo-measures.txt", "re");
    ck_assert_ptr_nonnull(file);
    ck_assert(buf_read(&text, file));
    ck_assert_int_eq(normalize(&norm, text.data, text.len), ST_OK);
    ck_assert_uint_gt(cut_the_same(norm.text.data, norm.text.len), 1000);
    fclose(file);
    normalized_release(&norm);
    buf_release(&text);
}
END_TEST

/* Runs of a kind and limits of their length; characters beyond the BMP and at its end; what MeCab
 * takes for a blank, and damaged bytes, of which it is asked itself. */
static const char *const hard[] = {
    "すもももももももものうち",
    "ガガガガガガガガガガガガガガガガガガガガガガガガガガガガガガ",
    "アアアアアアアアアアアアアアアアアアアアアアアアア", /* one more than a group may have */
    "abcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabc12345678901234567890123456789012345",
    "一二三四五六七八九十百千万億兆一二三四五六七八九十百千万億兆",
    "𠮷野家で𩸽を😀😀食べた",
    "囎唹郡、翿、囎囎囎囎",
    "=(^_^)=::://///…………――――",
    "ｱｲｳ\xEF\xBF\xBF\xEF\xBF\xBEx",
    "表\t記\nの\v間",
    "\xFF\xFE児童\xE3\x81",
    "ёжик αβγ àéî 한국어",
};

START_TEST(hard_texts)
{
    for (size_t i = 0; i < sizeof hard / sizeof *hard; i++)
        cut_the_same(hard[i], strlen(hard[i]));
}
END_TEST

/* Texts of no sense, in which most words are one character: many paths cost the same, and which is
 * taken goes by the order of the words. */
START_TEST(random_texts)
{
    static const uint32_t ranges[][2] = {{0x3041, 86}, {0x30A1, 90}, {0x4E00, 20902},
                                         {0x21, 94},   {0x3041, 86}, {0x3000, 64}};
    struct buf text = BUF_INIT;
    uint64_t seed = 20190601;
    size_t n_tokens = 0;
    for (int i = 0; i < 2000; i++) {
        buf_clear(&text);
        for (uint32_t n = next_random(&seed) % 60 + 1; n > 0; n--) {
            const uint32_t *range = ranges[next_random(&seed) % (sizeof ranges / sizeof *ranges)];
            buf_add_cp(&text, range[0] + next_random(&seed) % range[1]);
        }
        n_tokens += cut_the_same(text.data, text.len);
    }
    ck_assert_uint_gt(n_tokens, 30000);
    buf_release(&text);
}
END_TEST

/* That it cuts by itself: the others would hold if MeCab were always asked. */
START_TEST(cuts_itself)
{
    static const char text[] = "児童相談所の休日", blank[] = "児童 相談";
    struct sentence_token tokens[sizeof text];
    struct lattice *l = lattice_new(dictionary);
    ck_assert_ptr_nonnull(l);
    ck_assert_uint_eq(lattice_cut(l, text, strlen(text), tokens), 5); /* 児童|相談|所|の|休日 */
    ck_assert_uint_eq(tokens[0].n_bytes, strlen("児童"));
    ck_assert(strncmp(tokens[3].feature, "助詞,連体化", strlen("助詞,連体化")) == 0);
    ck_assert(!tokens[4].unknown);
    ck_assert_uint_eq(lattice_cut(l, blank, strlen(blank), tokens), 0);
    lattice_free(l);
    lattice_free(NULL);
}
END_TEST

static char folder[] = "/tmp/hiku-lattice-XXXXXX";

static void run(const char *command)
{
    ck_assert_msg(system(command) == 0, "%s", command); /* NOLINT(cert-env33-c): fixed texts */
}

START_TEST(words_of_a_user)
{
    struct buf command = BUF_INIT;
    ck_assert_ptr_nonnull(mkdtemp(folder));
    buf_addf(
        &command,
        "cd %s && printf '%%s\\n' '𠮷野家,1288,1288,1000,名詞,固有名詞,*,*,*,*,𠮷野家,ヨシノヤ,"
        "ヨシノヤ' > w.csv && $(mecab-config --libexecdir)/mecab-dict-index -d %s -u w.dic "
        "-f utf8 -t utf8 w.csv > log",
        folder, HIKU_DICDIR);
    run(command.data);
    buf_clear(&command);
    buf_addf(&command, "%s/w.dic", folder);
    open_with(command.data, true);
    ck_assert_uint_eq(cut_the_same("𠮷野家の児童", strlen("𠮷野家の児童")), 3);
    char *fingerprint = strdup(analyzer_fingerprint(analyzer));
    close_all();
    /* The same words, named in dicrc: MeCab cuts with them, and the fingerprint tells. */
    buf_clear(&command);
    buf_addf(&command, "cd %s && cp %s/* . && echo 'userdic = %s/w.dic' >> dicrc", folder,
             HIKU_DICDIR, folder);
    run(command.data);
    struct error error = {0};
    ck_assert_int_eq(analyzer_open(&analyzer, folder, "", &error), ST_OK);
    ck_assert_str_eq(analyzer_fingerprint(analyzer), fingerprint);
    analyzer_close(analyzer);
    free(fingerprint);
    buf_clear(&command);
    buf_addf(&command, "rm -r %s", folder);
    run(command.data);
    buf_release(&command);
}
END_TEST

/* A dictionary of another form is left to MeCab, one that is cut short too. */
START_TEST(other_forms)
{
    static const char *const changes[] = {
        "truncate -s -1 sys.dic",
        "truncate -s 60 sys.dic",
        "printf '\\377' | dd of=sys.dic bs=1 seek=4 conv=notrunc status=none", /* version */
        "printf 'e' | dd of=sys.dic bs=1 seek=40 conv=notrunc status=none",    /* character set */
        ("printf x | dd of=unk.dic bs=1 seek=$(($(stat -c %s unk.dic) - 1)) conv=notrunc "
         "status=none"), /* no end */
        "truncate -s 100 unk.dic",
        "truncate -s -4 char.bin",
        ": > char.bin",
        "truncate -s -2 matrix.bin",
        "printf '\\1\\0\\1\\0\\0\\0' > matrix.bin", /* context ids beyond the table */
        "echo 'unk-feature = x' >> dicrc",
        "echo 'userdic = w.dic' >> dicrc", /* words that only MeCab would know of */
        "rm dicrc",
        "true",
    };
    char copy[] = "/tmp/hiku-lattice-XXXXXX";
    struct buf command = BUF_INIT;
    ck_assert_ptr_nonnull(mkdtemp(copy));
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        buf_clear(&command);
        buf_addf(&command, "cd %s && cp %s/* . && %s", copy, HIKU_DICDIR, changes[i]);
        run(command.data);
        struct dictionary *d = dictionary_open(copy, "");
        ck_assert_msg((d != NULL) == (i == sizeof changes / sizeof *changes - 1), "%s", changes[i]);
        dictionary_close(d);
    }
    ck_assert_ptr_null(dictionary_open(copy, "/nowhere.dic"));
    buf_clear(&command);
    buf_addf(&command, "rm -r %s", copy);
    run(command.data);
    buf_release(&command);
}
END_TEST

TCase *lattice_tests(void)
{
    TCase *tests = tcase_create("the lattice");
    tcase_set_timeout(tests, 120);
    tcase_add_checked_fixture(tests, open_all, close_all);
    tcase_add_test(tests, the_register);
    tcase_add_test(tests, hard_texts);
    tcase_add_test(tests, random_texts);
    tcase_add_test(tests, cuts_itself);
    return tests;
}

/* The same with copies of the dictionary. */
TCase *lattice_copy_tests(void)
{
    TCase *tests = tcase_create("the lattice in large pages");
    tcase_set_timeout(tests, 120);
    tcase_add_checked_fixture(tests, open_in_large_pages, close_all);
    tcase_add_test(tests, the_register);
    tcase_add_test(tests, hard_texts);
    tcase_add_test(tests, random_texts);
    return tests;
}

TCase *lattice_file_tests(void)
{
    TCase *tests = tcase_create("files of the lattice");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, words_of_a_user);
    tcase_add_test(tests, other_forms);
    return tests;
}
