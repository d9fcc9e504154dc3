/* The dictionary that an index was cut with. Interface: index_analyzer.h. */
#include "store/index_analyzer.h"

#include "base/shell.h"
#include "store/schema.h"
#include "store/store.h"

#include <string.h>
#include <unistd.h>

/* What the index remembers under NAME, if that file is still there; NULL otherwise. */
static const char *remembered(sqlite3 *db, const char *name, struct buf *value)
{
    if (db == NULL || store_meta(db, "", name, value, NULL) != ST_OK || value->len == 0)
        return NULL;
    return access(value->data, R_OK) == 0 ? value->data : NULL;
}

enum status index_analyzer_open(struct analyzer **out, sqlite3 *db, const char *dicdir,
                                const char *userdic, struct error *error)
{
    struct buf dicdir_meta = BUF_INIT, userdic_meta = BUF_INIT;
    if (dicdir == NULL)
        dicdir = remembered(db, META_DICDIR, &dicdir_meta);
    if (userdic == NULL)
        userdic = remembered(db, META_USERDIC, &userdic_meta);
    enum status st = analyzer_open(out, dicdir, userdic, error);
    buf_release(&dicdir_meta);
    buf_release(&userdic_meta);
    return st;
}

enum status index_analyzer_compare(const struct analyzer *analyzer, const char *fingerprint,
                                   const char *path, struct error *error)
{
    struct shell_text db_space, dicdir_space;
    const char *dicdir = analyzer_dicdir(analyzer);
    if (strcmp(fingerprint, analyzer_fingerprint(analyzer)) == 0)
        return ST_OK;
    return error_set(error, ST_DICTIONARY,
                     _("the index was cut with another dictionary than '%s': '%s'; rebuild it "
                       "with: hiku index --full --db '%s' --dicdir '%s'"),
                     dicdir, path, shell_quoted(path, &db_space),
                     shell_quoted(dicdir, &dicdir_space));
}

/* Tells of a dictionary that DB remembers under NAME and that is gone. ST_OK: there is none. */
static enum status find_missing(sqlite3 *db, const char *name, const char *path,
                                struct error *error)
{
    struct shell_text space;
    struct buf value = BUF_INIT;
    enum status st = ST_OK;
    if (store_meta(db, path, name, &value, NULL) == ST_OK && value.len > 0 &&
        access(value.data, R_OK) != 0)
        st = error_set(error, ST_DICTIONARY,
                       _("the dictionary that the index '%s' was cut with is missing: '%s'; put it "
                         "back, or rebuild the index without it: hiku index --full --db '%s'"),
                       path, value.data, shell_quoted(path, &space));
    buf_release(&value);
    return st;
}

enum status index_analyzer_check(const struct analyzer *analyzer, sqlite3 *db, const char *path,
                                 struct error *error)
{
    struct buf made_with = BUF_INIT;
    enum status st = store_meta(db, path, META_FINGERPRINT, &made_with, error);
    if (st == ST_OK)
        st = index_analyzer_compare(analyzer, made_with.data, path, error);
    buf_release(&made_with);
    if (st == ST_DICTIONARY && find_missing(db, META_USERDIC, path, error) == ST_OK)
        find_missing(db, META_DICDIR, path, error);
    return st;
}
