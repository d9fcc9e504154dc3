/* Scoring: BM25F over title and body. Interface: rank.h. */
#include "search/rank/rank.h"

#include <math.h>

double rank_idf(double n_docs, double n_matching)
{
    return log(1 + (n_docs - n_matching + 0.5) / (n_matching + 0.5));
}

float rank_least_tf(float weight, float score)
{
    double less = (double)score * (1 - 1e-6), most = (double)weight * (RANK_K1 + 1);
    return less < most ? (float)(RANK_K1 * less / (most - less)) : 0;
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
    /* Of single precision it takes a fifth of the time, and it is asked for each document that
     * holds a common word. */
    return 1 / (double)powf((float)relative_length, (float)power);
}

double rank_lead(double n_units)
{
    return exp2(-n_units / RANK_LEAD_UNITS);
}

double rank_lead_weight(double mean_units)
{
    double n_doublings = log2(mean_units / RANK_LEAD_SHORT_UNITS);
    return RANK_LEAD * fmax(1 - RANK_LEAD_FALL * fmax(n_doublings, 0), 0);
}

struct rank_norms rank_norms(const struct corpus_stats *stats, uint32_t title_units,
                             uint32_t body_units)
{
    double weight = rank_title_weight(stats->body_share);
    double title = rank_title_norm(title_units / stats->title_units, stats->body_share);
    double units = fmax(body_units, 1); /* where the body is empty, nothing matches in it */
    return (struct rank_norms){
        .title = (float)(weight * title),
        .body = (float)rank_body_norm(units / stats->body_units, stats->body_power)};
}
