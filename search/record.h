/* Reading records. Interface to record.c. */
#ifndef HIKU_SEARCH_RECORD_H
#define HIKU_SEARCH_RECORD_H

#include "search/session.h"

/* A record with its own memory. */
struct fetched {
    struct hiku_record record;
    int64_t id;      /* documents.id */
    struct buf text; /* all strings, one after the other */
    struct hiku_range *title_ranges;
    struct hiku_range *body_ranges;
    struct buf snippet;
    struct hiku_range *snippet_ranges;
    struct hiku_text snippet_text;
};

#define FETCHED_INIT                                                                               \
    {                                                                                              \
        .text = BUF_INIT, .snippet = BUF_INIT                                                      \
    }

void fetched_release(struct fetched *f);

/* Reads a record by documents.id, its title and body only with TEXTS. ST_OK; with a message
 * ST_CORRUPT (there is none, too), ST_BUSY, ST_IO, ST_INTERRUPTED, ST_NOMEM; ST_NOMEM may have
 * none. */
enum status record_fetch(struct hiku *db, struct member *member, int64_t id, bool texts,
                         struct fetched *out);

/* Reads a record's key and id alone, all else is empty. Statuses as record_fetch. */
enum status record_fetch_names(struct hiku *db, const struct member *member, int64_t id,
                               struct fetched *out);

/* Reads the record of a key, or of a number that only one record has; *MEMBER: of db->members.
 * ST_NOT_FOUND without a message; ST_USAGE with one that names their keys: several records have
 * that number. Else as record_fetch. */
enum status record_find(struct hiku *db, const char *key, struct fetched *out, size_t *member);

#endif
