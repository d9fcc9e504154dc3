/* Which files a path stands for. Interface: sources.h. */
#include "corpus/sources.h"

#include "corpus/bytes/archive_list.h"
#include "corpus/bytes/archive_name.h"
#include "corpus/format.h"
#include "corpus/manifest.h"
#include "corpus/reader.h"
#include "corpus/source_names.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

/* A walk through folders: those still to be read, and what was found. */
struct walk {
    const struct known_sources *known;
    char **folders;
    size_t n_folders;
    struct source_list found;
};

static enum status unreadable(struct error *error, const char *path)
{
    return error_set(error, ST_INPUT, _("cannot read '%s': %s"), path, strerror(errno));
}

static char *join(const char *folder, const char *file)
{
    char *path;
    size_t n = strlen(folder);
    const char *slash = n > 0 && folder[n - 1] == '/' ? "" : "/";
    return asprintf(&path, "%s%s%s", folder, slash, file) < 0 ? NULL : path;
}

static bool is_table(const char *file)
{
    if (strncasecmp(file, "README", strlen("README")) == 0 ||
        strncasecmp(file, "LICENSE", strlen("LICENSE")) == 0 || strcmp(file, MANIFEST_FILE) == 0)
        return false;
    return format_knows_ending(file);
}

/* Whether the file is a report that hiku wrote of a run before. */
static bool is_report(const struct walk *walk, const char *path, const struct stat *info)
{
    if (walk->known != NULL && walk->known->has(walk->known->context, path, info))
        return false;
    char head[sizeof REPORT_HEADING - 1];
    FILE *file = fopen(path, "re");
    bool report = file != NULL && fread(head, 1, sizeof head, file) == sizeof head &&
                  memcmp(head, REPORT_HEADING, sizeof head) == 0;
    if (file != NULL)
        fclose(file);
    return report;
}

static void release_source(struct source *source)
{
    free(source->path);
    free(source->name);
    free(source->label);
    free(source->columns);
    free(source->encoding);
    free(source->type);
    free(source->hidden);
}

void sources_release(struct source_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        release_source(&list->items[i]);
    free(list->items);
    *list = (struct source_list){0};
}

/* Copies TEXT unless nothing is in it. False when memory is out. */
static bool copy_given(char **out, const char *text)
{
    if (text == NULL || text[0] == '\0')
        return true;
    *out = strdup(text);
    return *out != NULL;
}

/* Adds the file at PATH, which it takes over, with what ENTRY (may be NULL) says of it. */
static enum status add_file(struct source_list *found, char *path,
                            const struct manifest_entry *entry)
{
    struct source source = {.path = path};
    bool copied = true;
    if (entry != NULL) {
        source.name = strdup(entry->name);
        copied = copy_given(&source.columns, entry->columns) &&
                 copy_given(&source.encoding, entry->encoding) &&
                 copy_given(&source.type, entry->type) && copy_given(&source.hidden, entry->hidden);
    }
    source.label = strdup(entry != NULL ? entry->label : "");
    struct source *items = reallocarray(found->items, found->n + 1, sizeof *items);
    if (items != NULL)
        found->items = items;
    if (items == NULL || !copied || source.label == NULL ||
        (entry != NULL && source.name == NULL)) {
        release_source(&source);
        return ST_NOMEM;
    }
    items[found->n++] = source;
    return ST_OK;
}

static enum status add_folder(struct walk *walk, char *path)
{
    char **folders = reallocarray(walk->folders, walk->n_folders + 1, sizeof *folders);
    if (folders == NULL) {
        free(path);
        return ST_NOMEM;
    }
    walk->folders = folders;
    folders[walk->n_folders++] = path;
    return ST_OK;
}

/* An archive whose members are being listed. */
struct members {
    struct walk *walk;
    const struct manifest *manifest;
    size_t n_folder; /* length of the path of the archive's folder, with its slash */
};

static enum status add_member(void *context, const char *path)
{
    const struct members *members = context;
    const char *file = strrchr(path, '/') + 1;
    /* An archive in it is no table; reading it tells so. */
    if (file[0] == '.' || (!is_table(file) && !archive_has_name(file)))
        return ST_OK;
    char *copy = strdup(path);
    if (copy == NULL)
        return ST_NOMEM;
    return add_file(&members->walk->found, copy,
                    manifest_find(members->manifest, path + members->n_folder));
}

