/* What a record is called where one word must do, as in a TREC run: its number, unless records of
 * several sources could have the same. */
#ifndef HIKU_SEARCH_WRITE_NAMING_H
#define HIKU_SEARCH_WRITE_NAMING_H

#include "base/buf.h"
#include "search/hiku.h"

enum naming {
    NAMING_ID,    /* number, with ~2 for the second of the same; the key where it has none */
    NAMING_KEY,   /* key: there are several sources */
    NAMING_DB_KEY /* FILE:KEY: two indexes have sources of the same name, and so perhaps keys */
};

/* How the records of DB are called, all alike. HIKU_OK, NOMEM, CORRUPT, BUSY, IO. */
int naming_find(hiku *db, enum naming *naming);

/* Appends what RECORD is called. */
void naming_write(struct buf *out, const struct hiku_record *record, enum naming naming);

#endif
