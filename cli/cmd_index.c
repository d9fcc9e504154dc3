/* hiku index: makes an index or brings it up to date. */
#include "indexer/index.h"

#include "cli/exit_code.h"
#include "cli/index_file.h"
#include "cli/output.h"
#include "cli/preview.h"
#include "cli/problem_report.h"
#include "cli/progress.h"
#include "cli/stop.h"
#include "cli/usage.h"
#include "indexer/sources/relocate.h"
#include "indexer/sources/watch.h"

#include <malloc.h>
#include <string.h>

struct index_args {
    const char *db;
    const char *columns;
    const char *type;
    const char *encoding;
    const char *label;
    const char *report;
    const char *moved;
    const char *forget;
    const char *dicdir;
    const char *userdic;
    size_t n_threads;
    size_t memory_bytes;
    int full;
    int compact;
    int watch;
    int quiet;
    int hidden;
    int no_hidden;
    int strict;
    int preview;
    int save;
};

#define AT(member) offsetof(struct index_args, member)

static const struct option options[] = {
    DB_OPTION(AT(db)),
    {"columns", 0, OPTION_TEXT, AT(columns), N_("NAMES"), NULL,
     N_("what the columns are: id,date,title,body or title=NAME,… or form or table")},
    {"type", 0, OPTION_TEXT, AT(type), N_("FORMAT"), NULL,
     N_("format of the sources, instead of what is found out")},
    {"encoding", 0, OPTION_TEXT, AT(encoding), N_("NAME"), NULL,
     N_("encoding of the sources, instead of what is found out")},
    {"label", 0, OPTION_TEXT, AT(label), N_("LABEL"), NULL,
     N_("whose tables they are; searched by label:LABEL")},
    {"hidden", 0, OPTION_FLAG, AT(hidden), NULL, NULL, N_("take hidden rows and sheets too")},
    {"no-hidden", 0, OPTION_FLAG, AT(no_hidden), NULL, NULL, N_("leave them out again")},
    {"preview", 0, OPTION_FLAG, AT(preview), NULL, NULL,
     N_("show how the sources would be read; write nothing")},
    {"save", 0, OPTION_FLAG, AT(save), NULL, NULL,
     N_("note how the sources are read in hiku.sources.tsv beside them")},
    {"report", 0, OPTION_TEXT, AT(report), N_("FILE"), NULL,
     N_("write all problems to FILE, as TSV")},
    {"strict", 0, OPTION_FLAG, AT(strict), NULL, NULL,
     N_("leave the index as it was when there is any problem")},
    {"full", 0, OPTION_FLAG, AT(full), NULL, NULL, N_("build anew, then replace the old index")},
    {"compact", 0, OPTION_FLAG, AT(compact), NULL, NULL,
     N_("build anew from the index's own records; nothing deleted is left")},
    {"moved", 0, OPTION_TEXT, AT(moved), N_("OLD"), NULL,
     N_("the source OLD is SOURCE now; its records stay what they are")},
    {"forget", 0, OPTION_TEXT, AT(forget), N_("OLD"), NULL,
     N_("the source OLD is given up; its records go")},
    {"watch", 0, OPTION_FLAG, AT(watch), NULL, NULL,
     N_("go on, and bring the index up to date whenever a source changes")},
    {"threads", 0, OPTION_NUMBER, AT(n_threads), N_("N"), NULL,
     N_("threads that cut text; 0: one for each processor")},
    {"memory", 0, OPTION_SIZE, AT(memory_bytes), N_("SIZE"), NULL,
     N_("memory to use, about (192M)")},
    {"quiet", 0, OPTION_FLAG, AT(quiet), NULL, NULL, N_("no progress, no summary")},
    DICDIR_OPTION(AT(dicdir)),
    {"userdic", 0, OPTION_TEXT, AT(userdic), N_("FILE"), NULL,
     N_("compiled user dictionary instead of hiku's own")},
};

/* What the callbacks of a run work on. */
struct run {
    struct progress progress;
    struct problem_report *problems;
};

static bool show_progress(void *context, const struct index_progress *now)
{
    struct run *r = context;
    progress_show(&r->progress, now);
    return !stop_asked();
}

static void show_problem(void *context, const char *path, size_t line, enum severity severity,
                         const char *problem, struct span excerpt)
{
    struct run *r = context;
    progress_wipe(&r->progress);
    problem_report_add(r->problems, path, line, severity, problem, excerpt);
}

