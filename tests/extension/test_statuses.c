/* Each status that hiku.h lists for a function comes from it. TAP; run by test_lib.sh, which counts
 * on. Argument: an index of corpus/ that may be spoilt. SQLite does to it what other programs may.
 */
#include "program.h"

#include <pthread.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const char word[] = "児童";
static const char missing[] = "児童相談署署";

static void run_sql(sqlite3 *sql, const char *statements)
{
    char *message = NULL;
    if (sqlite3_exec(sql, statements, NULL, NULL, &message) != SQLITE_OK)
        printf("not ok - %s: %s\n", statements, message);
    sqlite3_free(message);
}

static int open_quickly(const char *path, hiku **db)
{
    struct hiku_open_options options = {.size = sizeof options, .busy_ms = 1};
    return hiku_open(&path, 1, &options, db);
}

/* Whether opening PATH gives STATUS and a message with PART. */
static void check_open(const char *path, int status, const char *part, const char *name)
{
    hiku *db;
    int rc = open_quickly(path, &db);
    check(rc == status && strstr(hiku_error(db), part) != NULL, name);
    hiku_close(db);
}

/* Whether a call gave STATUS, and a message where that is no success. */
static void check_call(const hiku *db, int rc, int status, const char *name)
{
    check(rc == status && (rc == HIKU_OK) == (hiku_error(db)[0] == '\0'), name);
}

static int search_first(hiku *db, const char *query, const struct hiku_search_options *options)
{
    hiku_results *results;
    const struct hiku_hit *hit;
    int rc = hiku_search(db, query, strlen(query), options, &results);
    if (rc == HIKU_OK)
        rc = hiku_results_next(results, &hit);
    hiku_results_free(results);
    return rc;
}

static int suggest(hiku *db, const char *query)
{
    hiku_results *results;
    const char *const *texts;
    size_t n;
    int rc = hiku_search(db, query, strlen(query), NULL, &results);
    if (rc == HIKU_OK)
        rc = hiku_results_suggestions(results, &texts, &n);
    hiku_results_free(results);
    return rc;
}

static int explain(hiku *db, const char *key, const char *query,
                   const struct hiku_search_options *options)
{
    struct hiku_explanation *explanation;
    int rc = hiku_explain(db, key, query, strlen(query), options, &explanation);
    if ((rc == HIKU_OK) != (explanation != NULL))
        rc = -1;
    hiku_explanation_free(explanation);
    return rc;
}

static int get(hiku *db, const char *key)
{
    const struct hiku_record *record;
    int rc = hiku_get(db, key, NULL, 0, &record);
    return (rc == HIKU_OK) == (record != NULL) ? rc : -1;
}

static void test_busy(const char *path, sqlite3 *sql, hiku *db)
{
    run_sql(sql, "BEGIN EXCLUSIVE");
    check_open(path, HIKU_BUSY, "try again", "open: BUSY");
    check_call(db, search_first(db, word, NULL), HIKU_BUSY, "search: BUSY");
    check_call(db, explain(db, "sapporo#4", word, NULL), HIKU_BUSY, "explain: BUSY");
    check_call(db, get(db, "sapporo#4"), HIKU_BUSY, "get: BUSY");
    run_sql(sql, "ROLLBACK");
    check_call(db, search_first(db, word, NULL), HIKU_OK, "search: OK when it is free");
}

static void test_arguments(hiku *db)
{
    struct hiku_search_options options = HIKU_SEARCH_OPTIONS_INIT;
    options.until = "no date";
    check_call(db, search_first(db, word, &options), HIKU_USAGE, "search: USAGE");
    check_call(db, explain(db, "sapporo#4", word, &options), HIKU_USAGE, "explain: USAGE");
    check_call(db, explain(db, "sapporo#0", word, NULL), HIKU_NOT_FOUND, "explain: NOT_FOUND");
    check_call(db, get(db, "sapporo#0"), HIKU_NOT_FOUND, "get: NOT_FOUND");
}