/* Adds the tables in the archive at PATH, which it takes over. An archive that has none, or cannot
 * be listed to its end, is a source itself, so that reading it tells what is wrong with it. */
static enum status add_archive(struct walk *walk, char *path, const struct manifest *manifest)
{
    struct error ignored;
    const char *slash = strrchr(path, '/');
    struct members members = {walk, manifest, slash != NULL ? (size_t)(slash - path) + 1 : 0};
    size_t n = walk->found.n;
    enum status status = archive_list(path, add_member, &members, &ignored);
    if (status == ST_INPUT || (status == ST_OK && walk->found.n == n))
        return add_file(&walk->found, path, NULL);
    free(path);
    return status;
}

/* Links to folders are not followed, so that no walk goes round in circles. */
static enum status add_entry(struct walk *walk, const char *folder, const char *file,
                             const struct manifest *manifest)
{
    struct stat info;
    char *path = join(folder, file);
    if (path == NULL)
        return ST_NOMEM;
    if (lstat(path, &info) == 0 && S_ISDIR(info.st_mode))
        return add_folder(walk, path);
    if (archive_has_name(file) && archive_holds_files(path))
        return add_archive(walk, path, manifest);
    if (is_table(file) && stat(path, &info) == 0 && S_ISREG(info.st_mode) &&
        !is_report(walk, path, &info))
        return add_file(&walk->found, path, manifest_find(manifest, file));
    free(path);
    return ST_OK;
}

/* A name for a file that is not there is most likely misspelt. */
static enum status check_manifest(const struct manifest *manifest, const char *folder,
                                  const char *manifest_path, struct error *error)
{
    for (size_t i = 0; i < manifest->n; i++) {
        const struct manifest_entry *entry = &manifest->items[i];
        char *path = join(folder, entry->file);
        if (path == NULL)
            return ST_NOMEM;
        bool there = access(path, F_OK) == 0;
        free(path);
        if (!there)
            return error_set(error, ST_INPUT, _("%s:%zu: there is no file '%s' beside it"),
                             manifest_path, entry->line, entry->file);
    }
    return ST_OK;
}

static enum status read_manifest(struct manifest *manifest, const char *folder, struct error *error)
{
    char *path = join(folder, MANIFEST_FILE);
    if (path == NULL)
        return ST_NOMEM;
    enum status status = manifest_read(manifest, path, error);
    if (status == ST_OK)
        status = check_manifest(manifest, folder, path, error);
    free(path);
    return status;
}

static enum status walk_folder(struct walk *walk, const char *folder, struct error *error)
{
    struct manifest manifest = MANIFEST_INIT;
    DIR *dir = opendir(folder);
    if (dir == NULL)
        return unreadable(error, folder);
    enum status status = read_manifest(&manifest, folder, error);
    for (const struct dirent *entry; status == ST_OK && (entry = readdir(dir)) != NULL;)
        if (entry->d_name[0] != '.')
            status = add_entry(walk, folder, entry->d_name, &manifest);
    manifest_release(&manifest);
    closedir(dir);
    return status;
}

static int compare_paths(const void *a, const void *b)
{
    return strcmp(((const struct source *)a)->path, ((const struct source *)b)->path);
}

static enum status walk_all(struct walk *walk, const char *path, struct error *error)
{
    enum status status = walk_folder(walk, path, error);
    while (status == ST_OK && walk->n_folders > 0) {
        char *folder = walk->folders[--walk->n_folders];
        status = walk_folder(walk, folder, error);
        free(folder);
    }
    if (status == ST_OK && walk->found.n == 0)
        return error_set(error, ST_INPUT, _("no tables in the folder '%s'"), path);
    if (walk->found.n > 1)
        qsort(walk->found.items, walk->found.n, sizeof *walk->found.items, compare_paths);
    return status;
}

