/* What the object at the top of a JSON source means as a table. Interface to json_shape.c.
 *
 * Tables that are no lists of objects are found in what is left in the tree when the source's lists
 * have been given as records:
 * - an object of dimensions and values is a cube (json_cube.h);
 * - an object of lists that are all as long is a table by columns;
 * - an object of objects that have the same names in them is a table by rows, whose names are their
 *   keys; or a table by columns, as pandas writes it, where the names inside are numbers.
 * Other texts are one record where there is no table at all. Beside tables they are a record of
 * their own where one of them is a title or body by its name, and are told of otherwise. */
#ifndef HIKU_CORPUS_JSON_JSON_SHAPE_H
#define HIKU_CORPUS_JSON_JSON_SHAPE_H

#include "base/error.h"
#include "corpus/json/json_records.h"
#include "corpus/json/json_tree.h"

#include <stdbool.h>

/* Adds the records that TREE holds to RECORDS; ANY_RECORD: some of the source were given. ST_OK;
 * ST_NOMEM; ST_INPUT when a record has too many columns. */
enum status json_shape_give(struct json_tree *tree, struct json_records *records, bool any_record);

#endif
