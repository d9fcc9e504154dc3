/* Explanations as JSON and as text, appended to a buffer whose `failed` shows that
 * memory is out. Interface to write_explanation_json.c and
 * write_explanation_text.c. */
#ifndef HIKU_SEARCH_EXPLAIN_WRITE_EXPLANATION_H
#define HIKU_SEARCH_EXPLAIN_WRITE_EXPLANATION_H

#include "base/buf.h"
#include "search/write/result_writer.h"

/* One object and a line end; with the record and why it matches or not where WITH_RECORD. QUERY:
 * QUERY_LEN of any bytes. */
void explanation_add_json(struct buf *out, const struct hiku_explanation *explanation,
                          const char *query, size_t query_len, bool with_record);

/* How the query was understood: its tree, and each term with its spellings. */
void explanation_add_query_text(struct buf *out, const struct hiku_explanation *explanation);

/* Why the record matches or does not, in lines of about style->width columns. */
void explanation_add_record_text(struct buf *out, const struct hiku_explanation *explanation,
                                 const struct result_style *style);

#endif