/* 26 records: 26 added, 0 changed, 0 removed, 0 unchanged; 1 source, 0 problems (0.1 s) */
static void add_summary(struct buf *out, const struct index_report *report, double seconds)
{
    unsigned long long records = report->n_records;
    unsigned long long sources = report->n_sources;
    unsigned long long problems = report->n_problems;
    buf_addf(out, dngettext("hiku", "%llu record", "%llu records", records), records);
    buf_addf(out, _(": %llu added, %llu changed, %llu removed, %llu unchanged; "),
             (unsigned long long)report->n_added, (unsigned long long)report->n_changed,
             (unsigned long long)report->n_removed, (unsigned long long)report->n_unchanged);
    buf_addf(out, dngettext("hiku", "%llu source", "%llu sources", sources), sources);
    buf_addf(out, dngettext("hiku", ", %llu problem", ", %llu problems", problems), problems);
    buf_addf(out, _(" (%.1f s)\n"), seconds);
}

/* One run. *CHANGED: the index is another than before; *CODE: how a run that succeeds exits. */
static enum status run_once(const struct index_args *args, const struct index_options *run_options,
                            bool *changed, int *code, struct error *error)
{
    struct run r = {.problems = NULL};
    struct index_report report = {0};
    struct index_options options_now = *run_options;
    options_now.context = &r;
    enum status st = problem_report_open(&r.problems, args->report, error);
    if (st == ST_OK) {
        progress_start(&r.progress, !args->quiet);
        st = index_run(&options_now, &report, error);
        progress_wipe(&r.progress);
    }
    st = problem_report_close(r.problems, st, error);
    if (st != ST_OK)
        return error->message[0] != '\0' ? st
                                         : error_set(error, st, "%s", hiku_status_text((int)st));
    struct output out = OUTPUT_INIT;
    *changed = report.created || report.n_added + report.n_changed + report.n_removed > 0;
    if (!args->quiet && (*changed || run_options->n_sources > 0 || !args->watch))
        add_summary(&out.buf, &report, progress_seconds(&r.progress));
    *code = output_finish(&out, report.n_failed > 0 ? EXIT_USAGE : EXIT_FOUND);
    return st;
}

/* Brings the index up to date with what changed in its sources, and sets when to try again where
 * that was not possible: at once at first (another program was writing), then ever less often (the
 * disk stays full). *LAST is the message printed last, which is not repeated. */
static enum status take_changes(struct watch *w, const struct index_args *args,
                                const struct index_options *run_options, struct watch_pace *pace,
                                struct error *last)
{
    enum { FIRST_MS = 500, MOST_MS = 60000 };
    struct error error = {0};
    enum status run;
    bool changed;
    int code;
    enum status st = watch_refresh(w, &run, &error);
    if (st == ST_OK && run == ST_OK)
        run = run_once(args, run_options, &changed, &code, &error);
    if (st != ST_OK || run == ST_NOMEM) {
        fail((int)(st != ST_OK ? st : run), error.message);
        return st != ST_OK ? st : run;
    }
    if (run != ST_OK && strcmp(last->message, error.message) != 0)
        complain(error.message);
    *last = error;
    if (run == ST_OK || run == ST_INPUT) /* a source that cannot be read: that will change */
        pace->retry_ms = -1;
    else
        pace->retry_ms = pace->retry_ms < 0             ? FIRST_MS
                         : pace->retry_ms < MOST_MS / 2 ? pace->retry_ms * 2
                                                        : MOST_MS;
    return ST_OK;
}

/* Waits for changes and brings the index up to date, until a signal comes. A run that fails (a
 * source half gone, another writer, a full disk) is followed by others. */
static int watch(const struct index_args *args, struct index_options *run_options,
                 const sigset_t *waiting)
{
    /* Programs that write a table pause for less than this; a person does not notice it. */
    struct watch_pace pace = {.settle_ms = 300, .limit_ms = 10000, .retry_ms = -1};
    struct watch *w = NULL;
    struct error error = {0}, last = {0};
    bool changed = true;
    run_options->sources = NULL;
    run_options->n_sources = 0;
    run_options->columns = run_options->type = run_options->encoding = run_options->label = NULL;
    run_options->hidden = HIDDEN_NOT_TOLD;
    run_options->full = run_options->compact = run_options->save = 0;
    run_options->update = 1; /* one that is deleted meanwhile is not made of the folder corpus */
    enum status st = watch_open(&w, run_options->db, &error);
    if (st != ST_OK)
        return fail((int)st, error.message);
    while (st == ST_OK && changed && !stop_asked()) {
        st = take_changes(w, args, run_options, &pace, &last);
        if (st == ST_OK && (st = watch_wait(w, &pace, waiting, &changed, &error)) != ST_OK)
            fail((int)st, error.message);
    }
    watch_close(w);
    return exit_code((int)st);
}

enum { BUSY_MS = 5000 }; /* how long to wait for another writer */

