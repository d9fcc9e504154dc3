/* The bytes of a source, a window at a time, or as a file. Interface to input.c.
 *
 * A source is a file, standard input, or what lies inside a compressed file or an archive. A
 * reader either looks at the window, [data + start, data + end), takes bytes from its front by
 * raising `start`, and asks for more; or it asks once for a file that it can seek in. */
#ifndef HIKU_CORPUS_INPUT_H
#define HIKU_CORPUS_INPUT_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* A file that is copied because it cannot be seeked in may have this many bytes. */
#define INPUT_COPY_BYTES ((uint64_t)1 << 30)

/* Where an input's bytes come from. */
struct byte_source {
    /* Reads up to N_BYTES to DATA; *N_READ is 0 at the end. ST_OK; ST_INPUT with a message;
     * ST_NOMEM. */
    enum status (*read)(struct byte_source *source, char *data, size_t n_bytes, size_t *n_read,
                        struct error *error);
    void (*close)(struct byte_source *source);
};

struct input {
    const char *path; /* borrowed; for messages */
    struct byte_source *source;
    int fd; /* of a file that can be seeked in and is the source itself; -1: none */
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

/* Opens the file at PATH ("-": standard input) with an empty window. ST_OK, ST_INPUT, ST_NOMEM. */
enum status input_open(struct input *in, const char *path, struct error *error);
void input_close(struct input *in);

/* Makes the window longer, at least twice as long unless the file ends: looking again from the
 * window's start after each call therefore costs no more than twice the bytes. Moves the window,
 * so pointers into it are no longer valid. ST_OK, ST_INPUT or ST_NOMEM. */
enum status input_more(struct input *in, struct error *error);

/* Makes the window hold at least N_BYTES, unless the file ends before. As input_more. */
enum status input_fill(struct input *in, size_t n_bytes, struct error *error);

/* Gives in *FD a descriptor of all the bytes from the window's start on, positioned at their first
 * byte; the input keeps and closes it. What comes from a pipe or an archive is copied to a
 * temporary file without a name. Only before anything was taken from the window, and nothing can
 * be taken from it afterwards. ST_OK; ST_INPUT with a message (unreadable, longer than
 * INPUT_COPY_BYTES, no room); ST_NOMEM. */
enum status input_file(struct input *in, int *fd, struct error *error);

#endif
