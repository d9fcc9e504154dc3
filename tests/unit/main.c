/* Runs all unit tests. CK_FORK=no is set by the sanitizer builds, which look for leaks at exit. */
#include "tests/unit/suites.h"

#include <stdlib.h>

int main(void)
{
    SRunner *runner = srunner_create(NULL);
    Suite *(*const suites[])(void) = {
        suite_base,       suite_dates,    suite_normalize,      suite_folding,
        suite_analyzer,   suite_encoding, suite_reader,         suite_sources,
        suite_cell,       suite_query,    suite_postings,       suite_rice,
        suite_writers,    suite_snippet,  suite_fuzz,           suite_numerals,
        suite_lexicon,    suite_reading,  suite_relevance,      suite_accumulators,
        suite_list_cache, suite_narrow,   suite_sort_positions, suite_left_places,
    };
    for (size_t i = 0; i < sizeof suites / sizeof *suites; i++)
        srunner_add_suite(runner, suites[i]());
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
