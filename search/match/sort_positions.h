/* Putting positions in order. */
#ifndef HIKU_SEARCH_MATCH_SORT_POSITIONS_H
#define HIKU_SEARCH_MATCH_SORT_POSITIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Sorts *N positions, which are less than N_UNITS. Those of a damaged index may be there twice: *N
 * is less where that was noticed. False when memory is out. */
bool sort_positions(uint32_t *positions, size_t *n, uint32_t n_units);

#endif
