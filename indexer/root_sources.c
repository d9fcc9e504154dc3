/* Which files each root stands for. Interface: root_sources.h. */
#include "indexer/root_sources.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static enum status list_root(struct root_sources *sources, const struct readers *readers,
                             const char *path, uint64_t *n_bytes)
{
    struct error why;
    struct stat info;
    sources->status = readers->sources_add(&sources->list, path, &why);
    for (size_t i = 0; i < sources->list.n; i++) {
        if (stat(sources->list.items[i].path, &info) == 0 && info.st_size > 0)
            *n_bytes += (uint64_t)info.st_size;
    }
    if (sources->status != ST_INPUT)
        return sources->status;
    sources->why = strdup(why.message);
    return sources->why != NULL ? ST_OK : ST_NOMEM;
}

enum status root_sources_list(struct root_sources **out, const struct readers *readers,
                              const struct root_list *roots, uint64_t *n_bytes, struct error *error)
{
    struct root_sources *sources = calloc(roots->n + 1, sizeof *sources);
    enum status st = sources != NULL ? ST_OK : ST_NOMEM;
    *n_bytes = 0;
    for (size_t i = 0; i < roots->n && st == ST_OK; i++)
        st = list_root(&sources[i], readers, roots->items[i].path, n_bytes);
    if (st == ST_OK) {
        *out = sources;
        return ST_OK;
    }
    root_sources_free(sources, roots->n, readers);
    return error_set(error, st, _("out of memory"));
}

void root_sources_free(struct root_sources *sources, size_t n, const struct readers *readers)
{
    for (size_t i = 0; sources != NULL && i < n; i++) {
        readers->sources_release(&sources[i].list);
        free(sources[i].why);
    }
    free(sources);
}
