/* Comparing what is indexed with the texts. Interface: check_segments.h. */
#include "indexer/check/check_segments.h"

#include "indexer/check/check_frequencies.h"
#include "indexer/segments/document.h"
#include "indexer/segments/vocabulary.h"
#include "store/postings.h"

#include <stdlib.h>
#include <string.h>

struct segment_check {
    struct checker *checker;
    struct segment *segment;
    sqlite3_stmt *find;
    struct analyst analyst;
    struct document doc;
    uint16_t *units;       /* the segment's text made anew; of deleted documents nothing */
    unsigned char *listed; /* n_units bits: a list names this place */
    uint64_t n_wrong;
    uint64_t n_bytes; /* of the lists seen */
};

static bool is_listed(const struct segment_check *c, uint32_t position)
{
    return (c->listed[position / 8] >> position % 8 & 1) != 0;
}

static enum status take_row(struct segment_check *c)
{
    const char *texts[3];
    struct span spans[3];
    for (int i = 0; i < 3; i++) {
        texts[i] = (const char *)sqlite3_column_text(c->find, i);
        spans[i] = (struct span){texts[i] != NULL ? texts[i] : "",
                                 (size_t)sqlite3_column_bytes(c->find, i)};
    }
    struct record record = {.title = spans[0], .body = spans[1], .date_text = spans[2]};
    enum status st = document_take(&c->doc, &record);
    if (st == ST_OK)
        st = document_analyze(&c->doc, &c->analyst);
    return st;
}

static bool same_bounds(const struct segment_check *c, uint32_t doc)
{
    const struct segment *s = c->segment;
    for (uint32_t p = s->starts[doc], i = 0; p < s->starts[doc + 1]; p++, i++) {
        if (segment_is_bound(s, p) != ((c->doc.bounds[i / 8] >> i % 8 & 1) != 0))
            return false;
    }
    return true;
}

static void compare_document(struct segment_check *c, uint32_t doc)
{
    const struct segment *s = c->segment;
    long long id = s->base + (int64_t)doc;
    const int32_t *dates = s->dates + (size_t)doc * 2;
    uint32_t n_title = s->title_ends[doc] - s->starts[doc];
    uint32_t n = s->starts[doc + 1] - s->starts[doc];
    if (c->doc.n_title_units != n_title || c->doc.n_title_units + c->doc.n_body_units + 2 != n) {
        checker_report(c->checker, _("record %lld: its length differs from the index"), id);
        return;
    }
    memcpy(c->units + s->starts[doc], c->doc.units, n * sizeof *c->units);
    if (!same_bounds(c, doc))
        checker_report(c->checker, _("record %lld: its words differ from the index"), id);
    if (dates[0] != c->doc.dates.first || dates[1] != c->doc.dates.last)
        checker_report(c->checker, _("record %lld: its date differs from the index"), id);
}

static enum status compare_documents(struct segment_check *c)
{
    enum status st = ST_OK;
    for (uint32_t doc = 0; doc < c->segment->n_docs && st == ST_OK; doc++) {
        int64_t id = c->segment->base + doc;
        sqlite3_bind_int64(c->find, 1, id);
        int rc = sqlite3_step(c->find);
        bool dead = segment_is_dead(c->segment, doc);
        if (rc == SQLITE_ROW && dead) {
            checker_report(c->checker, _("record %lld: deleted in the index, but still there"),
                           (long long)id);
        } else if (rc == SQLITE_DONE && !dead) {
            checker_report(c->checker, _("record %lld: in the index, but not there"),
                           (long long)id);
        } else if (rc == SQLITE_ROW) {
            st = take_row(c);
            if (st == ST_OK)
                compare_document(c, doc);
            c->checker->result->n_records++;
        } else if (rc != SQLITE_DONE) {
            st = store_sqlite_error(c->checker->store->db, rc, c->checker->store->path,
                                    c->checker->error);
        }
        sqlite3_reset(c->find);
    }
    return st;
}

/* Checks one list against the text. In deleted documents it may say anything. */
static enum status check_list(void *context, uint64_t pair, const unsigned char *data,
                              size_t n_bytes)
{
    struct segment_check *c = context;
    struct postings p;
    uint32_t chunk[POSTINGS_CHUNK], doc = 0;
    size_t n;
    c->checker->result->n_lists++;
    c->n_bytes += n_bytes;
    if (pair >= FREQUENCY_LISTS) /* check_frequencies */
        return ST_OK;
    postings_open(&p, data, n_bytes);
    while ((n = postings_next(&p, 0, chunk)) > 0) {
        for (size_t i = 0; i < n; i++) {
            if (chunk[i] >= c->segment->n_units - 1)
                return ST_CORRUPT;
            doc = segment_doc_at(c->segment, chunk[i], doc);
            if (segment_is_dead(c->segment, doc))
                continue;
            if (c->units[chunk[i]] != pair >> 16 || c->units[chunk[i] + 1] != (pair & 0xFFFF) ||
                is_listed(c, chunk[i]))
                c->n_wrong++;
            c->listed[chunk[i] / 8] |= (unsigned char)(1U << chunk[i] % 8);
        }
    }
    return p.bad ? ST_CORRUPT : ST_OK;
}

