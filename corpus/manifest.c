/* hiku.sources.tsv: names and labels of the tables in a folder. Interface: manifest.h. */
#include "corpus/manifest.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"
#define N_CELLS 3

/* Cuts LINE into cells in place; returns how many there are (counting no further than four). */
static size_t cut(char *line, char *cells[N_CELLS])
{
    size_t n = 0;
    line[strcspn(line, "\r\n")] = '\0';
    for (char *cell = line; cell != NULL; n++) {
        char *tab = n < N_CELLS ? strchr(cell, '\t') : NULL;
        if (tab != NULL)
            *tab++ = '\0';
        if (n < N_CELLS)
            cells[n] = cell;
        cell = tab;
    }
    return n;
}

static enum status bad_line(struct error *error, const char *path, size_t line, const char *problem)
{
    return error_set(error, ST_INPUT, "%s:%zu: %s", path, line, problem);
}

static enum status add_entry(struct manifest *manifest, char *const cells[N_CELLS], size_t line)
{
    struct manifest_entry *items = reallocarray(manifest->items, manifest->n + 1, sizeof *items);
    if (items == NULL)
        return ST_NOMEM;
    manifest->items = items;
    struct manifest_entry *entry = &items[manifest->n++];
    *entry = (struct manifest_entry){strdup(cells[0]), strdup(cells[1]), strdup(cells[2]), line};
    return entry->file != NULL && entry->name != NULL && entry->label != NULL ? ST_OK : ST_NOMEM;
}

static enum status read_line(struct manifest *manifest, const char *path, char *text, size_t line,
                             struct error *error)
{
    char *cells[N_CELLS];
    if (line == 1 && strncmp(text, BYTE_ORDER_MARK, strlen(BYTE_ORDER_MARK)) == 0)
        text += strlen(BYTE_ORDER_MARK);
    if (text[strspn(text, "\r\n")] == '\0' && line > 1)
        return ST_OK;
    size_t n = cut(text, cells);
    if (line == 1)
        return n == N_CELLS && strcmp(cells[0], "file") == 0 && strcmp(cells[1], "name") == 0 &&
                       strcmp(cells[2], "label") == 0
                   ? ST_OK
                   : bad_line(error, path, line,
                              _("the first line must be file, name and label, cut by tabs"));
    if (n != N_CELLS)
        return bad_line(error, path, line, _("not three cells cut by tabs: file, name, label"));
    if (cells[0][0] == '\0' || cells[1][0] == '\0')
        return bad_line(error, path, line, _("neither file nor name may be empty"));
    if (manifest_find(manifest, cells[0]) != NULL)
        return bad_line(error, path, line, _("this file is named above already"));
    return add_entry(manifest, cells, line);
}

enum status manifest_read(struct manifest *manifest, const char *path, struct error *error)
{
    char *text = NULL;
    size_t cap = 0, line = 0;
    enum status status = ST_OK;
    FILE *file = fopen(path, "re");
    if (file == NULL && (errno == ENOENT || errno == ENOTDIR)) /* in an archive */
        return ST_OK;
    if (file == NULL)
        return error_set(error, ST_INPUT, _("cannot read '%s': %s"), path, strerror(errno));
    while (status == ST_OK && getline(&text, &cap, file) >= 0)
        status = read_line(manifest, path, text, ++line, error);
    if (status == ST_OK && ferror(file))
        status = error_set(error, ST_INPUT, _("cannot read '%s': %s"), path, strerror(errno));
    else if (status == ST_OK && line == 0)
        status = bad_line(error, path, 1, _("the manifest is empty"));
    free(text);
    fclose(file);
    return status;
}

void manifest_release(struct manifest *manifest)
{
    for (size_t i = 0; i < manifest->n; i++) {
        free(manifest->items[i].file);
        free(manifest->items[i].name);
        free(manifest->items[i].label);
    }
    free(manifest->items);
    *manifest = (struct manifest)MANIFEST_INIT;
}

const struct manifest_entry *manifest_find(const struct manifest *manifest, const char *file)
{
    for (size_t i = 0; i < manifest->n; i++)
        if (strcmp(manifest->items[i].file, file) == 0)
            return &manifest->items[i];
    return NULL;
}
