/* Where the running program or library lies. Interface: own_folder.h. */
#include "base/own_folder.h"

#include <dlfcn.h>
#include <link.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

bool own_folder(char folder[PATH_MAX])
{
    struct link_map *map = NULL;
    Dl_info info;
    /* A library may have been loaded by a relative path: its origin is what that meant then. The
     * program itself has no name here. */
    if (dladdr1((void *)(uintptr_t)&own_folder, &info, (void **)&map, RTLD_DL_LINKMAP) != 0 &&
        map != NULL && map->l_name[0] != '\0')
        return dlinfo(map, RTLD_DI_ORIGIN, folder) == 0;
    ssize_t n = readlink("/proc/self/exe", folder, PATH_MAX - 1);
    folder[n > 0 ? n : 0] = '\0';
    char *slash = strrchr(folder, '/');
    if (slash != NULL)
        *slash = '\0';
    return slash != NULL;
}
