/* libhiku as another program uses it: open, search, iterate, interrupt, close. TAP; run by
 * test_lib.sh, which counts on. Arguments: an index of corpus/, another file. */
#include "program.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static int open_one(const char *path, hiku **db)
{
    return hiku_open(&path, 1, NULL, db);
}

static void test_open(const char *path, const char *other)
{
    hiku *db = NULL;
    int rc = open_one("/nowhere.db", &db);
    check(rc == HIKU_MISSING && strstr(hiku_error(db), "'/nowhere.db'") != NULL,
          "open: no such file");
    hiku_close(db);
    rc = open_one(other, &db);
    check(rc == HIKU_NOT_INDEX && hiku_error(db)[0] != '\0', "open: no index");
    hiku_close(db);
    hiku_close(NULL);
    struct hiku_open_options options = {.size = sizeof options, .dicdir = "/nowhere"};
    rc = hiku_open(&path, 1, &options, &db);
    check(rc == HIKU_DICTIONARY && strstr(hiku_error(db), "'/nowhere'") != NULL,
          "open: no dictionary");
    hiku_close(db);
    check(strcmp(hiku_error(NULL), "") == 0, "error: no handle");
}

static void test_search(hiku *db)
{
    static const char query[] = "夜間";
    struct hiku_search_options options = HIKU_SEARCH_OPTIONS_INIT;
    hiku_results *results = NULL;
    const struct hiku_hit *hit = NULL;
    options.explain = 1;
    int rc = hiku_search(db, query, strlen(query), &options, &results);
    check(rc == HIKU_OK && strcmp(hiku_error(db), "") == 0, "search");
    check(hiku_results_total(results) == 2 && hiku_results_partial(results) == 0, "totals");
    check(hiku_results_elapsed_ms(results) > 0, "time");
    check(strstr(hiku_results_explanation(results), query) != NULL, "explanation");
    rc = hiku_results_next(results, &hit);
    check(rc == HIKU_OK && hit != NULL && strcmp(hit->record.key, "sapporo#4") == 0 &&
              hit->rank == 1 && hit->score > 0 && hit->match == HIKU_MATCH_ALL,
          "first hit");
    const struct hiku_text *title = &hit->record.title;
    check(title->n_highlights == 1 &&
              title->highlights[0].end - title->highlights[0].start == strlen(query) &&
              memcmp(title->data + title->highlights[0].start, query, strlen(query)) == 0,
          "highlight");
    check(strcmp(hit->record.date, "2019-07-08") == 0 && hit->record.line > 1, "date and line");
    rc = hiku_results_next(results, &hit);
    check(rc == HIKU_OK && hit != NULL && strcmp(hit->record.key, "sapporo#2") == 0, "second hit");
    rc = hiku_results_next(results, &hit);
    check(rc == HIKU_OK && hit == NULL, "no third hit");
    rc = hiku_results_next(results, &hit);
    check(rc == HIKU_OK && hit == NULL, "nor a fourth");
    hiku_results_free(results);
    hiku_results_free(NULL);
}

/* The first hit, of which NO_TEXT says what is left out; freed with *RESULTS. */
static const struct hiku_hit *first_without(hiku *db, int no_text, hiku_results **results)
{
    static const char query[] = "夜間";
    struct hiku_search_options options = HIKU_SEARCH_OPTIONS_INIT;
    const struct hiku_hit *hit = NULL;
    options.no_text = no_text;
    *results = NULL;
    int rc = hiku_search(db, query, strlen(query), &options, results);
    check(rc == HIKU_OK && hiku_results_next(*results, &hit) == HIKU_OK && hit != NULL &&
              strcmp(hit->record.key, "sapporo#4") == 0 && strcmp(hit->record.id, "4") == 0 &&
              hit->record.db[0] != '\0' && hit->rank == 1 && hit->score > 0,
          "ids and scores without texts");
    return hit;
}

static bool has_texts(const struct hiku_hit *hit)
{
    return hit->record.title.len + hit->record.body.len + hit->snippet.len > 0;
}

static void test_no_text(hiku *db)
{
    hiku_results *results;
    const struct hiku_hit *hit = first_without(db, HIKU_NO_TEXT, &results);
    check(hit != NULL && !has_texts(hit) && strcmp(hit->record.date, "2019-07-08") == 0 &&
              hit->record.source[0] != '\0' && hit->record.columns[0] == '{',
          "all but texts");
    hiku_results_free(results);
    hit = first_without(db, HIKU_IDS_ONLY, &results);
    check(hit != NULL && !has_texts(hit) && hit->record.title.data[0] == '\0' &&
              hit->record.date[0] == '\0' && hit->record.date_end[0] == '\0' &&
              hit->record.date_text[0] == '\0' && hit->record.source[0] == '\0' &&
              hit->record.label[0] == '\0' && hit->record.columns[0] == '\0' &&
              hit->record.part[0] == '\0' && hit->record.line == 0,
          "ids alone");
    hiku_results_free(results);
}

