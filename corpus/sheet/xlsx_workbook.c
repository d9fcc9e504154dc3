/* What a workbook says of its sheets, texts and formats. Interface: xlsx_workbook.h. */
#include "corpus/sheet/xlsx_workbook.h"

#include "base/buf.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

struct reading {
    struct xlsx_workbook *workbook;
    const char *folder; /* that targets are relative to, ending in / */
    char *main_file;
    bool in_cell_formats;
    bool failed;
};

static void keep(struct reading *reading, char **to, const char *text)
{
    free(*to);
    *to = strdup(text);
    reading->failed = reading->failed || *to == NULL;
}

/* Puts FOLDER and TARGET together: absolute, or with ../ before it. */
static char *resolve(const char *folder, const char *target)
{
    struct buf path = BUF_INIT;
    if (*target == '/')
        buf_adds(&path, target + 1);
    else
        buf_addf(&path, "%s%s", folder, target);
    for (char *up; !path.failed && (up = strstr(path.data, "../")) != NULL;) {
        char *parent = up;
        if (parent > path.data)
            parent--;
        while (parent > path.data && parent[-1] != '/')
            parent--;
        memmove(parent, up + 3, strlen(up + 3) + 1);
        path.len = strlen(path.data);
    }
    return buf_detach(&path);
}

static char **sheet_file(struct xlsx_workbook *workbook, const char *relation)
{
    for (size_t i = 0; i < workbook->n_sheets; i++)
        if (strcmp(workbook->sheets[i].relation, relation) == 0)
            return &workbook->sheets[i].file;
    return NULL;
}

static void on_relation(void *context, const char *name, const char **attributes)
{
    struct reading *reading = context;
    struct xlsx_workbook *workbook = reading->workbook;
    const char *id = xml_attribute(attributes, "Id");
    const char *type = xml_attribute(attributes, "Type");
    const char *target = xml_attribute(attributes, "Target");
    if (strcmp(name, "Relationship") != 0 || id == NULL || type == NULL || target == NULL)
        return;
    char **to = NULL;
    if (text_ends_with(type, strlen(type), "/officeDocument"))
        to = &reading->main_file;
    else if (text_ends_with(type, strlen(type), "/sharedStrings"))
        to = &workbook->strings;
    else if (text_ends_with(type, strlen(type), "/styles"))
        to = &workbook->styles;
    else if (text_ends_with(type, strlen(type), "/worksheet"))
        to = sheet_file(workbook, id);
    if (to == NULL || *to != NULL)
        return;
    *to = resolve(reading->folder, target);
    reading->failed = reading->failed || *to == NULL;
}

static void add_sheet(struct reading *reading, const char **attributes)
{
    struct xlsx_workbook *workbook = reading->workbook;
    const char *name = xml_attribute(attributes, "name");
    const char *id = xml_attribute(attributes, "id");
    const char *state = xml_attribute(attributes, "state");
    if (id == NULL || workbook->n_sheets == XLSX_MAX_SHEETS)
        return;
    struct xlsx_sheet *sheets =
        reallocarray(workbook->sheets, workbook->n_sheets + 1, sizeof *workbook->sheets);
    if (sheets == NULL) {
        reading->failed = true;
        return;
    }
    workbook->sheets = sheets;
    struct xlsx_sheet *sheet = &sheets[workbook->n_sheets++];
    *sheet = (struct xlsx_sheet){.hidden = state != NULL && strcmp(state, "visible") != 0};
    keep(reading, &sheet->name, name != NULL ? name : "");
    keep(reading, &sheet->relation, id);
}

static bool is_true(const char *value)
{
    return value != NULL && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
}

static void on_workbook(void *context, const char *name, const char **attributes)
{
    struct reading *reading = context;
    if (strcmp(name, "sheet") == 0)
        add_sheet(reading, attributes);
    else if (strcmp(name, "workbookPr") == 0)
        reading->workbook->since_1904 = is_true(xml_attribute(attributes, "date1904"));
}

static unsigned long number_attribute(const char **attributes, const char *name)
{
    const char *value = xml_attribute(attributes, name);
    return value != NULL ? strtoul(value, NULL, 10) : 0;
}

static void add_custom(struct reading *reading, const char **attributes)
{
    struct xlsx_workbook *workbook = reading->workbook;
    const char *code = xml_attribute(attributes, "formatCode");
    if (code == NULL || workbook->n_customs == XLSX_MAX_CUSTOM_FORMATS)
        return;
    struct custom_format *customs =
        reallocarray(workbook->customs, workbook->n_customs + 1, sizeof *customs);
    if (customs == NULL) {
        reading->failed = true;
        return;
    }
    workbook->customs = customs;
    customs[workbook->n_customs++] =
        (struct custom_format){number_attribute(attributes, "numFmtId"), number_format_read(code)};
}

