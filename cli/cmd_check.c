/* hiku check: whether an index is sound. */
#include "indexer/check/check.h"

#include "cli/exit_code.h"
#include "cli/index_file.h"
#include "cli/output.h"
#include "cli/usage.h"

#include <string.h>

struct check_args {
    const char *db;
    const char *dicdir;
    int quick;
    int digest;
};

#define AT(member) offsetof(struct check_args, member)

static const struct option options[] = {
    DB_OPTION(AT(db)),
    {"quick", 0, OPTION_FLAG, AT(quick), NULL, NULL, N_("leave out what reads every record")},
    {"digest", 0, OPTION_FLAG, AT(digest), NULL, NULL,
     N_("print a digest of all records, the same for equal ones")},
    DICDIR_OPTION(AT(dicdir)),
};

static void show_finding(void *context, const char *line)
{
    struct output *out = context;
    display_add(&out->buf, line, strlen(line));
    buf_addc(&out->buf, '\n');
    output_flush(out);
}

/* 26 records, 1 segment, 2310 lists: no problems */
static void add_summary(struct buf *out, const struct check_result *result, int quick)
{
    unsigned long long records = result->n_records;
    unsigned long long segments = result->n_segments;
    unsigned long long lists = result->n_lists;
    unsigned long long problems = result->n_problems;
    if (quick) { /* which counts nothing */
        buf_adds(out, _("quick check"));
    } else {
        buf_addf(out, dngettext("hiku", "%llu record", "%llu records", records), records);
        buf_addf(out, dngettext("hiku", ", %llu segment", ", %llu segments", segments), segments);
        buf_addf(out, dngettext("hiku", ", %llu list", ", %llu lists", lists), lists);
    }
    if (problems == 0)
        buf_adds(out, _(": no problems"));
    else
        buf_addf(out, dngettext("hiku", ": %llu problem", ": %llu problems", problems), problems);
    buf_addc(out, '\n');
}

static int run(int argc, char **argv)
{
    struct check_args args = {0};
    int code = usage_parse(&command_check, &args, argc, argv, NULL);
    if (code >= 0)
        return code;
    struct output out = OUTPUT_INIT;
    struct check_options check = {.db = index_file(args.db),
                                  .dicdir = index_dicdir(args.dicdir),
                                  .quick = args.quick,
                                  .digest = args.digest,
                                  .report = show_finding,
                                  .context = &out};
    struct check_result result = {0};
    struct error error = {0};
    enum status st = check_run(&check, &result, &error);
    if (st == ST_OK || result.n_problems > 0)
        add_summary(&out.buf, &result, args.quick);
    if (st == ST_OK && args.digest)
        buf_addf(&out.buf, "%016llx\n", (unsigned long long)result.digest);
    code = output_finish(&out, exit_code((int)st));
    if (st != ST_OK)
        complain(error_text((int)st, &error));
    return code;
}

const struct command command_check = {
    .name = "check",
    .run = run,
    .summary = N_("look for damage in an index"),
    .operands = "",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
};
