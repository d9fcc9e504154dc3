/* hiku stats: what an index holds, in numbers. */
#include "indexer/check/stats.h"

#include "cli/exit_code.h"
#include "cli/index_file.h"
#include "cli/output.h"
#include "cli/usage.h"
#include "search/write/result_writer.h"

#include <inttypes.h>
#include <string.h>

struct stats_args {
    const char *db;
    const char *dicdir;
    size_t n_terms;
    int json;
};

#define AT(member) offsetof(struct stats_args, member)

static const struct option options[] = {
    DB_OPTION(AT(db)),
    {"terms", 0, OPTION_NUMBER, AT(n_terms), N_("N"), NULL,
     N_("how many of the most frequent terms (20)")},
    {"format", 0, OPTION_CHOICE, AT(json), NULL, "text|json", N_("form of the results")},
    DICDIR_OPTION(AT(dicdir)),
};

enum { NAME_COLUMNS = 22, NUMBER_COLUMNS = 12, GAP = 2 };

static void add_text(struct buf *out, const char *name, const char *value)
{
    struct display display = output_display(false);
    display_add_padded(out, name, NAME_COLUMNS, &display);
    display_add(out, value, strlen(value));
    buf_addc(out, '\n');
}

static void add_number(struct buf *out, const char *name, uint64_t value)
{
    struct display display = output_display(false);
    display_add_padded(out, name, NAME_COLUMNS, &display);
    buf_addf(out, "%" PRIu64 "\n", value);
}

static void add_sources(struct buf *out, const struct stats *stats)
{
    buf_adds(out, _("\nSources: records, name, file, whose\n"));
    for (uint64_t i = 0; i < stats->n_sources; i++) {
        const struct stats_source *source = &stats->sources[i];
        buf_addf(out, "%*" PRIu64 "  ", NUMBER_COLUMNS, source->n_records);
        display_add(out, source->name, strlen(source->name));
        display_pad(out, GAP);
        display_add(out, source->path, strlen(source->path));
        display_pad(out, source->label[0] != '\0' ? GAP : 0);
        display_add(out, source->label, strlen(source->label));
        buf_addc(out, '\n');
    }
}

static void add_terms(struct buf *out, const struct stats *stats)
{
    buf_adds(out, _("\nMost frequent terms: records, occurrences, term\n"));
    for (size_t i = 0; i < stats->n_terms; i++) {
        const struct stats_term *term = &stats->terms[i];
        buf_addf(out, "%*" PRIu64 "%*" PRIu64 "  ", NUMBER_COLUMNS, term->n_documents,
                 NUMBER_COLUMNS, term->n_occurrences);
        display_add(out, term->text, strlen(term->text));
        buf_addc(out, '\n');
    }
}

static void add_all(struct buf *out, const struct stats *stats)
{
    add_number(out, _("records"), stats->n_records);
    add_number(out, _("sources"), stats->n_sources);
    add_number(out, _("segments"), stats->n_segments);
    add_number(out, _("bytes of the file"), stats->file_bytes);
    add_number(out, _("bytes of text"), stats->text_bytes);
    add_text(out, _("first date"), stats->date_first);
    add_text(out, _("last date"), stats->date_last);
    add_text(out, _("written by"), stats->writer);
    add_text(out, _("dictionary"), stats->dicdir);
    add_text(out, _("fingerprint"), stats->fingerprint);
    add_number(out, _("format"), (uint64_t)stats->format);
    add_sources(out, stats);
    if (stats->n_terms > 0)
        add_terms(out, stats);
}

static void add_json_text(struct buf *out, const char *name, const char *value)
{
    buf_addf(out, ",\"%s\":", name);
    result_add_json(out, value, strlen(value));
}

static void add_json_lists(struct buf *out, const struct stats *stats)
{
    buf_adds(out, ",\"sources\":[");
    for (uint64_t i = 0; i < stats->n_sources; i++) {
        const struct stats_source *source = &stats->sources[i];
        buf_addf(out, "%s{\"records\":%" PRIu64, i > 0 ? "," : "", source->n_records);
        add_json_text(out, "name", source->name);
        add_json_text(out, "path", source->path);
        add_json_text(out, "label", source->label);
        buf_addc(out, '}');
    }
    buf_adds(out, "],\"terms\":[");
    for (size_t i = 0; i < stats->n_terms; i++) {
        const struct stats_term *term = &stats->terms[i];
        buf_addf(out, "%s{\"records\":%" PRIu64 ",\"occurrences\":%" PRIu64, i > 0 ? "," : "",
                 term->n_documents, term->n_occurrences);
        add_json_text(out, "term", term->text);
        buf_addc(out, '}');
    }
    buf_addc(out, ']');
}

static void add_json(struct buf *out, const struct stats *stats)
{
    buf_addf(out,
             "{\"records\":%" PRIu64 ",\"segments\":%" PRIu64 ",\"file_bytes\":%" PRIu64
             ",\"text_bytes\":%" PRIu64 ",\"format\":%d",
             stats->n_records, stats->n_segments, stats->file_bytes, stats->text_bytes,
             stats->format);
    add_json_text(out, "date_first", stats->date_first);
    add_json_text(out, "date_last", stats->date_last);
    add_json_text(out, "writer", stats->writer);
    add_json_text(out, "dicdir", stats->dicdir);
    add_json_text(out, "fingerprint", stats->fingerprint);
    add_json_lists(out, stats);
    buf_adds(out, "}\n");
}

static int run(int argc, char **argv)
{
    struct stats_args args = {.n_terms = 20};
    int code = usage_parse(&command_stats, &args, argc, argv, NULL);
    if (code >= 0)
        return code;
    struct stats stats = {0};
    struct error error = {0};
    enum status st =
        stats_read(&stats, index_file(args.db), index_dicdir(args.dicdir), args.n_terms, &error);
    if (st != ST_OK)
        return fail((int)st, error_text((int)st, &error));
    struct output out = OUTPUT_INIT;
    if (args.json)
        add_json(&out.buf, &stats);
    else
        add_all(&out.buf, &stats);
    stats_release(&stats);
    return output_finish(&out, EXIT_FOUND);
}

const struct command command_stats = {
    .name = "stats",
    .run = run,
    .summary = N_("count what an index holds"),
    .operands = "",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
};
