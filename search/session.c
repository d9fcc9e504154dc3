/* Opening and closing handles. Interface: hiku.h, session.h. */
#include "search/session.h"

#include "base/clock.h"
#include "search/record.h"
#include "store/index_analyzer.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* SQLite asks whether to go on after this many of its instructions: some 0.1 ms. */
#define PROGRESS_STEPS 10000

_Static_assert((int)ST_LAST == (int)HIKU_STATUS_LAST, "enum status and enum hiku_status differ");
_Static_assert((int)ST_INTERRUPTED == (int)HIKU_INTERRUPTED, "enum status and hiku_status differ");

const char *hiku_status_text(int status)
{
    static const char *const texts[] = {
        [HIKU_OK] = N_("no error"),
        [HIKU_NOMEM] = N_("out of memory"),
        [HIKU_USAGE] = N_("wrong argument"),
        [HIKU_INPUT] = N_("a source cannot be read"),
        [HIKU_IO] = N_("a file cannot be read or written"),
        [HIKU_MISSING] = N_("there is no index"),
        [HIKU_NOT_INDEX] = N_("the file is no hiku index"),
        [HIKU_NEWER] = N_("the index has a newer format"),
        [HIKU_OLDER] = N_("the index has an older format"),
        [HIKU_DICTIONARY] = N_("the dictionary is missing or another than the index's"),
        [HIKU_CORRUPT] = N_("the index is damaged"),
        [HIKU_BUSY] = N_("another program holds the index"),
        [HIKU_NOT_FOUND] = N_("no such record"),
        [HIKU_INTERRUPTED] = N_("cancelled or out of time"),
    };
    if (status < 0 || status >= HIKU_STATUS_LAST)
        return _("unknown status");
    return _(texts[status]);
}

const char *hiku_version(void)
{
    return HIKU_VERSION;
}

const char *hiku_error(const hiku *db)
{
    return db == NULL ? "" : db->error.message;
}

void hiku_interrupt(hiku *db)
{
    db->cancelled = true;
}

void session_watch(struct hiku *db, bool (*is_stopped)(void *context), void *context)
{
    db->is_stopped = is_stopped;
    db->stop_context = context;
}

bool session_is_cancelled(const void *handle)
{
    const struct hiku *db = handle;
    return db->cancelled || (db->deadline != 0 && clock_ns() >= db->deadline) ||
           (db->is_stopped != NULL && db->is_stopped(db->stop_context));
}

void session_start_clock(struct hiku *db, const int64_t *left_ns)
{
    db->deadline = *left_ns > 0 ? clock_ns() + *left_ns : 0;
}

void session_stop_clock(struct hiku *db, int64_t *left_ns)
{
    int64_t left = db->deadline - clock_ns();
    if (*left_ns > 0)
        *left_ns = left > 1 ? left : 1;
    db->deadline = 0;
}

enum status session_check(struct hiku *db)
{
    return session_is_cancelled(db) ? store_interrupted(&db->error) : ST_OK;
}

int session_fail(struct hiku *db, enum status st)
{
    if (st != ST_OK && db->error.message[0] == '\0')
        error_set(&db->error, st, "%s", hiku_status_text((int)st));
    return (int)st;
}

static int on_progress(void *context)
{
    return session_is_cancelled(context);
}

static void close_member(struct member *m)
{
    for (int i = 0; i < READING_N_STATEMENTS; i++) {
        sqlite3_finalize(m->reading[i]);
        m->reading[i] = NULL;
    }
    sqlite3_finalize(m->find_id);
    sqlite3_finalize(m->find_id_only);
    sqlite3_finalize(m->find_key);
    m->find_id = m->find_id_only = m->find_key = NULL;
    store_close(m->store);
    m->store = NULL;
}

/* The first index decides which dictionary is used, unless the caller does. */
static enum status open_analyzer(struct hiku *db, const struct member *m)
{
    enum status st =
        index_analyzer_open(&db->analyzer, m->store->db, db->dicdir, db->userdic, &db->error);
    return st == ST_OK ? tokenizer_new_recent(&db->tokenizer, db->analyzer) : st;
}

