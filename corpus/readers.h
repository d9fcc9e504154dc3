/* The room corpus/ as a module: what hiku-readers.so gives to who loads it.
 *
 * Reading formats takes libraries (libxml2 with ICU, libarchive …) whose loading would cost a
 * search more time than the search itself. They are linked into the module only. */
#ifndef HIKU_CORPUS_READERS_H
#define HIKU_CORPUS_READERS_H

#include "corpus/manifest.h"
#include "corpus/reader.h"
#include "corpus/sources.h"

#define READERS_FILE "hiku-readers.so"
#define READERS_SYMBOL "hiku_readers"

struct readers {
    const char *version; /* of hiku; a program takes no other than its own */
    enum status (*read)(const char *path, const struct reader_options *options,
                        const struct reader_sink *sink, struct error *error); /* reader_read */
    enum status (*sources_add)(struct source_list *list, const char *path, struct error *error);
    void (*sources_release)(struct source_list *list);
    enum status (*manifest_save)(const char *path, const struct manifest_entry *entry,
                                 struct error *error);
};

#endif
