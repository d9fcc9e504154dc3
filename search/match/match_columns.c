/* Records by the text of a column that is none of title and body. Interface: match.h. */
#include "search/match/match.h"

#include "dict/normalize.h"
#include "search/match/bitset.h"

#include <string.h>

#define MOST_NAMES 64 /* tables have fewer columns; names beyond them are normalised each time */

/* A name as it stands in the index. */
struct known_name {
    struct buf name;
    bool wanted;
};

struct column_search {
    struct normalized name;
    struct normalized text;
    struct known_name names[MOST_NAMES];
    size_t n_names;
    size_t next; /* the name that is likely to come: rows have theirs in one order */
    const char *wanted;
    const char *value;
    size_t n_value;
    bool is_label;
    bool found; /* in some document that is not deleted */
};

static struct span column_text(sqlite3_stmt *stmt, int column)
{
    const char *text = (const char *)sqlite3_column_text(stmt, column);
    return (struct span){text != NULL ? text : "", (size_t)sqlite3_column_bytes(stmt, column)};
}

/* Blanks in the index's name do not count: a query cannot have them there. */
static enum status is_wanted(struct column_search *c, struct span name, bool *wanted)
{
    if (normalize(&c->name, name.data, name.len) != ST_OK)
        return ST_NOMEM;
    const char *rest = c->wanted;
    bool same = true;
    for (size_t i = 0; i < c->name.text.len && same; i++)
        if (c->name.text.data[i] != ' ')
            same = *rest != '\0' && *rest++ == c->name.text.data[i];
    *wanted = same && *rest == '\0';
    return ST_OK;
}

/* Whether the name, or what stands below its group's name (予算 当初), is the one asked for. */
static enum status compare_name(struct column_search *c, struct span name, bool *wanted)
{
    enum status st = is_wanted(c, name, wanted);
    const char *blank = memrchr(name.data, ' ', name.len);
    if (st != ST_OK || *wanted || blank == NULL)
        return st;
    struct span own = {blank + 1, name.len - (size_t)(blank + 1 - name.data)};
    return is_wanted(c, own, wanted);
}

/* Whether the row's column is the one that is asked for. */
static enum status has_name(struct column_search *c, struct span name, bool *same)
{
    for (size_t i = 0; i < c->n_names; i++) {
        size_t at = (c->next + i) % c->n_names;
        const struct known_name *known = &c->names[at];
        if (known->name.len == name.len && memcmp(known->name.data, name.data, name.len) == 0) {
            c->next = at + 1;
            *same = known->wanted;
            return ST_OK;
        }
    }
    enum status st = compare_name(c, name, same);
    if (st != ST_OK || c->n_names == MOST_NAMES)
        return st;
    struct known_name *known = &c->names[c->n_names++];
    buf_append(&known->name, name.data, name.len);
    known->wanted = *same;
    return known->name.failed ? ST_NOMEM : ST_OK;
}

static enum status holds_value(struct column_search *c, struct span text, bool *holds)
{
    if (normalize(&c->text, text.data, text.len) != ST_OK)
        return ST_NOMEM;
    *holds = memmem(c->text.text.data, c->text.text.len, c->value, c->n_value) != NULL;
    return ST_OK;
}

static enum status check_row(struct column_search *c, sqlite3_stmt *stmt, bool *holds)
{
    bool same = c->is_label;
    enum status st = same ? ST_OK : has_name(c, column_text(stmt, 1), &same);
    *holds = false;
    return st == ST_OK && same ? holds_value(c, column_text(stmt, 2), holds) : st;
}

