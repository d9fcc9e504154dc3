/* Which keys of a lexicon begin at each place of a text. Interface: lexicon_keys.h. */
#include "search/plan/lexicon_keys.h"

#include "base/array.h"
#include "base/utf8.h"

#include <stdlib.h>

static bool add_place(struct lexicon_keys *keys, size_t start)
{
    if (!array_reserve(&keys->places, &keys->cap_places, keys->n_places + 1, sizeof *keys->places))
        return false;
    keys->places[keys->n_places++] = (struct lexicon_place){start, start, keys->n_keys};
    return true;
}

static bool add_key(struct lexicon_keys *keys, struct lexicon_key key)
{
    if (!array_reserve(&keys->keys, &keys->cap_keys, keys->n_keys + 1, sizeof *keys->keys))
        return false;
    keys->keys[keys->n_keys++] = key;
    return true;
}

/* The rules of the lines of RANGE whose key is no longer than the N_BYTES that it begins with. */
static uint32_t rules_of(const struct lexicon *l, struct lexicon_range range, size_t n_bytes)
{
    struct lexicon_entry entry;
    uint32_t rules = 0;
    while (lexicon_next(l, &range, &entry) && entry.key.len == n_bytes)
        rules |= lexicon_rule_bit(entry.rule);
    return rules;
}

/* Looks up what begins at the last place. */
static bool look_up(struct lexicon_keys *keys, const struct lexicon *l, struct span text)
{
    struct lexicon_place *place = &keys->places[keys->n_places - 1];
    struct lexicon_range range = lexicon_all(l);
    bool ok = true;
    uint32_t cp;
    for (size_t end = place->start; ok && range.start < range.end;) {
        place->reach = end + 1;
        if (end == text.len)
            break;
        end += utf8_decode(text.data + end, text.len - end, &cp);
        place->reach = end;
        range = lexicon_narrow(l, range, text.data + place->start, end - place->start);
        uint32_t rules = rules_of(l, range, end - place->start);
        if (rules != 0)
            ok = add_key(keys, (struct lexicon_key){end, range, rules});
    }
    return ok;
}

/* How many bytes the texts begin with alike, and end with alike. */
static size_t common_start(struct span a, struct span b)
{
    size_t n = 0;
    while (n < a.len && n < b.len && a.data[n] == b.data[n])
        n++;
    return n;
}

static size_t common_end(struct span a, struct span b)
{
    size_t n = 0;
    while (n < a.len && n < b.len && a.data[a.len - 1 - n] == b.data[b.len - 1 - n])
        n++;
    return n;
}

/* Gives the last place the keys of PLACE among KNOWN, which stands SHIFT bytes before. */
static bool copy_keys(struct lexicon_keys *keys, const struct lexicon_keys *known,
                      const struct lexicon_place *place, size_t shift)
{
    bool ok = true;
    keys->places[keys->n_places - 1].reach = place->reach + shift;
    for (size_t i = place[0].first; i < place[1].first && ok; i++) {
        struct lexicon_key key = known->keys[i];
        key.end += shift;
        ok = add_key(keys, key);
    }
    return ok;
}

/* The place of KNOWN that starts at AT, near number *NEXT. */
static const struct lexicon_place *find_place(const struct lexicon_keys *known, size_t *next,
                                              size_t at)
{
    while (*next > 0 && known->places[*next].start > at)
        --*next;
    while (*next < known->n_places && known->places[*next].start < at)
        ++*next;
    return &known->places[*next];
}

bool lexicon_keys_find(struct lexicon_keys *keys, const struct lexicon *lexicon, struct span text,
                       const struct lexicon_keys *known, struct span known_text)
{
    bool any = known->n_places > 0;
    size_t n_start = any ? common_start(text, known_text) : 0, next = 0;
    size_t n_end = any ? common_end(text, known_text) : 0;
    size_t shift = text.len - known_text.len; /* may wrap around */
    bool ok = true;
    uint32_t cp;
    keys->n_places = keys->n_keys = 0;
    for (size_t at = 0; at < text.len && ok;) {
        const struct lexicon_place *same = at < n_start ? find_place(known, &next, at) : NULL;
        ok = add_place(keys, at);
        if (ok && same != NULL && same->reach <= n_start)
            ok = copy_keys(keys, known, same, 0);
        else if (ok && at >= text.len - n_end)
            ok = copy_keys(keys, known, find_place(known, &next, at - shift), shift);
        else if (ok)
            ok = look_up(keys, lexicon, text);
        at += utf8_decode(text.data + at, text.len - at, &cp);
    }
    ok = ok && add_place(keys, text.len);
    keys->n_places -= ok;
    return ok;
}

void lexicon_keys_release(struct lexicon_keys *keys)
{
    free(keys->places);
    free(keys->keys);
    *keys = (struct lexicon_keys){0};
}
