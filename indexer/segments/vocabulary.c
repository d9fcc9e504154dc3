/* Counting words and writing them. Interface: vocabulary.h. */
#include "indexer/segments/vocabulary.h"

#include "base/hash.h"
#include "dict/reading.h"

#include <stdlib.h>
#include <string.h>

/* Longer readings are none. */
#define MAX_READING_BYTES WORD_TABLE_MAX_BYTES

static struct vocabulary_word *find_slot(const struct vocabulary *v, uint64_t hash,
                                         struct span surface, struct span reading)
{
    size_t i = (size_t)hash & (v->cap - 1);
    for (;; i = (i + 1) & (v->cap - 1)) {
        struct vocabulary_word *w = &v->slots[i];
        if (w->hash == 0)
            return w;
        const char *text = v->strings.data + w->text;
        if (w->hash == hash && w->surface_len == surface.len && w->reading_len == reading.len &&
            memcmp(text, surface.data, surface.len) == 0 &&
            memcmp(text + surface.len, reading.data, reading.len) == 0)
            return w;
    }
}

static bool grow(struct vocabulary *v)
{
    struct vocabulary larger = {.cap = v->cap > 0 ? v->cap * 2 : 4096};
    larger.slots = calloc(larger.cap, sizeof *larger.slots);
    if (larger.slots == NULL)
        return false;
    for (size_t i = 0; i < v->cap; i++) {
        if (v->slots[i].hash == 0)
            continue;
        size_t to = (size_t)v->slots[i].hash & (larger.cap - 1);
        while (larger.slots[to].hash != 0)
            to = (to + 1) & (larger.cap - 1);
        larger.slots[to] = v->slots[i];
    }
    free(v->slots);
    v->slots = larger.slots;
    v->cap = larger.cap;
    return true;
}

enum status vocabulary_add(struct vocabulary *v, struct span surface, struct span reading,
                           uint64_t n)
{
    if (v->n * 2 >= v->cap && !grow(v))
        return ST_NOMEM;
    uint64_t hash = hash_bytes(HASH_SEED, surface.data, surface.len);
    hash = hash_bytes(hash, reading.data, reading.len);
    hash += hash == 0;
    struct vocabulary_word *w = find_slot(v, hash, surface, reading);
    if (w->hash == 0) {
        if (!buf_reserve(&v->strings, surface.len + reading.len))
            return ST_NOMEM;
        *w = (struct vocabulary_word){hash, v->strings.len, (uint32_t)surface.len,
                                      (uint32_t)reading.len, 0};
        buf_append(&v->strings, surface.data, surface.len);
        buf_append(&v->strings, reading.data, reading.len);
        v->n++;
    }
    w->n += n;
    return ST_OK;
}

static enum status add_word(void *context, const struct word *word)
{
    struct span reading = word->reading;
    if (word->n == 0 || (word->flags & (TOKEN_SYMBOL | TOKEN_FUNCTION)))
        return ST_OK;
    if (reading.len > MAX_READING_BYTES)
        reading.len = 0;
    return vocabulary_add(context, word->surface, reading, word->n);
}

enum status vocabulary_add_words(struct vocabulary *v, const struct word_table *table)
{
    return word_table_each(table, add_word, v);
}

/* A row of the table. */
struct row {
    size_t key; /* in a buffer, NUL-terminated */
    const char *surface;
    uint32_t surface_len;
    uint64_t n;
};

static int compare_rows(const void *a, const void *b, void *keys)
{
    const struct row *x = a, *y = b;
    int order = strcmp((const char *)keys + x->key, (const char *)keys + y->key);
    if (order == 0)
        order = memcmp(x->surface, y->surface,
                       x->surface_len < y->surface_len ? x->surface_len : y->surface_len);
    return order != 0 ? order
                      : (x->surface_len > y->surface_len) - (x->surface_len < y->surface_len);
}

/* Lists the words as rows, in the table's order: so the file is the same however many threads have
 * counted, and grows at its end. */
static struct row *make_rows(const struct vocabulary *v, struct buf *keys)
{
    struct row *rows = malloc((v->n + 1) * sizeof *rows);
    size_t n = 0;
    for (size_t i = 0; i < v->cap && rows != NULL; i++) {
        const struct vocabulary_word *w = &v->slots[i];
        if (w->hash == 0)
            continue;
        const char *surface = v->strings.data + w->text;
        rows[n++] = (struct row){keys->len, surface, w->surface_len, w->n};
        /* A word that the dictionary does not know is read as it is written, if in kana. */
        if (!reading_key(keys, surface + w->surface_len, w->reading_len))
            reading_key(keys, surface, w->surface_len);
        buf_addc(keys, '\0');
    }
    if (rows != NULL && !keys->failed)
        qsort_r(rows, n, sizeof *rows, compare_rows, keys->data);
    return rows;
}

/* Reading, surface and number as the parameters 1 to 3. */
static void bind_row(sqlite3_stmt *stmt, const struct row *row, const char *keys)
{
    sqlite3_bind_text(stmt, 1, keys + row->key, -1, SQLITE_STATIC);
    sqlite3_bind_text64(stmt, 2, row->surface, row->surface_len, SQLITE_STATIC, SQLITE_UTF8);
    sqlite3_bind_int64(stmt, 3, (int64_t)row->n);
}

/* Runs SQL with each row; *N_DONE grows by those for which it gives nothing. */
static int run_rows(sqlite3 *db, const char *sql, const struct row *rows, size_t n,
                    const char *keys, size_t *n_done)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(db, sql, -1, &stmt, NULL);
    for (size_t i = 0; i < n && rc == SQLITE_OK; i++) {
        bind_row(stmt, &rows[i], keys);
        rc = sqlite3_step(stmt);
        *n_done += rc == SQLITE_DONE;
        sqlite3_reset(stmt);
        rc = rc == SQLITE_DONE || rc == SQLITE_ROW ? SQLITE_OK : rc;
    }
    sqlite3_finalize(stmt);
    return rc;
}

/* Runs SQL with each word. Statuses as vocabulary_write. */
static enum status run_words(const struct vocabulary *v, sqlite3 *db, const char *sql,
                             size_t *n_done, int *rc)
{
    struct buf keys = BUF_INIT;
    struct row *rows = make_rows(v, &keys);
    enum status st = rows == NULL || keys.failed ? ST_NOMEM : ST_OK;
    *rc = SQLITE_OK;
    *n_done = 0;
    if (st == ST_OK)
        *rc = run_rows(db, sql, rows, v->n, keys.data, n_done);
    free(rows);
    buf_release(&keys);
    return *rc != SQLITE_OK ? ST_IO : st;
}

enum status vocabulary_write(const struct vocabulary *v, sqlite3 *db, int *rc)
{
    static const char insert[] = "INSERT INTO vocabulary(reading, surface, n) VALUES(?1, ?2, ?3) "
                                 "ON CONFLICT DO UPDATE SET n = n + excluded.n";
    size_t n_written;
    return run_words(v, db, insert, &n_written, rc);
}

enum status vocabulary_compare(const struct vocabulary *v, sqlite3 *db, size_t *n_missing, int *rc)
{
    static const char find[] =
        "SELECT 1 FROM vocabulary WHERE reading = ?1 AND surface = ?2 AND n >= ?3";
    return run_words(v, db, find, n_missing, rc);
}

void vocabulary_release(struct vocabulary *v)
{
    free(v->slots);
    buf_release(&v->strings);
    *v = (struct vocabulary){0};
}
