/* Writing hiku.sources.tsv. Interface: manifest.h. */
#include "corpus/manifest.h"

#include "base/buf.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The length of the folder in PATH, with its slash; 0: the current one. An archive is no folder. */
static size_t folder_length(const char *path)
{
    struct stat info;
    for (size_t n = strlen(path); n > 0; n--) {
        if (path[n - 1] != '/')
            continue;
        char *folder = strndup(path, n);
        bool is_folder = folder != NULL && stat(folder, &info) == 0 && S_ISDIR(info.st_mode);
        free(folder);
        if (is_folder)
            return n;
    }
    return 0;
}

/* What would end a cell becomes a blank. */
static void add_cell(struct buf *out, const char *text, char end)
{
    for (; *text != '\0'; text++)
        buf_addc(out, *text == '\t' || *text == '\n' || *text == '\r' ? ' ' : *text);
    buf_addc(out, end);
}

static void add_line(struct buf *out, const char *file, const struct manifest_entry *entry)
{
    add_cell(out, file, '\t');
    add_cell(out, entry->name, '\t');
    add_cell(out, entry->label, '\t');
    add_cell(out, entry->columns, '\t');
    add_cell(out, entry->encoding, '\t');
    add_cell(out, entry->type, '\t');
    add_cell(out, entry->hidden, '\n');
}

/* The manifest as it is to be. */
static enum status make_text(struct buf *out, const char *path, const char *file,
                             const struct manifest_entry *entry, struct error *error)
{
    struct manifest old = MANIFEST_INIT;
    enum status status = manifest_read(&old, path, error);
    bool written = false;
    buf_adds(out, "file\tname\tlabel\tcolumns\tencoding\ttype\thidden\n");
    for (size_t i = 0; status == ST_OK && i < old.n; i++) {
        bool same = strcmp(old.items[i].file, file) == 0;
        add_line(out, old.items[i].file, same ? entry : &old.items[i]);
        written = written || same;
    }
    if (!written)
        add_line(out, file, entry);
    manifest_release(&old);
    return status == ST_OK && out->failed ? ST_NOMEM : status;
}

static enum status replace_file(const char *path, const struct buf *text, struct error *error)
{
    struct buf fresh = BUF_INIT;
    buf_addf(&fresh, "%s.new", path);
    FILE *file = fresh.failed ? NULL : fopen(fresh.data, "we");
    bool done = file != NULL && fwrite(text->data, 1, text->len, file) == text->len;
    if (file != NULL && fclose(file) != 0)
        done = false;
    if (done)
        done = rename(fresh.data, path) == 0;
    enum status status = ST_OK;
    if (!done) {
        status = error_set(error, ST_INPUT, _("cannot write '%s': %s"), path, strerror(errno));
        if (file != NULL)
            remove(fresh.data);
    }
    buf_release(&fresh);
    return status;
}

enum status manifest_save(const char *path, const struct manifest_entry *entry, struct error *error)
{
    struct buf manifest = BUF_INIT, text = BUF_INIT;
    size_t n = folder_length(path);
    buf_append(&manifest, path, n);
    buf_adds(&manifest, MANIFEST_FILE);
    enum status status = manifest.failed ? ST_NOMEM : ST_OK;
    if (status == ST_OK)
        status = make_text(&text, manifest.data, path + n, entry, error);
    if (status == ST_OK)
        status = replace_file(manifest.data, &text, error);
    buf_release(&manifest);
    buf_release(&text);
    return status;
}
