/* How far hiku index is. Interface: progress.h. */
#include "cli/progress.h"

#include "base/clock.h"

#include <stdio.h>
#include <unistd.h>

static double now_s(void)
{
    return clock_ms() / 1000;
}

void progress_start(struct progress *progress, bool wanted)
{
    *progress = (struct progress){.started = now_s()};
    progress->shown = progress->started;
    progress->wanted = wanted && isatty(STDERR_FILENO);
}

double progress_seconds(const struct progress *progress)
{
    return now_s() - progress->started;
}

void progress_wipe(struct progress *progress)
{
    if (progress->on_screen)
        fputs("\r\033[K", stderr);
    progress->on_screen = false;
}

/*  42 % of 315.3 MB, 129024 records, 9800 a second, 18 s left */
static void print_reading(const struct index_progress *now, double seconds)
{
    double share = now->n_bytes_total > 0 ? (double)now->n_bytes / (double)now->n_bytes_total : 0;
    if (share > 1)
        share = 1;
    fprintf(stderr, _("%3.0f %% of %.1f MB, %llu records, %.0f a second, %.0f s left"), share * 100,
            (double)now->n_bytes_total / 1e6, (unsigned long long)now->n_records,
            (double)now->n_records / seconds, share > 0 ? seconds / share - seconds : 0.0);
}

void progress_show(struct progress *progress, const struct index_progress *now)
{
    static const double interval = 0.2; /* s: often enough to look alive */
    double time = now_s();
    if (!progress->wanted || (time - progress->shown < interval && !now->writing))
        return;
    progress_wipe(progress);
    if (now->writing)
        fprintf(stderr, _("%llu records read; writing the index"),
                (unsigned long long)now->n_records);
    else
        print_reading(now, time - progress->started);
    fflush(stderr);
    progress->shown = time;
    progress->on_screen = true;
}
