/* What the programs that use libhiku share: their checks as TAP without numbers, which test_lib.sh
 * gives them, and a thread that interrupts. */
#ifndef HIKU_TESTS_EXTENSION_PROGRAM_H
#define HIKU_TESTS_EXTENSION_PROGRAM_H

#include <hiku.h>

#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

static void check(bool good, const char *name)
{
    printf("%s - %s\n", good ? "ok" : "not ok", name);
}

struct interrupter {
    hiku *db;
    atomic_bool stop;
};

static void *interrupt(void *context)
{
    struct interrupter *i = context;
    while (!atomic_load(&i->stop))
        hiku_interrupt(i->db);
    return NULL;
}

#endif
