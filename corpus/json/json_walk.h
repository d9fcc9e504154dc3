/* From the events of a JSON parser to records. Interface to json_walk.c.
 *
 * Records are the objects of a list: of the list that the source is, or of any list inside the
 * object that the source is, by whose path the part is named. Each object of NDJSON is a record,
 * and each text of a list that the source is. Objects inside a record become columns by their path
 * (a.b); the values of a list stand in one cell, line by line; null is nothing. In a list of lists
 * each inner list is a row; inside an object its columns are named by another list there. What else
 * is in an object at the top: json_shape.h.
 *
 * Names of what only wraps a record's columns are left out of their paths: properties (GeoJSON),
 * attributes (ArcGIS), _source (Elasticsearch), @value (JSON-LD). */
#ifndef HIKU_CORPUS_JSON_JSON_WALK_H
#define HIKU_CORPUS_JSON_JSON_WALK_H

#include "base/buf.h"
#include "base/error.h"
#include "corpus/json/json_records.h"
#include "corpus/json/json_tree.h"

#include <stdbool.h>
#include <stddef.h>
#include <yajl/yajl_parse.h>

#define JSON_MAX_DEPTH 256                /* objects and lists inside one another */
#define JSON_MAX_RECORD_BYTES (64U << 20) /* of source that one record may take */

struct json_level {
    bool is_object;
    bool part_begun; /* of a list: some element was a record */
    bool plain;      /* of a list: its texts are records */
    bool in_tree;    /* it was noted there */
    bool described;  /* its lists and objects are no records: json_shape.h */
    size_t path_len; /* of the path that leads here */
    size_t n_items;  /* of a list */
    size_t object;   /* serial number */
};

struct json_walk {
    struct json_records *records;
    bool lines; /* each object at the top is a record */
    yajl_handle parser;
    const char *chunk; /* that the parser is being given */
    size_t counted;    /* bytes of it whose line ends were counted */
    size_t line;       /* where they end */
    struct buf path;   /* names joined by dots */
    size_t path_start; /* of the current record's own part of it */
    struct json_level levels[JSON_MAX_DEPTH];
    size_t depth;
    size_t record_depth; /* levels when the current record began; 0: none has */
    bool at_top;         /* that is not in a list, but in a level made for it */
    bool any_record;     /* the object at the top holds records */
    size_t n_objects;
    struct json_tree tree; /* what else it holds */
    size_t n_values;       /* that the parser has told of, names and brackets included */
    size_t record_at;      /* byte of the source where the record began */
    size_t consumed;       /* bytes of the source before the chunk */
    enum status status;    /* what stopped the parser */
    const char *problem;   /* translated, when that is ST_INPUT */
};

/* Begins a source. PARSER need not be there yet. */
void json_walk_init(struct json_walk *walk, struct json_records *records, bool lines);
void json_walk_release(struct json_walk *walk);

/* Begins anew on LINE with another parser; what is half read is forgotten. */
void json_walk_restart(struct json_walk *walk, size_t line);

extern const yajl_callbacks json_walk_callbacks;

/* Gives the parser a chunk; IS_LAST: none follows, CHUNK is not looked at. False when the source
 * cannot be read on: status says why, and problem when it is ST_INPUT (NULL: the parser knows). */
bool json_walk_feed(struct json_walk *walk, const char *chunk, size_t n_bytes, bool is_last);

#endif
