/* Cutting lines into fields. Interface: fields.h. */
#include "cli/fields.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

size_t fields_cut(char *text, char **fields, size_t max)
{
    const char *cuts = strchr(text, '\t') != NULL ? "\t" : " ";
    size_t n = 0;
    for (char *at = text; at != NULL;) {
        if (cuts[0] == ' ')
            at += strspn(at, cuts);
        char *end = strpbrk(at, cuts);
        if (end != NULL)
            *end++ = '\0';
        if (cuts[0] == ' ' && *at == '\0')
            break;
        if (n < max)
            fields[n] = at;
        n++;
        at = end;
    }
    return n;
}

bool fields_integer(const char *text, int *number)
{
    char *end;
    errno = 0;
    long value = strtol(text, &end, 10);
    if (end == text || *end != '\0' || errno != 0 || value < INT_MIN || value > INT_MAX)
        return false;
    *number = (int)value;
    return true;
}