/* A handle without an index. */
static enum status open_dictionary(struct hiku *db)
{
    enum status st = analyzer_open(&db->analyzer, db->dicdir, db->userdic, &db->error);
    return st == ST_OK ? tokenizer_new_recent(&db->tokenizer, db->analyzer) : st;
}

static enum status check_dictionary(struct hiku *db, const struct member *m)
{
    enum status st = db->analyzer == NULL ? open_analyzer(db, m) : ST_OK;
    return st == ST_OK ? index_analyzer_check(db->analyzer, m->store->db, m->path, &db->error) : st;
}

static enum status connect_member(struct hiku *db, struct member *m)
{
    struct stat st;
    /* First: a file that takes this one's place in between is then opened by the next search. */
    if (stat(m->path, &st) == 0) {
        m->device = st.st_dev;
        m->inode = st.st_ino;
    }
    enum status status = store_open(&m->store, m->path, db->busy_ms, &db->error);
    if (status != ST_OK)
        return status;
    if (db->map)
        store_map(m->store);
    sqlite3_progress_handler(m->store->db, PROGRESS_STEPS, on_progress, db);
    return check_dictionary(db, m);
}

static bool was_left(const struct member *m)
{
    return m->store != NULL && store_was_left(m->store);
}

/* Where it fails, M has no store: the next search opens it, and looks at its dictionary, again. */
static enum status open_member(struct hiku *db, struct member *m)
{
    enum status st = connect_member(db, m);
    if (st != ST_OK && was_left(m)) {
        close_member(m);
        st = connect_member(db, m);
    }
    if (st == ST_OK)
        db->error.message[0] = '\0'; /* of an attempt before */
    else
        close_member(m);
    return st;
}

static void member_release(struct member *m)
{
    close_member(m);
    free(m->path);
}

/* Whether the last member is a file that is open already. */
static bool is_named_again(const struct hiku *db)
{
    const struct member *last = &db->members[db->n_members - 1];
    for (const struct member *m = db->members; m < last; m++) {
        if (last->inode != 0 && m->inode == last->inode && m->device == last->device)
            return true;
    }
    return false;
}

static enum status add_members(struct hiku *db, const char *const *paths, size_t n)
{
    db->members = calloc(n, sizeof *db->members);
    if (db->members == NULL)
        return ST_NOMEM;
    for (size_t i = 0; i < n; i++) {
        struct member *m = &db->members[db->n_members];
        *m = (struct member){.path = strdup(paths[i])};
        if (m->path == NULL)
            return ST_NOMEM;
        db->n_members++;
        enum status st = open_member(db, m);
        if (st != ST_OK)
            return st;
        if (is_named_again(db))
            member_release(&db->members[--db->n_members]);
    }
    return ST_OK;
}

int hiku_open(const char *const *paths, size_t n, const struct hiku_open_options *options,
              hiku **out)
{
    struct hiku_open_options o = {0};
    *out = calloc(1, sizeof **out);
    if (*out == NULL)
        return HIKU_NOMEM;
    struct hiku *db = *out;
    if (options != NULL)
        memcpy(&o, options, options->size < sizeof o ? options->size : sizeof o);
    db->busy_ms = o.busy_ms > 0 ? o.busy_ms : STORE_BUSY_MS;
    db->map = o.map != 0;
    db->dicdir = o.dicdir != NULL ? strdup(o.dicdir) : NULL;
    db->userdic = o.userdic != NULL ? strdup(o.userdic) : NULL;
    if ((o.dicdir != NULL && db->dicdir == NULL) || (o.userdic != NULL && db->userdic == NULL))
        return session_fail(db, ST_NOMEM);
    return session_fail(db, n > 0 ? add_members(db, paths, n) : open_dictionary(db));
}

