/* Blanks and bullets in the text of cells. */
#ifndef HIKU_CORPUS_ROWS_CELL_MARKS_H
#define HIKU_CORPUS_ROWS_CELL_MARKS_H

#include "corpus/rows/sink.h"

#include "corpus/rows/cell_marks.h"

#include <stdbool.h>
#include <stddef.h>

/* The length in bytes of the blank (not a line end) that TEXT starts with; 0 if with none. */
size_t cell_blank(const char *text, size_t n_bytes);

/* Whether the cell has nothing but blanks and line ends. */
bool cell_is_blank(struct span cell);

/* The length in bytes of the bullet that TEXT starts with; 0 if with none. */
size_t cell_bullet(const char *text, size_t n_bytes);

#define CELL_DENSE_BYTES 64

/* Copies TEXT without blanks and line ends to OUT, NUL-terminated; false when it is longer. */
bool cell_dense(char out[CELL_DENSE_BYTES], const char *text, size_t n_bytes);

/* Whether TEXT without blanks and line ends is one of N texts. */
bool cell_is_one_of(const char *text, size_t n_bytes, const char *const *texts, size_t n);

#endif
