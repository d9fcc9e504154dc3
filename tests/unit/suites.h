/* One suite for each module; tests/unit/main.c runs them all. */
#ifndef HIKU_TESTS_SUITES_H
#define HIKU_TESTS_SUITES_H

#include <check.h>

Suite *suite_base(void);
Suite *suite_dates(void);
/* Further tests of dates. */
TCase *date_in_text_tests(void);
Suite *suite_normalize(void);
Suite *suite_folding(void);
Suite *suite_analyzer(void);
/* Further tests of the analyzer. */
TCase *bulk_tests(void);
TCase *lattice_tests(void);
TCase *lattice_copy_tests(void);
TCase *lattice_file_tests(void);
Suite *suite_encoding(void);
Suite *suite_reader(void);
/* Further tests of the readers. */
TCase *heading_tests(void);
TCase *form_tests(void);
Suite *suite_sources(void);
Suite *suite_cell(void);
Suite *suite_numerals(void);
Suite *suite_lexicon(void);
Suite *suite_reading(void);
Suite *suite_query(void);
Suite *suite_postings(void);
Suite *suite_rice(void);
/* Further tests of packed lists. */
TCase *frequency_tests(void);
Suite *suite_writers(void);
Suite *suite_snippet(void);
Suite *suite_relevance(void);
Suite *suite_accumulators(void);
Suite *suite_list_cache(void);
Suite *suite_narrow(void);
Suite *suite_sort_positions(void);
Suite *suite_left_places(void);
Suite *suite_fuzz(void);

#endif
