/* Which keys of a lexicon begin at each place of a text. Four rules look for words of the lexicon
 * in the same text, and what they make of it is mostly the same text again: each place is looked up
 * once. */
#ifndef HIKU_SEARCH_PLAN_LEXICON_KEYS_H
#define HIKU_SEARCH_PLAN_LEXICON_KEYS_H

#include "base/span.h"
#include "dict/lexicon.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct lexicon_key {
    size_t end;                 /* bytes of the text */
    struct lexicon_range lines; /* that begin with it, its own ones first */
    uint32_t rules;             /* of its own lines, as lexicon_rule_bit has them */
};

/* A character of the text. */
struct lexicon_place {
    size_t start; /* bytes of the text */
    size_t reach; /* no byte from here on was asked for what its keys are */
    size_t first; /* number of its first key; the shorter ones stand first */
};

struct lexicon_keys {
    struct lexicon_place *places; /* and one behind the last */
    size_t n_places;
    size_t cap_places;
    struct lexicon_key *keys;
    size_t n_keys;
    size_t cap_keys;
};

static inline uint32_t lexicon_rule_bit(char rule)
{
    return rule >= 'a' && rule <= 'z' ? 1U << (rule - 'a') : 0;
}

/* Finds the keys of LEXICON in TEXT. KNOWN: those of KNOWN_TEXT, of which they are taken where the
 * two texts are the same; zeroed: nothing is known. KEYS are overwritten. False when memory is out.
 */
bool lexicon_keys_find(struct lexicon_keys *keys, const struct lexicon *lexicon, struct span text,
                       const struct lexicon_keys *known, struct span known_text);
void lexicon_keys_release(struct lexicon_keys *keys);

#endif
