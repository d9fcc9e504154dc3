/* The files inside a spreadsheet that is a zip archive of XML (XLSX, ODS), as XML events.
 * Interface: package.h. */
#include "corpus/sheet/package.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CHUNK_BYTES (64U << 10)

static enum status no_package(const struct package *package, struct error *error)
{
    return error_set(error, ST_INPUT, _("'%s' is damaged: its ZIP directory cannot be read"),
                     package->path);
}

enum status package_open(struct package *package, struct input *in, struct error *error)
{
    int fd = -1, code = 0;
    *package = (struct package){.path = in->path};
    enum status status = input_file(in, &fd, error);
    if (status != ST_OK)
        return status;
    int own = fcntl(fd, F_DUPFD_CLOEXEC, 0); /* libzip closes what it is given */
    if (own < 0)
        return no_package(package, error);
    package->zip = zip_fdopen(own, 0, &code);
    if (package->zip != NULL)
        return ST_OK;
    close(own);
    return code == ZIP_ER_MEMORY ? ST_NOMEM : no_package(package, error);
}

void package_close(struct package *package)
{
    if (package->zip != NULL)
        zip_discard(package->zip);
    package->zip = NULL;
}

static const char *local_name(const char *name)
{
    const char *colon = strrchr(name, ':');
    return colon != NULL ? colon + 1 : name;
}

const char *xml_attribute(const char **attributes, const char *name)
{
    for (; *attributes != NULL; attributes += 2)
        if (strcmp(local_name(attributes[0]), name) == 0)
            return attributes[1];
    return NULL;
}

void xml_part_refuse(struct xml_part *part, const char *problem)
{
    part->problem = problem;
    XML_StopParser(part->parser, XML_FALSE);
}

void xml_part_pause(struct xml_part *part)
{
    XML_StopParser(part->parser, XML_TRUE);
}

static void on_doctype(void *context, const char *name, const char *system, const char *public,
                       int has_subset)
{
    (void)name;
    (void)system;
    (void)public;
    (void)has_subset;
    xml_part_refuse(context, _("a document type declaration"));
}

static void on_start(void *context, const char *name, const char **attributes)
{
    struct xml_part *part = context;
    if (part->problem != NULL)
        return;
    if (++part->depth > PACKAGE_MAX_DEPTH)
        xml_part_refuse(part, _("elements nested too deep"));
    else if (part->handlers.start != NULL)
        part->handlers.start(part->context, local_name(name), attributes);
}

static void on_end(void *context, const char *name)
{
    struct xml_part *part = context;
    part->depth--;
    if (part->problem == NULL && part->handlers.end != NULL)
        part->handlers.end(part->context, local_name(name));
}

static void on_text(void *context, const char *text, int n_bytes)
{
    struct xml_part *part = context;
    if (part->problem == NULL && part->handlers.text != NULL)
        part->handlers.text(part->context, text, n_bytes);
}

static enum status make_parser(struct xml_part *part)
{
    part->parser = XML_ParserCreate(NULL);
    if (part->parser == NULL)
        return ST_NOMEM;
    XML_SetUserData(part->parser, part);
    XML_SetElementHandler(part->parser, on_start, on_end);
    XML_SetCharacterDataHandler(part->parser, on_text);
    XML_SetStartDoctypeDeclHandler(part->parser, on_doctype);
    return ST_OK;
}

static enum status open_file(struct xml_part *part, const char *name, bool *exists,
                             struct error *error)
{
    struct zip_stat info;
    zip_int64_t index = zip_name_locate(part->package->zip, name, ZIP_FL_NOCASE);
    *exists = index >= 0;
    if (index < 0)
        return ST_OK;
    zip_stat_init(&info);
    part->name = strdup(name);
    if (part->name == NULL)
        return ST_NOMEM;
    if (zip_stat_index(part->package->zip, (zip_uint64_t)index, 0, &info) == 0)
        part->packed = info.comp_size;
    part->file = zip_fopen_index(part->package->zip, (zip_uint64_t)index, 0);
    if (part->file == NULL)
        return error_set(error, ST_INPUT, _("'%s' is damaged or encrypted: cannot unpack %s"),
                         part->package->path, name);
    return ST_OK;
}

enum status xml_part_open(struct xml_part *part, struct package *package, const char *name,
                          const struct xml_handlers *handlers, void *context, bool *exists,
                          struct error *error)
{
    *part = (struct xml_part){.package = package, .handlers = *handlers, .context = context};
    enum status status = open_file(part, name, exists, error);
    return status == ST_OK && *exists ? make_parser(part) : status;
}

void xml_part_close(struct xml_part *part)
{
    if (part->file != NULL)
        zip_fclose(part->file);
    if (part->parser != NULL)
        XML_ParserFree(part->parser);
    free(part->name);
    *part = (struct xml_part){0};
}

