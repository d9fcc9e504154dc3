/* Rows of the table `lists`, which say where lists are (hiku.db.5), and those that were read
 * before: the lists that a query asks for stand in few of them. */
#ifndef HIKU_STORE_DIRECTORY_H
#define HIKU_STORE_DIRECTORY_H

#include "store/varint.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A row that is being read; at first it stands before the first list. */
struct directory {
    struct byte_reader reader;
    uint64_t number;  /* of the list at hand */
    uint64_t offset;  /* where it is */
    uint64_t n_bytes; /* and how long */
};

/* The N_BYTES at DATA, borrowed, are those of the row ID. */
struct directory directory_open(int64_t id, const unsigned char *data, size_t n_bytes);
/* Goes to the next list; false at the end, or when reader.bad. */
bool directory_next(struct directory *d);
/* Goes on to the list of this NUMBER, or the first one behind it, or the end. */
void directory_seek(struct directory *d, uint64_t number);

/* Zeroed it is empty. */
struct directory_cache {
    struct kept_directory **rows; /* by their ids */
    size_t n;
    size_t cap;
    size_t n_bytes;
};

void directory_cache_clear(struct directory_cache *c);
/* Finds the row that ID, that of a list, lies in, at or shortly before it. It is valid until
 * another is added. False: that row is not there. */
bool directory_cache_find(const struct directory_cache *c, int64_t id, struct directory *d);
/* Keeps a copy of the row ID, unless it is damaged or memory is out; where too many are kept, they
 * are forgotten first. */
void directory_cache_add(struct directory_cache *c, int64_t id, const unsigned char *data,
                         size_t n_bytes);

#endif
