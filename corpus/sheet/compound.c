/* Streams of compound files. Interface: compound.h.
 *
 * Nothing in such a file is trusted: a chain of sectors ends when it has as many as the file, an
 * offset beyond the file reads as its end, and the directory's tree is walked with a mark on each
 * entry. */
#include "corpus/sheet/compound.h"

#include "corpus/sheet/little_endian.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEADER_BYTES 512
#define ENTRY_BYTES 128
#define NAME_BYTES 64
#define MINI_SHIFT 6
#define LAST_SECTOR 0xFFFFFFFAU /* what is greater ends a chain */
#define NO_ENTRY 0xFFFFFFFFU
#define N_IN_HEADER 109 /* sectors of the table of sectors that the header names */

enum { TYPE_STREAM = 2, TYPE_ROOT = 5 };

static size_t read_at(int fd, uint64_t at, void *data, size_t n_bytes)
{
    size_t n = 0;
    while (n < n_bytes) {
        ssize_t got = pread(fd, (char *)data + n, n_bytes - n, (off_t)(at + n));
        if (got <= 0)
            break;
        n += (size_t)got;
    }
    return n;
}

static uint64_t sector_at(const struct compound *compound, uint32_t sector)
{
    return ((uint64_t)sector + 1) << compound->sector_shift;
}

/* Reads a whole sector; bytes beyond the file's end are 0. False: it lies beyond. */
static bool read_sector(const struct compound *compound, uint32_t sector, unsigned char *data)
{
    size_t n_bytes = (size_t)1 << compound->sector_shift;
    if (sector >= compound->n_sectors)
        return false;
    size_t n = read_at(compound->fd, sector_at(compound, sector), data, n_bytes);
    memset(data + n, 0, n_bytes - n);
    return n > 0;
}

/* --- the table of sectors -----------------------------------------------------------------------
 */

/* Takes over one sector of the table, which stands for the sectors from FROM on. */
static bool add_table_sector(struct compound *compound, uint32_t sector, size_t from)
{
    unsigned char data[4096];
    size_t n = ((size_t)1 << compound->sector_shift) / 4;
    if (!read_sector(compound, sector, data))
        return false;
    for (size_t i = 0; i < n && from + i < compound->n_sectors; i++)
        compound->next[from + i] = le32(data + 4 * i);
    return true;
}

/* The table's sectors are named in the header and in a chain of sectors of their own. */
static bool read_table(struct compound *compound, const unsigned char *header)
{
    unsigned char data[4096];
    size_t n_each = ((size_t)1 << compound->sector_shift) / 4;
    size_t from = 0;
    for (size_t i = 0; i < N_IN_HEADER && from < compound->n_sectors; i++, from += n_each) {
        uint32_t sector = le32(header + 76 + 4 * i);
        if (sector >= LAST_SECTOR || !add_table_sector(compound, sector, from))
            return from > 0;
    }
    uint32_t list = le32(header + 68);
    for (size_t n = 0; list < LAST_SECTOR && from < compound->n_sectors; n++) {
        if (n > compound->n_sectors || !read_sector(compound, list, data))
            return false;
        for (size_t i = 0; i + 1 < n_each && from < compound->n_sectors; i++, from += n_each)
            if (!add_table_sector(compound, le32(data + 4 * i), from))
                return true;
        list = le32(data + 4 * (n_each - 1));
    }
    return true;
}

/* --- the directory ------------------------------------------------------------------------------
 */

static enum status read_directory(struct compound *compound, uint32_t sector)
{
    size_t n_bytes = (size_t)1 << compound->sector_shift;
    size_t n = 0, cap = 0;
    for (; sector < LAST_SECTOR && n * (n_bytes / ENTRY_BYTES) < COMPOUND_MAX_ENTRIES; n++) {
        if (n == cap) {
            cap = cap == 0 ? 4 : cap * 2;
            unsigned char *more = realloc(compound->entries, cap * n_bytes);
            if (more == NULL)
                return ST_NOMEM;
            compound->entries = more;
        }
        if (n > compound->n_sectors ||
            !read_sector(compound, sector, compound->entries + n * n_bytes))
            break;
        sector = compound->next[sector];
    }
    compound->n_entries = n * (n_bytes / ENTRY_BYTES);
    return n > 0 && compound->entries[66] == TYPE_ROOT ? ST_OK : ST_INPUT;
}

