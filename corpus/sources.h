/* Which files a path given by the user stands for, and how their records are named. */
#ifndef HIKU_CORPUS_SOURCES_H
#define HIKU_CORPUS_SOURCES_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

struct source {
    char *path;    /* as given, or the folder as given joined with the name of the file below it */
    char *name;    /* prefix of its records' keys: NAME#ID; unique within a list */
    char *label;   /* whose table it is (札幌市); "" where unknown */
    char *columns; /* how it is to be read, as the options of these names take it; NULL: not told */
    char *encoding;
    char *type;
    char *hidden; /* "yes" or "no" */
};

/* Whether a file is known to be no report of hiku's: it is not opened to find out. */
struct known_sources {
    bool (*has)(const void *context, const char *path, const struct stat *info);
    const void *context;
};

struct source_list {
    struct source *items;
    size_t n;
    const struct known_sources *known; /* borrowed; NULL: none is */
};

/* Adds what PATH stands for to LIST: PATH itself when it is a file; when it is a folder all tables
 * below it (files of the formats' endings, the files in archives, documents that are no format, so
 * that they are told of; not hidden ones, README*, LICENSE*, hiku.sources.tsv, reports of hiku), in
 * the order of their paths' bytes. A source's name is the file's name without its ending, with as
 * many folder names before it as make it unique (yaizu/attributes), unless a hiku.sources.tsv in
 * the file's folder says otherwise (header line: file, name; then any of label, columns, encoding,
 * type, hidden). ST_OK; ST_INPUT with a message (missing, unreadable, a folder without tables, a
 * manifest with a bad line, as file:line: problem); ST_NOMEM. */
enum status sources_add(struct source_list *list, const char *path, struct error *error);

/* Frees the items; the list is empty and usable again. */
void sources_release(struct source_list *list);

#endif
