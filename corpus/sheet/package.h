/* The files inside a spreadsheet that is a zip archive of XML (XLSX, ODS), as XML events. Interface
 * to package.c.
 *
 * Nothing of a package is trusted: what unpacks to far more than it takes up, declares a document
 * type (entities come with it, and no spreadsheet program writes one), or nests without end is
 * refused. Entities are therefore never expanded and nothing outside the file is ever read. */
#ifndef HIKU_CORPUS_SHEET_PACKAGE_H
#define HIKU_CORPUS_SHEET_PACKAGE_H

#include "base/error.h"
#include "corpus/bytes/input.h"

#include <expat.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <zip.h>

#define PACKAGE_MAX_RATIO 200U              /* unpacked to packed bytes of a file inside */
#define PACKAGE_FREE_BYTES (64U << 20)      /* unpacked before the ratio is looked at */
#define PACKAGE_MAX_TOKEN_BYTES (16U << 20) /* of a tag, or what the parser must hold at once */
#define PACKAGE_MAX_DEPTH 256U              /* elements inside one another */

struct package {
    const char *path; /* borrowed; for messages */
    zip_t *zip;
};

/* Opens the package that IN holds. ST_OK, ST_INPUT or ST_NOMEM. Close in any case. */
enum status package_open(struct package *package, struct input *in, struct error *error);
void package_close(struct package *package);

/* Names without their prefix, attributes as name and value in turn, NULL at their end. A handler
 * may call xml_part_pause(). */
struct xml_handlers {
    void (*start)(void *context, const char *name, const char **attributes);
    void (*end)(void *context, const char *name);
    void (*text)(void *context, const char *text, int n_bytes);
};

struct xml_part {
    struct package *package;
    char *name;
    struct xml_handlers handlers;
    void *context;
    zip_file_t *file;
    XML_Parser parser;
    uint64_t packed;
    uint64_t unpacked;
    size_t depth;
    const char *problem; /* translated; NULL: none */
    const char *sheet;   /* that the file is, for messages; borrowed; NULL: none */
    bool paused;
    bool ended;
};

/* Begins to read the file NAME of the package. *EXISTS tells whether there is one. ST_OK, ST_INPUT
 * or ST_NOMEM. Close in any case. */
enum status xml_part_open(struct xml_part *part, struct package *package, const char *name,
                          const struct xml_handlers *handlers, void *context, bool *exists,
                          struct error *error);
void xml_part_close(struct xml_part *part);

/* Calls the handlers until one calls xml_part_pause() or the file ends; then `ended` is true.
 * ST_OK; ST_INPUT with a message; ST_NOMEM. */
enum status xml_part_read(struct xml_part *part, struct error *error);

/* To be called by a handler: xml_part_read() returns after it, and goes on when called again. */
void xml_part_pause(struct xml_part *part);

/* To be called by a handler: ends reading because of PROBLEM (translated). */
void xml_part_refuse(struct xml_part *part, const char *problem);

/* Reads the file NAME wholly. As xml_part_open. */
enum status package_read(struct package *package, const char *name,
                         const struct xml_handlers *handlers, void *context, bool *exists,
                         struct error *error);

/* Whether the bytes of the file NAME hold TEXT. ST_OK, ST_INPUT or ST_NOMEM. */
enum status package_holds(struct package *package, const char *name, const char *text, bool *holds,
                          struct error *error);

/* The value of the attribute of this name, prefixes not looked at; NULL: none. */
const char *xml_attribute(const char **attributes, const char *name);

#endif
