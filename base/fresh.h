/* Memory that will all be written to. */
#ifndef HIKU_BASE_FRESH_H
#define HIKU_BASE_FRESH_H

#include <stddef.h>

/* Has the system give the pages of the N_BYTES at MEMORY at once, where it would otherwise give
 * each when it is first written to, which takes longer. What they hold stays. Where that cannot be
 * done nothing is. */
void fresh_memory(void *memory, size_t n_bytes);

#endif
