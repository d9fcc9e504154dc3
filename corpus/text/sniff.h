/* Finding out a table's form from its first bytes. Interface to sniff.c. */
#ifndef HIKU_CORPUS_TEXT_SNIFF_H
#define HIKU_CORPUS_TEXT_SNIFF_H

#include <stdbool.h>
#include <stddef.h>

/* Tab, comma, semicolon or bar: which of them more lines hold. Between tab and comma the first line
 * that holds either decides a tie; the others, which prose holds too, must be in twice as many. */
char sniff_delimiter(const char *head, size_t n_bytes);

/* Whether lines end in CR alone, as the first line does. */
bool sniff_cr_ends(const char *head, size_t n_bytes);

/* Whether every cell of the first line that is cut by tabs is in quotes. */
bool sniff_quoted_cells(const char *head, size_t n_bytes);

#endif
