/* The texts of a JSON value that are in no table. Interface to json_texts.c. */
#ifndef HIKU_CORPUS_JSON_JSON_TEXTS_H
#define HIKU_CORPUS_JSON_JSON_TEXTS_H

#include "base/error.h"
#include "corpus/json/json_records.h"
#include "corpus/json/json_tree.h"

#include <stdbool.h>

/* Adds the texts in the object or value NODE to the last record, each to the column of its path.
 * ST_OK; ST_NOMEM; ST_INPUT when there are too many columns. */
enum status json_texts_add(const struct json_tree *tree, size_t node, struct json_records *records);

/* Whether one of OBJECT's own texts is a title or body by its name. *HAS. ST_OK or ST_NOMEM. */
enum status json_texts_have_title(const struct json_tree *tree, size_t object, bool *has);

/* Gives what was not taken of TREE: as one record where there is no other (ANY_RECORD); else each
 * object with a title or body as a record, and the rest as a row that cannot be taken. Statuses as
 * json_texts_add. */
enum status json_texts_give(struct json_tree *tree, struct json_records *records, bool any_record);

#endif
