/* How a source is to be read. Interface: source_options.h. */
#include "indexer/source_options.h"

#include <string.h>

struct reader_options source_options(const struct index_options *run, const struct source *source,
                                     const char *remembered)
{
    struct reader_options options = {
        .columns = remembered,
        .type = run->type != NULL ? run->type : source->type,
        .encoding = run->encoding != NULL ? run->encoding : source->encoding,
        .hidden = run->hidden != 0,
    };
    if (run->columns == NULL && source->columns != NULL)
        options.columns = source->columns;
    return options;
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
