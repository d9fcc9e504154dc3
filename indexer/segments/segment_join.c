/* Joining small segments. Interface: segment_join.h. */
#include "indexer/segments/segment_join.h"

#include "store/segment_text.h"
#include "store/store.h"

#include <stdlib.h>
#include <string.h>

/* Segments of up to this many units are all alike: joining some takes a few ms. */
#define SMALL_UNITS 16384
/* As many segments of one size are joined. More would be searched more slowly, fewer be copied more
 * often. With 2^24 units at most there are at most 3 of each of 6 sizes that are not full. */
#define FAN_IN 4

/* The size class of a segment: each holds four times as much as the one before. */
static unsigned size_class(uint64_t n_units)
{
    unsigned class = 0;
    for (uint64_t limit = SMALL_UNITS; n_units > limit; limit *= FAN_IN)
        class ++;
    return class;
}

/* The segment from which on all are to be joined; n_segments: none. What is joined may make the
 * fourth of the next size. */
static size_t join_from(const struct store *store)
{
    size_t from = store->n_segments;
    uint64_t n_units = 0, n_docs = 0;
    for (;;) {
        size_t i = from, n_alike = from < store->n_segments;
        uint64_t units = n_units, docs = n_docs;
        if (i == 0)
            return from;
        unsigned class = size_class(units > 0 ? units : store->segments[i - 1].n_units);
        for (; i > 0; i--) {
            const struct segment *s = &store->segments[i - 1];
            bool adjoins = i == store->n_segments || s->base + s->n_docs == store->segments[i].base;
            if (!adjoins || size_class(s->n_units) > class ||
                units + s->n_units > SEGMENT_MAX_UNITS || docs + s->n_docs > SEGMENT_MAX_DOCS)
                break;
            units += s->n_units;
            docs += s->n_docs;
            n_alike++;
        }
        if (n_alike < FAN_IN)
            return from;
        from = i;
        n_units = units;
        n_docs = docs;
    }
}

/* Fills D, whose bounds have room for a segment's, with the document number DOC of S. */
static void take_document(struct document *d, const struct segment *s, uint32_t doc,
                          uint16_t *units)
{
    static uint16_t nothing[2];
    uint32_t start = s->starts[doc], end = s->starts[doc + 1];
    d->id = s->base + doc;
    memset(d->bounds, 0, (end - start) / 8 + 1);
    if (segment_is_dead(s, doc)) {
        d->units = nothing;
        d->n_title_units = d->n_body_units = 0;
        d->dates = (struct date_range){DAY_NONE, DAY_NONE};
        return;
    }
    d->units = units + start;
    d->n_title_units = s->title_ends[doc] - start;
    d->n_body_units = end - s->title_ends[doc] - 2;
    d->dates = (struct date_range){s->dates[(size_t)doc * 2], s->dates[(size_t)doc * 2 + 1]};
    for (uint32_t p = start, i = 0; p < end; p++, i++) {
        if (segment_is_bound(s, p))
            d->bounds[i / 8] |= (unsigned char)(1U << i % 8);
    }
}

static enum status add_texts(struct writer *w, const struct segment *s, uint16_t *units,
                             unsigned char *bounds)
{
    enum status st = ST_OK;
    for (uint32_t doc = 0; doc < s->n_docs && st == ST_OK; doc++) {
        struct document d = {.bounds = bounds};
        /* A segment need not begin with records that are gone. The last id is kept even so, that it
         * is not given again. */
        if (w->segment.n_docs == 0 && segment_is_dead(s, doc) &&
            s->base + doc + 1 < w->next_document)
            continue;
        take_document(&d, s, doc, units);
        st = segment_builder_add(&w->segment, &d);
    }
    return st;
}

static enum status add_segment(struct writer *w, struct store *store, struct segment *s,
                               struct error *error)
{
    enum status st = segment_load(store, s, error);
    if (st == ST_OK)
        st = segment_load_all_bounds(store, s, error);
    if (st == ST_OK)
        st = segment_load_dates(store, s, error);
    if (st != ST_OK)
        return st;
    uint16_t *units = calloc(s->n_units, sizeof *units);
    unsigned char *bounds = malloc((size_t)s->n_units / 8 + 1);
    st = units != NULL && bounds != NULL ? segment_text(store, s, units, error) : ST_NOMEM;
    if (st == ST_OK)
        st = add_texts(w, s, units, bounds);
    free(units);
    free(bounds);
    return st == ST_NOMEM ? error_set(error, st, _("out of memory")) : st;
}

static int run_with(sqlite3 *db, const char *sql, int64_t first, int64_t second)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(db, sql, -1, &stmt, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_bind_int64(stmt, 1, first);
    if (rc == SQLITE_OK)
        rc = sqlite3_bind_int64(stmt, 2, second);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(stmt);
    sqlite3_finalize(stmt);
    return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

static int remove_segment(sqlite3 *db, const struct segment *s)
{
    int64_t first = postings_row(s->id, 0), end = postings_row(s->id + 1, 0);
    int rc = run_with(db, "DELETE FROM postings WHERE id >= ?1 AND id < ?2", first, end);
    if (rc == SQLITE_OK)
        rc = run_with(db, "DELETE FROM lists WHERE id >= ?1 AND id < ?2", first, end);
    if (rc == SQLITE_OK)
        rc = run_with(db, "DELETE FROM bounds WHERE id >= ?1 AND id < ?2", first, end);
    if (rc == SQLITE_OK)
        rc = run_with(db, "DELETE FROM segments WHERE id BETWEEN ?1 AND ?2", s->id, s->id);
    return rc;
}

static enum status join(struct writer *w, struct store *store, size_t from, struct error *error)
{
    enum status st = ST_OK;
    int rc = SQLITE_OK;
    for (size_t i = from; i < store->n_segments && st == ST_OK; i++)
        st = add_segment(w, store, &store->segments[i], error);
    for (size_t i = from; i < store->n_segments && st == ST_OK && rc == SQLITE_OK; i++)
        rc = remove_segment(w->db, &store->segments[i]);
    if (st == ST_OK && rc == SQLITE_OK)
        rc = run_with(w->db, "DELETE FROM dead WHERE id >= ?1 AND id < ?2",
                      store->segments[from].base,
                      w->segment.n_docs > 0 ? w->segment.base : w->next_document);
    if (st == ST_OK && rc != SQLITE_OK)
        st = writer_error(w, rc, error);
    return st == ST_OK ? writer_flush(w, error) : st;
}

enum status segment_join(struct writer *w, struct error *error)
{
    struct store *store = NULL;
    enum status st = store_borrow(&store, w->db, w->db_path, error);
    size_t from = st == ST_OK ? join_from(store) : 0;
    if (st == ST_OK && from < store->n_segments)
        st = join(w, store, from, error);
    store_close(store);
    return st;
}
