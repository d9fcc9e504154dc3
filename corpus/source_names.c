/* Names for sources, made from their paths. Interface: source_names.h. */
#include "corpus/source_names.h"

#include "corpus/archive.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A name in the making: the path's end from `start`. */
struct draft {
    char *path; /* without ending, "." and ".." */
    size_t start;
    bool clashes;
};

/* The length of PATH without the file's ending. */
static size_t stem_length(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *file = slash != NULL ? slash + 1 : path;
    size_t stem = archive_stem(file);
    const char *dot = memrchr(file, '.', stem);
    return dot != NULL && dot > file ? (size_t)(dot - path) : (size_t)(file - path) + stem;
}

static bool shares_stem(const struct source_list *list, size_t at)
{
    const char *path = list->items[at].path;
    size_t len = stem_length(path);
    for (size_t i = 0; i < list->n; i++)
        if (i != at && stem_length(list->items[i].path) == len &&
            memcmp(list->items[i].path, path, len) == 0)
            return true;
    return false;
}

/* Copies the first LEN bytes of PATH without empty parts, "." and "..". */
static char *clean_path(const char *path, size_t len)
{
    char *clean = malloc(len + 2);
    size_t n = 0;
    for (size_t at = 0; clean != NULL && at < len;) {
        size_t part = strcspn(path + at, "/");
        if (part > len - at)
            part = len - at;
        bool dots = strncmp(path + at, "..", part) == 0 && part <= 2;
        if (!dots) {
            memcpy(clean + n, path + at, part);
            n += part;
            clean[n++] = '/';
        }
        at += part + 1;
    }
    if (clean != NULL)
        clean[n > 0 ? n - 1 : 0] = '\0';
    return clean;
}

/* The start of the path's part before the one that starts at START. */
static size_t part_before(const char *path, size_t start)
{
    size_t at = start > 0 ? start - 1 : 0;
    while (at > 0 && path[at - 1] != '/')
        at--;
    return at;
}

static bool is_taken(const struct source_list *list, const char *name)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->items[i].name != NULL && strcmp(list->items[i].name, name) == 0)
            return true;
    return false;
}

static bool clashes(const struct source_list *list, const struct source_list *fresh,
                    const struct draft *drafts, size_t at)
{
    const char *name = drafts[at].path + drafts[at].start;
    if (is_taken(list, name) || is_taken(fresh, name))
        return true;
    for (size_t i = 0; i < fresh->n; i++)
        if (i != at && drafts[i].path != NULL &&
            strcmp(drafts[i].path + drafts[i].start, name) == 0)
            return true;
    return false;
}

/* Puts one more folder before each name that clashes; returns whether any grew. */
static bool lengthen(const struct source_list *list, const struct source_list *fresh,
                     struct draft *drafts)
{
    bool grew = false;
    for (size_t i = 0; i < fresh->n; i++)
        drafts[i].clashes = drafts[i].path != NULL && clashes(list, fresh, drafts, i);
    for (size_t i = 0; i < fresh->n; i++) {
        if (!drafts[i].clashes || drafts[i].start == 0)
            continue;
        drafts[i].start = part_before(drafts[i].path, drafts[i].start);
        grew = true;
    }
    return grew;
}

/* The draft's name, numbered when its whole path is taken by a file elsewhere. */
static char *finish(const struct source_list *list, const struct source_list *fresh,
                    const struct draft *draft)
{
    const char *wanted = draft->path + draft->start;
    char *name = strdup(wanted);
    for (size_t n = 2; name != NULL && (is_taken(list, name) || is_taken(fresh, name)); n++) {
        free(name);
        if (asprintf(&name, "%s-%zu", wanted, n) < 0)
            name = NULL;
    }
    return name;
}

enum status source_names_make(const struct source_list *list, struct source_list *fresh)
{
    enum status status = ST_OK;
    struct draft *drafts = calloc(fresh->n + 1, sizeof *drafts);
    if (drafts == NULL)
        return ST_NOMEM;
    for (size_t i = 0; i < fresh->n && status == ST_OK; i++) {
        const char *path = fresh->items[i].path;
        if (fresh->items[i].name != NULL)
            continue;
        size_t len = shares_stem(fresh, i) ? strlen(path) : stem_length(path);
        drafts[i].path = clean_path(path, len);
        if (drafts[i].path == NULL)
            status = ST_NOMEM;
        else
            drafts[i].start = part_before(drafts[i].path, strlen(drafts[i].path) + 1);
    }
    while (status == ST_OK && lengthen(list, fresh, drafts))
        ;
    for (size_t i = 0; i < fresh->n && status == ST_OK; i++) {
        if (drafts[i].path == NULL)
            continue;
        fresh->items[i].name = finish(list, fresh, &drafts[i]);
        status = fresh->items[i].name != NULL ? ST_OK : ST_NOMEM;
    }
    for (size_t i = 0; i < fresh->n; i++)
        free(drafts[i].path);
    free(drafts);
    return status;
}
