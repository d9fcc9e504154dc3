/* Form sheets: parts whose labels stand beside or above their values, one measure each. Interface
 * to form.c and form_record.c.
 *
 * The rows of a part wait until it is clear whether they are those of forms. Those of a table then
 * go the way of all rows. */
#ifndef HIKU_CORPUS_TABLE_FORM_H
#define HIKU_CORPUS_TABLE_FORM_H

#include "corpus/table/form_look.h"
#include "corpus/table/form_sheet.h"
#include "corpus/table/table.h"

#include <stdbool.h>

#define FORM_ROW_BYTES (1U << 20)   /* a longer row is none of a form */
#define FORM_ROW_CELLS 1024         /* nor a wider one */
#define FORM_MOST_BYTES (16U << 20) /* of the rows that wait */
#define FORM_MOST_ROWS 2000         /* of a form */
#define FORM_MOST_MAYBE 400         /* rows after which a part is none when it is not clear yet */

struct form {
    struct form_rows rows;
    enum form_finding finding; /* FORM_NONE: the part's rows go the usual way */
    struct form_title title;
    size_t n_forms; /* of the part so far */
};

/* Begins another part. */
void form_begin(struct table *table);

/* Takes ROW when it may be one of a form; *TAKEN is false when it goes the usual way, those that
 * waited before it. Statuses as table_take. */
enum status form_take(struct table *table, const struct row *row, bool *taken);

/* Ends the part: its forms become records, or its rows go the usual way. Statuses as table_take. */
enum status form_end(struct table *table);

void form_release(struct table *table);

/* Gives the sink the record that the rows FROM to TO are. They count as one record, and as rows
 * joined to it. ST_OK, ST_NOMEM or what the sink returns. */
enum status form_emit(struct table *table, size_t from, size_t to);

/* The same for the rows of a table that is turned: a record for each of its columns but the first.
 */
enum status form_emit_turned(struct table *table);

#endif
