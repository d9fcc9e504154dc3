/* Files that a path stands for, and their names. */
#include "corpus/reader.h"
#include "corpus/sources.h"
#include "tests/unit/suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];
static struct source_list list;
static struct error error;

static void run(const char *format, const char *name)
{
    char command[256];
    snprintf(command, sizeof command, format, name);
    ck_assert_int_eq(system(command), 0);
}

static void set_up(void)
{
    strcpy(folder, "/tmp/hiku-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    list = (struct source_list){0};
    error.message[0] = '\0';
}

static void tear_down(void)
{
    sources_release(&list);
    run("rm -rf '%s'", folder);
}

/* The path of NAME in the test's folder; valid until the fourth next call. */
static const char *in_folder(const char *name)
{
    static char paths[4][256];
    static size_t next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

static void write_file(const char *name, const char *text)
{
    char *path = strdup(in_folder(name));
    for (char *slash = path + strlen(folder) + 1; (slash = strchr(slash, '/')) != NULL; slash++) {
        *slash = '\0';
        mkdir(path, 0755);
        *slash = '/';
    }
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
    free(path);
}

static void check_fails(const char *path, const char *expected)
{
    ck_assert_int_eq(sources_add(&list, path, &error), ST_INPUT);
    ck_assert_msg(strstr(error.message, expected) != NULL, "'%s' lacks '%s'", error.message,
                  expected);
    ck_assert_uint_eq(list.n, 0);
}

START_TEST(register_of_sapporo)
{
    ck_assert_int_eq(sources_add(&list, "corpus", &error), ST_OK);
    ck_assert_uint_eq(list.n, 1);
    ck_assert_str_eq(list.items[0].path, "corpus/sapporo/sapporo-measures.txt");
    ck_assert_str_eq(list.items[0].name, "sapporo");
    ck_assert_str_eq(list.items[0].label, "札幌市");
}
END_TEST

START_TEST(one_file_with_a_manifest)
{
    const char *path = "corpus/sapporo/sapporo-measures.txt";
    ck_assert_int_eq(sources_add(&list, path, &error), ST_OK);
    ck_assert_int_eq(sources_add(&list, "corpus/sapporo", &error), ST_OK); /* is there already */
    ck_assert_uint_eq(list.n, 1);
    ck_assert_str_eq(list.items[0].path, path);
    ck_assert_str_eq(list.items[0].name, "sapporo");
}
END_TEST

START_TEST(walk_is_sorted_and_named)
{
    static const char *const files[] = {
        "b/attributes.csv", "a/attributes.CSV", "a.tsv",      "z.dat",          "README.txt",
        "LICENSE.txt",      ".hidden.tsv",      ".git/x.tsv", "a/deep/er/t.txt"};
    static const char *const paths[] = {"a.tsv", "a/attributes.CSV", "a/deep/er/t.txt",
                                        "b/attributes.csv"};
    static const char *const names[] = {"a", "a/attributes", "t", "b/attributes"};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        write_file(files[i], "x");
    ck_assert_int_eq(symlink(folder, in_folder("a/loop")), 0);
    ck_assert_int_eq(sources_add(&list, folder, &error), ST_OK);
    ck_assert_uint_eq(list.n, 4);
    for (size_t i = 0; i < 4; i++) {
        ck_assert_str_eq(list.items[i].path, in_folder(paths[i]));
        ck_assert_str_eq(list.items[i].name, names[i]);
        ck_assert_str_eq(list.items[i].label, "");
    }
}
END_TEST

START_TEST(same_stem_in_one_folder)
{
    write_file("t.csv", "x");
    write_file("t.tsv", "x");
    ck_assert_int_eq(sources_add(&list, in_folder(""), &error), ST_OK);
    ck_assert_uint_eq(list.n, 2);
    ck_assert_str_eq(list.items[0].name, "t.csv");
    ck_assert_str_eq(list.items[1].name, "t.tsv");
    ck_assert_str_eq(list.items[1].path, in_folder("t.tsv"));
}
END_TEST

START_TEST(earlier_sources_keep_their_names)
{
    write_file("one/t.csv", "x");
    write_file("two/t.csv", "x");
    ck_assert_int_eq(sources_add(&list, in_folder("one"), &error), ST_OK);
    ck_assert_int_eq(sources_add(&list, in_folder("two/./t.csv"), &error), ST_OK);
    ck_assert_uint_eq(list.n, 2);
    ck_assert_str_eq(list.items[0].name, "t");
    ck_assert_str_eq(list.items[1].name, "two/t");
}
END_TEST

START_TEST(manifest_names_and_mistakes)
{
    static const struct {
        const char *manifest;
        const char *message;
    } mistakes[] = {
        {"", "hiku.sources.tsv:1: the manifest is empty"},
        {"name\tlabel\n", "hiku.sources.tsv:1: the first line must be"},
        {"file\tname\tname\n", "hiku.sources.tsv:1: the first line must be"},
        {"file\tname\tlabel\na.csv\tx\n", "hiku.sources.tsv:2: not as many cells"},
        {"file\tname\tlabel\n\na.csv\tx\ty\tz\n", "hiku.sources.tsv:3: not as many cells"},
        {"file\tname\tlabel\na.csv\t\ty\n", "hiku.sources.tsv:2: neither file nor name"},
        {"file\tname\tlabel\nc.csv\tx\ty\n", "hiku.sources.tsv:2: there is no file 'c.csv'"},
        {"file\tname\tlabel\na.csv\tx\t\na.csv\ty\t\n", "hiku.sources.tsv:3: this file is named"},
        {"file\tname\tlabel\na.csv\tx\t\nb.csv\tx\t\n", "the name 'x' of"},
        {"file\tname\thidden\na.csv\tx\tYES\n", "hiku.sources.tsv:2: hidden is neither"},
    };
    write_file("a.csv", "x");
    write_file("b.csv", "x");
    for (size_t i = 0; i < sizeof mistakes / sizeof mistakes[0]; i++) {
        write_file("hiku.sources.tsv", mistakes[i].manifest);
        check_fails(folder, mistakes[i].message);
    }
    write_file("hiku.sources.tsv", "\xEF\xBB\xBF"
                                   "file\tname\tlabel\r\nb.csv\ta\t焼津市\r\n");
    ck_assert_int_eq(sources_add(&list, folder, &error), ST_OK);
    ck_assert_uint_eq(list.n, 2);
    ck_assert_str_eq(list.items[1].name, "a");
    ck_assert_str_eq(list.items[1].label, "焼津市");
    ck_assert_str_eq(list.items[0].name + strlen(list.items[0].name) - 2, "/a");
}
END_TEST

static bool is_known(const void *context, const char *path, const struct stat *info)
{
    const char *end = strrchr(path, '/');
    return info->st_size > 0 && end != NULL && strcmp(end + 1, context) == 0;
}

/* A file that is known is not opened to find out whether it is a report. */
START_TEST(reports_and_known_files)
{
    const struct known_sources known = {is_known, "b.tsv"};
    write_file("a.tsv", REPORT_HEADING);
    write_file("b.tsv", REPORT_HEADING);
    list.known = &known;
    ck_assert_int_eq(sources_add(&list, folder, &error), ST_OK);
    ck_assert_uint_eq(list.n, 1);
    ck_assert_str_eq(list.items[0].name, "b");
}
END_TEST

START_TEST(what_cannot_be_read)
{
    check_fails(in_folder("missing.tsv"), "No such file");
    check_fails(folder, "no tables in the folder");
    write_file("secret.tsv", "x");
    if (geteuid() == 0)
        return;
    chmod(in_folder("secret.tsv"), 0);
    check_fails(in_folder("secret.tsv"), "Permission denied");
}
END_TEST

Suite *suite_sources(void)
{
    Suite *suite = suite_create("sources");
    TCase *tests = tcase_create("sources");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, register_of_sapporo);
    tcase_add_test(tests, one_file_with_a_manifest);
    tcase_add_test(tests, reports_and_known_files);
    tcase_add_test(tests, walk_is_sorted_and_named);
    tcase_add_test(tests, same_stem_in_one_folder);
    tcase_add_test(tests, earlier_sources_keep_their_names);
    tcase_add_test(tests, manifest_names_and_mistakes);
    tcase_add_test(tests, what_cannot_be_read);
    suite_add_tcase(suite, tests);
    return suite;
}