void hiku_close(hiku *db)
{
    if (db == NULL)
        return;
    if (db->fetched != NULL)
        fetched_release(db->fetched);
    free(db->fetched);
    for (size_t i = 0; i < db->n_members; i++)
        member_release(&db->members[i]);
    free(db->members);
    tokenizer_free(db->tokenizer);
    analyzer_close(db->analyzer);
    free(db->dicdir);
    free(db->userdic);
    free(db);
}

/* A rebuild puts another file in the place of the one that is open. */
static bool was_replaced(const struct member *m)
{
    struct stat st;
    return stat(m->path, &st) == 0 && (st.st_ino != m->inode || st.st_dev != m->device);
}

/* Runs a statement, which is compiled once: that took 10,000 instructions a search. Where NUMBER is
 * not NULL, it gives a number. One of SQLite's codes. */
static int run_reading(struct member *m, enum reading_statement which, int64_t *number)
{
    static const char *const sql[READING_N_STATEMENTS] = {
        [READING_BEGIN] = "BEGIN",
        [READING_VERSION] = "PRAGMA data_version",
        [READING_END] = "COMMIT",
    };
    sqlite3_stmt **stmt = &m->reading[which];
    int rc = SQLITE_OK;
    if (*stmt == NULL)
        rc =
            sqlite3_prepare_v3(m->store->db, sql[which], -1, SQLITE_PREPARE_PERSISTENT, stmt, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(*stmt);
    if (rc == SQLITE_ROW && number != NULL)
        *number = sqlite3_column_int64(*stmt, 0);
    sqlite3_reset(*stmt);
    return rc == (number != NULL ? SQLITE_ROW : SQLITE_DONE) ? SQLITE_OK : rc;
}

/* From here on the index stays as it is to this connection. */
static enum status begin_reading(struct hiku *db, struct member *m)
{
    enum status st = ST_OK;
    int64_t version = 0;
    sqlite3 *sql = m->store->db;
    int rc = run_reading(m, READING_BEGIN, NULL);
    if (rc == SQLITE_OK)
        rc = run_reading(m, READING_VERSION, &version);
    if (rc != SQLITE_OK)
        return store_sqlite_error(sql, rc, m->path, &db->error);
    if (version == m->store->data_version)
        return ST_OK;
    /* Another program may have written the file anew in its place: cp(1) does. */
    st = check_dictionary(db, m);
    if (st == ST_OK)
        st = store_load_segments(m->store, &db->error);
    if (st == ST_OK)
        m->store->data_version = version;
    return st;
}

static enum status reopen_member(struct hiku *db, struct member *m)
{
    close_member(m);
    return open_member(db, m);
}

static enum status begin_member(struct hiku *db, struct member *m)
{
    enum status st = ST_OK;
    if (m->store == NULL || was_replaced(m))
        st = reopen_member(db, m);
    if (st == ST_OK)
        st = begin_reading(db, m);
    if (st == ST_OK || !was_left(m))
        return st;
    /* A writer was killed since the file was opened. */
    st = reopen_member(db, m);
    return st == ST_OK ? begin_reading(db, m) : st;
}

enum status session_begin(struct hiku *db)
{
    enum status st = ST_OK;
    db->cancelled = false;
    if (db->n_results > 0)
        return ST_OK; /* the transaction of results that are alive goes on */
    for (size_t i = 0; i < db->n_members && st == ST_OK; i++)
        st = begin_member(db, &db->members[i]);
    if (st != ST_OK)
        session_end(db);
    return st;
}

void session_end(struct hiku *db)
{
    db->deadline = 0;
    if (db->n_results > 0)
        return;
    for (size_t i = 0; i < db->n_members; i++) {
        struct member *m = &db->members[i];
        if (m->store == NULL)
            continue;
        store_end_reading(m->store);
        run_reading(m, READING_END, NULL);
    }
}

enum status session_find_words(void *context, const char *key, size_t n_bytes, each_word *each,
                               void *each_context)
{
    struct hiku *db = context;
    enum status st = ST_OK;
    for (size_t i = 0; i < db->n_members && st == ST_OK; i++)
        st = store_words_by_reading(db->members[i].store, key, n_bytes, each, each_context,
                                    &db->error);
    return st;
}
