/* Bringing the index up to date: which sources, which writer. Interface: index.h. */
#include "indexer/index.h"

#include "indexer/ingest.h"
#include "indexer/old_index.h"
#include "indexer/sources/roots.h"
#include "indexer/writer.h"
#include "store/index_analyzer.h"

struct run {
    const struct index_options *options;
    struct index_report *report;
    struct error *error;
    struct old_index old;
    bool rebuild;
    struct analyzer *analyzer;
    struct root_list roots;
    struct failed_sources failed;
};

static enum status open_writer(struct run *run, struct writer **w)
{
    const struct index_options *o = run->options;
    size_t memory = o->memory_bytes > 0 ? o->memory_bytes : INDEX_MEMORY_BYTES;
    if (run->rebuild)
        return writer_create(w, o->db, run->analyzer, memory, run->error);
    old_index_close(&run->old);
    return writer_open(w, o->db, run->analyzer, memory, o->busy_ms, run->error);
}

/* Writes all of it, or nothing. */
static enum status attempt(struct run *run)
{
    struct writer *w = NULL;
    *run->report = (struct index_report){.created = run->rebuild};
    run->failed.again = false;
    enum status st = open_writer(run, &w);
    if (st == ST_OK)
        st = run->options->compact ? ingest_compact(w, run->old.db, run->options, &run->roots,
                                                    run->report, run->error)
                                   : ingest_roots(w, run->old.db, run->options, &run->roots,
                                                  &run->failed, run->report, run->error);
    if (st == ST_OK)
        st = writer_commit(w, run->error);
    writer_close(w);
    return st;
}

static enum status look_at_old(struct run *run)
{
    const struct index_options *o = run->options;
    bool rebuild = o->full || o->compact;
    enum status st = old_index_open(&run->old, o->db, rebuild, o->busy_ms, run->error);
    run->rebuild = run->old.rebuild;
    if (st == ST_OK && o->compact && run->old.db == NULL)
        st = error_set(run->error, ST_MISSING, _("there is no index to compact: '%s'"), o->db);
    if (st == ST_OK)
        st = index_analyzer_open(&run->analyzer, o->full ? NULL : run->old.db, o->dicdir,
                                 o->userdic, run->error);
    return st == ST_OK ? roots_choose(&run->roots, o, &run->old, run->error) : st;
}

enum status index_run(const struct index_options *options, struct index_report *report,
                      struct error *error)
{
    struct run run = {.options = options, .report = report, .error = error};
    *report = (struct index_report){0};
    enum status st = look_at_old(&run);
    if (st == ST_OK) {
        do
            st = attempt(&run);
        while (st == ST_INPUT && run.failed.again);
    }
    old_index_close(&run.old);
    roots_release(&run.roots);
    failed_sources_release(&run.failed);
    analyzer_close(run.analyzer);
    return st;
}
