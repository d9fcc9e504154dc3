/* Writing JSON strings. Interface: json.h. */
#include "base/json.h"

#include <string.h>

static const char *short_escape(unsigned char c)
{
    switch (c) {
    case '"':
        return "\\\"";
    case '\\':
        return "\\\\";
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    default:
        return NULL;
    }
}

void json_add_string(struct buf *out, const char *text, size_t n_bytes)
{
    size_t plain = 0; /* start of what needs no escape */
    buf_addc(out, '"');
    for (size_t i = 0; i < n_bytes; i++) {
        unsigned char c = (unsigned char)text[i];
        bool separator = c == 0xE2 && n_bytes - i >= 3 && (unsigned char)text[i + 1] == 0x80 &&
                         ((unsigned char)text[i + 2] & 0xFE) == 0xA8;
        const char *escape = short_escape(c);
        if (escape == NULL && c >= 0x20 && c != 0x7F && !separator)
            continue;
        buf_append(out, text + plain, i - plain);
        if (escape != NULL)
            buf_adds(out, escape);
        else if (separator)
            buf_adds(out, (unsigned char)text[i + 2] == 0xA8 ? "\\u2028" : "\\u2029");
        else
            buf_addf(out, "\\u%04x", c);
        i += separator ? 2 : 0;
        plain = i + 1;
    }
    buf_append(out, text + plain, n_bytes - plain);
    buf_addc(out, '"');
}
