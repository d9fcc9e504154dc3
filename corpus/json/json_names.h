/* What describes the columns of a table in a JSON source. Interface to json_names.c. */
#ifndef HIKU_CORPUS_JSON_JSON_NAMES_H
#define HIKU_CORPUS_JSON_JSON_NAMES_H

#include "base/buf.h"
#include "base/error.h"
#include "corpus/json/json_tree.h"

#include <stdbool.h>

/* Whether lists called KEY are no rows or records at first sight: they describe columns, or are a
 * place on the map. */
bool json_names_are_described(const char *key);

/* Whether an object called KEY beside a title holds a table and no part of a record. */
bool json_names_is_container(const char *key);

/* Whether KEY is digits alone: it numbers rows. */
bool json_names_is_number(const char *key);

/* Whether an object called KEY at the top of a record only wraps its columns: properties (GeoJSON),
 * attributes (ArcGIS), _source (Elasticsearch). */
bool json_names_are_wrapped(struct span key);

/* Whether a text is what GeoJSON calls each of its records. */
bool json_names_is_mark(const char *key, struct span text);

/* Looks in the object PARENT for the names of the columns of a list of lists in it, WIDTH of them,
 * and appends them to NAMES, each with a NUL; none leaves it empty. They are texts, or the names in
 * objects that tell of a type too. ST_OK or ST_NOMEM. */
enum status json_names_find(struct json_tree *tree, size_t parent, size_t width, struct buf *names);

#endif
