/* Files that an index holds as they are. Interface: known_files.h. */
#include "indexer/sources/known_files.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>

enum status known_files_load(struct known_files *files, sqlite3 *db)
{
    static const char sql[] =
        "SELECT path, size, mtime_ns, ctime_ns, inode FROM sources ORDER BY path";
    sqlite3_stmt *stmt = NULL;
    enum status status = ST_OK;
    int rc = sqlite3_prepare_v2(db, sql, -1, &stmt, NULL);
    while (rc == SQLITE_OK && status == ST_OK && sqlite3_step(stmt) == SQLITE_ROW) {
        const char *path = (const char *)sqlite3_column_text(stmt, 0);
        if (path == NULL ||
            !array_reserve(&files->items, &files->cap, files->n + 1, sizeof *files->items)) {
            status = ST_NOMEM;
            break;
        }
        struct known_file *file = &files->items[files->n];
        file->path = strdup(path);
        file->state = file_state_of_row(stmt, 1);
        files->n += file->path != NULL;
        status = file->path != NULL ? ST_OK : ST_NOMEM;
    }
    sqlite3_finalize(stmt);
    return status;
}

static int compare_path(const void *path, const void *file)
{
    return strcmp(path, ((const struct known_file *)file)->path);
}

bool known_files_has(const void *files, const char *path, const struct stat *info)
{
    const struct known_files *known = files;
    const struct known_file *file = NULL;
    if (known->n > 0)
        file = bsearch(path, known->items, known->n, sizeof *known->items, compare_path);
    if (file == NULL)
        return false;
    const struct file_state now = file_state_of(info);
    return file_state_same(&now, &file->state);
}

void known_files_release(struct known_files *files)
{
    for (size_t i = 0; i < files->n; i++)
        free(files->items[i].path);
    free(files->items);
    *files = (struct known_files){0};
}
