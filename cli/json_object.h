/* Reading the JSON object in which an index keeps a record's other columns. Interface to
 * json_object.c. */
#ifndef HIKU_CLI_JSON_OBJECT_H
#define HIKU_CLI_JSON_OBJECT_H

#include "base/buf.h"

#include <stdbool.h>

/* Where reading has come to. */
struct json_object {
    const char *rest;
};

void json_object_begin(struct json_object *object, const char *text);

/* Reads the next member, whose value must be a string, into NAME and VALUE (overwritten). False
 * after the last, and at anything else. */
bool json_object_next(struct json_object *object, struct buf *name, struct buf *value);

#endif
