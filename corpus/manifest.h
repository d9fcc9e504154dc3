/* hiku.sources.tsv: names and labels of the tables in a folder, and how they are read. Interface to
 * manifest.c. */
#ifndef HIKU_CORPUS_MANIFEST_H
#define HIKU_CORPUS_MANIFEST_H

#include "base/error.h"

#include <stddef.h>

#define MANIFEST_FILE "hiku.sources.tsv"

struct manifest_entry {
    char *file; /* in the manifest's folder */
    char *name;
    char *label;    /* this and those below: "" where there is none */
    char *columns;  /* as --columns takes it */
    char *encoding; /* as --encoding takes it */
    char *type;     /* as --type takes it */
    char *hidden;   /* whether hidden rows and sheets are taken: "yes" or "no" */
    size_t line;    /* of the manifest, from 1 */
};

struct manifest {
    struct manifest_entry *items;
    size_t n;
};

#define MANIFEST_INIT                                                                              \
    {                                                                                              \
        0                                                                                          \
    }

/* Reads the manifest at PATH; none there is an empty one. ST_OK; ST_INPUT with file:line: problem;
 * ST_NOMEM. */
enum status manifest_read(struct manifest *manifest, const char *path, struct error *error);
void manifest_release(struct manifest *manifest);

/* Writes what ENTRY says of its file, instead of what the manifest said before, to the manifest of
 * the folder that the source at PATH is in (of its archive, for ARCHIVE/MEMBER); ENTRY's file and
 * line are found out. The others' lines stay. The old file is replaced when the new one is whole.
 * ST_OK; ST_INPUT with a message (a bad line, a folder that cannot be written); ST_NOMEM. */
enum status manifest_save(const char *path, const struct manifest_entry *entry,
                          struct error *error);

/* The entry for FILE; NULL when there is none. Borrowed. */
const struct manifest_entry *manifest_find(const struct manifest *manifest, const char *file);

#endif