static void test_arguments(hiku *db)
{
    struct hiku_search_options options = HIKU_SEARCH_OPTIONS_INIT;
    hiku_results *results = NULL;
    options.since = "夜間";
    int rc = hiku_search(db, "a", 1, &options, &results);
    check(rc == HIKU_USAGE && results == NULL && strstr(hiku_error(db), "'夜間'") != NULL,
          "a date that is none");
    options.since = "R1.7.8";
    options.until = "2019-07";
    options.limit = 1;
    rc = hiku_search(db, "", 0, &options, &results);
    check(rc == HIKU_OK && hiku_results_total(results) == 4, "a period alone");
    hiku_results_free(results);
    rc = hiku_search(db, "\xFF\xE5\0(", 4, NULL, &results);
    check(rc == HIKU_OK, "any bytes, no options");
    hiku_results_free(results);
    /* A program built when the struct was shorter. */
    struct hiku_search_options old = {.size = offsetof(struct hiku_search_options, offset),
                                      .limit = 3};
    const struct hiku_hit *hit;
    size_t n = 0;
    rc = hiku_search(db, "児童", strlen("児童"), &old, &results);
    while (rc == HIKU_OK && (rc = hiku_results_next(results, &hit)) == HIKU_OK && hit != NULL)
        n++;
    check(rc == HIKU_OK && n == 3, "shorter options");
    hiku_results_free(results);
}

static void test_get(hiku *db)
{
    const struct hiku_record *record = NULL;
    int rc = hiku_get(db, "sapporo#4", "休日", strlen("休日"), &record);
    check(rc == HIKU_OK && strcmp(record->id, "4") == 0 && record->title.n_highlights == 1, "get");
    rc = hiku_get(db, "sapporo#0", NULL, 0, &record);
    check(rc == HIKU_NOT_FOUND && record == NULL && hiku_error(db)[0] != '\0', "get: no record");
}

static int count_token(void *context, const struct hiku_token *token)
{
    size_t *n = context;
    ++*n;
    return token->end >= 12 ? 77 : 0;
}

static void test_tokens(hiku *db)
{
    size_t n = 0, n_alone = 0;
    hiku *alone;
    hiku_results *results = NULL;
    const struct hiku_record *record;
    int rc = hiku_tokens(db, "児童相談所長", strlen("児童相談所長"), count_token, &n);
    check(rc == 77 && n == 2, "tokens, stopped at the second");
    rc = hiku_tokens(db, "", (size_t)1 << 31, count_token, &n); /* of which nothing is read */
    check(rc == HIKU_INPUT && strstr(hiku_error(db), "2 GiB") != NULL, "tokens: too long a text");
    rc = hiku_open(NULL, 0, NULL, &alone);
    check(rc == HIKU_OK, "open without an index");
    rc = hiku_tokens(alone, "児童", strlen("児童"), count_token, &n_alone);
    check(rc == HIKU_OK && n_alone == 1, "tokens without an index");
    rc = hiku_search(alone, "児童", strlen("児童"), NULL, &results);
    check(rc == HIKU_OK && hiku_results_total(results) == 0, "search without an index");
    hiku_results_free(results);
    rc = hiku_get(alone, "sapporo#4", NULL, 0, &record);
    check(rc == HIKU_NOT_FOUND, "get without an index");
    hiku_close(alone);
}

static void test_texts(void)
{
    bool all = true;
    for (int i = -1; i <= HIKU_STATUS_LAST; i++)
        all = all && hiku_status_text(i) != NULL && hiku_status_text(i)[0] != '\0';
    check(all, "every status has a text");
    check(strchr(hiku_version(), '.') != NULL, "version");
}

static void test_interrupt(hiku *db)
{
    static const char query[] = "児童 OR 会議 OR 開催 OR 札幌 OR 対策 OR 部会 OR 検証 OR 市長";
    struct interrupter i = {.db = db};
    pthread_t thread;
    hiku_results *results;
    int rc = HIKU_OK;
    if (pthread_create(&thread, NULL, interrupt, &i) != 0)
        return;
    for (time_t end = time(NULL) + 120; rc == HIKU_OK && time(NULL) < end;) {
        rc = hiku_search(db, query, strlen(query), NULL, &results);
        hiku_results_free(results);
    }
    atomic_store(&i.stop, true);
    pthread_join(thread, NULL);
    check(rc == HIKU_INTERRUPTED && results == NULL && hiku_error(db)[0] != '\0', "interrupted");
    rc = hiku_search(db, query, strlen(query), NULL, &results);
    check(rc == HIKU_OK && hiku_results_total(results) > 0, "and used again");
    hiku_results_free(results);
}

