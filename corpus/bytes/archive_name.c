/* What the name of a file says of its being compressed or an archive. Interface: archive_name.h. */
#include "corpus/bytes/archive_name.h"

#include <string.h>
#include <strings.h>

static bool has_ending(const char *file, size_t n_bytes, const char *ending)
{
    size_t n = strlen(ending);
    return n_bytes > n && strncasecmp(file + n_bytes - n, ending, n) == 0;
}

size_t archive_stem(const char *file)
{
    static const char *const endings[] = {".gz", ".bz2", ".xz", ".zst"};
    size_t n_bytes = strlen(file);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        if (has_ending(file, n_bytes, endings[i]))
            return n_bytes - strlen(endings[i]);
    return n_bytes;
}

bool archive_stem_ends(const char *file, const char *ending)
{
    return has_ending(file, archive_stem(file), ending);
}

bool archive_has_tar_name(const char *path)
{
    static const char *const endings[] = {".tgz", ".tbz2", ".txz", ".tzst"};
    if (archive_stem_ends(path, ".tar"))
        return true;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        if (has_ending(path, strlen(path), endings[i]))
            return true;
    return false;
}

bool archive_has_name(const char *path)
{
    return archive_has_tar_name(path) || has_ending(path, strlen(path), ".zip");
}
