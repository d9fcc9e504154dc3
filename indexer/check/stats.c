/* Counting what an index holds. Interface: stats.h. */
#include "indexer/check/stats.h"

#include "base/utf8.h"
#include "dict/fts5_tokenizer.h"
#include "store/index_analyzer.h"
#include "store/schema.h"
#include "store/store.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

void stats_release(struct stats *s)
{
    for (size_t i = 0; i < s->n_terms; i++)
        free(s->terms[i].text);
    for (size_t i = 0; s->sources != NULL && i < s->n_sources; i++) {
        free(s->sources[i].path);
        free(s->sources[i].name);
        free(s->sources[i].label);
    }
    free(s->terms);
    free(s->sources);
    free(s->writer);
    free(s->dicdir);
    free(s->fingerprint);
    free(s->date_first);
    free(s->date_last);
    *s = (struct stats){0};
}

static char *text_of(sqlite3_stmt *stmt, int column)
{
    const char *text = (const char *)sqlite3_column_text(stmt, column);
    return strdup(text != NULL ? text : "");
}

static int read_counts(struct stats *s, sqlite3 *db)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(
        db,
        "SELECT count(*), coalesce(sum(length(CAST(title AS BLOB)) + length(CAST(body AS BLOB))),"
        " 0), min(date), max(date_end), (SELECT count(*) FROM segments),"
        " (SELECT user_version FROM pragma_user_version) FROM documents",
        -1, &stmt, NULL);
    if (rc == SQLITE_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        s->n_records = (uint64_t)sqlite3_column_int64(stmt, 0);
        s->text_bytes = (uint64_t)sqlite3_column_int64(stmt, 1);
        s->date_first = text_of(stmt, 2);
        s->date_last = text_of(stmt, 3);
        s->n_segments = (uint64_t)sqlite3_column_int64(stmt, 4);
        s->format = sqlite3_column_int(stmt, 5);
        rc = SQLITE_OK;
    }
    sqlite3_finalize(stmt);
    return rc;
}

static int read_sources(struct stats *s, sqlite3 *db)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(db,
                                "SELECT path, name, label, (SELECT count(*) FROM documents WHERE "
                                "source_id = sources.id) FROM sources ORDER BY id",
                                -1, &stmt, NULL);
    while (rc == SQLITE_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        struct stats_source *more =
            realloc(s->sources, ((size_t)s->n_sources + 1) * sizeof *s->sources);
        rc = more == NULL ? SQLITE_NOMEM : SQLITE_OK;
        if (more == NULL)
            break;
        s->sources = more;
        more[s->n_sources++] =
            (struct stats_source){.path = text_of(stmt, 0),
                                  .name = text_of(stmt, 1),
                                  .label = text_of(stmt, 2),
                                  .n_records = (uint64_t)sqlite3_column_int64(stmt, 3)};
    }
    sqlite3_finalize(stmt);
    return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

/* Hiragana alone is grammar, digits alone say nothing: neither tells what the records are about. */
static bool is_telling(const char *text, size_t n_bytes)
{
    bool telling = false;
    for (size_t i = 0; i < n_bytes;) {
        uint32_t cp;
        i += utf8_decode(text + i, n_bytes - i, &cp);
        telling = telling || !(utf8_is_hiragana(cp) || utf8_is_digit(cp) || cp == UTF8_LONG_MARK);
    }
    return telling && utf8_count(text, n_bytes) > 1;
}

static int read_terms(struct stats *s, sqlite3 *db, size_t n_terms)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_exec(
        db, "CREATE VIRTUAL TABLE temp.hiku_terms USING fts5vocab('main', 'documents_fts', 'row')",
        NULL, NULL, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_prepare_v2(
            db, "SELECT term, doc, cnt FROM temp.hiku_terms ORDER BY doc DESC, cnt DESC, term", -1,
            &stmt, NULL);
    s->terms = calloc(n_terms + 1, sizeof *s->terms);
    while (rc == SQLITE_OK && s->terms != NULL && s->n_terms < n_terms &&
           (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        rc = SQLITE_OK;
        const char *text = (const char *)sqlite3_column_text(stmt, 0);
        if (text != NULL && is_telling(text, (size_t)sqlite3_column_bytes(stmt, 0)))
            s->terms[s->n_terms++] =
                (struct stats_term){text_of(stmt, 0), (uint64_t)sqlite3_column_int64(stmt, 1),
                                    (uint64_t)sqlite3_column_int64(stmt, 2)};
    }
    sqlite3_finalize(stmt);
    return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

static enum status read_meta(struct stats *s, const struct store *store, struct error *error)
{
    struct {
        const char *name;
        char **value;
    } const values[] = {
        {META_WRITER, &s->writer}, {META_DICDIR, &s->dicdir}, {META_FINGERPRINT, &s->fingerprint}};
    enum status st = ST_OK;
    for (size_t i = 0; i < sizeof values / sizeof *values && st == ST_OK; i++) {
        struct buf value = BUF_INIT;
        st = store_meta(store->db, store->path, values[i].name, &value, error);
        *values[i].value = buf_detach(&value);
    }
    return st;
}

/* Whether no text is missing because memory was out. */
static bool is_whole(const struct stats *s, bool with_terms)
{
    bool whole = s->writer != NULL && s->dicdir != NULL && s->fingerprint != NULL &&
                 s->date_first != NULL && s->date_last != NULL && (s->terms != NULL || !with_terms);
    for (size_t i = 0; i < s->n_sources && whole; i++)
        whole =
            s->sources[i].path != NULL && s->sources[i].name != NULL && s->sources[i].label != NULL;
    for (size_t i = 0; s->terms != NULL && i < s->n_terms && whole; i++)
        whole = s->terms[i].text != NULL;
    return whole;
}

enum status stats_read(struct stats *s, const char *path, const char *dicdir, size_t n_terms,
                       struct error *error)
{
    struct store *store = NULL;
    struct analyzer *analyzer = NULL;
    struct stat file;
    *s = (struct stats){0};
    enum status st = store_open(&store, path, STORE_BUSY_MS, error);
    if (st != ST_OK)
        return st;
    s->file_bytes = stat(path, &file) == 0 ? (uint64_t)file.st_size : 0;
    st = read_meta(s, store, error);
    int rc = read_counts(s, store->db);
    if (rc == SQLITE_OK)
        rc = read_sources(s, store->db);
    if (st == ST_OK && rc == SQLITE_OK && n_terms > 0) {
        st = index_analyzer_open(&analyzer, store->db, dicdir, NULL, error);
        if (st == ST_OK)
            st = fts5_tokenizer_register(store->db, analyzer, NULL, error);
        if (st == ST_OK) {
            sqlite3_exec(store->db, "PRAGMA query_only=0", NULL, NULL, NULL);
            rc = read_terms(s, store->db, n_terms);
        }
    }
    if (rc != SQLITE_OK)
        st = store_sqlite_error(store->db, rc, path, error);
    if (st == ST_OK && !is_whole(s, n_terms > 0))
        st = error_set(error, ST_NOMEM, _("out of memory"));
    store_close(store);
    analyzer_close(analyzer);
    if (st != ST_OK)
        stats_release(s);
    return st;
}
