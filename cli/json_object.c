/* Reading a JSON object of strings. Interface: json_object.h. */
#include "cli/json_object.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

static void skip_blanks(struct json_object *object)
{
    object->rest += strspn(object->rest, " \t\r\n");
}

static bool take(struct json_object *object, char c)
{
    skip_blanks(object);
    if (*object->rest != c)
        return false;
    object->rest++;
    return true;
}

void json_object_begin(struct json_object *object, const char *text)
{
    object->rest = text;
    if (!take(object, '{'))
        object->rest = "";
}

/* Reads four hexadecimal digits. */
static bool read_unit(struct json_object *object, uint32_t *unit)
{
    char digits[5] = {0};
    if (strspn(object->rest, "0123456789abcdefABCDEF") < 4)
        return false;
    memcpy(digits, object->rest, 4);
    *unit = (uint32_t)strtoul(digits, NULL, 16);
    object->rest += 4;
    return true;
}

/* Reads what follows \u; half of a surrogate pair becomes U+FFFD. */
static bool read_code_point(struct json_object *object, struct buf *out)
{
    uint32_t cp;
    uint32_t low;
    if (!read_unit(object, &cp))
        return false;
    if (cp >= 0xD800 && cp < 0xDC00 && strncmp(object->rest, "\\u", 2) == 0) {
        object->rest += 2;
        if (!read_unit(object, &low))
            return false;
        bool pair = low >= 0xDC00 && low < 0xE000;
        cp = pair ? 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00) : UTF8_REPLACEMENT;
    }
    buf_add_cp(out, cp >= 0xD800 && cp < 0xE000 ? UTF8_REPLACEMENT : cp);
    return true;
}

static bool read_escape(struct json_object *object, struct buf *out)
{
    static const char names[] = "\"\\/bfnrt";
    static const char meanings[] = "\"\\/\b\f\n\r\t";
    char c = *object->rest;
    if (c == '\0')
        return false;
    object->rest++;
    if (c == 'u')
        return read_code_point(object, out);
    const char *name = strchr(names, c);
    if (name != NULL)
        buf_addc(out, meanings[name - names]);
    return name != NULL;
}

static bool read_string(struct json_object *object, struct buf *out)
{
    buf_clear(out);
    if (!take(object, '"'))
        return false;
    for (;;) {
        size_t plain = strcspn(object->rest, "\"\\");
        buf_append(out, object->rest, plain);
        object->rest += plain;
        if (*object->rest == '\0')
            return false;
        if (*object->rest++ == '"')
            return !out->failed;
        if (!read_escape(object, out))
            return false;
    }
}

bool json_object_next(struct json_object *object, struct buf *name, struct buf *value)
{
    take(object, ',');
    return read_string(object, name) && take(object, ':') && read_string(object, value);
}
