/* Encodings: found out, decoded, damage told with its place. */
#include "corpus/bytes/encoding.h"
#include "tests/unit/suites.h"

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char text[] =
    "番号\t件名\t概要\n1\t①児童相談所の体制を整備\t㈱ひくの髙田さんが、夜間も対応する。\n"
    "2\tﾌﾟﾗﾝの策定\t～－∥￢\n";
static struct error error;
static char path[64];

static void set_up(void)
{
    strcpy(path, "/tmp/hiku-test-XXXXXX");
    int fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    close(fd);
    error.message[0] = '\0';
}

static void tear_down(void)
{
    unlink(path);
}

static void write_bytes(const char *bytes, size_t n_bytes)
{
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, n_bytes, file), n_bytes);
    fclose(file);
}

/* The whole file, decoded, in IN's window. */
static enum status decode_file(struct input *in, const char *wanted, const char *declared)
{
    enum status st = input_open(in, path, &error);
    ck_assert_int_eq(st, ST_OK);
    st = input_fill(in, 1000, &error);
    ck_assert_int_eq(st, ST_OK);
    st = input_decode(in, wanted, declared, &error);
    while (st == ST_OK && !in->eof)
        st = input_more(in, &error);
    return st;
}

static void check(const char *encoding, const char *decoded, size_t n_decoded)
{
    struct input in = INPUT_INIT;
    ck_assert_int_eq(decode_file(&in, NULL, NULL), ST_OK);
    ck_assert_str_eq(in.encoding, encoding);
    ck_assert_uint_eq(in.end - in.start, n_decoded);
    ck_assert(memcmp(in.data + in.start, decoded, n_decoded) == 0);
    ck_assert_uint_eq(in.n_damage, 0);
    input_close(&in);
}

static size_t convert(const char *to, const char *utf8, char *out, size_t room)
{
    iconv_t converter = iconv_open(to, "UTF-8");
    ck_assert(converter != (iconv_t)-1);
    char *from = (char *)utf8, *at = out;
    size_t left = strlen(utf8);
    ck_assert_msg(iconv(converter, &from, &left, &at, &room) != (size_t)-1, "%s: %s", to, from);
    iconv_close(converter);
    return (size_t)(at - out);
}

START_TEST(each_is_found)
{
    static const char *const encodings[][2] = {{"UTF-8", "UTF-8"},       {"CP932", "Shift_JIS"},
                                               {"EUC-JP-MS", "EUC-JP"},  {"UTF-16LE", "UTF-16LE"},
                                               {"UTF-16BE", "UTF-16BE"}, {"UTF-16", "UTF-16LE"}};
    char bytes[2000];
    for (size_t i = 0; i < sizeof encodings / sizeof encodings[0]; i++) {
        write_bytes(bytes, convert(encodings[i][0], text, bytes, sizeof bytes));
        check(encodings[i][1], text, strlen(text));
    }
}
END_TEST

START_TEST(mark_is_left_out)
{
    write_bytes("\xEF\xBB\xBFtitle\n\xEF\xBB\xBF", 12);
    check("UTF-8", "title\n\xEF\xBB\xBF", 9);
    write_bytes("\xFE\xFF\0a\0,\0b", 8);
    check("UTF-16BE", "a,b", 3);
}
END_TEST

/* ESC $ B … ESC ( B, with NEC's ① in row 13 and a half-width katakana of ESC ( I. */
START_TEST(iso_2022_jp)
{
    static const char bytes[] = "No,\x1B$B7oL>\x1B(B\n1,\x1B$B-!;vNc\x1B(I1\x1B(B a\n";
    write_bytes(bytes, sizeof bytes - 1);
    check("ISO-2022-JP", "No,件名\n1,①事例ｱ a\n", strlen("No,件名\n1,①事例ｱ a\n"));
}
END_TEST

START_TEST(long_texts_in_pieces)
{
    size_t n = 20000 * strlen(text);
    char *utf8 = malloc(n + 1), *bytes = malloc(n);
    ck_assert(utf8 != NULL && bytes != NULL);
    utf8[0] = '\0';
    for (size_t i = 0, at = 0; i < 20000; i++, at += strlen(text))
        memcpy(utf8 + at, text, strlen(text) + 1);
    write_bytes(utf8, n);
    check("UTF-8", utf8, n);
    write_bytes(bytes, convert("CP932", utf8, bytes, n));
    check("Shift_JIS", utf8, n);
    free(utf8);
    free(bytes);
}
END_TEST

START_TEST(damage_has_a_place)
{
    struct input in = INPUT_INIT;
    uint64_t from = 0;
    write_bytes("\x8E\x99\x93\xB6\x82\xCC\xFF\x91\x8A\x92\x6B\n\xFD\xFE,\x81", 16);
    ck_assert_int_eq(decode_file(&in, "sjis", NULL), ST_OK);
    ck_assert_uint_eq(in.end - in.start, strlen("児童の\uFFFD相談\n\uFFFD\uFFFD,\uFFFD"));
    ck_assert(memcmp(in.data + in.start, "児童の\uFFFD相談\n\uFFFD\uFFFD,\uFFFD", in.end) == 0);
    ck_assert(!input_take_damage(&in, 9, &from));
    ck_assert(input_take_damage(&in, 10, &from));
    ck_assert_uint_eq(from, 6);
    in.start += 18;
    ck_assert(input_take_damage(&in, in.end - in.start, &from));
    ck_assert_uint_eq(from, 12);
    ck_assert(!input_take_damage(&in, in.end - in.start, &from));
    input_close(&in);
}
END_TEST

START_TEST(who_says_it)
{
    struct input in = INPUT_INIT;
    write_bytes("\x8E\x99\x93\xB6", 4);
    ck_assert_int_eq(decode_file(&in, "no-such", NULL), ST_USAGE);
    ck_assert_ptr_nonnull(strstr(error.message, "unknown encoding 'no-such'"));
    input_close(&in);
    ck_assert_int_eq(decode_file(&in, "Windows-31J", "UTF-8"), ST_OK);
    ck_assert_str_eq(in.encoding, "Shift_JIS");
    input_close(&in);
    write_bytes("児童", 6);
    ck_assert_int_eq(decode_file(&in, NULL, "Shift_JIS"), ST_OK); /* belied by the bytes */
    ck_assert_str_eq(in.encoding, "UTF-8");
    input_close(&in);
    write_bytes("\xC0\xCC\xC5\xD7\n", 5);
    ck_assert_int_eq(decode_file(&in, NULL, "EUC-KR"), ST_OK);
    ck_assert_str_eq(in.encoding, "EUC-KR");
    input_close(&in);
}
END_TEST

Suite *suite_encoding(void)
{
    Suite *suite = suite_create("encoding");
    TCase *tests = tcase_create("encoding");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, each_is_found);
    tcase_add_test(tests, mark_is_left_out);
    tcase_add_test(tests, iso_2022_jp);
    tcase_add_test(tests, long_texts_in_pieces);
    tcase_add_test(tests, damage_has_a_place);
    tcase_add_test(tests, who_says_it);
    suite_add_tcase(suite, tests);
    return suite;
}
