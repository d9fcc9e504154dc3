/* Time that has passed. */
#ifndef HIKU_BASE_CLOCK_H
#define HIKU_BASE_CLOCK_H

#include <stdint.h>

#define NS_PER_MS INT64_C(1000000)

/* Nanoseconds of a clock that only goes forward, from some moment on; never 0. */
int64_t clock_ns(void);

/* The same as milliseconds. */
double clock_ms(void);

#endif
