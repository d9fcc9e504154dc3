/* ODS: the input is content.xml, which is packed here, for a fuzzer does not find checksums. */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>

static void pack(zip_source_t *target, const uint8_t *data, size_t n_bytes)
{
    zip_error_t error;
    zip_t *zip = zip_open_from_source(target, ZIP_TRUNCATE, &error);
    if (zip == NULL)
        abort();
    fuzz_add_file(zip, "content.xml", data, n_bytes);
    if (zip_close(zip) != 0)
        abort();
}

void fuzz_ods(const uint8_t *data, size_t n_bytes)
{
    fuzz_read_packed("ods", pack, data, n_bytes);
}
