/* Bringing the index up to date: which sources, which writer. Interface: index.h. */
#include "indexer/index.h"

#include "indexer/ingest.h"
#include "indexer/old_index.h"
#include "indexer/roots.h"
#include "indexer/writer.h"
#include "store/index_analyzer.h"

enum status index_run(const struct index_options *options, struct index_report *report,
                      struct error *error)
{
    struct old_index old = {0};
    struct analyzer *analyzer = NULL;
    struct writer *w = NULL;
    struct root_list roots = {0};
    size_t memory = options->memory_bytes > 0 ? options->memory_bytes : INDEX_MEMORY_BYTES;
    *report = (struct index_report){0};
    bool rebuild = options->full || options->compact;
    enum status st = old_index_open(&old, options->db, rebuild, options->busy_ms, error);
    if (st == ST_OK && options->compact && old.db == NULL)
        st = error_set(error, ST_MISSING, _("there is no index to compact: '%s'"), options->db);
    if (st == ST_OK)
        st = index_analyzer_open(&analyzer, options->full ? NULL : old.db, options->dicdir,
                                 options->userdic, error);
    if (st == ST_OK)
        st = roots_choose(&roots, options, &old, error);
    report->created = old.rebuild;
    if (st == ST_OK && old.rebuild) {
        st = writer_create(&w, options->db, analyzer, memory, error);
    } else if (st == ST_OK) {
        old_index_close(&old);
        st = writer_open(&w, options->db, analyzer, memory, options->busy_ms, error);
    }
    if (st == ST_OK)
        st = (options->compact ? ingest_compact : ingest_roots)(w, old.db, options, &roots, report,
                                                                error);
    if (st == ST_OK)
        st = writer_commit(w, error);
    writer_close(w);
    old_index_close(&old);
    roots_release(&roots);
    analyzer_close(analyzer);
    return st;
}
