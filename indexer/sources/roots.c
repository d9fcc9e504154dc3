/* Roots: the files and folders that an index was made of. Interface: roots.h. */
#include "indexer/sources/roots.h"

#include "store/store.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void root_options_release(struct root_options *options)
{
    free(options->columns);
    free(options->type);
    free(options->encoding);
    *options = (struct root_options){0};
}

static bool copy_option(char **to, const char *from)
{
    *to = from != NULL ? strdup(from) : NULL;
    return from == NULL || *to != NULL;
}

/* Adds to TO what FROM says of that which TO leaves open. */
static bool complete(struct root_options *to, const struct root_options *from)
{
    if (to->hidden == HIDDEN_NOT_TOLD)
        to->hidden = from->hidden;
    return (to->columns != NULL || copy_option(&to->columns, from->columns)) &&
           (to->type != NULL || copy_option(&to->type, from->type)) &&
           (to->encoding != NULL || copy_option(&to->encoding, from->encoding));
}

/* Whether A and B are names of one file or folder: corpus, ./corpus, or the whole path. Standard
 * input is no file. */
static bool same_place(const char *a, const char *b)
{
    if (strcmp(a, b) == 0)
        return true;
    if (strcmp(a, "-") == 0 || strcmp(b, "-") == 0)
        return false;
    char *real_a = realpath(a, NULL), *real_b = realpath(b, NULL);
    bool same = real_a != NULL && real_b != NULL && strcmp(real_a, real_b) == 0;
    free(real_a);
    free(real_b);
    return same;
}

/* Adds PATH, to be read as this run says, else as KNOWN says, which may be NULL. */
static enum status add_root(struct root_list *roots, const char *path,
                            const struct index_options *run, const struct root_options *known,
                            bool given)
{
    static const struct root_options nothing = {0};
    const struct root_options now = {(char *)run->columns, (char *)run->type, (char *)run->encoding,
                                     run->hidden};
    if (known == NULL)
        known = &nothing;
    for (size_t i = 0; i < roots->n; i++) {
        if (given && roots->items[i].given ? same_place(roots->items[i].path, path)
                                           : strcmp(roots->items[i].path, path) == 0)
            return complete(&roots->items[i].options, known) ? ST_OK : ST_NOMEM;
    }
    struct root *items = realloc(roots->items, (roots->n + 1) * sizeof *items);
    if (items == NULL)
        return ST_NOMEM;
    roots->items = items;
    struct root *root = &items[roots->n];
    root->given = given;
    root->path = strdup(path);
    root->options = (struct root_options){0};
    roots->n++;
    bool done = complete(&root->options, &now) && complete(&root->options, known);
    return root->path != NULL && done ? ST_OK : ST_NOMEM;
}

/* A damaged index may not tell all, or nothing, of what it was made of; one that cannot be read
 * this time must not lose what it does not tell. */
static bool is_told(int rc)
{
    static const int ends[] = {SQLITE_DONE, SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_FORMAT,
                               SQLITE_ERROR};
    bool told = false;
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        told = told || (rc & 0xFF) == ends[i];
    return told;
}

