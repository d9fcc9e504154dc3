/* Running a reader on bytes that are given. Interface: fuzz.h. */
#include "tests/fuzz/fuzz.h"

#include "base/utf8.h"
#include "corpus/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void check(bool holds)
{
    if (!holds)
        abort();
}

void fuzz_check_text(const char *text, size_t n_bytes)
{
    for (size_t i = 0; i < n_bytes;) {
        uint32_t cp;
        size_t n = utf8_decode(text + i, n_bytes - i, &cp);
        check(cp != UTF8_REPLACEMENT || (n == 3 && memcmp(text + i, "\xEF\xBF\xBD", 3) == 0));
        i += n;
    }
}

static void check_span(struct span text)
{
    fuzz_check_text(text.data, text.len);
}

/* What a source gave. */
struct given {
    uint64_t n_records;
    uint64_t n_problems;
};

static enum status on_record(void *context, const struct record *record)
{
    ((struct given *)context)->n_records++;
    check_span(record->id);
    check_span(record->date_text);
    check_span(record->title);
    check_span(record->body);
    check_span(record->place.part);
    for (size_t i = 0; i < record->n_columns; i++) {
        check_span(record->columns[i].name);
        check_span(record->columns[i].value);
        check(record->columns[i].value.len > 0);
    }
    return ST_OK;
}

static void on_problem(void *context, const struct place *place, enum severity severity,
                       const char *problem, struct span excerpt)
{
    (void)severity;
    ((struct given *)context)->n_problems++;
    check_span(place->part);
    check(problem != NULL && *problem != '\0');
    check_span(excerpt);
}

int fuzz_file(const uint8_t *data, size_t n_bytes, char path[FUZZ_PATH_BYTES])
{
    int fd = memfd_create("fuzz", MFD_CLOEXEC);
    check(fd >= 0 && write(fd, data, n_bytes) == (ssize_t)n_bytes);
    snprintf(path, FUZZ_PATH_BYTES, "/proc/self/fd/%d", fd);
    return fd;
}

/* Whether each row became something, and none went in silence. */
static void check_counts(const struct reader_findings *found, const struct given *given,
                         enum status status)
{
    uint64_t n_known = found->n_records + found->n_skipped + found->n_headings + found->n_blank +
                       found->n_continued;
    check(found->n_rows == n_known);
    check(found->n_records == given->n_records);
    check(found->n_skipped == 0 || given->n_problems > 0 || status == ST_INPUT);
}

void fuzz_read(const char *type, const char *path)
{
    const struct reader_options options = {.type = type, .hidden = true};
    struct reader_findings found = {.format = NULL};
    struct given given = {0};
    const struct reader_sink sink = {
        .context = &given, .record = on_record, .problem = on_problem, .findings = &found};
    struct error error = {""};
    enum status status = reader_read(path, &options, &sink, &error);
    check(status == ST_OK || status == ST_INPUT);
    check((status == ST_OK) == (error.message[0] == '\0'));
    fuzz_check_text(error.message, strlen(error.message));
    check_counts(&found, &given, status);
}

void fuzz_reader(const char *type, const uint8_t *data, size_t n_bytes)
{
    char path[FUZZ_PATH_BYTES];
    int fd = fuzz_file(data, n_bytes, path);
    fuzz_read(type, path);
    close(fd);
}
