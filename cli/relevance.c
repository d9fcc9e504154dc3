/* How well a ranking answers a query. Interface: relevance.h. */
#include "cli/relevance.h"

#include <math.h>
#include <stdlib.h>

static int by_grade(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return (y > x) - (y < x);
}

static double gain(const int *grades, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n && i < RELEVANCE_TOP; i++) {
        if (grades[i] > 0)
            sum += grades[i] / log2((double)i + 2);
    }
    return sum;
}

static size_t count_relevant(const int *grades, size_t n, size_t depth)
{
    size_t count = 0;
    for (size_t i = 0; i < n && i < depth; i++)
        count += grades[i] > 0;
    return count;
}

struct relevance relevance_reckon(const int *ranked, size_t n_ranked, int *judged, size_t n_judged)
{
    struct relevance r = {0};
    double n_relevant = (double)count_relevant(judged, n_judged, n_judged);
    if (n_relevant <= 0)
        return r;
    qsort(judged, n_judged, sizeof *judged, by_grade);
    r.ndcg_10 = gain(ranked, n_ranked) / gain(judged, n_judged);
    for (size_t i = n_ranked < RELEVANCE_TOP ? n_ranked : RELEVANCE_TOP; i > 0; i--) {
        if (ranked[i - 1] > 0)
            r.mrr_10 = 1 / (double)i;
    }
    r.recall_10 = (double)count_relevant(ranked, n_ranked, RELEVANCE_TOP) / n_relevant;
    r.recall_100 = (double)count_relevant(ranked, n_ranked, RELEVANCE_DEPTH) / n_relevant;
    return r;
}

void relevance_add(struct relevance *sum, const struct relevance *one)
{
    sum->ndcg_10 += one->ndcg_10;
    sum->mrr_10 += one->mrr_10;
    sum->recall_10 += one->recall_10;
    sum->recall_100 += one->recall_100;
}

void relevance_divide(struct relevance *sum, size_t n)
{
    sum->ndcg_10 /= (double)n;
    sum->mrr_10 /= (double)n;
    sum->recall_10 /= (double)n;
    sum->recall_100 /= (double)n;
}
