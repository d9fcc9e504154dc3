/* One record by its key. Interface: hiku.h. */
#include "search/query/query.h"
#include "search/results/results.h"

#include <stdlib.h>

/* Highlights for one record: the query is planned like a search, but nothing is looked up. */
static enum status highlight_record(struct hiku *db, const char *query, size_t n_bytes,
                                    struct fetched *f)
{
    struct query parsed = {0};
    struct plan plan = {0}, partial = {0};
    const struct word_source words = {session_find_words, db};
    struct plan_options options = {.words = &words, .fields = QUERY_ANY_FIELD};
    struct highlighter h = {.tokenizer = db->tokenizer};
    h.normalized = (struct normalized)NORMALIZED_INIT;
    enum status st = query_parse(&parsed, query, n_bytes, QUERY_DEFAULT_ALL);
    if (st == ST_OK)
        st = plan_make(&plan, &parsed, &options, db->tokenizer);
    h.plans[0] = &plan;
    if (st == ST_OK)
        st = fetched_highlight(f, &h);
    bool found = f->record.title.n_highlights + f->record.body.n_highlights > 0;
    if (st == ST_OK && !found) {
        st = plan_make_partial(&partial, &parsed, &options, db->tokenizer);
        h.plans[0] = &partial;
        if (st == ST_OK)
            st = fetched_highlight(f, &h);
    }
    highlighter_release(&h);
    plan_release(&plan);
    plan_release(&partial);
    query_release(&parsed);
    return st;
}

int hiku_get(hiku *db, const char *key, const char *query, size_t n_bytes,
             const struct hiku_record **record)
{
    *record = NULL;
    db->error.message[0] = '\0';
    if (db->fetched == NULL) {
        db->fetched = malloc(sizeof *db->fetched);
        if (db->fetched == NULL)
            return session_fail(db, ST_NOMEM);
        *db->fetched = (struct fetched)FETCHED_INIT;
    }
    enum status st = session_begin(db);
    if (st != ST_OK)
        return session_fail(db, st);
    size_t member;
    st = record_find(db, key, db->fetched, &member);
    if (st == ST_OK && query != NULL)
        st = highlight_record(db, query, n_bytes, db->fetched);
    session_end(db);
    if (st != ST_OK)
        return session_fail(db, st);
    *record = &db->fetched->record;
    return HIKU_OK;
}
