/* In how many places of each document something stands, packed: for what stands in so many that to
 * unpack them all would take longer than all the rest of a query.
 *
 * A list is: varint, the bytes of the documents' numbers; those, as a list of positions
 * (postings.h); then for each 128 documents (the last of what is left) four columns, each as
 * varint, its bytes, and its numbers, one of each document, packed with a Rice code (rice.h). A
 * column of nothing but 0 has no bytes. */
#ifndef HIKU_STORE_FREQUENCIES_H
#define HIKU_STORE_FREQUENCIES_H

#include "base/buf.h"
#include "store/postings.h"

/* The columns: whole words in the title, places in the title that are none, the same of the body.
 */
enum { FREQUENCY_TITLE_WHOLE, FREQUENCY_TITLE_INSIDE, FREQUENCY_BODY_WHOLE, FREQUENCY_BODY_INSIDE };
#define FREQUENCY_COLUMNS 4

/* A chunk of a list that was unpacked. */
struct frequencies {
    uint32_t docs[POSTINGS_CHUNK]; /* numbers in the segment, ascending */
    uint32_t counts[FREQUENCY_COLUMNS][POSTINGS_CHUNK];
};

/* What a list is made of: N documents (at least 1), ascending, and their columns. */
struct frequency_table {
    uint32_t *docs;
    uint32_t *counts[FREQUENCY_COLUMNS];
    size_t n;
};

/* Appends the list. */
void frequencies_encode(struct buf *out, const struct frequency_table *table);

/* Goes through one list, chunk by chunk. */
struct frequency_reader {
    struct postings docs;
    const unsigned char *at; /* the next chunk's columns */
    const unsigned char *end;
    unsigned columns; /* a bit for each that is wanted: the others are given as 0 */
    bool bad;         /* the data are damaged */
};

/* Starts reading the list in DATA, with all columns. The bytes must stay while it is read. */
void frequencies_open(struct frequency_reader *r, const unsigned char *data, size_t n_bytes);

/* Unpacks the next chunk that holds a document >= FROM and returns how many it holds, also those
 * below FROM, as postings_next does. 0 at the end or when bad. */
size_t frequencies_next(struct frequency_reader *r, uint32_t from, struct frequencies *out);

#endif
