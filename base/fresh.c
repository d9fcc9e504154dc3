/* Memory that will all be written to. Interface: fresh.h. */
#include "base/fresh.h"

#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

void fresh_memory(void *memory, size_t n_bytes)
{
#ifdef MADV_POPULATE_WRITE /* Linux 5.14 */
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    size_t before = (page - (uintptr_t)memory % page) % page; /* of another page */
    if (n_bytes >= before + page)
        madvise((unsigned char *)memory + before, (n_bytes - before) / page * page,
                MADV_POPULATE_WRITE);
#else
    (void)memory;
    (void)n_bytes;
#endif
}
