/* Scoring: BM25F over title and body. Interface: rank.h. */
#include "search/rank/rank.h"

#include <math.h>

double rank_idf(double n_docs, double n_matching)
{
    return log(1 + (n_docs - n_matching + 0.5) / (n_matching + 0.5));
}

double rank_body_share(double title_units, double body_units)
{
    return fmin(body_units / (RANK_BODY_FULL * title_units), 1);
}

double rank_title_weight(double body_share)
{
    return 1 + (RANK_TITLE - 1) * body_share;
}

double rank_title_norm(double relative_length, double body_share)
{
    double b = RANK_B_TITLE_ALONE + (RANK_B_TITLE - RANK_B_TITLE_ALONE) * body_share;
    return 1 / (1 - b + b * relative_length);
}

double rank_body_power(double mean_units)
{
    double n_doublings = log2(mean_units / RANK_BODY_SHORT_UNITS);
    double power = RANK_BODY_POWER_MOST - RANK_BODY_POWER_FALL * fmax(n_doublings, 0);
    return fmax(power, RANK_BODY_POWER_LEAST);
}

double rank_body_norm(double relative_length, double power)
{
    return 1 / pow(relative_length, power);
}

static double body_norm(const struct corpus_stats *stats, uint32_t units)
{
    if (stats->body_norms == NULL || units >= RANK_N_NORMS)
        return rank_body_norm(units / stats->body_units, stats->body_power);
    double *norm = &stats->body_norms[units];
    if (*norm <= 0)
        *norm = rank_body_norm(units / stats->body_units, stats->body_power);
    return *norm;
}

double rank_term(const struct corpus_stats *stats, double idf, const struct doc_match *match,
                 uint32_t title_units, uint32_t body_units)
{
    double tf = 0;
    if (match->title > 0)
        tf += rank_title_weight(stats->body_share) * (double)match->title *
              rank_title_norm(title_units / stats->title_units, stats->body_share);
    if (match->body > 0)
        tf += (double)match->body * body_norm(stats, body_units);
    return idf * tf * (RANK_K1 + 1) / (RANK_K1 + tf);
}
