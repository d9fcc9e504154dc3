/* The files in an archive. Interface to archive_list.c. */
#ifndef HIKU_CORPUS_BYTES_ARCHIVE_LIST_H
#define HIKU_CORPUS_BYTES_ARCHIVE_LIST_H

#include "base/error.h"

#include <stdbool.h>

#define ARCHIVE_MEMBERS 10000 /* an archive of more is refused */

/* Whether the file at PATH is an archive of files: a zip, and not a document that is one (XLSX …),
 * or a tar by its name. */
bool archive_holds_files(const char *path);

/* Calls EACH with the path PATH/MEMBER of every file in the archive at PATH, in its order; the
 * names are UTF-8. What EACH returns, if not ST_OK, ends it. ST_OK; ST_INPUT with a message
 * (damaged, too many members, grows without end); ST_NOMEM. */
enum status archive_list(const char *path,
                         enum status (*each)(void *context, const char *member_path), void *context,
                         struct error *error);

#endif
