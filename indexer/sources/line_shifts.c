/* The table line_shifts. Interface: line_shifts.h. */
#include "indexer/sources/line_shifts.h"

#include "base/array.h"

#include <stdlib.h>

struct run {
    int64_t first_id;
    int64_t shift;
};

struct runs {
    struct run *items;
    size_t n;
    size_t cap;
};

/* A run begins where the shift is another one than before it. */
static bool add_run(struct runs *runs, int64_t id, int64_t shift)
{
    int64_t before = runs->n > 0 ? runs->items[runs->n - 1].shift : 0;
    if (shift == before)
        return true;
    if (!array_reserve(&runs->items, &runs->cap, runs->n + 1, sizeof *runs->items))
        return false;
    runs->items[runs->n++] = (struct run){id, shift};
    return true;
}

/* Records that are written from now on stand where their rows say: their ids are higher. */
static bool find_runs(const struct known_records *known, struct runs *runs)
{
    int64_t last_id = 0;
    for (size_t i = 0; i < known->n; i++) {
        const struct known_record *record = &known->records[i];
        if (!record->seen || record->replaced)
            continue;
        last_id = record->id;
        if (!add_run(runs, record->id, record->line - record->first_line))
            return false;
    }
    return add_run(runs, last_id + 1, 0);
}

static int prepare(struct writer *w, sqlite3_stmt **stmt, const char *sql, int64_t source_id)
{
    int rc = sqlite3_prepare_v2(w->db, sql, -1, stmt, NULL);
    return rc == SQLITE_OK ? sqlite3_bind_int64(*stmt, 1, source_id) : rc;
}

static int are_noted(const struct runs *runs, struct writer *w, int64_t source_id, bool *noted)
{
    sqlite3_stmt *stmt = NULL;
    size_t n = 0;
    int rc = prepare(
        w, &stmt, "SELECT first_id, shift FROM line_shifts WHERE source_id = ?1 ORDER BY first_id",
        source_id);
    *noted = true;
    while (rc == SQLITE_OK && *noted && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        *noted = n < runs->n && runs->items[n].first_id == sqlite3_column_int64(stmt, 0) &&
                 runs->items[n].shift == sqlite3_column_int64(stmt, 1);
        n++;
        rc = SQLITE_OK;
    }
    sqlite3_finalize(stmt);
    *noted = *noted && n == runs->n;
    return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

static int forget(struct writer *w, int64_t source_id)
{
    sqlite3_stmt *stmt = NULL;
    int rc = prepare(w, &stmt, "DELETE FROM line_shifts WHERE source_id = ?1", source_id);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(stmt);
    sqlite3_finalize(stmt);
    return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

static int note(const struct runs *runs, struct writer *w, int64_t source_id)
{
    sqlite3_stmt *stmt = NULL;
    int rc = forget(w, source_id);
    if (rc == SQLITE_OK)
        rc = prepare(w, &stmt,
                     "INSERT INTO line_shifts(source_id, first_id, shift) VALUES(?1, ?2, ?3)",
                     source_id);
    for (size_t i = 0; i < runs->n && rc == SQLITE_OK; i++) {
        sqlite3_bind_int64(stmt, 2, runs->items[i].first_id);
        sqlite3_bind_int64(stmt, 3, runs->items[i].shift);
        int done = sqlite3_step(stmt);
        rc = done == SQLITE_DONE ? sqlite3_reset(stmt) : done;
    }
    sqlite3_finalize(stmt);
    return rc;
}

enum status line_shifts_write(const struct known_records *known, struct writer *w,
                              int64_t source_id, struct error *error)
{
    struct runs runs = {0};
    bool noted = false;
    if (known->n == 0)
        return ST_OK;
    if (!find_runs(known, &runs)) {
        free(runs.items);
        return error_set(error, ST_NOMEM, _("out of memory"));
    }
    int rc = are_noted(&runs, w, source_id, &noted);
    if (rc == SQLITE_OK && !noted)
        rc = note(&runs, w, source_id);
    free(runs.items);
    return rc == SQLITE_OK ? ST_OK : writer_error(w, rc, error);
}

enum status line_shifts_remove(struct writer *w, int64_t source_id, struct error *error)
{
    int rc = forget(w, source_id);
    return rc == SQLITE_OK ? ST_OK : writer_error(w, rc, error);
}