/* Whether the segment's lists are all that its rows of postings hold. */
static enum status check_rows(struct segment_check *c)
{
    struct store *store = c->checker->store;
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(store->db,
                                "SELECT total(length(data)) FROM postings WHERE id >= ?1 AND "
                                "id < ?2",
                                -1, &stmt, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_bind_int64(stmt, 1, postings_row(c->segment->id, 0));
    if (rc == SQLITE_OK)
        rc = sqlite3_bind_int64(stmt, 2, postings_row(c->segment->id + 1, 0));
    if (rc == SQLITE_OK)
        rc = sqlite3_step(stmt);
    enum status st = ST_OK;
    if (rc != SQLITE_ROW)
        st = store_sqlite_error(store->db, rc, store->path, c->checker->error);
    else if (sqlite3_column_int64(stmt, 0) != (int64_t)c->n_bytes)
        st = ST_CORRUPT;
    sqlite3_finalize(stmt);
    return st;
}

static enum status check_lists(struct segment_check *c)
{
    long long segment = c->segment->id;
    c->n_bytes = 0;
    enum status st = segment_lists(c->checker->store, c->segment, 0, LIST_NUMBER_MAX, check_list, c,
                                   c->checker->error);
    if (st == ST_OK)
        st = check_rows(c);
    bool readable = st == ST_OK;
    if (st == ST_CORRUPT)
        checker_report(c->checker, _("segment %lld: a list cannot be read"), segment);
    else if (st != ST_OK)
        return st;
    for (uint32_t p = 0; p < c->segment->n_units; p++)
        c->n_wrong += c->units[p] != 0 && !is_listed(c, p);
    if (c->n_wrong > 0)
        checker_report(c->checker, _("segment %lld: %llu places differ from the texts"), segment,
                       (unsigned long long)c->n_wrong);
    return readable && c->n_wrong == 0 ? check_frequencies(c->checker, c->segment) : ST_OK;
}

static enum status check_segment(struct segment_check *c)
{
    struct checker *checker = c->checker;
    enum status st = segment_load(checker->store, c->segment, checker->error);
    if (st == ST_OK)
        st = segment_load_dates(checker->store, c->segment, checker->error);
    if (st == ST_OK)
        st = segment_load_all_bounds(checker->store, c->segment, checker->error);
    if (st == ST_CORRUPT) {
        checker_report(checker, _("segment %lld cannot be read"), (long long)c->segment->id);
        return ST_OK;
    }
    if (st != ST_OK)
        return st;
    c->n_wrong = 0;
    c->units = calloc(c->segment->n_units, sizeof *c->units);
    c->listed = calloc(1, c->segment->n_units / 8 + 1);
    st = c->units != NULL && c->listed != NULL ? compare_documents(c) : ST_NOMEM;
    if (st == ST_OK)
        st = check_lists(c);
    free(c->units);
    free(c->listed);
    checker->result->n_segments++;
    return st;
}

/* The words of deleted documents may stay in the vocabulary, but none of the others may lack. */
static enum status check_words(struct segment_check *c)
{
    struct checker *checker = c->checker;
    struct vocabulary words = {0};
    size_t n_missing = 0;
    int rc = SQLITE_OK;
    enum status st = vocabulary_add_words(&words, tokenizer_words(c->analyst.tokenizer));
    if (st == ST_OK)
        st = vocabulary_compare(&words, checker->store->db, &n_missing, &rc);
    vocabulary_release(&words);
    if (st == ST_IO)
        return store_sqlite_error(checker->store->db, rc, checker->store->path, checker->error);
    if (st == ST_OK && n_missing > 0)
        checker_report(checker, _("the vocabulary lacks %zu words of the texts"), n_missing);
    return st;
}

enum status check_segments(struct checker *checker)
{
    struct segment_check c = {.checker = checker};
    document_init(&c.doc);
    enum status st = analyst_init(&c.analyst, checker->analyzer, NULL, NULL);
    int rc = sqlite3_prepare_v2(checker->store->db,
                                "SELECT title, body, date_text FROM documents WHERE id = ?1", -1,
                                &c.find, NULL);
    if (st == ST_OK && rc != SQLITE_OK)
        st = store_sqlite_error(checker->store->db, rc, checker->store->path, checker->error);
    for (size_t i = 0; i < checker->store->n_segments && st == ST_OK; i++) {
        c.segment = &checker->store->segments[i];
        st = check_segment(&c);
    }
    if (st == ST_OK)
        st = check_words(&c);
    if (st == ST_NOMEM)
        error_set(checker->error, st, _("out of memory"));
    sqlite3_finalize(c.find);
    document_release(&c.doc);
    analyst_release(&c.analyst);
    return st;
}
