/* The inputs of the fuzz targets, replayed without a fuzzer. */
#include "tests/fuzz/fuzz.h"
#include "tests/unit/suites.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

static void replay_file(const struct fuzz_target *target, const char *path)
{
    FILE *file = fopen(path, "rb");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(fseek(file, 0, SEEK_END), 0);
    long n_bytes = ftell(file);
    rewind(file);
    /* Exactly as long as the input, so that the sanitizers see a read beyond its end. */
    uint8_t *data = malloc(n_bytes > 0 ? (size_t)n_bytes : 1);
    ck_assert_ptr_nonnull(data);
    ck_assert_uint_eq(fread(data, 1, (size_t)n_bytes, file), (size_t)n_bytes);
    fclose(file);
    target->run(data, (size_t)n_bytes);
    free(data);
}

/* Returns how many inputs there were; 0 where there is no such folder. */
static size_t replay_folder(const struct fuzz_target *target, const char *kind)
{
    char folder[128], path[512];
    snprintf(folder, sizeof folder, "tests/fuzz/%s/%s", kind, target->name);
    DIR *dir = opendir(folder);
    size_t n = 0;
    for (struct dirent *entry; dir != NULL && (entry = readdir(dir)) != NULL;) {
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        replay_file(target, path);
        n++;
    }
    if (dir != NULL)
        closedir(dir);
    return n;
}

START_TEST(test_replay)
{
    const struct fuzz_target *target = &fuzz_targets[_i];
    replay_folder(target, "regression");
    ck_assert_msg(replay_folder(target, "seeds") > 0, "no seeds for the target %s", target->name);
}
END_TEST

Suite *suite_fuzz(void)
{
    Suite *suite = suite_create("fuzz");
    TCase *tests = tcase_create("replay");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, test_replay, 0, (int)n_fuzz_targets);
    suite_add_tcase(suite, tests);
    return suite;
}
