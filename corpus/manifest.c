/* hiku.sources.tsv: names and labels of the tables in a folder. Interface: manifest.h. */
#include "corpus/manifest.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

/* The columns of a manifest, by the fields of struct manifest_entry. The first two are needed. */
static const struct {
    const char *name;
    size_t offset;
} fields[] = {
    {"file", offsetof(struct manifest_entry, file)},
    {"name", offsetof(struct manifest_entry, name)},
    {"label", offsetof(struct manifest_entry, label)},
    {"columns", offsetof(struct manifest_entry, columns)},
    {"encoding", offsetof(struct manifest_entry, encoding)},
    {"type", offsetof(struct manifest_entry, type)},
    {"hidden", offsetof(struct manifest_entry, hidden)},
};
enum { N_FIELDS = sizeof fields / sizeof fields[0] };

/* What the heading line says: which field each cell is. */
struct layout {
    size_t fields[N_FIELDS];
    size_t n;
};

static char **field(struct manifest_entry *entry, size_t i)
{
    return (char **)((char *)entry + fields[i].offset);
}

/* Cuts LINE into cells in place; returns how many there are (counting no further than one too
 * many). */
static size_t cut(char *line, char *cells[N_FIELDS])
{
    size_t n = 0;
    line[strcspn(line, "\r\n")] = '\0';
    for (char *cell = line; cell != NULL; n++) {
        char *tab = n < N_FIELDS ? strchr(cell, '\t') : NULL;
        if (tab != NULL)
            *tab++ = '\0';
        if (n < N_FIELDS)
            cells[n] = cell;
        cell = tab;
    }
    return n;
}

static enum status bad_line(struct error *error, const char *path, size_t line, const char *problem)
{
    return error_set(error, ST_INPUT, "%s:%zu: %s", path, line, problem);
}

static bool read_layout(struct layout *layout, char *const cells[N_FIELDS], size_t n)
{
    bool has[N_FIELDS] = {false};
    if (n > N_FIELDS)
        return false;
    for (size_t i = 0; i < n; i++) {
        size_t f = 0;
        while (f < N_FIELDS && strcmp(fields[f].name, cells[i]) != 0)
            f++;
        if (f == N_FIELDS || has[f])
            return false;
        has[f] = true;
        layout->fields[i] = f;
    }
    layout->n = n;
    return has[0] && has[1];
}

static enum status add_entry(struct manifest *manifest, const struct layout *layout,
                             char *const cells[N_FIELDS], size_t line)
{
    struct manifest_entry *items = reallocarray(manifest->items, manifest->n + 1, sizeof *items);
    if (items == NULL)
        return ST_NOMEM;
    manifest->items = items;
    struct manifest_entry *entry = &items[manifest->n++];
    *entry = (struct manifest_entry){.line = line};
    for (size_t i = 0; i < layout->n; i++)
        *field(entry, layout->fields[i]) = strdup(cells[i]);
    for (size_t f = 0; f < N_FIELDS; f++) {
        char **text = field(entry, f);
        if (*text == NULL)
            *text = strdup("");
        if (*text == NULL)
            return ST_NOMEM;
    }
    return ST_OK;
}

static enum status read_line(struct manifest *manifest, struct layout *layout, const char *path,
                             char *text, size_t line, struct error *error)
{
    char *cells[N_FIELDS];
    if (line == 1 && strncmp(text, BYTE_ORDER_MARK, strlen(BYTE_ORDER_MARK)) == 0)
        text += strlen(BYTE_ORDER_MARK);
    if (text[strspn(text, "\r\n")] == '\0' && line > 1)
        return ST_OK;
    size_t n = cut(text, cells);
    if (line == 1)
        return read_layout(layout, cells, n)
                   ? ST_OK
                   : bad_line(error, path, line,
                              _("the first line must be file and name, then any of label, columns, "
                                "encoding, type and hidden, cut by tabs"));
    if (n != layout->n)
        return bad_line(error, path, line, _("not as many cells, cut by tabs, as the first line"));
    for (size_t i = 0; i < n; i++)
        if (layout->fields[i] < 2 && cells[i][0] == '\0')
            return bad_line(error, path, line, _("neither file nor name may be empty"));
    for (size_t i = 0; i < n; i++)
        if (layout->fields[i] == 0 && manifest_find(manifest, cells[i]) != NULL)
            return bad_line(error, path, line, _("this file is named above already"));
    enum status status = add_entry(manifest, layout, cells, line);
    const char *hidden = status == ST_OK ? manifest->items[manifest->n - 1].hidden : "";
    if (hidden[0] != '\0' && strcmp(hidden, "yes") != 0 && strcmp(hidden, "no") != 0)
        return bad_line(error, path, line,
                        _("hidden is neither yes nor no; leave it empty for as "
                          "the options say"));
    return status;
}

enum status manifest_read(struct manifest *manifest, const char *path, struct error *error)
{
    struct layout layout = {.n = 0};
    char *text = NULL;
    size_t cap = 0, line = 0;
    enum status status = ST_OK;
    FILE *file = fopen(path, "re");
    if (file == NULL && (errno == ENOENT || errno == ENOTDIR)) /* in an archive */
        return ST_OK;
    if (file == NULL)
        return error_set(error, ST_INPUT, _("cannot read '%s': %s"), path, strerror(errno));
    while (status == ST_OK && getline(&text, &cap, file) >= 0)
        status = read_line(manifest, &layout, path, text, ++line, error);
    if (status == ST_OK && (ferror(file) || !feof(file))) /* the disk, or memory for a line */
        status = error_set(error, ST_INPUT, _("cannot read '%s': %s"), path, strerror(errno));
    else if (status == ST_OK && line == 0)
        status = bad_line(error, path, 1, _("the manifest is empty"));
    free(text);
    fclose(file);
    return status;
}

void manifest_release(struct manifest *manifest)
{
    for (size_t i = 0; i < manifest->n; i++)
        for (size_t f = 0; f < N_FIELDS; f++)
            free(*field(&manifest->items[i], f));
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
