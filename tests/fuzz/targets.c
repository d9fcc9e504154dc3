/* The fuzz targets. Interface: fuzz.h. */
#include "tests/fuzz/fuzz.h"

#include "base/buf.h"
#include "base/error.h"
#include "corpus/rows/cell.h"

#include <stdlib.h>

static void run_cell(const uint8_t *data, size_t n_bytes)
{
    struct buf out = BUF_INIT;
    if (cell_to_text((const char *)data, n_bytes, &out) != ST_OK)
        abort();
    buf_release(&out);
}

static void run_csv(const uint8_t *data, size_t n_bytes)
{
    fuzz_reader("csv", data, n_bytes);
}

static void run_html(const uint8_t *data, size_t n_bytes)
{
    fuzz_reader("html", data, n_bytes);
}

static void run_json(const uint8_t *data, size_t n_bytes)
{
    fuzz_reader("json", data, n_bytes);
}

static void run_ndjson(const uint8_t *data, size_t n_bytes)
{
    fuzz_reader("ndjson", data, n_bytes);
}

static void run_text(const uint8_t *data, size_t n_bytes)
{
    fuzz_reader("text", data, n_bytes);
}

static void run_tsv(const uint8_t *data, size_t n_bytes)
{
    fuzz_reader("tsv", data, n_bytes);
}

const struct fuzz_target fuzz_targets[] = {
    {"archive", fuzz_archive}, {"cell", run_cell},     {"csv", run_csv},  {"html", run_html},
    {"json", run_json},        {"ndjson", run_ndjson}, {"ods", fuzz_ods}, {"pdf", fuzz_pdf},
    {"text", run_text},        {"tsv", run_tsv},       {"xls", fuzz_xls}, {"xlsx", fuzz_xlsx},
};
const size_t n_fuzz_targets = sizeof fuzz_targets / sizeof fuzz_targets[0];
