/* How near to each other, and to the beginning, the words of a query stand in a record. */
#ifndef HIKU_SEARCH_RANK_PROXIMITY_H
#define HIKU_SEARCH_RANK_PROXIMITY_H

#include "search/rank/collect.h"

/* Raises the scores of the first RANK_NEAR_POOL of the N candidates, partial matches of E in order,
 * by how much of the query stands together in each (RANK_NEAR, RANK_NEAR_UNITS) and at the
 * beginning of its body (RANK_LEAD), and puts them in order again: the others stay behind them. M:
 * a matcher for E's plan. ST_OK, or the statuses of find_positions. After Tao, Zhai: An exploration
 * of proximity measures in information retrieval, 2007, with the heaviest window in the place of
 * the smallest that holds all. */
enum status proximity_rerank(const struct evaluation *e, struct hiku *db, struct matcher *m,
                             struct candidate *candidates, size_t n);

/* Raises the scores of the first RANK_CLOSE_POOL of the N candidates, which hold all that E's plan
 * asks for, by how often and how closely different terms of it stand together (RANK_CLOSE), and
 * puts them in order again. Of one term there is nothing to tell. Statuses as proximity_rerank.
 * After Buettcher, Clarke, Lushman: Term proximity scoring for ad-hoc retrieval on very large text
 * collections, 2006: each term with the other one before it. */
enum status proximity_rerank_all(const struct evaluation *e, struct hiku *db,
                                 struct candidate *candidates, size_t n);

#endif
