/* The title of a page that is a form sheet. Interface to pdf_form.c. */
#ifndef HIKU_CORPUS_PDF_PDF_FORM_H
#define HIKU_CORPUS_PDF_PDF_FORM_H

#include "base/buf.h"
#include "corpus/pdf/pdf_lines.h"

/* Appends to TITLE what stands behind the label of a title (事業名) in the lines FROM to END, where
 * they are a form: three known labels at least have a value behind them in lines of their own, and
 * no line has three labels beside each other, as the heading of a table. Nothing otherwise. Where
 * the labels' values end in other lines is not found out: what is centred beside several lines
 * stands on none of them for certain. ST_OK or ST_NOMEM. */
enum status pdf_form_title(const struct pdf_lines *lines, size_t from, size_t end,
                           struct buf *title);

#endif
