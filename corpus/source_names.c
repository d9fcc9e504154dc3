/* Names for sources, made from their paths. Interface: source_names.h. */
#include "corpus/source_names.h"

#include "base/string_set.h"
#include "corpus/bytes/archive_name.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A name in the making: the path's end from `start`. */
struct draft {
    char *path; /* without ending, "." and ".." */
    char *stem; /* the path as given without its ending */
    size_t start;
    bool clashes;
};

struct naming {
    const struct source_list *list;  /* those with names */
    const struct source_list *fresh; /* those to be named */
    struct draft *drafts;            /* of each of `fresh`; no path: it has a name */
};

/* The texts met so far, and those met more than once. */
struct counted {
    struct string_set once;
    struct string_set again;
};

static enum status count(struct counted *counted, const char *text)
{
    bool added;
    if (text == NULL)
        return ST_OK;
    if (!string_set_add(&counted->once, text, &added) ||
        (!added && !string_set_add(&counted->again, text, &added)))
        return ST_NOMEM;
    return ST_OK;
}

static void counted_release(struct counted *counted)
{
    string_set_release(&counted->once);
    string_set_release(&counted->again);
}

/* The length of PATH without the file's ending. */
static size_t stem_length(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *file = slash != NULL ? slash + 1 : path;
    size_t stem = archive_stem(file);
    const char *dot = memrchr(file, '.', stem);
    return dot != NULL && dot > file ? (size_t)(dot - path) : (size_t)(file - path) + stem;
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

static const char *draft_name(const struct draft *draft)
{
    return draft->path != NULL ? draft->path + draft->start : NULL;
}

/* Begins each draft with its file's name. */
static enum status begin(const struct naming *n)
{
    struct counted stems = {0};
    enum status st = ST_OK;
    for (size_t i = 0; i < n->fresh->n && st == ST_OK; i++) {
        const char *path = n->fresh->items[i].path;
        n->drafts[i].stem = strndup(path, stem_length(path));
        st = n->drafts[i].stem != NULL ? count(&stems, n->drafts[i].stem) : ST_NOMEM;
    }
    for (size_t i = 0; i < n->fresh->n && st == ST_OK; i++) {
        struct draft *draft = &n->drafts[i];
        const char *path = n->fresh->items[i].path;
        if (n->fresh->items[i].name != NULL)
            continue;
        bool shared = string_set_has(&stems.again, draft->stem);
        draft->path = clean_path(path, strlen(shared ? path : draft->stem));
        if (draft->path == NULL)
            st = ST_NOMEM;
        else
            draft->start = part_before(draft->path, strlen(draft->path) + 1);
    }
    counted_release(&stems);
    return st;
}

static enum status count_names(struct counted *names, const struct source_list *list)
{
    enum status st = ST_OK;
    for (size_t i = 0; i < list->n && st == ST_OK; i++)
        st = count(names, list->items[i].name);
    return st;
}

/* Puts one more folder before each name that clashes. *GREW: there was one. */
static enum status lengthen(const struct naming *n, bool *grew)
{
    struct counted names = {0};
    enum status st = count_names(&names, n->list);
    if (st == ST_OK)
        st = count_names(&names, n->fresh);
    for (size_t i = 0; i < n->fresh->n && st == ST_OK; i++)
        st = count(&names, draft_name(&n->drafts[i]));
    *grew = false;
    for (size_t i = 0; i < n->fresh->n && st == ST_OK; i++) {
        const char *name = draft_name(&n->drafts[i]);
        n->drafts[i].clashes = name != NULL && string_set_has(&names.again, name);
    }
    counted_release(&names);
    for (size_t i = 0; i < n->fresh->n && st == ST_OK; i++) {
        struct draft *draft = &n->drafts[i];
        if (!draft->clashes || draft->start == 0)
            continue;
        draft->start = part_before(draft->path, draft->start);
        *grew = true;
    }
    return st;
}

/* The draft's name, numbered when its whole path is taken by a file elsewhere. */
static enum status finish_one(const struct draft *draft, struct string_set *taken, char **out)
{
    const char *wanted = draft_name(draft);
    bool added;
    *out = strdup(wanted);
    for (size_t n = 2; *out != NULL && string_set_has(taken, *out); n++) {
        free(*out);
        if (asprintf(out, "%s-%zu", wanted, n) < 0)
            *out = NULL;
    }
    return *out != NULL && string_set_add(taken, *out, &added) ? ST_OK : ST_NOMEM;
}

static enum status finish(const struct naming *n)
{
    struct counted taken = {0};
    enum status st = count_names(&taken, n->list);
    if (st == ST_OK)
        st = count_names(&taken, n->fresh);
    for (size_t i = 0; i < n->fresh->n && st == ST_OK; i++) {
        if (n->drafts[i].path != NULL)
            st = finish_one(&n->drafts[i], &taken.once, &n->fresh->items[i].name);
    }
    counted_release(&taken);
    return st;
}

enum status source_names_make(const struct source_list *list, struct source_list *fresh)
{
    struct naming n = {list, fresh, calloc(fresh->n + 1, sizeof *n.drafts)};
    bool grew = true;
    enum status st = n.drafts != NULL ? begin(&n) : ST_NOMEM;
    while (st == ST_OK && grew)
        st = lengthen(&n, &grew);
    if (st == ST_OK)
        st = finish(&n);
    for (size_t i = 0; n.drafts != NULL && i < fresh->n; i++) {
        free(n.drafts[i].path);
        free(n.drafts[i].stem);
    }
    free(n.drafts);
    return st;
}