/* An interrupt also ends what is asked of results, until the next search. */
static void test_interrupted_results(hiku *db)
{
    static const char found[] = "児童", missing[] = "児童相談署署";
    hiku_results *results;
    const struct hiku_hit *hit;
    const char *const *texts;
    size_t n;
    int rc = hiku_search(db, found, strlen(found), NULL, &results);
    hiku_interrupt(db);
    check(rc == HIKU_OK && hiku_results_next(results, &hit) == HIKU_INTERRUPTED && hit == NULL &&
              hiku_error(db)[0] != '\0',
          "no hit after an interrupt");
    hiku_results_free(results);
    rc = hiku_search(db, missing, strlen(missing), NULL, &results);
    hiku_interrupt(db);
    check(rc == HIKU_OK && hiku_results_suggestions(results, &texts, &n) == HIKU_INTERRUPTED &&
              texts == NULL && n == 0,
          "no suggestion after an interrupt");
    check(rc == HIKU_OK && hiku_results_suggestions(results, &texts, &n) == HIKU_INTERRUPTED,
          "nor when asked again");
    hiku_results_free(results);
    struct hiku_search_options options = HIKU_SEARCH_OPTIONS_INIT;
    options.timeout_ms = 1000 * 1000;
    rc = hiku_search(db, found, strlen(found), &options, &results);
    check(rc == HIKU_OK && hiku_results_next(results, &hit) == HIKU_OK && hit != NULL,
          "within a time limit");
    hiku_results_free(results);
}

/* Columns that no record has are told of where nothing is found. */
static void test_columns(hiku *db)
{
    static const char found[] = "児童 OR 担当:x", missing[] = "担当:x 所管:x";
    hiku_results *results;
    const char *const *unknown, *const *known;
    size_t n_unknown = 0, n_known = 0;
    int rc = hiku_search(db, missing, strlen(missing), NULL, &results);
    check(rc == HIKU_OK &&
              hiku_results_columns(results, &unknown, &n_unknown, &known, &n_known) == HIKU_OK &&
              n_unknown == 2 && strcmp(unknown[0], "担当") == 0 && n_known == 0,
          "columns that no record has");
    hiku_interrupt(db);
    check(rc == HIKU_OK &&
              hiku_results_columns(results, &unknown, &n_unknown, &known, &n_known) == HIKU_OK,
          "are known from then on");
    hiku_results_free(results);
    rc = hiku_search(db, missing, strlen(missing), NULL, &results);
    hiku_interrupt(db);
    check(rc == HIKU_OK &&
              hiku_results_columns(results, &unknown, &n_unknown, &known, &n_known) ==
                  HIKU_INTERRUPTED &&
              unknown == NULL && n_unknown == 0 && known == NULL && n_known == 0,
          "none after an interrupt");
    hiku_results_free(results);
    rc = hiku_search(db, found, strlen(found), NULL, &results);
    check(rc == HIKU_OK &&
              hiku_results_columns(results, &unknown, &n_unknown, &known, &n_known) == HIKU_OK &&
              n_unknown == 0,
          "nor where something is found");
    hiku_results_free(results);
}

/* A search keeps nothing of its arguments. */
static void test_own_arguments(hiku *db)
{
    char query[] = "要保護児童対策地 域協議会", without[] = "okurigana", since[] = "2019-06";
    struct hiku_search_options options = HIKU_SEARCH_OPTIONS_INIT;
    hiku_results *results;
    const char *const *texts;
    const struct hiku_hit *hit;
    size_t n = 0;
    options.without = without;
    options.since = since;
    int rc = hiku_search(db, query, strlen(query), &options, &results);
    memset(query, 'x', sizeof query - 1);
    memset(without, 'x', sizeof without - 1);
    memset(since, 'x', sizeof since - 1);
    check(rc == HIKU_OK && hiku_results_suggestions(results, &texts, &n) == HIKU_OK && n > 0 &&
              strcmp(texts[0], "要保護児童対策地域協議会") == 0,
          "suggestions when the arguments are gone");
    check(rc == HIKU_OK && hiku_results_next(results, &hit) == HIKU_OK,
          "hits when the arguments are gone");
    hiku_results_free(results);
}

int main(int argc, char **argv)
{
    hiku *db = NULL;
    if (argc != 3)
        return 2;
    test_open(argv[1], argv[2]);
    if (open_one(argv[1], &db) != HIKU_OK) {
        fprintf(stderr, "%s\n", hiku_error(db));
        hiku_close(db);
        return 1;
    }
    test_search(db);
    test_no_text(db);
    test_arguments(db);
    test_get(db);
    test_tokens(db);
    test_texts();
    test_interrupt(db);
    test_interrupted_results(db);
    test_columns(db);
    test_own_arguments(db);
    hiku_close(db);
    return 0;
}
