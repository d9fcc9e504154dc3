/* Memory for what is large and used in many places. */
#ifndef HIKU_BASE_LARGE_H
#define HIKU_BASE_LARGE_H

#include <stddef.h>

/* N_BYTES of zeros; NULL when memory is out. Given back by large_free, with the same N_BYTES. From
 * 1 MiB on they stand at a border of 2 MiB, for large_use_pages. */
void *large_alloc(size_t n_bytes);
void large_free(void *memory, size_t n_bytes);

/* Has the system give MEMORY of N_BYTES from large_alloc in pages of 2 MiB where it can, which come
 * with a five-hundredth of the interruptions and are found faster. What stood there is lost. Where
 * but a few places are touched it is better without: a page is cleared as a whole. */
void large_use_pages(void *memory, size_t n_bytes);

#endif