static void add_format(struct reading *reading, const char **attributes)
{
    struct xlsx_workbook *workbook = reading->workbook;
    unsigned long id = number_attribute(attributes, "numFmtId");
    if (workbook->n_formats == XLSX_MAX_FORMATS)
        return;
    struct number_format *formats =
        reallocarray(workbook->formats, workbook->n_formats + 1, sizeof *formats);
    if (formats == NULL) {
        reading->failed = true;
        return;
    }
    workbook->formats = formats;
    struct number_format format = number_format_builtin(id);
    for (size_t i = 0; i < workbook->n_customs; i++)
        if (workbook->customs[i].id == id)
            format = workbook->customs[i].format;
    formats[workbook->n_formats++] = format;
}

static void on_style(void *context, const char *name, const char **attributes)
{
    struct reading *reading = context;
    if (strcmp(name, "numFmt") == 0)
        add_custom(reading, attributes);
    else if (strcmp(name, "cellXfs") == 0)
        reading->in_cell_formats = true;
    else if (strcmp(name, "xf") == 0 && reading->in_cell_formats)
        add_format(reading, attributes);
}

static void on_style_end(void *context, const char *name)
{
    struct reading *reading = context;
    if (strcmp(name, "cellXfs") == 0)
        reading->in_cell_formats = false;
}

static enum status read_part(struct reading *reading, struct package *package, const char *name,
                             const struct xml_handlers *handlers, bool *exists, struct error *error)
{
    enum status status = package_read(package, name, handlers, reading, exists, error);
    return status == ST_OK && reading->failed ? ST_NOMEM : status;
}

/* The file in which the relations of FILE stand: FOLDER/_rels/NAME.rels. */
static char *relations_of(const char *file, size_t n_folder)
{
    struct buf path = BUF_INIT;
    buf_append(&path, file, n_folder);
    buf_addf(&path, "_rels/%s.rels", file + n_folder);
    return buf_detach(&path);
}

static enum status read_sheets(struct reading *reading, struct package *package,
                               struct error *error)
{
    static const struct xml_handlers workbook = {.start = on_workbook};
    static const struct xml_handlers relations = {.start = on_relation};
    const char *file = reading->main_file != NULL ? reading->main_file : "xl/workbook.xml";
    const char *slash = strrchr(file, '/');
    size_t n_folder = slash != NULL ? (size_t)(slash - file) + 1 : 0;
    bool exists = false;
    char *folder = strndup(file, n_folder), *links = relations_of(file, n_folder);
    enum status status = folder != NULL && links != NULL ? ST_OK : ST_NOMEM;
    if (status == ST_OK)
        status = read_part(reading, package, file, &workbook, &exists, error);
    if (status == ST_OK && !exists)
        status =
            error_set(error, ST_INPUT, _("'%s' is no workbook: it has no %s"), package->path, file);
    reading->folder = folder;
    if (status == ST_OK)
        status = read_part(reading, package, links, &relations, &exists, error);
    free(folder);
    free(links);
    return status;
}

enum status xlsx_workbook_read(struct xlsx_workbook *workbook, struct package *package,
                               struct error *error)
{
    static const struct xml_handlers relations = {.start = on_relation};
    static const struct xml_handlers styles = {.start = on_style, .end = on_style_end};
    struct reading reading = {.workbook = workbook, .folder = ""};
    bool exists = false;
    *workbook = (struct xlsx_workbook){0};
    enum status status = read_part(&reading, package, "_rels/.rels", &relations, &exists, error);
    if (status == ST_OK)
        status = read_sheets(&reading, package, error);
    if (status == ST_OK && workbook->styles != NULL)
        status = read_part(&reading, package, workbook->styles, &styles, &exists, error);
    free(reading.main_file);
    return status;
}

void xlsx_workbook_release(struct xlsx_workbook *workbook)
{
    for (size_t i = 0; i < workbook->n_sheets; i++) {
        free(workbook->sheets[i].name);
        free(workbook->sheets[i].relation);
        free(workbook->sheets[i].file);
    }
    free(workbook->sheets);
    free(workbook->strings);
    free(workbook->styles);
    free(workbook->customs);
    free(workbook->formats);
    *workbook = (struct xlsx_workbook){0};
}

struct number_format xlsx_workbook_format(const struct xlsx_workbook *workbook, unsigned long style)
{
    return style < workbook->n_formats ? workbook->formats[style] : number_format_builtin(0);
}
