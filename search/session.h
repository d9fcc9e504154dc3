/* The handle behind hiku.h. */
#ifndef HIKU_SEARCH_SESSION_H
#define HIKU_SEARCH_SESSION_H

#include "base/buf.h"
#include "base/error.h"
#include "dict/analyzer.h"
#include "search/hiku.h"
#include "search/plan/plan.h"
#include "store/store.h"

#include <stdatomic.h>
#include <sys/types.h>

/* What a transaction of reading takes of SQLite. */
enum reading_statement { READING_BEGIN, READING_VERSION, READING_END, READING_N_STATEMENTS };

/* One index of a handle. Its statements are NULL until they are needed. */
struct member {
    char *path;
    struct store *store;
    dev_t device; /* which file that is, to notice when another takes its place */
    ino_t inode;
    sqlite3_stmt *find_id;      /* a record by documents.id */
    sqlite3_stmt *find_id_only; /* the same without title and body, which cost the most */
    sqlite3_stmt *find_key;     /* a record by its key */
    sqlite3_stmt *reading[READING_N_STATEMENTS];
};

struct hiku {
    struct member *members;
    size_t n_members;
    struct analyzer *analyzer;
    struct tokenizer *tokenizer;
    char *dicdir; /* as the caller asked; NULL: the index's own */
    char *userdic;
    int busy_ms;
    bool map;
    struct error error;
    atomic_bool cancelled;             /* set by hiku_interrupt, in any thread */
    int64_t deadline;                  /* of the search under way, clock_ns(); 0: none */
    bool (*is_stopped)(void *context); /* asked as well; NULL: nobody */
    void *stop_context;
    struct fetched *fetched; /* what hiku_get gave last */
    size_t n_results;        /* result sets that are alive */
};

/* Makes sure that each member reads its file as it is now and begins a read transaction. */
enum status session_begin(struct hiku *db);
void session_end(struct hiku *db);

/* Lets what is done for results go on for *LEFT_NS of their time limit (0: they have none), and
 * stops that: *LEFT_NS is what is left then, 1 at least. */
void session_start_clock(struct hiku *db, const int64_t *left_ns);
void session_stop_clock(struct hiku *db, int64_t *left_ns);

/* Whether the search under way on DB, a struct hiku, was cancelled or ran out of time. */
bool session_is_cancelled(const void *db);
/* ST_INTERRUPTED with a message where it was, else ST_OK. */
enum status session_check(struct hiku *db);

/* Has searches end with ST_INTERRUPTED when IS_STOPPED, asked often, says so; NULL: no more. */
void session_watch(struct hiku *db, bool (*is_stopped)(void *context), void *context);

/* Notes ST where no message was left for it. Returns it as enum hiku_status. */
int session_fail(struct hiku *db, enum status st);

/* Looks words up in all indexes of CONTEXT, a struct hiku: for plan_options.words. */
enum status session_find_words(void *context, const char *key, size_t n_bytes, each_word *each,
                               void *each_context);

#endif
