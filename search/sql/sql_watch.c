/* Whether the statement that called us is to stop. Interface: sql.h.
 *
 * SQLite tells a table's methods neither that its connection was interrupted
 * (sqlite3_is_interrupted came with 3.41) nor what a progress handler would say. It stops every
 * statement of the connection, however, also one that runs inside another: so a small one is run
 * now and then. */
#include "base/clock.h"
#include "search/sql/sql.h"

/* Some thousand instructions of SQLite's, 0.05 ms: as many as progress handlers usually wait for.
 * They are counted on from one run of the statement to the next. */
static const char probe[] = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c LIMIT "
                            "100) SELECT count(*) FROM c";

/* Whether a millisecond has passed since the last one; the first one passes before any. */
static bool is_due(struct sql_watch *w)
{
    int64_t now = clock_ns();
    bool first = w->next == 0;
    if (now < w->next)
        return false;
    w->next = now + NS_PER_MS;
    return !first;
}

bool sql_watch_is_stopped(void *watch)
{
    struct sql_watch *w = watch;
    if (w->stopped || !is_due(w))
        return w->stopped;
    int rc = SQLITE_OK;
    if (w->stmt == NULL)
        rc = sqlite3_prepare_v2(w->db, probe, -1, &w->stmt, NULL);
    if (rc == SQLITE_OK) {
        sqlite3_step(w->stmt);
        rc = sqlite3_reset(w->stmt);
    }
    /* Where the probe fails otherwise, an authorizer may forbid it: the search goes on. */
    w->stopped = rc == SQLITE_INTERRUPT;
    return w->stopped;
}

void sql_watch_end(struct sql_watch *watch)
{
    sqlite3_finalize(watch->stmt);
    watch->stmt = NULL;
}
