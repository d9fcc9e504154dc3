/* What a record is called where one word must do. Interface: naming.h. */
#include "search/write/naming.h"

#include "base/array.h"
#include "search/session.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

/* The names of all sources that have records, of all members: one after the other, sorted. */
struct names {
    char **items;
    size_t n;
    size_t cap;
};

static bool add_name(struct names *names, const unsigned char *name)
{
    if (!array_reserve(&names->items, &names->cap, names->n + 1, sizeof *names->items))
        return false;
    names->items[names->n] = strdup(name != NULL ? (const char *)name : "");
    return names->items[names->n++] != NULL;
}

static enum status read_names(const struct member *m, struct names *names, struct error *error)
{
    sqlite3_stmt *stmt = NULL;
    sqlite3 *db = m->store->db;
    int rc = sqlite3_prepare_v2(db,
                                "SELECT name FROM sources AS s WHERE EXISTS(SELECT 1 FROM "
                                "documents WHERE source_id = s.id)",
                                -1, &stmt, NULL);
    while (rc == SQLITE_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW)
        rc = add_name(names, sqlite3_column_text(stmt, 0)) ? SQLITE_OK : SQLITE_NOMEM;
    sqlite3_finalize(stmt);
    return rc == SQLITE_DONE ? ST_OK : store_sqlite_error(db, rc, m->path, error);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

int naming_find(hiku *db, enum naming *naming)
{
    struct names names = {0};
    enum status st = ST_OK;
    *naming = NAMING_ID;
    db->error.message[0] = '\0';
    for (size_t i = 0; i < db->n_members && st == ST_OK; i++)
        st = read_names(&db->members[i], &names, &db->error);
    if (st == ST_OK && names.n > 1) {
        *naming = NAMING_KEY;
        qsort(names.items, names.n, sizeof *names.items, by_name);
        /* Keys are unique in an index, so it is another that has a source of the same name. */
        for (size_t i = 1; i < names.n; i++) {
            if (strcmp(names.items[i - 1], names.items[i]) == 0)
                *naming = NAMING_DB_KEY;
        }
    }
    for (size_t i = 0; i < names.n; i++)
        free(names.items[i]);
    free(names.items);
    return session_fail(db, st);
}

/* The last place where KEY goes on with "#ID"; NULL: nowhere. */
static const char *find_id(const char *key, const char *id)
{
    size_t n_key = strlen(key), n_id = strlen(id);
    for (size_t i = n_key > n_id ? n_key - n_id : 0; i-- > 0;) {
        if (key[i] == '#' && strncmp(key + i + 1, id, n_id) == 0)
            return key + i + 1;
    }
    return NULL;
}

void naming_write(struct buf *out, const struct hiku_record *record, enum naming naming)
{
    const char *id = record->id[0] != '\0' ? find_id(record->key, record->id) : NULL;
    if (naming == NAMING_DB_KEY)
        buf_addf(out, "%s:", record->db);
    buf_adds(out, naming == NAMING_ID && id != NULL ? id : record->key);
}
