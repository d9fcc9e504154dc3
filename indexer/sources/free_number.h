/* Numbers behind a name that others have: NAME, NAME~2, NAME~3 … */
#ifndef HIKU_INDEXER_SOURCES_FREE_NUMBER_H
#define HIKU_INDEXER_SOURCES_FREE_NUMBER_H

#include <stdbool.h>

/* A number from 1 on that is not IS_TAKEN, and the one before it is: the first that is free where
 * those taken have no gaps. It is found by halving, so that many of a name cost little each. */
unsigned free_number(bool (*is_taken)(void *context, unsigned number), void *context);

#endif
