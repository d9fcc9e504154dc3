/* Looking words up in a mapped lexicon. Interface: lexicon.h. */
#include "dict/lexicon.h"

#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct lexicon {
    const char *data;
    size_t n_mapped;
    size_t n; /* bytes up to the end of the lines */
    size_t n_firsts;
};

static uint32_t number_at(const char *data)
{
    uint32_t number;
    memcpy(&number, data, sizeof number); /* it may lie anywhere */
    return number;
}

/* Finds the lines and the pairs behind them. False when this is no lexicon. */
static bool find_parts(struct lexicon *l)
{
    size_t header = strlen(LEXICON_HEADER), trailer = sizeof(uint32_t);
    if (l->n_mapped < header + trailer || memcmp(l->data, LEXICON_HEADER, header) != 0)
        return false;
    l->n_firsts = number_at(l->data + l->n_mapped - trailer);
    size_t room = l->n_mapped - header - trailer;
    if (l->n_firsts > room / LEXICON_PAIR_BYTES)
        return false;
    l->n = header + room - l->n_firsts * LEXICON_PAIR_BYTES;
    return l->data[l->n - 1] == '\n';
}

static enum status map(struct lexicon *l, int fd, const char *path, struct error *error)
{
    struct stat st;
    if (fstat(fd, &st) != 0)
        return error_set(error, ST_IO, _("cannot read '%s': %s"), path, strerror(errno));
    l->n_mapped = (size_t)st.st_size;
    void *data =
        l->n_mapped > 0 ? mmap(NULL, l->n_mapped, PROT_READ, MAP_PRIVATE, fd, 0) : MAP_FAILED;
    if (data != MAP_FAILED)
        l->data = data;
    if (l->data == NULL || !find_parts(l))
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
        munmap((void *)(uintptr_t)l->data, l->n_mapped);
    free(l);
}

struct lexicon_range lexicon_all(const struct lexicon *l)
{
    return (struct lexicon_range){strlen(LEXICON_HEADER), l->n};
}

static size_t line_start(const struct lexicon *l, size_t at, size_t least)
{
    const char *end = memrchr(l->data + least, '\n', at - least);
    return end != NULL ? (size_t)(end - l->data) + 1 : least;
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

/* The lines whose keys begin with the character CP. */
static struct lexicon_range lines_of(const struct lexicon *l, uint32_t cp)
{
    const char *firsts = l->data + l->n;
    size_t low = 0, high = l->n_firsts;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (number_at(firsts + middle * LEXICON_PAIR_BYTES) < cp)
            low = middle + 1;
        else
            high = middle;
    }
    const char *at = firsts + low * LEXICON_PAIR_BYTES;
    if (low == l->n_firsts || number_at(at) != cp)
        return (struct lexicon_range){l->n, l->n};
    size_t start = number_at(at + sizeof(uint32_t)), end = l->n;
    if (low + 1 < l->n_firsts)
        end = number_at(at + LEXICON_PAIR_BYTES + sizeof(uint32_t));
    if (start < strlen(LEXICON_HEADER) || start > end || end > l->n) /* damaged */
        return (struct lexicon_range){l->n, l->n};
    return (struct lexicon_range){start, end};
}

struct lexicon_range lexicon_narrow(const struct lexicon *l, struct lexicon_range range,
                                    const char *prefix, size_t n_bytes)
{
    uint32_t cp;
    if (n_bytes > 0 && range.start == strlen(LEXICON_HEADER) && range.end == l->n) {
        size_t n_first = utf8_decode(prefix, n_bytes, &cp);
        range = lines_of(l, cp);
        if (n_first == n_bytes)
            return range;
    }
    range.start = find_bound(l, range, prefix, n_bytes, false);
    if (range.end - range.start < n_bytes || memcmp(l->data + range.start, prefix, n_bytes) != 0)
        range.end = range.start; /* the most usual case: no line begins so */
    else
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

bool lexicon_find(const struct lexicon *l, struct span text, char rule, struct lexicon_entry *entry)
{
    struct lexicon_range range = lexicon_narrow(l, lexicon_all(l), text.data, text.len);
    while (lexicon_next(l, &range, entry) && entry->key.len == text.len) {
        if (entry->rule == rule)
            return true;
    }
    return false;
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
