/* Finding out a table's form from its first bytes. Interface to sniff.c. */
#ifndef HIKU_CORPUS_SNIFF_H
#define HIKU_CORPUS_SNIFF_H

#include <stdbool.h>
#include <stddef.h>

/* Tab or comma: which of them more lines hold; the first line that holds either decides a tie. */
char sniff_delimiter(const char *head, size_t n_bytes);

/* Whether lines end in CR alone, as the first line does. */
bool sniff_cr_ends(const char *head, size_t n_bytes);

#endif
