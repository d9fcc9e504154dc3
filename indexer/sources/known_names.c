/* The names of the sources that an index holds. Interface: known_names.h. */
#include "indexer/sources/known_names.h"

#include "base/buf.h"
#include "base/hash.h"
#include "indexer/sources/free_number.h"

static bool note(struct known_names *names, const char *name, size_t n_bytes)
{
    bool added;
    return key_set_add(&names->hashes, hash_bytes(HASH_SEED, name, n_bytes), &added);
}

static enum status load(struct known_names *names, struct writer *w, struct error *error)
{
    sqlite3_stmt *stmt = NULL;
    bool noted = true;
    int rc = sqlite3_prepare_v2(w->db, "SELECT name FROM sources", -1, &stmt, NULL);
    while (rc == SQLITE_OK && noted && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(stmt, 0);
        noted = name != NULL && note(names, name, (size_t)sqlite3_column_bytes(stmt, 0));
        rc = SQLITE_OK;
    }
    sqlite3_finalize(stmt);
    if (!noted)
        return error_set(error, ST_NOMEM, _("out of memory"));
    names->loaded = rc == SQLITE_DONE;
    return names->loaded ? ST_OK : writer_error(w, rc, error);
}

struct candidate {
    const struct known_names *names;
    const char *wanted;
    struct buf name;
};

/* The first '#' of a key ends the name. */
static void number_it(struct candidate *c, unsigned number)
{
    buf_clear(&c->name);
    for (const char *p = c->wanted; *p != '\0'; p++)
        buf_addc(&c->name, *p == '#' ? '_' : *p);
    if (number > 1)
        buf_addf(&c->name, "~%u", number);
}

static bool is_taken(void *context, unsigned number)
{
    struct candidate *c = context;
    number_it(c, number);
    return key_set_has(&c->names->hashes, hash_bytes(HASH_SEED, c->name.data, c->name.len));
}

enum status known_names_give(struct known_names *names, struct writer *w, const char *wanted,
                             char **out, struct error *error)
{
    enum status st = names->loaded ? ST_OK : load(names, w, error);
    *out = NULL;
    if (st != ST_OK)
        return st;
    struct candidate c = {names, wanted, BUF_INIT};
    number_it(&c, free_number(is_taken, &c));
    bool noted = !c.name.failed && note(names, c.name.data, c.name.len);
    *out = buf_detach(&c.name);
    return noted && *out != NULL ? ST_OK : error_set(error, ST_NOMEM, _("out of memory"));
}

void known_names_release(struct known_names *names)
{
    key_set_release(&names->hashes);
    *names = (struct known_names){0};
}
