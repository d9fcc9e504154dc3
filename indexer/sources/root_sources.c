/* Which files each root stands for. Interface: root_sources.h. */
#include "indexer/sources/root_sources.h"

#include "base/string_set.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static enum status list_root(struct root_sources *sources, const struct readers *readers,
                             const char *path, const struct known_sources *known)
{
    struct error why;
    sources->list.known = known;
    sources->status = readers->sources_add(&sources->list, path, &why);
    sources->list.known = NULL;
    if (sources->status != ST_INPUT)
        return sources->status;
    sources->why = strdup(why.message);
    return sources->why != NULL ? ST_OK : ST_NOMEM;
}

/* Sets those aside that are TAKEN, and adds the others to it. */
static enum status set_aside(struct root_sources *sources, struct string_set *taken)
{
    struct source_list *list = &sources->list;
    size_t n_left = 0;
    sources->elsewhere.items = calloc(list->n + 1, sizeof *list->items);
    if (sources->elsewhere.items == NULL)
        return ST_NOMEM;
    for (size_t i = 0; i < list->n; i++)
        if (string_set_has(taken, list->items[i].path))
            sources->elsewhere.items[sources->elsewhere.n++] = list->items[i];
        else
            list->items[n_left++] = list->items[i];
    list->n = n_left;
    for (size_t i = 0; i < list->n; i++) {
        bool added;
        if (!string_set_add(taken, list->items[i].path, &added))
            return ST_NOMEM;
    }
    return ST_OK;
}

struct ranked_root {
    size_t i;
    size_t n_bytes; /* of its path */
};

/* A root below another one has the longer path. */
static int closest_first(const void *left, const void *right)
{
    const struct ranked_root *a = left, *b = right;
    if (a->n_bytes != b->n_bytes)
        return a->n_bytes > b->n_bytes ? -1 : 1;
    return a->i < b->i ? -1 : 1;
}

/* Leaves each file to one root: of a folder and a file in it, or a folder in it, to the latter,
 * which may say how it is to be read. */
static enum status share_out(struct root_sources *sources, const struct root_list *roots)
{
    struct string_set taken = {0};
    struct ranked_root *ranked = calloc(roots->n + 1, sizeof *ranked);
    enum status st = ranked != NULL ? ST_OK : ST_NOMEM;
    for (size_t i = 0; i < roots->n && st == ST_OK; i++)
        ranked[i] = (struct ranked_root){i, strlen(roots->items[i].path)};
    if (st == ST_OK)
        qsort(ranked, roots->n, sizeof *ranked, closest_first);
    for (size_t i = 0; i < roots->n && st == ST_OK; i++)
        st = set_aside(&sources[ranked[i].i], &taken);
    string_set_release(&taken);
    free(ranked);
    return st;
}

static uint64_t count_bytes(const struct source_list *list)
{
    struct stat info;
    uint64_t n = 0;
    for (size_t i = 0; i < list->n; i++)
        if (stat(list->items[i].path, &info) == 0 && info.st_size > 0)
            n += (uint64_t)info.st_size;
    return n;
}

enum status root_sources_list(struct root_sources **out, const struct readers *readers,
                              const struct root_list *roots, const struct known_files *files,
                              uint64_t *n_bytes, struct error *error)
{
    const struct known_sources known = {known_files_has, files};
    struct root_sources *sources = calloc(roots->n + 1, sizeof *sources);
    enum status st = sources != NULL ? ST_OK : ST_NOMEM;
    *n_bytes = 0;
    for (size_t i = 0; i < roots->n && st == ST_OK; i++)
        st = list_root(&sources[i], readers, roots->items[i].path, &known);
    if (st == ST_OK)
        st = share_out(sources, roots);
    for (size_t i = 0; i < roots->n && st == ST_OK; i++)
        *n_bytes += count_bytes(&sources[i].list);
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
        readers->sources_release(&sources[i].elsewhere);
        free(sources[i].why);
    }
    free(sources);
}