/* The one file at PATH, with what the manifest of its folder says of it. */
static enum status find_file(struct walk *walk, const char *path, struct error *error)
{
    const struct manifest_entry standard_input = {.name = (char[]){"stdin"}, .label = (char[]){""}};
    struct manifest manifest = MANIFEST_INIT;
    if (strcmp(path, "-") == 0) {
        char *dash = strdup(path);
        return dash != NULL ? add_file(&walk->found, dash, &standard_input) : ST_NOMEM;
    }
    if (access(path, R_OK) != 0 && errno != ENOTDIR) /* a file in an archive has no entry */
        return unreadable(error, path);
    const char *slash = strrchr(path, '/');
    char *folder = slash != NULL ? strndup(path, (size_t)(slash - path) + 1) : strdup("./");
    char *copy = strdup(path);
    enum status status = folder != NULL && copy != NULL ? ST_OK : ST_NOMEM;
    if (status == ST_OK)
        status = read_manifest(&manifest, folder, error);
    if (status == ST_OK) {
        const char *file = slash != NULL ? slash + 1 : path;
        status = archive_holds_files(path)
                     ? add_archive(walk, copy, &manifest)
                     : add_file(&walk->found, copy, manifest_find(&manifest, file));
        copy = NULL;
    }
    manifest_release(&manifest);
    free(copy);
    free(folder);
    return status;
}

/* Whether the two paths lead to one file. */
static bool is_same(const char *a, const char *b)
{
    struct stat first, second;
    if (strcmp(a, b) == 0)
        return true;
    return stat(a, &first) == 0 && stat(b, &second) == 0 && first.st_dev == second.st_dev &&
           first.st_ino == second.st_ino;
}

/* Takes out of FRESH what LIST has already. */
static void drop_known(const struct source_list *list, struct source_list *fresh)
{
    size_t kept = 0;
    for (size_t i = 0; i < fresh->n; i++) {
        bool known = false;
        for (size_t j = 0; j < list->n && !known; j++)
            known = is_same(list->items[j].path, fresh->items[i].path);
        if (known)
            release_source(&fresh->items[i]);
        else
            fresh->items[kept++] = fresh->items[i];
    }
    fresh->n = kept;
}

static const struct source *find_named(const struct source_list *list, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (list->items[i].name != NULL && strcmp(list->items[i].name, name) == 0)
            return &list->items[i];
    return NULL;
}

/* Names that manifests give are promises to their users: two alike cannot both be kept. */
static enum status check_names(const struct source_list *list, const struct source_list *fresh,
                               struct error *error)
{
    for (size_t i = 0; i < fresh->n; i++) {
        const char *name = fresh->items[i].name;
        const struct source *other = NULL;
        if (name != NULL)
            other = find_named(list, list->n, name);
        if (name != NULL && other == NULL)
            other = find_named(fresh, i, name);
        if (other != NULL)
            return error_set(error, ST_INPUT,
                             _("the name '%s' of '%s' is taken by '%s'; "
                               "give it another one in " MANIFEST_FILE),
                             name, fresh->items[i].path, other->path);
    }
    return ST_OK;
}

/* Moves FRESH to the end of LIST. */
static enum status append(struct source_list *list, struct source_list *fresh)
{
    if (fresh->n == 0)
        return ST_OK;
    struct source *items = reallocarray(list->items, list->n + fresh->n, sizeof *items);
    if (items == NULL)
        return ST_NOMEM;
    memcpy(items + list->n, fresh->items, fresh->n * sizeof *items);
    list->items = items;
    list->n += fresh->n;
    fresh->n = 0;
    return ST_OK;
}

enum status sources_add(struct source_list *list, const char *path, struct error *error)
{
    struct walk walk = {.known = list->known};
    struct stat info;
    bool there = stat(path, &info) == 0;
    if (!there && errno != ENOTDIR && strcmp(path, "-") != 0)
        return unreadable(error, path);
    enum status status = there && S_ISDIR(info.st_mode) ? walk_all(&walk, path, error)
                                                        : find_file(&walk, path, error);
    if (status == ST_OK) {
        drop_known(list, &walk.found);
        status = check_names(list, &walk.found, error);
    }
    if (status == ST_OK)
        status = source_names_make(list, &walk.found);
    if (status == ST_OK)
        status = append(list, &walk.found);
    if (status == ST_NOMEM)
        error_set(error, status, _("out of memory while looking for tables in '%s'"), path);
    sources_release(&walk.found);
    while (walk.n_folders > 0)
        free(walk.folders[--walk.n_folders]);
    free(walk.folders);
    return status;
}
