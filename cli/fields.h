/* Cutting lines into fields, and reading the numbers in them. Interface to fields.c. */
#ifndef HIKU_CLI_FIELDS_H
#define HIKU_CLI_FIELDS_H

#include <stdbool.h>
#include <stddef.h>

/* Cuts TEXT, which is written to, at each tab, or where there is none at blanks. Returns how many
 * fields there are; only the first MAX are put into FIELDS. */
size_t fields_cut(char *text, char **fields, size_t max);

/* Reads a whole number with a sign; false when TEXT is none or it does not fit. */
bool fields_integer(const char *text, int *number);

#endif
