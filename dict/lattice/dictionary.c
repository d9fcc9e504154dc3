/* Mapping MeCab's compiled dictionary. Interface: dictionary.h. */
#include "dict/lattice/dictionary.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAGIC 0xEF718F77U /* with the file's size, bit by bit */
#define VERSION 102

#define CLASS_NAME_BYTES 32
#define N_CLASSIFIED 0xFFFF /* UTF-16 units that char.bin tells the class of */

#define LARGE_PAGE ((size_t)2 << 20)
#define PART_ALIGNMENT 64 /* a line of the processor's cache */

/* MeCab's own where dicrc says nothing. */
#define MAX_GROUP 24

bool dictionary_is_utf8(const char *charset)
{
    return strcasecmp(charset, "utf-8") == 0 || strcasecmp(charset, "utf8") == 0;
}

static void *map_file(const char *path, size_t *n_bytes)
{
    struct stat st;
    void *map = MAP_FAILED;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return NULL;
    if (fstat(fd, &st) == 0 && st.st_size > 0) {
        *n_bytes = (size_t)st.st_size;
        map = mmap(NULL, *n_bytes, PROT_READ, MAP_SHARED, fd, 0);
    }
    close(fd);
    return map != MAP_FAILED ? map : NULL;
}

static void unmap_file(void *map, size_t n_bytes)
{
    if (map != NULL)
        munmap(map, n_bytes);
}

static void *map_named(const char *dicdir, const char *name, size_t *n_bytes)
{
    struct buf path = BUF_INIT;
    buf_addf(&path, "%s/%s", dicdir, name);
    void *map = path.failed ? NULL : map_file(path.data, n_bytes);
    buf_release(&path);
    return map;
}

/* Whether the file is of the known form. Sizes are checked, so that whoever follows the trie stays
 * within it; that each line ends is told by the last. */
static bool find_parts(struct words *w)
{
    const struct dictionary_header *h = w->file;
    if (w->file == NULL || w->n_file < sizeof *h || h->version != VERSION ||
        (h->magic ^ MAGIC) != w->n_file || !dictionary_is_utf8(h->charset))
        return false;
    size_t n_trie = h->n_trie_bytes, n_entries = h->n_entry_bytes, n_features = h->n_feature_bytes;
    if (sizeof *h + n_trie + n_entries + n_features != w->n_file || n_features == 0 ||
        n_trie < sizeof *w->units || n_trie % sizeof *w->units != 0 ||
        n_entries % sizeof *w->entries != 0)
        return false;
    const char *at = (const char *)w->file + sizeof *h;
    w->units = (const void *)at;
    w->n_units = n_trie / sizeof *w->units;
    w->entries = (const void *)(at + n_trie);
    w->n_entries = n_entries / sizeof *w->entries;
    w->features = at + n_trie + n_entries;
    w->n_feature_bytes = n_features;
    return w->features[n_features - 1] == '\0';
}

static bool find_first(struct words *w)
{
    w->first = calloc(N_CLASSIFIED + 1, sizeof *w->first);
    if (w->first == NULL)
        return false;
    for (uint32_t cp = 1; cp <= N_CLASSIFIED; cp++) {
        char bytes[4];
        size_t n = utf8_encode(cp, bytes);
        w->first[cp] = trie_follow(w, trie_root(w), bytes, n);
    }
    return true;
}

/* Whether the entries' numbers are of the table of costs, and their lines of the file. */
static bool entries_fit(const struct dictionary *d, const struct words *w)
{
    for (size_t i = 0; i < w->n_entries; i++) {
        const struct entry *e = &w->entries[i];
        if (e->left_id >= d->n_left || e->right_id >= d->n_right ||
            e->feature >= w->n_feature_bytes)
            return false;
    }
    return true;
}

static bool open_words(const struct dictionary *d, struct words *w)
{
    return find_parts(w) && entries_fit(d, w);
}

static void close_words(struct words *w)
{
    free(w->first);
    unmap_file(w->file, w->n_file);
}

/* char.bin: how many classes, the name of each, then the classes of the characters. */
static bool find_classes(struct dictionary *d)
{
    const char *at = d->class_file;
    uint32_t count = 0;
    if (at == NULL || d->n_class_file < sizeof count)
        return false;
    memcpy(&count, at, sizeof count);
    at += sizeof count;
    size_t n = count;
    if (n == 0 || n > DICTIONARY_CLASSES ||
        d->n_class_file != sizeof count + n * CLASS_NAME_BYTES + N_CLASSIFIED * sizeof *d->classes)
        return false;
    d->classes = (const void *)(at + n * CLASS_NAME_BYTES);
    for (size_t i = 0; i < n; i++, at += CLASS_NAME_BYTES) {
        uint32_t word =
            trie_follow(&d->unknown, trie_root(&d->unknown), at, strnlen(at, CLASS_NAME_BYTES))
                .word;
        if (word == 0)
            return false;
        d->of_class[i] = word_entries(&d->unknown, word);
    }
    return true;
}

