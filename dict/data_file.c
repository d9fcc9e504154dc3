/* Finding hiku's own data. Interface: data_file.h. */
#include "dict/data_file.h"

#include "base/own_folder.h"
#include "dict/lexicon.h"

#include <limits.h>
#include <unistd.h>

static bool has_file(struct buf *path, const char *folder, const char *name)
{
    buf_clear(path);
    buf_addf(path, "%s/%s", folder, name);
    if (path->failed)
        return false;
    if (access(path->data, R_OK) == 0)
        return true;
    buf_clear(path);
    return false;
}

bool data_file(struct buf *path, const char *name)
{
    char folder[PATH_MAX];
    return (own_folder(folder) && has_file(path, folder, name)) ||
           (!path->failed && has_file(path, HIKU_DATADIR, name));
}

bool data_folder(struct buf *path)
{
    char folder[PATH_MAX];
    const char *found = HIKU_DATADIR;
    if (own_folder(folder) && has_file(path, folder, LEXICON_FILE))
        found = folder;
    else if (path->failed || !has_file(path, HIKU_DATADIR, LEXICON_FILE))
        return false;
    buf_clear(path);
    buf_adds(path, found);
    return !path->failed;
}