/* Gives PATH, which the caller frees, the name by which the index, if DB is one, knows it. */
static enum status known_name(char **path, sqlite3 *db, const char *db_path, struct error *error)
{
    sqlite3_stmt *stmt = NULL;
    const char *sql = "SELECT path FROM roots ORDER BY path <> ?1, id";
    bool found = false;
    if (db == NULL)
        return ST_OK;
    int rc = sqlite3_prepare_v2(db, sql, -1, &stmt, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_bind_text(stmt, 1, *path, -1, SQLITE_TRANSIENT);
    while (rc == SQLITE_OK && !found && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(stmt, 0);
        found = name != NULL && same_place(name, *path);
        if (found) {
            char *copy = strdup(name);
            free(*path);
            *path = copy;
        }
        rc = SQLITE_OK;
    }
    sqlite3_finalize(stmt);
    if (*path == NULL)
        return ST_NOMEM;
    return found || is_told(rc) ? ST_OK : store_sqlite_error(db, rc, db_path, error);
}

char *root_path(const char *given)
{
    size_t n = strlen(given);
    while (n > 1 && given[n - 1] == '/')
        n--;
    return strndup(given, n);
}

static enum status add_given(struct root_list *roots, const char *path,
                             const struct index_options *run, sqlite3 *db, struct error *error)
{
    char *plain = root_path(path);
    enum status st = plain == NULL ? ST_NOMEM : known_name(&plain, db, run->db, error);
    if (st == ST_OK)
        st = add_root(roots, plain, run, NULL, true);
    free(plain);
    return st;
}

/* Whether PATH is below a folder that is given for this run, and there. */
static bool is_in_given(const struct root_list *roots, size_t n_given, const char *path)
{
    for (size_t i = 0; i < n_given; i++) {
        const char *folder = roots->items[i].path;
        size_t n = strlen(folder);
        bool slash = n > 0 && folder[n - 1] == '/';
        if (strncmp(path, folder, n) == 0 && (slash || path[n] == '/') && path[n + !slash] != '\0')
            return access(path, F_OK) == 0;
    }
    return false;
}

static enum status add_known(struct root_list *roots, const struct index_options *options,
                             sqlite3 *db, bool all, struct error *error)
{
    sqlite3_stmt *stmt = NULL;
    enum status st = ST_OK;
    /* What is given beside sources is for those alone. */
    static const struct index_options nothing = {0};
    const struct index_options *run = options->n_sources == 0 ? options : &nothing;
    static const char *const forms[] = {
        "SELECT path, columns, type, encoding, hidden FROM roots ORDER BY id",
        "SELECT path, columns, type, encoding, NULL FROM roots ORDER BY id", /* before 0.1.0 */
        "SELECT path, columns, NULL, NULL, NULL FROM roots ORDER BY id"};    /* formats before 3 */
    int rc = SQLITE_ERROR;
    for (size_t i = 0; i < sizeof forms / sizeof forms[0] && rc == SQLITE_ERROR; i++)
        rc = sqlite3_prepare_v2(db, forms[i], -1, &stmt, NULL);
    size_t n_given = roots->n;
    while (rc == SQLITE_OK && st == ST_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        const char *path = (const char *)sqlite3_column_text(stmt, 0);
        const struct root_options known = {
            (char *)sqlite3_column_text(stmt, 1), (char *)sqlite3_column_text(stmt, 2),
            (char *)sqlite3_column_text(stmt, 3),
            sqlite3_column_int(stmt, 4) != 0 ? HIDDEN_IN : HIDDEN_NOT_TOLD};
        if (path == NULL)
            st = ST_NOMEM;
        else if (all || is_in_given(roots, n_given, path))
            st = add_root(roots, path, run, &known, false);
        rc = SQLITE_OK;
    }
    sqlite3_finalize(stmt);
    return st == ST_OK && !is_told(rc) ? store_sqlite_error(db, rc, options->db, error) : st;
}

enum status roots_choose(struct root_list *roots, const struct index_options *options,
                         const struct old_index *old, struct error *error)
{
    bool is_gone = options->update && old->db == NULL;
    enum status st = is_gone ? store_check_file(options->db, error) : ST_OK;
    for (size_t i = 0; i < options->n_sources && st == ST_OK; i++)
        st = add_given(roots, options->sources[i], options, old->db, error);
    if (st == ST_OK && old->db != NULL)
        st = add_known(roots, options, old->db, options->n_sources == 0 || old->rebuild, error);
    if (st == ST_OK && !is_gone && roots->n == 0 && access("corpus", F_OK) == 0)
        st = add_root(roots, "corpus", options, NULL, true);
    if (st == ST_NOMEM)
        return error_set(error, st, _("out of memory"));
    if (st == ST_OK && roots->n == 0)
        st = error_set(error, ST_INPUT,
                       _("nothing to index: there is no folder 'corpus'; name a file or folder: "
                         "hiku index SOURCE"));
    return st;
}

void roots_release(struct root_list *roots)
{
    for (size_t i = 0; i < roots->n; i++) {
        free(roots->items[i].path);
        root_options_release(&roots->items[i].options);
    }
    free(roots->items);
    *roots = (struct root_list){0};
}