static enum status refuse(const struct xml_part *part, const char *problem, struct error *error)
{
    unsigned long line = XML_GetCurrentLineNumber(part->parser);
    if (part->sheet != NULL)
        return error_set(error, ST_INPUT,
                         _("'%s' cannot be read on: %s, in sheet '%s' (%s, line %lu)"),
                         part->package->path, problem, part->sheet, part->name, line);
    return error_set(error, ST_INPUT, _("'%s' cannot be read on: %s in %s, line %lu"),
                     part->package->path, problem, part->name, line);
}

/* Unpacks up to N_BYTES; *N_READ is 0 at the end. */
static enum status unpack(struct xml_part *part, void *data, size_t n_bytes, size_t *n_read,
                          struct error *error)
{
    zip_int64_t n = zip_fread(part->file, data, n_bytes);
    if (n < 0)
        return error_set(error, ST_INPUT, _("'%s' is damaged: %s cannot be unpacked"),
                         part->package->path, part->name);
    *n_read = (size_t)n;
    part->unpacked += (uint64_t)n;
    if (part->unpacked > PACKAGE_FREE_BYTES && part->unpacked / PACKAGE_MAX_RATIO > part->packed)
        return error_set(error, ST_INPUT,
                         _("'%s' unpacks to more than %u times its size; it looks like a ZIP bomb"),
                         part->package->path, PACKAGE_MAX_RATIO);
    return ST_OK;
}

/* What the parser's state means; *MORE: it wants another chunk. */
static enum status judge(struct xml_part *part, enum XML_Status state, bool *more,
                         struct error *error)
{
    XML_ParsingStatus status;
    XML_GetParsingStatus(part->parser, &status);
    part->paused = state == XML_STATUS_SUSPENDED;
    *more = state == XML_STATUS_OK && status.parsing != XML_FINISHED;
    part->ended = state == XML_STATUS_OK && status.parsing == XML_FINISHED;
    if (state != XML_STATUS_ERROR)
        return ST_OK;
    enum XML_Error code = XML_GetErrorCode(part->parser);
    if (code == XML_ERROR_NO_MEMORY)
        return ST_NOMEM;
    return refuse(part, part->problem != NULL ? part->problem : XML_ErrorString(code), error);
}

static enum status feed(struct xml_part *part, bool *more, struct error *error)
{
    size_t n = 0;
    void *data = XML_GetBuffer(part->parser, CHUNK_BYTES);
    if (data == NULL)
        return ST_NOMEM;
    enum status status = unpack(part, data, CHUNK_BYTES, &n, error);
    if (status != ST_OK)
        return status;
    status = judge(part, XML_ParseBuffer(part->parser, (int)n, n == 0), more, error);
    XML_Index at = XML_GetCurrentByteIndex(part->parser);
    if (status == ST_OK && at >= 0 && part->unpacked > (uint64_t)at &&
        part->unpacked - (uint64_t)at > PACKAGE_MAX_TOKEN_BYTES)
        return refuse(part, _("a tag or text of too many bytes"), error);
    return status;
}

enum status xml_part_read(struct xml_part *part, struct error *error)
{
    bool more = true;
    enum status status = ST_OK;
    if (part->paused)
        status = judge(part, XML_ResumeParser(part->parser), &more, error);
    while (status == ST_OK && more)
        status = feed(part, &more, error);
    return status;
}

enum status package_read(struct package *package, const char *name,
                         const struct xml_handlers *handlers, void *context, bool *exists,
                         struct error *error)
{
    struct xml_part part;
    enum status status = xml_part_open(&part, package, name, handlers, context, exists, error);
    if (status == ST_OK && *exists)
        status = xml_part_read(&part, error);
    xml_part_close(&part);
    return status;
}

static enum status scan(struct xml_part *part, char *data, const char *text, bool *holds,
                        struct error *error)
{
    size_t n_text = strlen(text), kept = 0;
    for (;;) {
        size_t n = 0;
        enum status status = unpack(part, data + kept, CHUNK_BYTES, &n, error);
        if (status != ST_OK || n == 0)
            return status;
        n += kept;
        *holds = memmem(data, n, text, n_text) != NULL;
        if (*holds)
            return ST_OK;
        kept = n < n_text ? n : n_text - 1; /* it may begin in one chunk and end in the next */
        memmove(data, data + n - kept, kept);
    }
}

enum status package_holds(struct package *package, const char *name, const char *text, bool *holds,
                          struct error *error)
{
    struct xml_part part = {.package = package};
    bool exists = false;
    *holds = false;
    char *data = malloc(CHUNK_BYTES + strlen(text));
    enum status status = data != NULL ? open_file(&part, name, &exists, error) : ST_NOMEM;
    if (status == ST_OK && exists)
        status = scan(&part, data, text, holds, error);
    xml_part_close(&part);
    free(data);
    return status;
}
