/* Which index a command works on. Interface: index_file.h. */
#include "cli/index_file.h"

#include "cli/bus_error.h"
#include "cli/exit_code.h"
#include "cli/output.h"

#include <stdlib.h>

static const char *from_environment(const char *name)
{
    const char *value = getenv(name);
    return value != NULL && value[0] != '\0' ? value : NULL;
}

const char *index_file(const char *db)
{
    if (db == NULL)
        db = from_environment("HIKU_DB");
    return db != NULL ? db : "hiku.db";
}

const char *index_dicdir(const char *dicdir)
{
    return dicdir != NULL ? dicdir : from_environment("HIKU_DICDIR");
}

int index_open(hiku **db, const struct option_list *paths, const char *dicdir)
{
    const char *usual = index_file(NULL);
    struct hiku_open_options options = {
        .size = sizeof options, .dicdir = index_dicdir(dicdir), .map = 1};
    const char *const *names = paths->n > 0 ? (const char *const *)paths->items : &usual;
    *db = NULL;
    bus_error_catch();
    int status = hiku_open(names, paths->n > 0 ? paths->n : 1, &options, db);
    return status == HIKU_OK ? EXIT_FOUND : index_fail(*db, status);
}

int index_fail(const hiku *db, int status)
{
    const char *message = db != NULL ? hiku_error(db) : "";
    return fail(status, message[0] != '\0' ? message : hiku_status_text(status));
}

int index_no_record(const struct option_list *paths, const char *key)
{
    struct error error;
    error_set(&error, ST_NOT_FOUND,
              _("no record '%s' in '%s'; see the keys with: hiku search --format tsv …"), key,
              paths->n > 0 ? paths->items[0] : index_file(NULL));
    return fail(ST_NOT_FOUND, error.message);
}
