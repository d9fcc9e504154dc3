/* Time that has passed. Interface: clock.h. */
#include "base/clock.h"

#include <time.h>

int64_t clock_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 * NS_PER_MS + now.tv_nsec;
}

double clock_ms(void)
{
    return (double)clock_ns() / NS_PER_MS;
}