/* What is to be known before the sources are read, all of those that the index has then. */
static enum status relocate(const struct index_args *args, struct index_options *run_options,
                            struct error *error)
{
    bool moved = args->moved != NULL;
    if (!moved && args->forget == NULL)
        return ST_OK;
    if (moved ? args->forget != NULL || run_options->n_sources != 1 : run_options->n_sources > 0)
        return error_set(error, ST_USAGE,
                         moved ? _("--moved wants the one new name: hiku index --moved OLD NEW")
                               : _("--forget reads all other sources; name none beside it"));
    const char *to = moved ? run_options->sources[0] : NULL;
    run_options->n_sources = 0;
    return moved ? relocate_move(run_options->db, args->moved, to, BUSY_MS, error)
                 : relocate_forget(run_options->db, args->forget, BUSY_MS, error);
}

static struct index_options options_of_run(const struct index_args *args, char **sources,
                                           size_t n_sources)
{
    return (struct index_options){
        .db = index_file(args->db),
        .sources = (const char *const *)sources,
        .n_sources = n_sources,
        .columns = args->columns,
        .type = args->type,
        .encoding = args->encoding,
        .label = args->label,
        .hidden = args->hidden      ? HIDDEN_IN
                  : args->no_hidden ? HIDDEN_OUT
                                    : HIDDEN_NOT_TOLD,
        .save = args->save,
        .strict = args->strict,
        .dicdir = index_dicdir(args->dicdir),
        .userdic = args->userdic,
        .full = args->full,
        .compact = args->compact,
        .n_threads = args->n_threads,
        .memory_bytes = args->memory_bytes,
        .busy_ms = BUSY_MS,
        .problem = show_problem,
        .progress = show_progress,
    };
}

static int run_index(const struct index_args *args, char **sources, size_t n_sources)
{
    struct index_options run_options = options_of_run(args, sources, n_sources);
    struct error error = {0};
    sigset_t waiting;
    bool changed;
    int code = EXIT_FOUND;
    if (args->hidden && args->no_hidden)
        return fail(ST_USAGE, _("'--hidden' and '--no-hidden' exclude each other; leave one out"));
    if (args->preview)
        return preview(&run_options);
    bool reads = n_sources > 0 || args->full || args->moved != NULL || args->forget != NULL;
    if (args->compact && reads)
        return fail(ST_USAGE, _("--compact reads no sources; run hiku index with them before it"));
    stop_catch(args->watch ? &waiting : NULL);
    enum status st = relocate(args, &run_options, &error);
    if (st == ST_OK)
        st = run_once(args, &run_options, &changed, &code, &error);
    if (st != ST_OK)
        code = fail((int)st, error.message);
    if (args->watch && st == ST_OK)
        return watch(args, &run_options, &waiting);
    if (st == ST_INTERRUPTED && !args->watch)
        stop_now();
    return st == ST_INTERRUPTED ? EXIT_FOUND : code;
}

/* Long texts go back to the system as soon as they are freed. Otherwise malloc learns from a freed
 * one of up to 32 MiB to keep what such take, in each thread's arena (mallopt(3)). */
static void return_long_texts(void)
{
    enum { LONG_BYTES = 1 << 20 };
    mallopt(M_MMAP_THRESHOLD, LONG_BYTES);
}

static enum status check_ranges(const struct index_args *args, struct error *error)
{
    /* Each thread takes memory; more of them than any machine has processors only cost. */
    enum { MOST_THREADS = 1024 };
    /* With less a segment would hold a page of text, with more caches alone take gigabytes. */
    static const size_t least_memory = (size_t)64 << 10, most_memory = (size_t)64 << 30;
    if (args->n_threads > MOST_THREADS)
        return error_set(error, ST_USAGE,
                         _("'%zu' is too many for '--threads'; give at most %d, or 0"),
                         args->n_threads, MOST_THREADS);
    if (args->memory_bytes != 0 &&
        (args->memory_bytes < least_memory || args->memory_bytes > most_memory))
        return error_set(error, ST_USAGE,
                         _("%zu bytes are out of range for '--memory'; give 64K to 64G (192M is "
                           "what it is without)"),
                         args->memory_bytes);
    return ST_OK;
}

static int run(int argc, char **argv)
{
    struct index_args args = {0};
    struct error error;
    int n_operands;
    int code = usage_parse(&command_index, &args, argc, argv, &n_operands);
    if (code >= 0)
        return code;
    if (check_ranges(&args, &error) != ST_OK)
        return fail(ST_USAGE, error.message);
    return_long_texts();
    return run_index(&args, argv, (size_t)n_operands);
}

const struct command command_index = {
    .name = "index",
    .run = run,
    .summary = N_("create an index or bring it up to date"),
    .operands = N_("[SOURCE…]"),
    .options = options,
    .n_options = sizeof options / sizeof options[0],
};
