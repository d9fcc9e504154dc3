/* Loading the readers of formats. Interface: readers_load.h. */
#include "indexer/sources/readers_load.h"

#include "base/own_folder.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum status readers_load(const struct readers **readers, struct error *error)
{
    char folder[PATH_MAX], path[PATH_MAX + sizeof READERS_FILE + 1] = "";
    if (own_folder(folder))
        snprintf(path, sizeof path, "%s/%s", folder, READERS_FILE);
    if (access(path, F_OK) != 0)
        snprintf(path, sizeof path, "%s/%s", HIKU_MODULEDIR, READERS_FILE);
    void *module = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (module == NULL)
        return error_set(error, ST_IO,
                         _("cannot load the readers of tables: %s; install hiku anew"), dlerror());
    *readers = dlsym(module, READERS_SYMBOL);
    dlclose(module); /* RTLD_NODELETE keeps it */
    if (*readers == NULL || strcmp((*readers)->version, HIKU_VERSION) != 0)
        return error_set(error, ST_IO, _("'%s' is not of version %s; install hiku anew"), path,
                         HIKU_VERSION);
    return ST_OK;
}
