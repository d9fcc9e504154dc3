/* The options that say what a query finds. Interface: query_options.h. */
#include "cli/query_options.h"

const char *query_options_contradiction(const struct query_options *options)
{
    return options->any && options->all ? _("'--any' and '--all' exclude each other; leave one out")
                                        : NULL;
}

void query_options_apply(const struct query_options *options, struct hiku_search_options *search)
{
    search->mode = options->any ? HIKU_MODE_ANY : options->all ? HIKU_MODE_ALL : HIKU_MODE_AUTO;
    search->field = options->field;
    search->exact = options->exact;
    search->words = options->words;
    search->since = options->since;
    search->until = options->until;
    search->without = options->without;
}
