/* XLSX: the input is either a ZIP file, or the text of its XML files, cut by NULs: sheet, shared
 * texts, styles, workbook, its relations; they are packed here, for a fuzzer does not find
 * checksums. */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>
#include <zip.h>

static const char relations[] =
    "<Relationships><Relationship Id='r1' Type='a/worksheet' Target='s.xml'/><Relationship Id='r2' "
    "Type='a/sharedStrings' Target='t.xml'/><Relationship Id='r3' Type='a/styles' "
    "Target='f.xml'/></Relationships>";
static const char workbook[] = "<workbook><sheets><sheet name='a' id='r1'/></sheets></workbook>";

void fuzz_add_file(zip_t *zip, const char *name, const void *data, size_t n_bytes)
{
    zip_source_t *source = zip_source_buffer(zip, data, n_bytes, 0);
    zip_int64_t index = zip_file_add(zip, name, source, 0);
    if (index < 0 || zip_set_file_compression(zip, (zip_uint64_t)index, ZIP_CM_STORE, 0) != 0)
        abort();
}

static void pack_parts(zip_source_t *target, const uint8_t *data, size_t n_bytes)
{
    static const char *const names[] = {"xl/s.xml", "xl/t.xml", "xl/f.xml", "xl/workbook.xml",
                                        "xl/_rels/workbook.xml.rels"};
    enum { N = sizeof names / sizeof names[0] };
    zip_error_t error;
    zip_t *zip = zip_open_from_source(target, ZIP_TRUNCATE, &error);
    if (zip == NULL)
        abort();
    for (size_t i = 0; i < N; i++) {
        const uint8_t *end = n_bytes > 0 ? memchr(data, '\0', n_bytes) : NULL;
        size_t n = end != NULL ? (size_t)(end - data) : n_bytes;
        if (n > 0)
            fuzz_add_file(zip, names[i], data, n);
        else if (i == N - 2)
            fuzz_add_file(zip, names[i], workbook, sizeof workbook - 1);
        else if (i == N - 1)
            fuzz_add_file(zip, names[i], relations, sizeof relations - 1);
        n += end != NULL;
        if (n > 0) {
            data += n;
            n_bytes -= n;
        }
    }
    if (zip_close(zip) != 0)
        abort();
}

void fuzz_read_packed(const char *type, fuzz_packer *pack, const uint8_t *data, size_t n_bytes)
{
    zip_error_t error;
    zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, &error);
    if (target == NULL)
        abort();
    zip_source_keep(target);
    pack(target, data, n_bytes);
    if (zip_source_open(target) != 0 || zip_source_seek(target, 0, SEEK_END) != 0)
        abort();
    zip_int64_t len = zip_source_tell(target);
    uint8_t *file = malloc((size_t)len);
    if (file == NULL || zip_source_seek(target, 0, SEEK_SET) != 0 ||
        zip_source_read(target, file, (zip_uint64_t)len) != len)
        abort();
    fuzz_reader(type, file, (size_t)len);
    free(file);
    zip_source_close(target);
    zip_source_free(target);
}

void fuzz_xlsx(const uint8_t *data, size_t n_bytes)
{
    if (n_bytes > 1 && memcmp(data, "PK", 2) == 0)
        fuzz_reader("xlsx", data, n_bytes);
    else
        fuzz_read_packed("xlsx", pack_parts, data, n_bytes);
}
