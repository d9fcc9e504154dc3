/* XLS: the input is either a compound file or the stream of a workbook, which is put into one here,
 * so that what a fuzzer inserts does not move the sectors. */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#define SECTOR 512
#define FIRST 2                          /* sector of the stream */
#define MAX_SECTORS (SECTOR / 4 - FIRST) /* that one sector of the table stands for */
#define FILE_BYTES ((1 + FIRST + MAX_SECTORS) * SECTOR)

static const uint8_t mark[] = {0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1};

static void put(uint8_t *to, uint32_t value)
{
    for (size_t i = 0; i < 4; i++)
        to[i] = (uint8_t)(value >> 8 * i);
}

static void put_entry(uint8_t *entry, const char *name, uint8_t type, uint32_t child,
                      uint32_t n_bytes)
{
    size_t n = strlen(name) + 1;
    for (size_t i = 0; i < n; i++)
        entry[2 * i] = (uint8_t)name[i];
    entry[64] = (uint8_t)(2 * n);
    entry[66] = type;
    put(entry + 68, UINT32_MAX);
    put(entry + 72, UINT32_MAX);
    put(entry + 76, child);
    put(entry + 116, FIRST);
    put(entry + 120, n_bytes);
}

static void pack(uint8_t *file, const uint8_t *data, size_t n_bytes)
{
    uint8_t *table = file + SECTOR;
    memcpy(file, mark, sizeof mark);
    file[30] = 9; /* the shift of a sector, and of a small one */
    file[32] = 6;
    put(file + 48, 1); /* the directory's sector */
    put(file + 68, UINT32_MAX);
    memset(table, 0xFF, SECTOR);
    put(table + 4 * 1, UINT32_MAX - 1);
    for (uint32_t i = FIRST; i + 1 < FIRST + MAX_SECTORS; i++)
        put(table + (size_t)4 * i, i + 1);
    put_entry(file + (size_t)2 * SECTOR, "Root Entry", 5, 1, 0);
    put_entry(file + (size_t)2 * SECTOR + 128, "Workbook", 2, UINT32_MAX, (uint32_t)n_bytes);
    memcpy(file + (size_t)(1 + FIRST) * SECTOR, data, n_bytes);
}

void fuzz_xls(const uint8_t *data, size_t n_bytes)
{
    if (n_bytes >= sizeof mark && memcmp(data, mark, sizeof mark) == 0) {
        fuzz_reader("xls", data, n_bytes);
        return;
    }
    uint8_t *file = calloc(1, FILE_BYTES);
    if (file == NULL)
        abort();
    pack(file, data,
         n_bytes < (size_t)MAX_SECTORS * SECTOR ? n_bytes : (size_t)MAX_SECTORS * SECTOR);
    fuzz_reader("xls", file, FILE_BYTES);
    free(file);
}
