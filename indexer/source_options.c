/* How a source is to be read. Interface: source_options.h. */
#include "indexer/source_options.h"

#include <string.h>

static const char *choose(const char *run, const char *manifest, const char *remembered)
{
    return run == NULL && manifest != NULL ? manifest : remembered;
}

struct reader_options source_options(const struct index_options *run, const struct source *source,
                                     const struct reading *remembered)
{
    return (struct reader_options){
        .columns = choose(run->columns, source->columns, remembered->columns),
        .type = choose(run->type, source->type, remembered->type),
        .encoding = choose(run->encoding, source->encoding, remembered->encoding),
        .hidden = remembered->hidden == HIDDEN_IN,
    };
}

enum status source_options_save(const struct readers *readers, const struct source *source,
                                const char *name, const struct reader_options *options,
                                const struct reader_findings *found, struct error *error)
{
    const struct manifest_entry entry = {
        .name = (char *)name,
        .label = source->label,
        .columns = (char *)(options->columns != NULL ? options->columns : ""),
        .encoding = (char *)found->encoding,
        .type = (char *)(found->format != NULL ? found->format : ""),
    };
    if (strcmp(source->path, "-") == 0)
        return ST_OK;
    return readers->manifest_save(source->path, &entry, error);
}
