/* The options that say what a query finds, for all commands that take one. Interface to
 * query_options.c. */
#ifndef HIKU_CLI_QUERY_OPTIONS_H
#define HIKU_CLI_QUERY_OPTIONS_H

#include "cli/options.h"
#include "search/hiku.h"

struct query_options {
    const char *since;
    const char *until;
    const char *without;
    int field; /* enum hiku_field */
    int any;
    int all;
    int exact;
    int words;
};

/* Their rows in a command's table. AT: the offset of the struct query_options in its values. */
/* clang-format off */
#define QUERY_OPTION_AT(at, member) ((at) + offsetof(struct query_options, member))
#define QUERY_OPTIONS(at)                                                                          \
    {"since", 0, OPTION_TEXT, QUERY_OPTION_AT(at, since), N_("DATE"), NULL,                        \
     N_("only records from this day on: 2019-07, 令和元年7月 …")},                                 \
    {"until", 0, OPTION_TEXT, QUERY_OPTION_AT(at, until), N_("DATE"), NULL,                        \
     N_("only records up to this day")},                                                           \
    {"field", 0, OPTION_CHOICE, QUERY_OPTION_AT(at, field), NULL, "any|title|body",                \
     N_("where to look")},                                                                         \
    {"any", 0, OPTION_FLAG, QUERY_OPTION_AT(at, any), NULL, NULL,                                  \
     N_("records with any of the words")},                                                         \
    {"all", 0, OPTION_FLAG, QUERY_OPTION_AT(at, all), NULL, NULL,                                  \
     N_("only records with all of the words, never partial matches")},                             \
    {"exact", 0, OPTION_FLAG, QUERY_OPTION_AT(at, exact), NULL, NULL,                              \
     N_("no synonyms, readings or other expansions")},                                             \
    {"without", 0, OPTION_TEXT, QUERY_OPTION_AT(at, without), N_("RULES"), NULL,                   \
     N_("no spellings by these rules, separated by commas: kana,dates …")},                        \
    {"words", 0, OPTION_FLAG, QUERY_OPTION_AT(at, words), NULL, NULL, N_("whole words only")}
/* clang-format on */

/* The message for options that do not go together; NULL where they do. */
const char *query_options_contradiction(const struct query_options *options);

/* Sets what they say. */
void query_options_apply(const struct query_options *options, struct hiku_search_options *search);

#endif
