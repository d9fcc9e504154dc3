/* Cubes of numbers, as JSON-stat has them. Interface to json_cube.c.
 *
 * `id` names the dimensions, `size` tells how many categories each has, `dimension` what they are
 * called, and `value` has the cells, the last dimension running fastest. Each cell is a record: the
 * cube's label as its title, and a column for each dimension. */
#ifndef HIKU_CORPUS_JSON_JSON_CUBE_H
#define HIKU_CORPUS_JSON_JSON_CUBE_H

#include "base/error.h"
#include "corpus/json/json_records.h"
#include "corpus/json/json_tree.h"

#include <stdbool.h>
#include <stddef.h>

#define JSON_CUBE_DIMENSIONS 64

/* Whether OBJECT is such a cube, whose parts fit together. */
bool json_cube_is(const struct json_tree *tree, size_t object);

/* Adds a record for each cell of the cube OBJECT to the part of RECORDS that was begun, and marks
 * what was made use of as taken. ST_OK; ST_NOMEM; ST_INPUT when there are too many columns. */
enum status json_cube_give(struct json_tree *tree, size_t object, struct json_records *records);

#endif
