/* Texts in commands. Interface: shell.h. */
#include "base/shell.h"

#include <string.h>

const char *shell_quoted(const char *text, struct shell_text *space)
{
    static const char quote[] = "'\\''";
    size_t len = 0;
    if (strchr(text, '\'') == NULL)
        return text;
    for (; *text != '\0' && len + sizeof quote < sizeof space->text; text++) {
        if (*text == '\'') {
            memcpy(space->text + len, quote, sizeof quote - 1);
            len += sizeof quote - 1;
        } else {
            space->text[len++] = *text;
        }
    }
    space->text[len] = '\0';
    return space->text;
}