static bool find_costs(struct dictionary *d)
{
    const uint16_t *sizes = d->cost_file;
    if (sizes == NULL || d->n_cost_file < 2 * sizeof *sizes)
        return false;
    d->n_right = sizes[0];
    d->n_left = sizes[1];
    d->costs = (const int16_t *)d->cost_file + 2;
    return d->n_right > 0 && d->n_left > 0 &&
           d->n_cost_file == (2 + d->n_right * d->n_left) * sizeof *d->costs;
}

/* Reads from dicrc what changes how texts are cut. False: something that is not known here, such as
 * words of a user that MeCab takes from there. */
static bool read_settings(struct dictionary *d, const char *dicdir)
{
    struct buf path = BUF_INIT;
    char line[512], key[64], value[64];
    d->max_group = MAX_GROUP;
    buf_addf(&path, "%s/dicrc", dicdir);
    FILE *f = path.failed ? NULL : fopen(path.data, "re");
    bool known = f != NULL;
    while (known && fgets(line, sizeof line, f) != NULL) {
        if (sscanf(line, " %63[^ =\t] = %63s", key, value) != 2)
            continue;
        if (strcmp(key, "max-grouping-size") == 0)
            d->max_group = strtoul(value, NULL, 10);
        known = strcmp(key, "unk-feature") != 0 && strcmp(key, "userdic") != 0;
    }
    if (f != NULL)
        fclose(f);
    buf_release(&path);
    return known && d->max_group > 0;
}

static bool open_files(struct dictionary *d, const char *dicdir, const char *userdic)
{
    d->words[0].file = map_named(dicdir, "sys.dic", &d->words[0].n_file);
    d->unknown.file = map_named(dicdir, "unk.dic", &d->unknown.n_file);
    d->class_file = map_named(dicdir, "char.bin", &d->n_class_file);
    d->cost_file = map_named(dicdir, "matrix.bin", &d->n_cost_file);
    d->n_words = 1;
    if (userdic[0] != '\0') {
        d->words[1].file = map_file(userdic, &d->words[1].n_file);
        d->n_words = 2;
    }
    if (!find_costs(d) || !open_words(d, &d->unknown) || !find_classes(d))
        return false;
    for (size_t i = 0; i < d->n_words; i++) {
        if (!open_words(d, &d->words[i]) || !find_first(&d->words[i]))
            return false;
    }
    return read_settings(d, dicdir);
}

struct dictionary *dictionary_open(const char *dicdir, const char *userdic)
{
    struct dictionary *d = calloc(1, sizeof *d);
    if (d == NULL || open_files(d, dicdir, userdic))
        return d;
    dictionary_close(d);
    return NULL;
}

/* Copies N_BYTES from FROM to *AT, and goes behind them. */
static const void *copy_part(char **at, const void *from, size_t n_bytes)
{
    void *copy = memcpy(*at, from, n_bytes);
    *at += (n_bytes + PART_ALIGNMENT - 1) / PART_ALIGNMENT * PART_ALIGNMENT;
    return copy;
}

void dictionary_use_large_pages(struct dictionary *d)
{
    struct words *w = &d->words[0];
    size_t n_trie = w->n_units * sizeof *w->units, n_entries = w->n_entries * sizeof *w->entries;
    size_t n_costs = d->n_right * d->n_left * sizeof *d->costs;
    size_t n_bytes = n_trie + n_entries + n_costs + (size_t)3 * PART_ALIGNMENT;
    n_bytes = (n_bytes + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE;
    char *at = d->copies == NULL ? aligned_alloc(LARGE_PAGE, n_bytes) : NULL;
    if (at == NULL)
        return;
    d->copies = at;
    madvise(at, n_bytes, MADV_HUGEPAGE);
    w->units = copy_part(&at, w->units, n_trie);
    w->entries = copy_part(&at, w->entries, n_entries);
    d->costs = copy_part(&at, d->costs, n_costs);
    /* The pages of the files that were read for it need not stay. */
    madvise(w->file, w->n_file, MADV_DONTNEED);
    madvise(d->cost_file, d->n_cost_file, MADV_DONTNEED);
}

void dictionary_close(struct dictionary *d)
{
    if (d == NULL)
        return;
    for (size_t i = 0; i < DICTIONARY_WORDS; i++)
        close_words(&d->words[i]);
    close_words(&d->unknown);
    unmap_file(d->class_file, d->n_class_file);
    unmap_file(d->cost_file, d->n_cost_file);
    free(d->copies);
    free(d);
}
