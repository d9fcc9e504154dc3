/* How many columns a character takes. Interface to display_width.c. */
#ifndef HIKU_SEARCH_WRITE_DISPLAY_WIDTH_H
#define HIKU_SEARCH_WRITE_DISPLAY_WIDTH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* 0 (combining), 1 or 2. Characters that Unicode calls ambiguous take 2 where WIDE_AMBIGUOUS. */
size_t display_char_width(uint32_t cp, bool wide_ambiguous);

#endif
