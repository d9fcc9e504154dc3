/* hiku lint: words of the records that are probably misspelt. */
#include "indexer/check/lint.h"

#include "cli/exit_code.h"
#include "cli/index_file.h"
#include "cli/output.h"
#include "cli/usage.h"
#include "search/write/result_writer.h"

#include <string.h>

struct lint_args {
    const char *db;
    const char *dicdir;
    int format; /* place in FORMATS */
};

#define FORMATS "text|json|tsv"
enum { FORMAT_TEXT, FORMAT_JSON, FORMAT_TSV };

#define AT(member) offsetof(struct lint_args, member)

static const struct option options[] = {
    DB_OPTION(AT(db)),
    {"format", 0, OPTION_CHOICE, AT(format), NULL, FORMATS, N_("form of the results")},
    DICDIR_OPTION(AT(dicdir)),
};

struct printing {
    struct output out;
    int format;
    size_t n;
};

static const char *const reasons[] = {[LINT_MISPRINT] = "misprint",
                                      [LINT_VARIANT] = "variant",
                                      [LINT_RARE] = "rare",
                                      [LINT_LOOKALIKE] = "lookalike"};

static void add_text(struct buf *out, const struct lint_finding *f)
{
    static const char *const texts[] = {[LINT_MISPRINT] = N_("a known misprint"),
                                        [LINT_VARIANT] = N_("a variant of a character"),
                                        [LINT_RARE] =
                                            N_("a rare word, much like a more frequent one"),
                                        [LINT_LOOKALIKE] = N_("a character of another script")};
    buf_addf(out, "%s %s %zu-%zu: ", f->key, f->field, f->start, f->end);
    display_add(out, f->word, f->end - f->start);
    buf_adds(out, " → ");
    display_add(out, f->suggestion, strlen(f->suggestion));
    buf_addf(out, " (%s)\n", _(texts[f->reason]));
}

static void add_tsv(struct buf *out, const struct lint_finding *f)
{
    buf_addf(out, "%s\t%s\t%zu\t%zu\t", f->key, f->field, f->start, f->end);
    display_add(out, f->word, f->end - f->start);
    buf_addc(out, '\t');
    display_add(out, f->suggestion, strlen(f->suggestion));
    buf_addf(out, "\t%s\n", reasons[f->reason]);
}

static void add_json(struct buf *out, const struct lint_finding *f, bool first)
{
    buf_adds(out, first ? "\n{\"key\":" : ",\n{\"key\":");
    result_add_json(out, f->key, strlen(f->key));
    buf_addf(out, ",\"field\":\"%s\",\"start\":%zu,\"end\":%zu,\"word\":", f->field, f->start,
             f->end);
    result_add_json(out, f->word, f->end - f->start);
    buf_adds(out, ",\"suggestion\":");
    result_add_json(out, f->suggestion, strlen(f->suggestion));
    buf_addf(out, ",\"reason\":\"%s\"}", reasons[f->reason]);
}

static void print(void *context, const struct lint_finding *finding)
{
    struct printing *p = context;
    if (p->format == FORMAT_JSON)
        add_json(&p->out.buf, finding, p->n == 0);
    else if (p->format == FORMAT_TSV)
        add_tsv(&p->out.buf, finding);
    else
        add_text(&p->out.buf, finding);
    p->n++;
    output_flush(&p->out);
}

static int run(int argc, char **argv)
{
    struct lint_args args = {0};
    int code = usage_parse(&command_lint, &args, argc, argv, NULL);
    if (code >= 0)
        return code;
    struct printing p = {.out = OUTPUT_INIT, .format = args.format};
    struct lint_options lint = {.db = index_file(args.db),
                                .dicdir = index_dicdir(args.dicdir),
                                .report = print,
                                .context = &p};
    struct error error = {0};
    uint64_t n_findings;
    if (args.format == FORMAT_TSV)
        buf_adds(&p.out.buf, "key\tfield\tstart\tend\tword\tsuggestion\treason\n");
    else if (args.format == FORMAT_JSON)
        buf_adds(&p.out.buf, "{\"findings\":[");
    enum status st = lint_run(&lint, &n_findings, &error);
    if (st == ST_OK && args.format == FORMAT_JSON)
        buf_adds(&p.out.buf, "]}\n");
    code = st != ST_OK ? exit_code((int)st) : n_findings > 0 ? EXIT_FOUND : EXIT_NOTHING_FOUND;
    if (st != ST_OK)
        buf_clear(&p.out.buf);
    code = output_finish(&p.out, code);
    if (st != ST_OK)
        complain(error_text((int)st, &error));
    return code;
}

const struct command command_lint = {
    .name = "lint",
    .run = run,
    .summary = N_("list words that are probably misspelt"),
    .operands = "",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
};
