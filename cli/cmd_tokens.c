/* hiku tokens: how a text is normalised and cut. */
#include "cli/exit_code.h"
#include "cli/index_file.h"
#include "cli/output.h"
#include "cli/token_table.h"
#include "cli/usage.h"
#include "search/explain/write_explanation.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct tokens_args {
    struct option_list dbs;
    const char *dicdir;
    int format; /* place in FORMATS */
    int query;
};

#define FORMATS "text|json|tsv"
enum { FORMAT_TEXT, FORMAT_JSON, FORMAT_TSV };

#define AT(member) offsetof(struct tokens_args, member)

static const struct option options[] = {
    {"db", 0, OPTION_LIST, AT(dbs), N_("FILE"), NULL,
     N_("cut as this index does; else as $HIKU_DB or hiku.db do where there is one")},
    {"query", 0, OPTION_FLAG, AT(query), NULL, NULL,
     N_("how the text is understood as a query: its parts and their spellings")},
    {"format", 0, OPTION_CHOICE, AT(format), NULL, FORMATS, N_("form of the results")},
    DICDIR_OPTION(AT(dicdir)),
};

/* Takes the words as the text, or without any reads standard input; false when that fails. */
static bool read_text(struct buf *text, char **words, int n_words)
{
    operands_join(text, words, n_words);
    return n_words > 0 ? !text->failed : buf_read(text, stdin);
}

/* Tells why read_text failed. */
static int read_fail(const struct buf *text)
{
    struct error error;
    if (text->failed)
        return fail(HIKU_NOMEM, hiku_status_text(HIKU_NOMEM));
    error_set(&error, ST_INPUT,
              _("cannot read standard input: %s; give a file, or the text as an argument"),
              strerror(errno));
    return fail(HIKU_INPUT, error.message);
}

/* Opens what decides how text is cut: the index that is named, else the dictionary that is, else
 * the usual index where there is one, else the usual dictionary. */
static int open_dictionary(hiku **db, const struct tokens_args *args)
{
    struct hiku_open_options how = {.size = sizeof how};
    how.dicdir = index_dicdir(args->dicdir);
    if (args->dbs.n > 0 || (how.dicdir == NULL && access(index_file(NULL), F_OK) == 0))
        return index_open(db, &args->dbs, args->dicdir);
    int status = hiku_open(NULL, 0, &how, db);
    return status == HIKU_OK ? EXIT_FOUND : index_fail(*db, status);
}

static int print_tokens(hiku *db, const struct tokens_args *args, const struct buf *text)
{
    struct token_table table = {.text = text->data, .len = text->len, .strings = BUF_INIT};
    struct output out = OUTPUT_INIT;
    struct display display = output_display(false);
    int status = hiku_tokens(db, text->data, text->len, token_table_add, &table);
    if (status == HIKU_OK && args->format == FORMAT_JSON)
        token_table_json(&table, &out.buf);
    else if (status == HIKU_OK && args->format == FORMAT_TSV)
        token_table_tsv(&table, &out.buf);
    else if (status == HIKU_OK)
        token_table_text(&table, &out.buf, &display);
    token_table_release(&table);
    int code = status == HIKU_OK ? EXIT_FOUND : index_fail(db, status);
    return output_finish(&out, code);
}

static int print_query(hiku *db, const struct tokens_args *args, const struct buf *text)
{
    struct hiku_explanation *x;
    struct output out = OUTPUT_INIT;
    int status = hiku_explain(db, NULL, text->data, text->len, NULL, &x);
    if (status == HIKU_OK && args->format == FORMAT_JSON)
        explanation_add_json(&out.buf, x, text->data, text->len, false);
    else if (status == HIKU_OK)
        explanation_add_query_text(&out.buf, x);
    hiku_explanation_free(x);
    return output_finish(&out, status == HIKU_OK ? EXIT_FOUND : index_fail(db, status));
}

static int run_tokens(const struct tokens_args *args, char **words, int n_words)
{
    struct buf text = BUF_INIT;
    hiku *db;
    if (args->query && args->format == FORMAT_TSV)
        return fail(HIKU_USAGE,
                    _("'--query' wants '--format text' or '--format json'; a query is no "
                      "table"));
    int code = open_dictionary(&db, args);
    if (code == EXIT_FOUND && !read_text(&text, words, n_words))
        code = read_fail(&text);
    else if (code == EXIT_FOUND)
        code = args->query ? print_query(db, args, &text) : print_tokens(db, args, &text);
    hiku_close(db);
    buf_release(&text);
    return code;
}

static int run(int argc, char **argv)
{
    struct tokens_args args = {0};
    int n_operands;
    int code = usage_parse(&command_tokens, &args, argc, argv, &n_operands);
    if (code < 0)
        code = run_tokens(&args, argv, n_operands);
    free(args.dbs.items);
    return code;
}

const struct command command_tokens = {
    .name = "tokens",
    .run = run,
    .summary = N_("show how a text is cut into words"),
    .operands = N_("[TEXT…]"),
    .options = options,
    .n_options = sizeof options / sizeof options[0],
};