/* A mebibyte of words takes longer than a millisecond anywhere. */
static void test_time_limit(hiku *db)
{
    enum { N = 1 << 20 };
    struct hiku_search_options options = HIKU_SEARCH_OPTIONS_INIT;
    char *query = malloc(N + 1);
    if (query == NULL)
        return;
    for (size_t i = 0; i < N; i++)
        query[i] = i % 7 == 6 ? ' ' : (char)('a' + i * i % 23);
    query[N] = '\0';
    options.timeout_ms = 1;
    check_call(db, search_first(db, query, &options), HIKU_INTERRUPTED,
               "search: INTERRUPTED by time");
    check_call(db, explain(db, "sapporo#4", query, &options), HIKU_INTERRUPTED,
               "explain: INTERRUPTED by time");
    check_call(db, search_first(db, word, NULL), HIKU_OK, "search: OK without a limit");
    free(query);
}

static void test_interrupts(sqlite3 *sql, hiku *db)
{
    struct interrupter i = {.db = db};
    pthread_t thread;
    int searched = HIKU_OK, explained = HIKU_OK, suggested = HIKU_OK, got = HIKU_NOT_FOUND;
    /* So many tables that a number is looked for in more steps than SQLite goes without asking. */
    run_sql(sql, "INSERT INTO sources(root_id, path, name, label, size, mtime_ns, ctime_ns, inode) "
                 "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c LIMIT 20000) "
                 "SELECT 1, n, n, '', 0, 0, 0, 0 FROM c");
    if (pthread_create(&thread, NULL, interrupt, &i) != 0)
        return;
    for (time_t end = time(NULL) + 120; time(NULL) < end && got != HIKU_INTERRUPTED;)
        got = get(db, "1234567");
    check_call(db, got, HIKU_INTERRUPTED, "get: INTERRUPTED");
    for (time_t end = time(NULL) + 120; time(NULL) < end && searched == HIKU_OK;)
        searched = search_first(db, word, NULL);
    check_call(db, searched, HIKU_INTERRUPTED, "search: INTERRUPTED");
    for (time_t end = time(NULL) + 120; time(NULL) < end && suggested == HIKU_OK;)
        suggested = suggest(db, missing);
    check_call(db, suggested, HIKU_INTERRUPTED, "suggestions: INTERRUPTED");
    for (time_t end = time(NULL) + 120; time(NULL) < end && explained == HIKU_OK;)
        explained = explain(db, "sapporo#4", word, NULL);
    check_call(db, explained, HIKU_INTERRUPTED, "explain: INTERRUPTED");
    atomic_store(&i.stop, true);
    pthread_join(thread, NULL);
    check_call(db, get(db, "sapporo#4"), HIKU_OK, "get: OK afterwards");
}

/* Another index in the place of the one that is open, or its contents, cut with another dictionary:
 * each search is refused, not the first alone. */
static void test_dictionary(const char *path, sqlite3 *sql, hiku *db)
{
    static const char spoil[] = "UPDATE meta SET value = 'x' || value WHERE name = 'fingerprint'";
    static const char mend[] =
        "UPDATE meta SET value = substr(value, 2) WHERE name = 'fingerprint'";
    char *copy = sqlite3_mprintf("%s.copy", path), *placed = sqlite3_mprintf("%s.placed", path);
    char *vacuum = sqlite3_mprintf("VACUUM INTO %Q", copy);
    char *again = sqlite3_mprintf("VACUUM INTO %Q", placed);
    hiku *moved = NULL;
    run_sql(sql, vacuum);
    check(open_quickly(copy, &moved) == HIKU_OK, "open: OK");
    run_sql(sql, spoil);
    run_sql(sql, again);
    for (int i = 0; i < 2; i++)
        check_call(db, search_first(db, word, NULL), HIKU_DICTIONARY, "search: DICTIONARY");
    check(rename(placed, copy) == 0, "another file in its place");
    for (int i = 0; i < 2; i++)
        check_call(moved, search_first(moved, word, NULL), HIKU_DICTIONARY, "search: DICTIONARY");
    run_sql(sql, mend);
    check_call(db, search_first(db, word, NULL), HIKU_OK, "search: OK when it is mended");
    hiku_close(moved);
    remove(copy);
    sqlite3_free(copy);
    sqlite3_free(placed);
    sqlite3_free(vacuum);
    sqlite3_free(again);
}

