/* Lexicons: what files give, and looking up. Interface: suites.h. */
#include "tests/unit/suites.h"

#include "dict/lexicon_build.h"
#include "dict/okurigana_gen.h"

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

START_TEST(okurigana_of_a_dictionary)
{
    static const char *const cases[][2] = {
        {"取り組み" NOUN "トリクミ,x\n取組" NOUN "トリクミ,x\n",
         "取り組\tf\t取り組み\n取り組み\to\t取り組\t取組み\t取組\n取組\tf\t取り組み\n"
         "取組み\tf\t取り組み\n"},
        /* the fullest form may be in no dictionary */
        {"取組み" NOUN "トリクミ,x\n取り組" NOUN "トリクミ,x\n",
         "取り組\tf\t取り組み\n取り組み\to\t取り組\t取組み\t取組\n取組\tf\t取り組み\n"
         "取組み\tf\t取り組み\n"},
        /* what inflects keeps its end */
        {"取り組む" VERB "トリクム,x\n", "取り組む\to\t取組む\n取組む\tf\t取り組む\n"},
        /* one kanji: only what the dictionary has */
        {"上がり" NOUN "アガリ,x\n", ""},
        {"届け" NOUN "トドケ,x\n届" NOUN "トドケ,x\n", "届\tf\t届け\n届け\to\t届\n"},
        /* another reading, another kind of word, no kana: other words */
        {"上り" NOUN "ノボリ,x\n上がり" NOUN "アガリ,x\n", ""},
        {"受付" NOUN "ウケツケ,x\n", ""},
        {"カ取り組み" NOUN "x,x\n", ""},
    };
    struct buf out = BUF_INIT;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct lexicon_builder b = LEXICON_BUILDER_INIT;
        ck_assert_int_eq(okurigana_read(&b, cases[i][0], strlen(cases[i][0])), ST_OK);
        write_lines(&b, &out);
        ck_assert_str_eq(out.data, cases[i][1]);
        lexicon_builder_release(&b);
    }
    buf_release(&out);
}
END_TEST

Suite *suite_lexicon(void)
{
    Suite *suite = suite_create("lexicon");
    TCase *tests = tcase_create("lexicon");
    tcase_add_test(tests, groups_of_synonyms);
    tcase_add_test(tests, faults_are_named);
    tcase_add_test(tests, keys_are_found);
    tcase_add_test(tests, damaged_lexicons_are_told);
    tcase_add_test(tests, okurigana_of_a_dictionary);
    suite_add_tcase(suite, tests);
    return suite;
}
