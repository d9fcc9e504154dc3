/* How a source is to be read. Interface: source_options.h. */
#include "indexer/sources/source_options.h"

#include <string.h>

static const char *choose(const char *run, const char *manifest, const char *remembered)
{
    return run == NULL && manifest != NULL ? manifest : remembered;
}

static enum hidden manifest_hidden(const struct source *source)
{
    if (source->hidden == NULL)
        return HIDDEN_NOT_TOLD;
    return strcmp(source->hidden, "yes") == 0 ? HIDDEN_IN : HIDDEN_OUT;
}

/* What RUN or the manifest says of hidden rows; HIDDEN_NOT_TOLD: neither does. */
static enum hidden told_hidden(const struct index_options *run, const struct source *source)
{
    return run->hidden != HIDDEN_NOT_TOLD ? run->hidden : manifest_hidden(source);
}

struct reader_options source_options(const struct index_options *run, const struct source *source,
                                     const struct root_options *remembered)
{
    enum hidden told = told_hidden(run, source);
    return (struct reader_options){
        .columns = choose(run->columns, source->columns, remembered->columns),
        .type = choose(run->type, source->type, remembered->type),
        .encoding = choose(run->encoding, source->encoding, remembered->encoding),
        .hidden = (told != HIDDEN_NOT_TOLD ? told : remembered->hidden) == HIDDEN_IN,
    };
}

enum status source_options_save(const struct readers *readers, const struct index_options *run,
                                const struct source *source, const char *name,
                                const struct reader_options *options,
                                const struct reader_findings *found, struct error *error)
{
    bool left_out = told_hidden(run, source) == HIDDEN_OUT;
    const struct manifest_entry entry = {
        .name = (char *)name,
        .label = source->label,
        .columns = (char *)(options->columns != NULL ? options->columns : ""),
        .encoding = (char *)found->encoding,
        .type = (char *)(found->format != NULL ? found->format : ""),
        .hidden = (char *)(options->hidden ? "yes"
                           : left_out      ? "no"
                                           : ""),
    };
    if (strcmp(source->path, "-") == 0)
        return ST_OK;
    return readers->manifest_save(source->path, &entry, error);
}
