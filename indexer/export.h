/* Giving back the records of an index. Interface to export.c. */
#ifndef HIKU_INDEXER_EXPORT_H
#define HIKU_INDEXER_EXPORT_H

#include "base/error.h"
#include "corpus/reader.h"

#include <stddef.h>

/* What each record has, by the names that a file gets. */
#define EXPORT_N_ROLES 4
extern const char *const export_roles[EXPORT_N_ROLES];

struct export_sink {
    void *context;
    /* The names of all columns that are none of id, date, title and body, each once, before the
     * first record; ~2 stands behind one that is called as one of these. NULL: they are not
     * wanted, for which all records would be read. Both return ST_OK to go on; anything else ends
     * the export. */
    enum status (*columns)(void *context, const struct span *names, size_t n);
    /* A record: its date in ISO 8601, FIRST～LAST for a period, as published where it is none that
     * can be read; its columns in the order in which they were read. */
    enum status (*record)(void *context, const struct record *record);
};

/* Reads all records of the index at PATH, source by source in their order, as one state of it.
 * ST_OK; with a message those of store_open; ST_NOMEM; or what the sink returns. */
enum status export_records(const char *path, const struct export_sink *sink, struct error *error);

#endif
