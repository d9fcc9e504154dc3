/* Reading one table in a test: its records and problems as text. Interface: read_table.h. */
#include "tests/unit/read_table.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct outcome outcome;
struct error error;
char path[64];

static void add_text(struct buf *out, struct span text)
{
    buf_addc(out, '|');
    for (size_t i = 0; i < text.len; i++)
        buf_addc(out, text.data[i] == '\n' ? '/' : text.data[i]);
}

static enum status on_record(void *context, const struct record *record)
{
    struct outcome *o = context;
    buf_addf(&o->records, "%zu", record->place.line);
    add_text(&o->records, record->id);
    add_text(&o->records, record->date_text);
    add_text(&o->records, record->title);
    add_text(&o->records, record->body);
    for (size_t i = 0; i < record->n_columns; i++) {
        add_text(&o->records, record->columns[i].name);
        buf_addf(&o->records, "=%.*s", (int)record->columns[i].value.len,
                 record->columns[i].value.data);
    }
    buf_addc(&o->records, '\n');
    o->n_records++;
    return o->n_records == o->stop_after ? ST_INTERRUPTED : ST_OK;
}

static void on_problem(void *context, const struct place *place, enum severity severity,
                       const char *problem, struct span excerpt)
{
    (void)severity;
    struct outcome *o = context;
    ck_assert_uint_le(excerpt.len, 200);
    buf_addf(&o->problems, "%zu:%s\n", place->line, problem);
}

void read_table_set_up(void)
{
    strcpy(path, "/tmp/hiku-test-XXXXXX");
    int fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    close(fd);
    outcome = (struct outcome){.records = BUF_INIT, .problems = BUF_INIT};
    error.message[0] = '\0';
}

void read_table_tear_down(void)
{
    unlink(path);
    buf_release(&outcome.records);
    buf_release(&outcome.problems);
}

enum status read_path(const char *from, const char *columns)
{
    const struct reader_options options = {.columns = columns};
    struct reader_findings found = {.format = NULL};
    const struct reader_sink sink = {
        .context = &outcome, .record = on_record, .problem = on_problem, .findings = &found};
    buf_clear(&outcome.records);
    buf_clear(&outcome.problems);
    outcome.n_records = 0;
    enum status status = reader_read(from, &options, &sink, &error);
    ck_assert_uint_eq(found.n_records, outcome.n_records);
    if (status == ST_OK || status == ST_INPUT) /* no row is dropped in silence */
        ck_assert_uint_eq(found.n_rows, found.n_records + found.n_skipped + found.n_headings +
                                            found.n_blank + found.n_continued);
    return status;
}

void write_bytes(const char *text, size_t n_bytes)
{
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(text, 1, n_bytes, file), n_bytes);
    fclose(file);
}

enum status read_text(const char *text, const char *columns)
{
    write_bytes(text, strlen(text));
    return read_path(path, columns);
}

void check(const char *text, const char *columns, const char *records, const char *problems)
{
    ck_assert_int_eq(read_text(text, columns), ST_OK);
    ck_assert_str_eq(outcome.records.data, records);
    ck_assert_str_eq(outcome.problems.data, problems);
}

void check_fails(enum status status, const char *message)
{
    ck_assert_msg(strstr(error.message, message) != NULL, "'%s' lacks '%s'", error.message,
                  message);
    ck_assert_uint_eq(outcome.n_records, 0);
    ck_assert_int_eq(status, ST_INPUT);
}
