/* Numbers behind a name that others have. Interface: free_number.h. */
#include "indexer/sources/free_number.h"

unsigned free_number(bool (*is_taken)(void *context, unsigned number), void *context)
{
    unsigned taken = 0, free = 1;
    while (is_taken(context, free)) {
        taken = free;
        free *= 2;
    }
    while (free - taken > 1) {
        unsigned middle = taken + (free - taken) / 2;
        if (is_taken(context, middle))
            taken = middle;
        else
            free = middle;
    }
    return free;
}
