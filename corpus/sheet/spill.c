/* A long string of bytes, at first in memory, then in a temporary file. Interface: spill.h. */
#include "corpus/sheet/spill.h"

#include <string.h>
#include <unistd.h>

void spill_release(struct spill *spill)
{
    buf_release(&spill->memory);
    if (spill->file != NULL)
        fclose(spill->file);
    *spill = (struct spill)SPILL_INIT;
}

static enum status move_to_file(struct spill *spill)
{
    spill->file = tmpfile();
    if (spill->file == NULL)
        return ST_INPUT;
    size_t n = fwrite(spill->memory.data, 1, spill->memory.len, spill->file);
    bool whole = n == spill->memory.len;
    buf_release(&spill->memory);
    return whole ? ST_OK : ST_INPUT;
}

enum status spill_append(struct spill *spill, const void *data, size_t n_bytes)
{
    enum status status = ST_OK;
    if (spill->file == NULL && spill->memory.len + n_bytes > SPILL_MEMORY_BYTES)
        status = move_to_file(spill);
    if (status != ST_OK)
        return status;
    spill->len += n_bytes;
    if (spill->file != NULL)
        return fwrite(data, 1, n_bytes, spill->file) == n_bytes ? ST_OK : ST_INPUT;
    buf_append(&spill->memory, data, n_bytes);
    return spill->memory.failed ? ST_NOMEM : ST_OK;
}

enum status spill_read(struct spill *spill, uint64_t at, void *data, size_t n_bytes)
{
    if (spill->file == NULL) {
        memcpy(data, spill->memory.data + at, n_bytes);
        return ST_OK;
    }
    if (fflush(spill->file) != 0)
        return ST_INPUT;
    for (size_t done = 0; done < n_bytes;) {
        ssize_t n =
            pread(fileno(spill->file), (char *)data + done, n_bytes - done, (off_t)(at + done));
        if (n <= 0)
            return ST_INPUT;
        done += (size_t)n;
    }
    return ST_OK;
}