/* BITS: gets the documents that hold the value; NULL: the first of them ends the search. */
static enum status scan(struct matcher *m, const struct segment *segment, struct column_search *c,
                        sqlite3_stmt *stmt, uint64_t *bits)
{
    enum status st = ST_OK;
    bool holds, ended = false;
    int rc = SQLITE_ROW;
    sqlite3_bind_int64(stmt, 1, segment->base);
    sqlite3_bind_int64(stmt, 2, segment->base + segment->n_docs);
    for (size_t n = 0; st == ST_OK && !ended && (rc = sqlite3_step(stmt)) == SQLITE_ROW; n++) {
        uint32_t doc = (uint32_t)(sqlite3_column_int64(stmt, 0) - segment->base);
        st = check_row(c, stmt, &holds);
        if (st == ST_OK && holds && !segment_is_dead(segment, doc)) {
            c->found = true;
            ended = bits == NULL;
            if (bits != NULL)
                bitset_add(bits, doc);
        }
        if (st == ST_OK && n % 1024 == 0)
            st = matcher_check(m);
    }
    if (st == ST_OK && !ended && rc != SQLITE_DONE)
        st = store_sqlite_error(m->store->db, rc, m->store->path, m->error);
    return st == ST_NOMEM ? error_set(m->error, st, _("out of memory")) : st;
}

/* Whether some record has such a column: a colon in a text mostly names none. */
static enum status is_known(struct matcher *m, struct column_search *c, bool *known)
{
    sqlite3_stmt *stmt = NULL;
    enum status st = ST_OK;
    *known = false;
    int rc = sqlite3_prepare_v2(m->store->db, "SELECT name FROM column_names", -1, &stmt, NULL);
    while (rc == SQLITE_OK && st == ST_OK && !*known && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        st = compare_name(c, column_text(stmt, 0), known);
        rc = SQLITE_OK;
    }
    sqlite3_finalize(stmt);
    if (rc != SQLITE_OK && rc != SQLITE_DONE)
        return store_sqlite_error(m->store->db, rc, m->store->path, m->error);
    return st == ST_NOMEM ? error_set(m->error, st, _("out of memory")) : st;
}

/* *FOUND: whether a document of the segment has a column NAME with VALUE. BITS as of scan. */
static enum status search_column(struct matcher *m, const struct segment *segment, const char *name,
                                 const char *value, uint64_t *bits, bool *found)
{
    static const char columns[] = "SELECT d.id, e.key, e.value FROM documents AS d, "
                                  "json_each(d.columns) AS e WHERE d.id >= ?1 AND d.id < ?2 "
                                  "AND d.columns <> '{}'";
    static const char labels[] =
        "SELECT d.id, 'label', s.label FROM documents AS d JOIN sources AS "
        "s ON s.id = d.source_id WHERE d.id >= ?1 AND d.id < ?2";
    const char *const queries[] = {columns, labels};
    bool is_label = strcmp(name, "label") == 0 || strcmp(name, "ラベル") == 0;
    struct column_search c = {.name = NORMALIZED_INIT,
                              .text = NORMALIZED_INIT,
                              .wanted = name,
                              .value = value,
                              .n_value = strlen(value)};
    bool known;
    for (size_t i = 0; i < MOST_NAMES; i++)
        buf_init(&c.names[i].name);
    enum status st = is_known(m, &c, &known);
    for (int i = known ? 0 : 1; i < (is_label ? 2 : 1) && st == ST_OK; i++) {
        sqlite3_stmt *stmt = NULL;
        c.is_label = i == 1;
        int rc = sqlite3_prepare_v2(m->store->db, queries[i], -1, &stmt, NULL);
        st = rc == SQLITE_OK ? scan(m, segment, &c, stmt, bits)
                             : store_sqlite_error(m->store->db, rc, m->store->path, m->error);
        sqlite3_finalize(stmt);
    }
    *found = c.found;
    normalized_release(&c.name);
    normalized_release(&c.text);
    for (size_t i = 0; i < c.n_names; i++)
        buf_release(&c.names[i].name);
    return st;
}

enum status select_column(struct matcher *m, const struct segment *segment, const char *name,
                          const char *value, uint64_t *bits)
{
    bool found;
    return search_column(m, segment, name, value, bits, &found);
}

enum status any_has_column(struct matcher *m, const struct segment *segment, const char *name,
                           bool *has)
{
    return search_column(m, segment, name, "", NULL, has);
}
