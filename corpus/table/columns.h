/* What a table's columns mean. Interface to columns.c and columns_option.c. */
#ifndef HIKU_CORPUS_TABLE_COLUMNS_H
#define HIKU_CORPUS_TABLE_COLUMNS_H

#include "base/buf.h"
#include "base/error.h"
#include "corpus/rows/sink.h"

#include <stdbool.h>
#include <stddef.h>

enum role { ROLE_OTHER, ROLE_SKIP, ROLE_ID, ROLE_DATE, ROLE_TITLE, ROLE_BODY };

/* What a column is of a date that is split over several (date_parts.h). */
enum date_part {
    DATE_PART_NONE,
    DATE_PART_ERA,
    DATE_PART_YEAR,
    DATE_PART_MONTH,
    DATE_PART_DAY,
    DATE_PART_REST /* under the name of the date before it */
};

struct column_rule {
    char *name; /* as in the heading, on one line; the position from 1 where that is empty */
    char *key;  /* the name without white space, width and case: what names are compared by */
    enum role role;
    /* Keys of a name that is put together of two rows: `取組 件名` of 取組 and 件名. NULL for
     * others. */
    char *group;
    char *own;
    bool needs_name; /* in the body: its role is that of its group, or others are called the same */
    enum date_part part; /* beside ROLE_OTHER: the column is kept too */
};

/* The key of the column's own name, without that of a group. */
static inline const char *columns_own_key(const struct column_rule *rule)
{
    return rule->own != NULL ? rule->own : rule->key;
}

struct columns {
    struct column_rule *items;
    size_t n;
    size_t cap;
};

#define COLUMNS_INIT                                                                               \
    {                                                                                              \
        0                                                                                          \
    }

/* How the cells of a part belong together, where the user says so. */
enum table_layout {
    LAYOUT_ANY,   /* told by the form of each part */
    LAYOUT_TABLE, /* names of columns above rows */
    LAYOUT_FORM   /* labels beside or above their values */
};

void columns_release(struct columns *columns);

/* Appends a column of this name and ROLE. ST_OK or ST_NOMEM. */
enum status columns_add(struct columns *columns, struct span name, enum role role);

/* Appends a column whose name OWN stands below the name of its GROUP, which may be empty. */
enum status columns_add_grouped(struct columns *columns, struct span group, struct span own);

/* Appends the columns of FROM to TO. ST_OK or ST_NOMEM. */
enum status columns_copy(struct columns *to, const struct columns *from);

/* Frees what TO has and gives it what FROM has, which is empty then. */
void columns_move(struct columns *to, struct columns *from);

/* Writes the key of NAME to KEY, which is cleared first; ST_OK or ST_NOMEM. */
enum status columns_key(struct span name, struct buf *key);

/* The length of the name in KEY without a note behind it: 概要 of 概要(200字以内) and 概要※. */
size_t columns_name_bytes(const char *key);

/* What a column of this key usually is; ROLE_OTHER when the key is not known. */
enum role columns_role(const char *key);

/* Whether the key is known: one with a role, or what labels values in forms (担当課). */
bool columns_is_name(const char *key);

/* Whether the key, that of a title, is of what measures are part of: 施策名, 計画名. */
bool columns_is_whole(const char *key);

/* What a column of this NAME usually is. ST_OK or ST_NOMEM. */
enum status columns_usual_role(struct span name, enum role *role);

/* Gives the columns named by a heading line their roles by their names. The first column that can
 * be the id, date or title is it. A heading line that begins with id, date, title, body, as `hiku
 * export` writes it, has no other roles. Where there is a title, later columns of titles are part
 * of the body; only 施策 and 計画 leave being the title to what is part of them, as 事業名. An
 * unnamed first column is the id if none else is. A role that WANTED maps to names is not given to
 * other names (NULL: no mapping). What the name of two rows does not tell, the lower one does, and
 * after it the upper one. What a name does not tell as a whole, it does without a number before it
 * and a note in brackets after it. */
void columns_assign(struct columns *columns, const struct columns *wanted);

/* The first column with this role; NULL: none, or no COLUMNS. */
const struct column_rule *columns_find(const struct columns *columns, enum role role);

/* Whether a column has this role, or is a part of the date where that is ROLE_DATE. */
bool columns_has(const struct columns *columns, enum role role);

/* How many different roles of id, date, title and body are given, columns of the same name counted
 * once; 0 without title and body. */
size_t columns_count_roles(const struct columns *columns);

/* The first name of WANTED that no column has; NULL when all are there. */
const char *columns_missing(const struct columns *columns, const struct columns *wanted);

/* Reads the word that the option --columns may begin with, table or form, and takes it and the
 * comma behind it away; what is left of *OPTION is empty where it has nothing else. */
enum table_layout columns_take_layout(const char **option);

/* Reads the option --columns into COLUMNS; *MAPPING tells which of its two forms it has.
 * ST_OK, ST_USAGE or ST_NOMEM. */
enum status columns_parse(const char *option, struct columns *columns, bool *mapping,
                          struct error *error);

#endif