/* A process of its own is killed after it has written some pages of a transaction to the file: more
 * than its memory holds. */
static void leave_transaction(const char *path)
{
    pid_t child = fork();
    if (child == 0) {
        sqlite3 *sql = NULL;
        if (sqlite3_open(path, &sql) == SQLITE_OK)
            run_sql(sql,
                    "PRAGMA cache_size = 1; BEGIN; UPDATE documents SET title = 'x', body = 'x'; "
                    "DELETE FROM postings; DELETE FROM lists; DELETE FROM vocabulary; DELETE FROM "
                    "meta");
        kill(getpid(), SIGKILL);
    }
    check(child > 0 && waitpid(child, NULL, 0) == child, "a writer is killed");
}

static void test_killed_writer(const char *path, sqlite3 *sql)
{
    hiku *db = NULL;
    char *copy = sqlite3_mprintf("%s.left", path), *journal = sqlite3_mprintf("%s-journal", copy);
    char *vacuum = sqlite3_mprintf("VACUUM INTO %Q", copy);
    run_sql(sql, vacuum);
    check(open_quickly(copy, &db) == HIKU_OK, "open: OK");
    leave_transaction(copy);
    check(access(journal, F_OK) == 0, "what it wrote is left");
    check_call(db, search_first(db, "title:休日・夜間", NULL), HIKU_OK,
               "search: OK after a writer was killed");
    check_call(db, get(db, "sapporo#4"), HIKU_OK, "get: OK after it");
    check(access(journal, F_OK) != 0, "nothing is left");
    hiku_close(db);
    remove(copy);
    sqlite3_free(copy);
    sqlite3_free(journal);
    sqlite3_free(vacuum);
}

/* What another program has spoilt, also after it was opened. */
static void test_damage(const char *path, sqlite3 *sql, hiku *db)
{
    run_sql(sql, "DELETE FROM documents WHERE key = 'sapporo#4'");
    check_call(db, search_first(db, "休日・夜間", NULL), HIKU_CORRUPT, "next: CORRUPT");
    run_sql(sql, "UPDATE postings SET data = zeroblob(length(data))");
    check_call(db, search_first(db, word, NULL), HIKU_CORRUPT, "search: CORRUPT");
    check_call(db, explain(db, "sapporo#2", word, NULL), HIKU_CORRUPT, "explain: CORRUPT");
    run_sql(sql, "DROP TABLE dead");
    check_open(path, HIKU_CORRUPT, "hiku index --full --db", "open: CORRUPT");
    run_sql(sql, "PRAGMA user_version = 7");
    check_open(path, HIKU_NEWER, "format 7", "open: NEWER");
    run_sql(sql, "PRAGMA user_version = 5");
    check_open(path, HIKU_OLDER, "format 5", "open: OLDER");
    run_sql(sql, "PRAGMA application_id = 1");
    check_open(path, HIKU_NOT_INDEX, "no hiku index", "open: NOT_INDEX");
    check_open("/", HIKU_IO, "'/'", "open: IO");
    check_open("/nowhere.db", HIKU_MISSING, "'/nowhere.db'", "open: MISSING");
}

int main(int argc, char **argv)
{
    hiku *db = NULL;
    sqlite3 *sql = NULL;
    if (argc != 2 || sqlite3_open(argv[1], &sql) != SQLITE_OK)
        return 2;
    if (open_quickly(argv[1], &db) == HIKU_OK) {
        test_busy(argv[1], sql, db);
        test_arguments(db);
        test_time_limit(db);
        test_interrupts(sql, db);
        test_dictionary(argv[1], sql, db);
        test_killed_writer(argv[1], sql);
        test_damage(argv[1], sql, db);
    } else {
        fprintf(stderr, "%s\n", hiku_error(db));
    }
    hiku_close(db);
    sqlite3_close(sql);
    return 0;
}
