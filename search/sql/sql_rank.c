/* hiku_rank: BM25F over the columns of an FTS5 table, its lengths in tokens. Interface: sql.h. */
#include "search/rank/rank.h"
#include "search/sql/sql.h"

#include <stdlib.h>

/* Of Japanese text whose words of grammar are no tokens, about. */
#define UNITS_PER_TOKEN 3

struct column {
    double weight;
    bool is_title;
    double mean;  /* length, tokens */
    double power; /* of a body's length */
    double norm;  /* what a match in the row at hand counts */
};

/* What stays the same from row to row of one query. */
struct ranking {
    int n_columns;
    int n_phrases;
    struct column *columns;
    double body_share; /* rank_body_share of the mean lengths */
    double *idf;       /* one for each phrase */
    double *tf;
};

static void ranking_free(void *ranking)
{
    struct ranking *r = ranking;
    free(r->columns);
    free(r->idf);
    free(r->tf);
    free(r);
}

static int count_row(const Fts5ExtensionApi *api, Fts5Context *fts, void *count)
{
    (void)api;
    (void)fts;
    ++*(sqlite3_int64 *)count;
    return SQLITE_OK;
}

/* The last of several columns is the title, as in documents_fts. */
static int init_columns(struct ranking *r, const Fts5ExtensionApi *api, Fts5Context *fts,
                        sqlite3_int64 n_rows)
{
    int rc = SQLITE_OK;
    double title = 1, body = 0;
    for (int i = 0; i < r->n_columns && rc == SQLITE_OK; i++) {
        bool is_title = i == r->n_columns - 1 && r->n_columns > 1;
        sqlite3_int64 total = 0;
        rc = api->xColumnTotalSize(fts, i, &total);
        double mean = total > 0 && n_rows > 0 ? (double)total / (double)n_rows : 1;
        r->columns[i] = (struct column){
            .is_title = is_title, .mean = mean, .power = rank_body_power(mean * UNITS_PER_TOKEN)};
        title = is_title ? mean : title;
        body += is_title || total == 0 ? 0 : mean;
    }
    r->body_share = rank_body_share(title, body);
    for (int i = 0; i < r->n_columns; i++)
        r->columns[i].weight = r->columns[i].is_title ? rank_title_weight(r->body_share) : 1;
    return rc;
}

static int init_phrases(struct ranking *r, const Fts5ExtensionApi *api, Fts5Context *fts,
                        sqlite3_int64 n_rows)
{
    int rc = SQLITE_OK;
    for (int i = 0; i < r->n_phrases && rc == SQLITE_OK; i++) {
        sqlite3_int64 n_matching = 0;
        rc = api->xQueryPhrase(fts, i, &n_matching, count_row);
        r->idf[i] = rank_idf((double)n_rows, (double)n_matching);
    }
    return rc;
}

static int make_ranking(struct ranking **out, const Fts5ExtensionApi *api, Fts5Context *fts)
{
    sqlite3_int64 n_rows = 0;
    struct ranking *r = calloc(1, sizeof *r);
    if (r == NULL)
        return SQLITE_NOMEM;
    r->n_columns = api->xColumnCount(fts);
    r->n_phrases = api->xPhraseCount(fts);
    r->columns = calloc((size_t)r->n_columns + 1, sizeof *r->columns);
    r->idf = calloc((size_t)r->n_phrases + 1, sizeof *r->idf);
    r->tf = calloc((size_t)r->n_phrases + 1, sizeof *r->tf);
    int rc = r->columns && r->idf && r->tf ? api->xRowCount(fts, &n_rows) : SQLITE_NOMEM;
    if (rc == SQLITE_OK)
        rc = init_columns(r, api, fts, n_rows);
    if (rc == SQLITE_OK)
        rc = init_phrases(r, api, fts, n_rows);
    if (rc != SQLITE_OK) {
        ranking_free(r);
        return rc;
    }
    *out = r;
    return api->xSetAuxdata(fts, r, ranking_free);
}

/* Sets r->tf to the weighed matches of each phrase in this row. */
static int count_matches(struct ranking *r, const Fts5ExtensionApi *api, Fts5Context *fts)
{
    int n = 0, rc = SQLITE_OK;
    for (int i = 0; i < r->n_columns && rc == SQLITE_OK; i++) {
        struct column *c = &r->columns[i];
        int length = 0;
        rc = api->xColumnSize(fts, i, &length);
        double relative = (length > 0 ? length : 1) / c->mean;
        c->norm = c->weight * (c->is_title ? rank_title_norm(relative, r->body_share)
                                           : rank_body_norm(relative, c->power));
    }
    for (int i = 0; i < r->n_phrases; i++)
        r->tf[i] = 0;
    if (rc == SQLITE_OK)
        rc = api->xInstCount(fts, &n);
    for (int i = 0; i < n && rc == SQLITE_OK; i++) {
        int phrase, column, offset;
        rc = api->xInst(fts, i, &phrase, &column, &offset);
        if (rc == SQLITE_OK && column >= 0 && column < r->n_columns)
            r->tf[phrase] += r->columns[column].norm;
    }
    return rc;
}

void sql_rank(const Fts5ExtensionApi *api, Fts5Context *fts, sqlite3_context *context, int n_args,
              sqlite3_value **args)
{
    int rc = SQLITE_OK;
    double score = 0;
    struct ranking *r = api->xGetAuxdata(fts, 0);
    if (r == NULL)
        rc = make_ranking(&r, api, fts);
    for (int i = 0; rc == SQLITE_OK && i < n_args && i < r->n_columns; i++)
        r->columns[i].weight = sqlite3_value_double(args[i]);
    if (rc == SQLITE_OK)
        rc = count_matches(r, api, fts);
    for (int i = 0; rc == SQLITE_OK && i < r->n_phrases; i++)
        score += r->idf[i] * r->tf[i] * (RANK_K1 + 1) / (RANK_K1 + r->tf[i]);
    if (rc == SQLITE_OK)
        sqlite3_result_double(context, -score); /* as bm25(): ORDER BY rank gives the best first */
    else
        sqlite3_result_error_code(context, rc);
}
