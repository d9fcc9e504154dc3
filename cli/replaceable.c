/* Files that a run may write in the place of others. Interface: replaceable.h. */
#include "cli/replaceable.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

bool is_replaceable(const char *path, const char *heading)
{
    struct stat info;
    if (stat(path, &info) != 0 || !S_ISREG(info.st_mode))
        return true;
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return info.st_size == 0;
    off_t n = 0;
    bool same = true;
    for (; n < info.st_size && heading[n] != '\0' && same; n++)
        same = getc(file) == (unsigned char)heading[n];
    fclose(file);
    return same;
}
