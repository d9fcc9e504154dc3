/* Labels in form sheets: 事業名, １　担当課：, 【目的】. Interface to form_label.c. */
#ifndef HIKU_CORPUS_TABLE_FORM_LABEL_H
#define HIKU_CORPUS_TABLE_FORM_LABEL_H

#include "corpus/table/columns.h"

#include <stdbool.h>
#include <stdint.h>

struct form_label {
    struct span name;  /* without the number, marks and brackets around it */
    struct span value; /* behind a colon, or on the next line, in the same cell; empty: none is */
    bool known;        /* a name of dict/columns.tsv, or one that the user gave */
    bool marked;       /* a number, a mark or brackets are around it, or a colon is behind it */
    enum role role;    /* of a known one */
    bool whole;        /* of a title: what the measure is part of (columns_is_whole) */
    uint64_t key;      /* hash of the known name, to know it again */
};

/* Reads CELL as a label. WANTED: names that the user gave, or none. What LABEL points to is the
 * cell's. ST_OK or ST_NOMEM. */
enum status form_label_read(struct span cell, const struct columns *wanted,
                            struct form_label *label);

/* Reads CELL as a label that is not known and a value behind a colon: 会場：公民館. False: it is
 * none, and LABEL stays as it is. */
bool form_label_split(struct span cell, struct form_label *label);

/* Whether the text can be a label by its form: a few words, no sentence, no number, no date. */
bool form_is_name(struct span text);

/* Whether the text is one of a year, as it stands above numbers: 令和5年度, R5, 5年度(目標). */
bool form_is_year(struct span text);

/* Whether the text is an amount, or says that there is none. */
bool form_is_amount(struct span text);

#endif
