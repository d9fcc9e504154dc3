/* The dictionary that an index was cut with. Interface: index_analyzer.h. */
#include "store/index_analyzer.h"

#include "store/schema.h"
#include "store/store.h"

#include <string.h>
#include <unistd.h>

/* What the index remembers under NAME, if that file is still there; NULL otherwise. */
static const char *remembered(sqlite3 *db, const char *name, struct buf *value)
{
    if (db == NULL || store_meta(db, name, value) != ST_OK || value->len == 0)
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
    if (strcmp(fingerprint, analyzer_fingerprint(analyzer)) == 0)
        return ST_OK;
    return error_set(error, ST_DICTIONARY,
                     _("the index was cut with another dictionary than '%s': '%s'; rebuild it "
                       "with: hiku index --full --db '%s' --dicdir '%s'"),
                     analyzer_dicdir(analyzer), path, path, analyzer_dicdir(analyzer));
}

enum status index_analyzer_check(const struct analyzer *analyzer, sqlite3 *db, const char *path,
                                 struct error *error)
{
    struct buf made_with = BUF_INIT;
    enum status st = store_meta(db, META_FINGERPRINT, &made_with);
    if (st == ST_OK)
        st = index_analyzer_compare(analyzer, made_with.data, path, error);
    else
        store_sqlite_error(db, sqlite3_extended_errcode(db), path, error);
    buf_release(&made_with);
    return st;
}
