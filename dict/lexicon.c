/* Looking words up in a mapped lexicon. Interface: lexicon.h. */
#include "dict/lexicon.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct lexicon {
    const char *data;
    size_t n;
};

static enum status map(struct lexicon *l, int fd, const char *path, struct error *error)
{
    struct stat st;
    size_t header = strlen(LEXICON_HEADER);
    if (fstat(fd, &st) != 0)
        return error_set(error, ST_IO, _("cannot read '%s': %s"), path, strerror(errno));
    l->n = (size_t)st.st_size;
    void *data = l->n >= header ? mmap(NULL, l->n, PROT_READ, MAP_PRIVATE, fd, 0) : MAP_FAILED;
    if (data != MAP_FAILED)
        l->data = data;
    if (l->data == NULL || memcmp(l->data, LEXICON_HEADER, header) != 0 ||
        l->data[l->n - 1] != '\n')
        return error_set(error, ST_INPUT,
                         _("no lexicon of hiku: '%s'; make it again with: hiku synonyms import"),
                         path);
    return ST_OK;
}

enum status lexicon_open(struct lexicon **out, const char *path, struct error *error)
{
    *out = NULL;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT || errno == ENOTDIR
                   ? ST_MISSING
                   : error_set(error, ST_IO, _("cannot read '%s': %s"), path, strerror(errno));
    struct lexicon *l = calloc(1, sizeof *l);
    enum status st = l == NULL ? ST_NOMEM : map(l, fd, path, error);
    close(fd);
    if (st == ST_OK)
        *out = l;
    else
        lexicon_close(l);
    return st;
}

void lexicon_close(struct lexicon *l)
{
    if (l != NULL && l->data != NULL)
        munmap((void *)(uintptr_t)l->data, l->n);
    free(l);
}

struct lexicon_range lexicon_all(const struct lexicon *l)
{
    return (struct lexicon_range){strlen(LEXICON_HEADER), l->n};
}

static size_t line_start(const struct lexicon *l, size_t at, size_t least)
{
    while (at > least && l->data[at - 1] != '\n')
        at--;
    return at;
}

static size_t line_end(const struct lexicon *l, size_t at)
{
    const char *end = memchr(l->data + at, '\n', l->n - at);
    return end != NULL ? (size_t)(end - l->data) + 1 : l->n;
}

/* The first line of RANGE whose beginning is not below PREFIX, or with BEHIND above it. */
static size_t find_bound(const struct lexicon *l, struct lexicon_range range, const char *prefix,
                         size_t n_bytes, bool behind)
{
    while (range.start < range.end) {
        size_t middle = line_start(l, range.start + (range.end - range.start) / 2, range.start);
        size_t left = line_end(l, middle) - middle;
        int order = memcmp(l->data + middle, prefix, left < n_bytes ? left : n_bytes);
        if (order == 0 && left < n_bytes)
            order = -1;
        if (order < 0 || (order == 0 && behind))
            range.start = middle + left;
        else
            range.end = middle;
    }
    return range.start;
}

struct lexicon_range lexicon_narrow(const struct lexicon *l, struct lexicon_range range,
                                    const char *prefix, size_t n_bytes)
{
    range.start = find_bound(l, range, prefix, n_bytes, false);
    range.end = find_bound(l, range, prefix, n_bytes, true);
    return range;
}

bool lexicon_next(const struct lexicon *l, struct lexicon_range *range, struct lexicon_entry *entry)
{
    if (range->start >= range->end)
        return false;
    const char *line = l->data + range->start;
    size_t n = line_end(l, range->start) - range->start;
    range->start += n;
    const char *tab = memchr(line, '\t', n);
    *entry = (struct lexicon_entry){.key = {line, tab != NULL ? (size_t)(tab - line) : 0}};
    if (tab == NULL || (size_t)(line + n - tab) < 4)
        return true; /* a line with nothing to say: no rule, no words */
    entry->rule = tab[1];
    entry->words = (struct span){tab + 3, (size_t)(line + n - 1 - (tab + 3))};
    return true;
}

bool lexicon_word(struct span *words, struct span *word)
{
    if (words->len == 0)
        return false;
    const char *tab = memchr(words->data, '\t', words->len);
    size_t n = tab != NULL ? (size_t)(tab - words->data) : words->len;
    *word = (struct span){words->data, n};
    words->data += n + (tab != NULL);
    words->len -= n + (tab != NULL);
    return true;
}
