/* hiku synonyms: takes a file of synonyms into use. */
#include "base/buf.h"
#include "cli/exit_code.h"
#include "cli/output.h"
#include "cli/replaceable.h"
#include "cli/usage.h"
#include "dict/data_file.h"
#include "dict/lexicon.h"
#include "dict/lexicon_build.h"
#include "search/hiku.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct synonyms_args {
    const char *output;
};

#define AT(member) offsetof(struct synonyms_args, member)

static const struct option options[] = {
    {"output", 'o', OPTION_TEXT, AT(output), N_("FILE"), NULL,
     N_("write here instead of hiku's data folder")},
};

static enum status read_file(struct buf *out, const char *path, struct error *error)
{
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return error_set(error, ST_INPUT, _("cannot read '%s': %s"), path, strerror(errno));
    enum status st = ST_OK;
    if (!buf_read(out, file))
        st = out->failed
                 ? ST_NOMEM
                 : error_set(error, ST_INPUT, _("cannot read '%s': %s"), path, strerror(errno));
    fclose(file);
    return st;
}

/* Writes beside PATH and renames, so that a search finds the old file or the new one. */
static enum status write_file(const struct buf *data, const char *path, struct error *error)
{
    struct buf new_path = BUF_INIT;
    buf_addf(&new_path, "%s.new", path);
    FILE *file = new_path.failed ? NULL : fopen(new_path.data, "w");
    bool ok = file != NULL && fwrite(data->data, 1, data->len, file) == data->len;
    ok = file != NULL && fflush(file) == 0 && fsync(fileno(file)) == 0 && ok;
    int cause = errno;
    if (file != NULL && fclose(file) != 0 && ok) {
        cause = errno;
        ok = false;
    }
    if (ok && rename(new_path.data, path) != 0) {
        cause = errno;
        ok = false;
    }
    if (!ok && file != NULL)
        unlink(new_path.data);
    buf_release(&new_path);
    return ok ? ST_OK
              : error_set(error, ST_IO,
                          _("cannot write '%s': %s; name another place with '--output FILE'"), path,
                          strerror(cause));
}

static enum status import(const char *const *paths, int n_paths, const char *output,
                          size_t *n_groups, struct error *error)
{
    struct lexicon_builder b = LEXICON_BUILDER_INIT;
    struct buf text = BUF_INIT, lexicon = BUF_INIT;
    enum status st = ST_OK;
    for (int i = 0; i < n_paths && st == ST_OK; i++) {
        buf_clear(&text);
        st = read_file(&text, paths[i], error);
        if (st == ST_OK)
            st = lexicon_read_synonyms(&b, text.data, text.len, paths[i], n_groups, error);
    }
    if (st == ST_OK)
        st = lexicon_write(&b, &lexicon);
    if (st == ST_OK)
        st = write_file(&lexicon, output, error);
    lexicon_builder_release(&b);
    buf_release(&text);
    buf_release(&lexicon);
    return st;
}

/* The place that was named, which may be that of something else. */
static enum status named_output(struct buf *path, const char *output, struct error *error)
{
    if (!is_replaceable(output, LEXICON_HEADING))
        return error_set(error, ST_USAGE,
                         _("'%s' is no lexicon of hiku's, and would be lost; name another place "
                           "with '--output FILE'"),
                         output);
    buf_adds(path, output);
    return path->failed ? ST_NOMEM : ST_OK;
}

/* Where `hiku search` looks for what was imported. */
static enum status default_output(struct buf *path, struct error *error)
{
    if (!data_folder(path))
        return error_set(error, ST_IO,
                         _("hiku's data folder is not found: '%s'; name the file with "
                           "'--output FILE'"),
                         HIKU_DATADIR);
    buf_adds(path, "/" LEXICON_IMPORTED);
    return path->failed ? ST_NOMEM : ST_OK;
}

static int run(int argc, char **argv)
{
    struct synonyms_args args = {0};
    int n_operands;
    int code = usage_parse(&command_synonyms, &args, argc, argv, &n_operands);
    if (code >= 0)
        return code;
    if (n_operands < 2 || strcmp(argv[0], "import") != 0)
        return fail(ST_USAGE, _("what to import is missing; write: hiku synonyms import FILE"));
    struct buf path = BUF_INIT;
    struct error error = {0};
    size_t n_groups = 0;
    enum status st = args.output != NULL ? named_output(&path, args.output, &error)
                                         : default_output(&path, &error);
    if (st == ST_OK)
        st = import((const char *const *)argv + 1, n_operands - 1, path.data, &n_groups, &error);
    unsigned long long n = n_groups;
    if (st == ST_OK)
        fprintf(stderr, dngettext("hiku", "%llu group in '%s'\n", "%llu groups in '%s'\n", n), n,
                path.data);
    buf_release(&path);
    if (st == ST_OK)
        return EXIT_FOUND;
    return fail((int)st, error_text((int)st, &error));
}

const struct command command_synonyms = {
    .name = "synonyms",
    .run = run,
    .summary = N_("take a file of synonyms into use"),
    .operands = N_("import FILE…"),
    .options = options,
    .n_options = sizeof options / sizeof options[0],
};
