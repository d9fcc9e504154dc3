/* Fuzz targets, one for each reader.
 *
 * `make fuzz` links each of them with libFuzzer; tests/unit/test_fuzz.c calls all with what lies
 * below tests/fuzz/seeds/NAME and tests/fuzz/regression/NAME. What breaks when one fails: a table
 * that somebody published makes `hiku index` crash, hang, or store text that is no UTF-8. */
#ifndef HIKU_TESTS_FUZZ_H
#define HIKU_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <zip.h>

struct fuzz_target {
    const char *name; /* of the folder of its inputs */
    void (*run)(const uint8_t *data, size_t n_bytes);
};

extern const struct fuzz_target fuzz_targets[];
extern const size_t n_fuzz_targets;

/* Reads DATA as a source of this type (NULL: found out), and aborts when a record or a problem is
 * not as corpus/reader.h promises, or when rows are lost: rows read are records, rows told of,
 * headings, blank rows and rows that were joined to others. */
void fuzz_reader(const char *type, const uint8_t *data, size_t n_bytes);

#define FUZZ_PATH_BYTES 32

/* Puts DATA into a file without a name, and the path that opens it into PATH. Returns its
 * descriptor, for the caller to close. */
int fuzz_file(const uint8_t *data, size_t n_bytes, char path[FUZZ_PATH_BYTES]);

/* Reads the source at PATH as fuzz_reader() does. */
void fuzz_read(const char *type, const char *path);

/* Aborts when TEXT is not valid UTF-8. */
void fuzz_check_text(const char *text, size_t n_bytes);

/* Puts DATA into the ZIP file TARGET. */
typedef void fuzz_packer(zip_source_t *target, const uint8_t *data, size_t n_bytes);

/* Adds a file to ZIP, not compressed. */
void fuzz_add_file(zip_t *zip, const char *name, const void *data, size_t n_bytes);

/* Reads, as a source of this type, the ZIP file that PACK makes of DATA. */
void fuzz_read_packed(const char *type, fuzz_packer *pack, const uint8_t *data, size_t n_bytes);

void fuzz_archive(const uint8_t *data, size_t n_bytes);
void fuzz_ods(const uint8_t *data, size_t n_bytes);
void fuzz_pdf(const uint8_t *data, size_t n_bytes);
void fuzz_xls(const uint8_t *data, size_t n_bytes);
void fuzz_xlsx(const uint8_t *data, size_t n_bytes);

#endif
