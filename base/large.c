/* Memory for what is large. Interface: large.h. */
#include "base/large.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

#define PAGE_BYTES ((size_t)2 << 20)
/* Half a page would be cleared for nothing below this. */
#define LARGE_BYTES (PAGE_BYTES / 2)

static size_t round_up(size_t n_bytes)
{
    return (n_bytes + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
}

void *large_alloc(size_t n_bytes)
{
    if (n_bytes < LARGE_BYTES)
        return calloc(1, n_bytes > 0 ? n_bytes : 1);
    if (n_bytes > SIZE_MAX - 2 * PAGE_BYTES)
        return NULL;
    /* The system knows no border but its own: what is too much is given back. */
    size_t n_wanted = round_up(n_bytes), n_mapped = n_wanted + PAGE_BYTES;
    char *mapped = mmap(NULL, n_mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapped == MAP_FAILED)
        return NULL;
    size_t n_before = (PAGE_BYTES - (uintptr_t)mapped % PAGE_BYTES) % PAGE_BYTES;
    size_t n_behind = n_mapped - n_before - n_wanted;
    if (n_before > 0)
        munmap(mapped, n_before);
    if (n_behind > 0)
        munmap(mapped + n_before + n_wanted, n_behind);
    return mapped + n_before;
}

void large_free(void *memory, size_t n_bytes)
{
    if (memory == NULL)
        return;
    if (n_bytes < LARGE_BYTES)
        free(memory);
    else
        munmap(memory, round_up(n_bytes));
}

void large_use_pages(void *memory, size_t n_bytes)
{
    if (n_bytes < LARGE_BYTES)
        return;
    /* Pages that are there stay small: they go first. Where a call fails all is as before. */
    madvise(memory, round_up(n_bytes), MADV_DONTNEED);
    madvise(memory, round_up(n_bytes), MADV_HUGEPAGE);
}
