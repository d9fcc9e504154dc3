/* What the module gives. Interface: readers.h. */
#include "corpus/readers.h"

extern const struct readers hiku_readers;

__attribute__((visibility("default"))) const struct readers hiku_readers = {
    .version = HIKU_VERSION,
    .read = reader_read,
    .sources_add = sources_add,
    .sources_release = sources_release,
    .manifest_save = manifest_save,
};
