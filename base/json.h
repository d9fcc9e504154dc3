/* Writing JSON (RFC 8259) strings. */
#ifndef HIKU_BASE_JSON_H
#define HIKU_BASE_JSON_H

#include "base/buf.h"

/* Appends TEXT (N_BYTES of valid UTF-8) as a JSON string with its quotes. Control characters, and
 * the line separators U+2028 and U+2029, which end a line in some readers, are escaped. */
void json_add_string(struct buf *out, const char *text, size_t n_bytes);

#endif
