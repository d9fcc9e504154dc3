/* The bytes of a source, a window at a time, or as a file. Interface to input.c.
 *
 * A source is a file, standard input, or what lies inside a compressed file or an archive. A
 * reader either looks at the window, [data + start, data + end), takes bytes from its front by
 * raising `start`, and asks for more; or it asks once for a file that it can seek in. */
#ifndef HIKU_CORPUS_BYTES_INPUT_H
#define HIKU_CORPUS_BYTES_INPUT_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* A file that is copied because it cannot be seeked in may have this many bytes. */
#define INPUT_COPY_BYTES ((uint64_t)1 << 30)

#define INPUT_LEAST 64 /* bytes: room for any character, so that each read gets on */

/* Where an input's bytes come from. */
struct byte_source {
    /* Reads up to N_BYTES (INPUT_LEAST or more) to DATA; *N_READ is 0 at the end. ST_OK; ST_INPUT
     * with a message; ST_NOMEM. */
    enum status (*read)(struct byte_source *source, char *data, size_t n_bytes, size_t *n_read,
                        struct error *error);
    void (*close)(struct byte_source *source);
};

/* A place of a text that could not be decoded. */
struct damage {
    uint64_t at;   /* bytes of decoded text before its U+FFFD */
    uint64_t from; /* bytes of the text as it was before it */
};

/* So many places are remembered before a reader asks for them; more are counted only. */
#define INPUT_DAMAGES 65536

struct input {
    const char *path; /* borrowed; for messages */
    struct byte_source *source;
    int fd; /* of a file that can be seeked in and is the source itself; -1: none */
    char *data;
    size_t start; /* the window is data[start] to data[end] */
    size_t end;
    size_t cap;
    bool eof;              /* nothing comes after the window */
    uint64_t n_before;     /* bytes before data[0] */
    char encoding[40];     /* of a text that is decoded; "" otherwise */
    struct damage *damage; /* in order, those not asked for yet: [first_damage, n_damage) */
    size_t first_damage;
    size_t n_damage;
    size_t damage_cap;
    uint64_t n_uncounted; /* damaged places beyond INPUT_DAMAGES */
};

#define INPUT_INIT                                                                                 \
    {                                                                                              \
        .fd = -1                                                                                   \
    }

/* Opens the file at PATH ("-": standard input; ARCHIVE/MEMBER: a file in a zip archive). What is
 * compressed is unpacked. Close in any case. ST_OK, ST_INPUT with a message, ST_NOMEM. */
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

/* Whether something in the next N_BYTES of the window could not be decoded; *FROM is then the
 * first such byte of the text as it was, from 0. The places are forgotten. */
bool input_take_damage(struct input *in, size_t n_bytes, uint64_t *from);

/* For a source that decodes: notes a place, in order. */
void input_note_damage(struct input *in, uint64_t at, uint64_t from);

/* For who puts a source on top of another: gives what delivers the window's bytes and then those
 * of in->source, and leaves the window empty and in->source NULL. The caller closes it. NULL when
 * memory is out; then nothing has changed. */
struct byte_source *input_take_source(struct input *in);

#endif
