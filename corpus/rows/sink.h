/* What reading a source gives: records and problems, each with its place, to a sink. */
#ifndef HIKU_CORPUS_ROWS_SINK_H
#define HIKU_CORPUS_ROWS_SINK_H

#include "base/error.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where a row or section stands in its source. */
struct place {
    struct span part; /* name of the sheet or heading of the table; empty where there is none */
    size_t page;      /* from 1; 0: the source has no pages */
    size_t line;      /* of a text, or row of a sheet, from 1; 0: unknown */
};

/* A column that is none of id, date, title, body; its name is its position where the heading has
 * none. Columns without text in a record are left out. */
struct column {
    struct span name;
    struct span value;
};

/* One measure as its source gives it, cells already turned into plain text. All spans are valid
 * only during the call that passes the record. */
struct record {
    struct span id;        /* number in the source; empty where it has none */
    struct span date_text; /* as published; may be empty */
    struct span title;
    struct span body; /* paragraphs and bullets are separate lines */
    const struct column *columns;
    size_t n_columns;
    struct place place;
    bool since_1904; /* numbers that stand for days are counted from 1904-01-01 */
};

enum severity {
    SEVERITY_DOUBT,   /* taken all the same */
    SEVERITY_SKIPPED, /* a row or part that was not taken */
    SEVERITY_FAILED   /* a source that could not be read */
};

/* The first line of a report of problems (hiku index --report): a file that starts so is no table
 * of measures. */
#define REPORT_HEADING "file\tline\tseverity\tproblem\texcerpt\n"

/* Room for the name of a format or an encoding, with its NUL. */
#define FORMAT_NAME_BYTES 40

/* What was found while a source was read. Rows are counted by what became of them:
 * n_rows = n_records + n_skipped + n_headings + n_blank + n_continued. */
struct reader_findings {
    const char *format;               /* name; static; NULL: not known yet */
    char encoding[FORMAT_NAME_BYTES]; /* of a text; "" otherwise */
    uint64_t n_rows;                  /* rows and sections that the source has; one of several
                                         tables side by side counts for each */
    uint64_t n_records;               /* rows that became records */
    uint64_t n_skipped;               /* rows that were told of and left out */
    uint64_t n_headings;              /* heading lines, and title lines around them */
    uint64_t n_blank;                 /* rows without text */
    uint64_t n_continued;             /* rows that were joined to the record before */
    bool has_more;                    /* than most_rows of the options, which were not read */
};

/* One column of a table as it was understood. */
struct column_role {
    const char *name; /* as in the heading */
    const char *role; /* "id", "date", "title", "body", "other" or "skip" */
};

struct reader_sink {
    void *context;
    /* Returns ST_OK to go on; anything else stops the reader, which returns it. */
    enum status (*record)(void *context, const struct record *record);
    /* A row that was skipped, or taken with doubt. PROBLEM is a translated phrase without file or
     * line; EXCERPT shows the row (may be empty). */
    void (*problem)(void *context, const struct place *place, enum severity severity,
                    const char *problem, struct span excerpt);
    /* The columns of the table that begins; may be NULL. */
    void (*columns)(void *context, const struct place *place, const struct column_role *columns,
                    size_t n);
    struct reader_findings *findings; /* filled while the source is read; may be NULL */
};

#endif