static bool is_named(const unsigned char *entry, const char *name)
{
    size_t n = strlen(name) + 1;
    if (le16(entry + NAME_BYTES) != 2 * n)
        return false;
    for (size_t i = 0; i < n; i++)
        if (entry[2 * i] != (unsigned char)name[i] || entry[2 * i + 1] != 0)
            return false;
    return true;
}

/* The stream of this name among the root's own; NULL: none. Objects inside of a document have
 * streams of the same names, in storages of their own. */
static const unsigned char *find_entry(const struct compound *compound, const char *name)
{
    const unsigned char *found = NULL;
    uint32_t *stack = malloc((compound->n_entries + 2) * sizeof *stack);
    bool *seen = calloc(compound->n_entries + 1, sizeof *seen);
    size_t n = 0;
    if (stack != NULL && seen != NULL && compound->n_entries > 0)
        stack[n++] = le32(compound->entries + 76);
    while (n > 0 && found == NULL) {
        uint32_t at = stack[--n];
        if (at >= compound->n_entries || seen[at])
            continue;
        seen[at] = true;
        const unsigned char *entry = compound->entries + (size_t)at * ENTRY_BYTES;
        if (entry[66] == TYPE_STREAM && is_named(entry, name))
            found = entry;
        for (size_t side = 68; side <= 72; side += 4) {
            uint32_t sibling = le32(entry + side);
            if (sibling < compound->n_entries && !seen[sibling] && n < compound->n_entries)
                stack[n++] = sibling;
        }
    }
    free(stack);
    free(seen);
    return found;
}

bool compound_has(const struct compound *compound, const char *name)
{
    return find_entry(compound, name) != NULL;
}

enum status compound_open(struct compound *compound, struct input *in, struct error *error)
{
    unsigned char header[HEADER_BYTES];
    struct stat info;
    *compound = (struct compound){.fd = -1};
    enum status status = input_file(in, &compound->fd, error);
    if (status != ST_OK)
        return status;
    if (fstat(compound->fd, &info) != 0 ||
        read_at(compound->fd, 0, header, sizeof header) < sizeof header ||
        memcmp(header, COMPOUND_MARK, COMPOUND_MARK_BYTES) != 0)
        return ST_INPUT;
    compound->size = (uint64_t)info.st_size;
    compound->sector_shift = le16(header + 30);
    if ((compound->sector_shift != 9 && compound->sector_shift != 12) ||
        compound->size > INPUT_COPY_BYTES)
        return ST_INPUT;
    /* The header takes a sector's room; the last one may be cut short. */
    compound->n_sectors = (size_t)((compound->size - 1) >> compound->sector_shift);
    compound->next = malloc((compound->n_sectors + 1) * sizeof *compound->next);
    if (compound->next == NULL)
        return ST_NOMEM;
    memset(compound->next, 0xFF, (compound->n_sectors + 1) * sizeof *compound->next);
    compound->mini_cutoff = le32(header + 56);
    compound->first_mini = le32(header + 60);
    if (!read_table(compound, header))
        return ST_INPUT;
    return read_directory(compound, le32(header + 48));
}

void compound_close(struct compound *compound)
{
    free(compound->next);
    free(compound->entries);
    *compound = (struct compound){.fd = -1};
}

/* --- streams ------------------------------------------------------------------------------------
 */

