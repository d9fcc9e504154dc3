/* Bringing the index up to date: which sources, which writer. Interface: index.h. */
#include "indexer/index.h"

#include "corpus/sources.h"
#include "indexer/ingest.h"
#include "indexer/roots.h"
#include "indexer/writer.h"
#include "store/index_analyzer.h"
#include "store/store.h"

#include <stdlib.h>
#include <string.h>

/* Opens the index that is there for a look at what it knows. A file that is no index is never
 * replaced; one that is damaged or old is, by --full. */
static enum status look_at_old(struct store **old, const struct index_options *options,
                               struct error *error)
{
    struct error ignored;
    enum status st = store_open(old, options->db, options->busy_ms, &ignored);
    if (st == ST_OK || st == ST_MISSING)
        return ST_OK;
    bool replaceable = st == ST_CORRUPT || st == ST_OLDER || st == ST_NEWER;
    if (options->full && replaceable)
        return ST_OK;
    return error_set(error, st, "%s", ignored.message);
}

static enum status run_with(struct writer *w, const struct index_options *options,
                            const struct root_list *roots, struct index_report *report,
                            struct error *error)
{
    enum status st = ingest_roots(w, options, roots, report, error);
    if (st == ST_OK)
        st = writer_commit(w, error);
    return st;
}

enum status index_run(const struct index_options *options, struct index_report *report,
                      struct error *error)
{
    struct store *old = NULL;
    struct analyzer *analyzer = NULL;
    struct writer *w = NULL;
    struct root_list roots = {0};
    *report = (struct index_report){0};
    enum status st = look_at_old(&old, options, error);
    if (st == ST_OK)
        st = index_analyzer_open(&analyzer, old != NULL && !options->full ? old->db : NULL,
                                 options->dicdir, options->userdic, error);
    if (st == ST_OK)
        st = roots_choose(&roots, options, old != NULL ? old->db : NULL, error);
    bool create = options->full || old == NULL;
    store_close(old);
    if (st == ST_OK)
        st = create ? writer_create(&w, options->db, analyzer, error)
                    : writer_open(&w, options->db, analyzer, options->busy_ms, error);
    if (st == ST_OK) {
        report->created = create;
        st = run_with(w, options, &roots, report, error);
    }
    writer_close(w);
    roots_release(&roots);
    analyzer_close(analyzer);
    return st;
}
