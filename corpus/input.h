/* The bytes of a file, a window at a time. Interface to input.c. */
#ifndef HIKU_CORPUS_INPUT_H
#define HIKU_CORPUS_INPUT_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

struct input {
    const char *path; /* borrowed */
    int fd;
    char *data;
    size_t start; /* the window is data[start] to data[end] */
    size_t end;
    size_t cap;
    bool eof; /* nothing comes after the window */
};

#define INPUT_INIT                                                                                 \
    {                                                                                              \
        .fd = -1                                                                                   \
    }

/* Opens the file at PATH with an empty window. ST_OK or ST_INPUT. */
enum status input_open(struct input *in, const char *path, struct error *error);
void input_close(struct input *in);

/* Makes the window longer, at least twice as long unless the file ends: looking again from the
 * window's start after each call therefore costs no more than twice the bytes. Moves the window,
 * so pointers into it are no longer valid. ST_OK, ST_INPUT or ST_NOMEM. */
enum status input_more(struct input *in, struct error *error);

#endif