/* The offsets of the sectors of the chain that begins with SECTOR, as many as N_BYTES need. */
static enum status follow(struct stream *stream, const struct compound *compound, uint32_t sector,
                          uint64_t n_bytes)
{
    size_t n_wanted =
        (size_t)((n_bytes + ((uint64_t)1 << compound->sector_shift) - 1) >> compound->sector_shift);
    *stream = (struct stream){.fd = compound->fd, .block_shift = compound->sector_shift};
    if (n_wanted > compound->n_sectors)
        n_wanted = compound->n_sectors;
    stream->blocks = malloc((n_wanted + 1) * sizeof *stream->blocks);
    if (stream->blocks == NULL)
        return ST_NOMEM;
    while (stream->n_blocks < n_wanted && sector < compound->n_sectors) {
        stream->blocks[stream->n_blocks++] = sector_at(compound, sector);
        sector = compound->next[sector];
    }
    stream->size = (uint64_t)stream->n_blocks << stream->block_shift;
    if (stream->size > n_bytes)
        stream->size = n_bytes;
    return ST_OK;
}

/* A short stream lies in parts of 64 bytes of the root's own stream, chained by a table that is a
 * stream itself. */
static enum status follow_mini(struct stream *stream, const struct compound *compound,
                               uint32_t part, uint32_t n_bytes)
{
    struct stream root = {0}, table = {0};
    size_t n_wanted = (n_bytes + ((size_t)1 << MINI_SHIFT) - 1) >> MINI_SHIFT;
    enum status status =
        follow(&root, compound, le32(compound->entries + 116), le32(compound->entries + 120));
    if (status == ST_OK)
        status = follow(&table, compound, compound->first_mini, compound->size);
    *stream = (struct stream){.fd = compound->fd, .block_shift = MINI_SHIFT};
    stream->blocks = status == ST_OK ? malloc((n_wanted + 1) * sizeof *stream->blocks) : NULL;
    if (status == ST_OK && stream->blocks == NULL)
        status = ST_NOMEM;
    while (status == ST_OK && stream->n_blocks < n_wanted) {
        unsigned char next[4];
        uint64_t at = (uint64_t)part << MINI_SHIFT;
        if (at >= root.size || stream_read(&table, (uint64_t)part * 4, next, 4) < 4)
            break;
        stream->blocks[stream->n_blocks++] =
            root.blocks[at >> root.block_shift] + (at & (((uint64_t)1 << root.block_shift) - 1));
        part = le32(next);
    }
    stream->size = (uint64_t)stream->n_blocks << MINI_SHIFT;
    if (stream->size > n_bytes)
        stream->size = n_bytes;
    stream_close(&root);
    stream_close(&table);
    return status;
}

enum status stream_open(struct stream *stream, const struct compound *compound, const char *name)
{
    const unsigned char *entry = find_entry(compound, name);
    *stream = (struct stream){.fd = -1};
    if (entry == NULL)
        return ST_INPUT;
    uint32_t first = le32(entry + 116), n_bytes = le32(entry + 120);
    enum status status = n_bytes < compound->mini_cutoff && n_bytes < HEADER_BYTES * 8
                             ? follow_mini(stream, compound, first, n_bytes)
                             : follow(stream, compound, first, n_bytes);
    if (status != ST_OK)
        return status;
    return stream->size > 0 ? ST_OK : ST_INPUT;
}

void stream_close(struct stream *stream)
{
    free(stream->blocks);
    *stream = (struct stream){.fd = -1};
}

size_t stream_read(const struct stream *stream, uint64_t at, void *data, size_t n_bytes)
{
    size_t n = 0;
    uint64_t block_bytes = (uint64_t)1 << stream->block_shift;
    while (n < n_bytes && at < stream->size) {
        uint64_t in_block = at & (block_bytes - 1);
        size_t wanted = n_bytes - n;
        if (wanted > block_bytes - in_block)
            wanted = (size_t)(block_bytes - in_block);
        if (wanted > stream->size - at)
            wanted = (size_t)(stream->size - at);
        size_t got = read_at(stream->fd, stream->blocks[at >> stream->block_shift] + in_block,
                             (char *)data + n, wanted);
        n += got;
        at += got;
        if (got < wanted)
            break;
    }
    return n;
}
