/* Encodings of Japanese texts: which one a text has, and turning it into UTF-8. */
#ifndef HIKU_CORPUS_BYTES_ENCODING_H
#define HIKU_CORPUS_BYTES_ENCODING_H

#include "base/error.h"
#include "corpus/bytes/input.h"

#include <stddef.h>

/* Finds out the encoding of the text that starts with HEAD: by its byte order mark, by its being
 * valid UTF-8, by the escapes of ISO-2022-JP, by the kinds of characters that UTF-16, Shift_JIS and
 * EUC-JP make of it. Pure ASCII is UTF-8. Returns a name that encoding_canonical knows. */
const char *encoding_detect(const char *head, size_t n_bytes);

/* The name under which hiku knows the encoding that users and pages call NAME ("sjis",
 * "Windows-31J", "x-euc-jp"); NULL when it is none of those of Japanese texts. */
const char *encoding_canonical(const char *name);

/* Puts a decoder between IN's bytes and its window, whose bytes are decoded too: from here on the
 * window holds valid UTF-8 without a byte order mark, and in->encoding names what was found. Bytes
 * that cannot be decoded become U+FFFD and are noted in in->damage. WANTED (the user's) goes before
 * DECLARED (the text's own), which goes before detection if what the text holds does not belie it;
 * either may be NULL. Call it once, before anything is taken from the window. ST_OK; ST_USAGE with
 * a message (an encoding that iconv does not know); ST_INPUT; ST_NOMEM. */
enum status input_decode(struct input *in, const char *wanted, const char *declared,
                         struct error *error);

#endif
