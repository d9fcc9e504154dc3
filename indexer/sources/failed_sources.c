/* Sources that are not readable to the end. Interface: failed_sources.h. */
#include "indexer/sources/failed_sources.h"

#include <stdlib.h>
#include <string.h>

static enum status add(struct failed_sources *failed, const char *path, const char *why)
{
    struct failed_source *items = reallocarray(failed->items, failed->n + 1, sizeof *items);
    if (items == NULL)
        return ST_NOMEM;
    failed->items = items;
    struct failed_source *item = &items[failed->n++];
    *item = (struct failed_source){strdup(path), strdup(why)};
    return item->path != NULL && item->why != NULL ? ST_OK : ST_NOMEM;
}

enum status failed_sources_add(struct failed_sources *failed, const char *path, const char *why,
                               uint64_t n_told)
{
    failed->again = true;
    failed->n_told = failed->streams ? 0 : n_told;
    return add(failed, path, why);
}

enum status failed_sources_add_stream(struct failed_sources *failed, const char *path,
                                      const char *why)
{
    failed->streams = true;
    return add(failed, path, why);
}

const char *failed_sources_find(const struct failed_sources *failed, const char *path)
{
    for (size_t i = 0; i < failed->n; i++) {
        if (failed->items[i].path != NULL && strcmp(failed->items[i].path, path) == 0)
            return failed->items[i].why;
    }
    return NULL;
}

void failed_sources_release(struct failed_sources *failed)
{
    for (size_t i = 0; i < failed->n; i++) {
        free(failed->items[i].path);
        free(failed->items[i].why);
    }
    free(failed->items);
    *failed = (struct failed_sources){0};
}
