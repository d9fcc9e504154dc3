/* The cheapest path through the words of a sentence. Interface: lattice.h.
 *
 * Places are characters of the sentence, from 0 to its end. Where two paths cost the same, MeCab
 * takes the one whose word it found last: words are found in the order of MeCab's, and each
 * place's are looked at from the last to the first. */
#include "dict/lattice/lattice.h"

#include "base/array.h"
#include "base/utf8.h"
#include "dict/lattice/dictionary.h"

#include <stdlib.h>
#include <string.h>

#define MAX_PLACES SENTENCE_MAX_BYTES
#define NONE UINT32_MAX
#define NUMBERED (INT64_C(1) << 32)

/* A word in the sentence. */
struct node {
    int32_t cost;     /* its own; then of the cheapest path that ends with it */
    uint32_t before;  /* the node before it on that path */
    uint32_t another; /* that ends at the same place, and was found before */
    uint32_t feature;
    uint16_t left_id;
    uint16_t right_id;
    uint16_t end;   /* place */
    uint8_t source; /* number of the dictionary's words, or UNKNOWN */
};
#define UNKNOWN DICTIONARY_WORDS

/* What is asked of a node that ends at a place, for each word that begins there. */
struct left {
    int32_t cost;
    uint32_t right_id;
    uint32_t node;
};

/* What the cheapest left neighbour of a left context id is, at the place of MARK. */
struct joint {
    uint32_t mark;
    int32_t cost;
    uint32_t node;
};

struct lattice {
    const struct dictionary *dictionary;
    struct node *nodes;
    size_t n_nodes;
    size_t cap_nodes;
    struct left *lefts;
    size_t n_lefts;
    size_t cap_lefts;
    struct joint *joints; /* by left context id */
    uint32_t mark;        /* of the place at which we are, never the same twice */
    const char *text;
    size_t n_places;
    uint16_t bytes[MAX_PLACES + 1]; /* where each place is in the text */
    uint16_t units[MAX_PLACES];     /* its character; 0 beyond the BMP, as to MeCab */
    uint32_t classes[MAX_PLACES];   /* its bits */
    uint32_t ends[MAX_PLACES + 1];  /* the last node that ends there, or NONE */
};

struct lattice *lattice_new(const struct dictionary *d)
{
    struct lattice *l = calloc(1, sizeof *l);
    if (l == NULL)
        return NULL;
    l->dictionary = d;
    l->joints = calloc(d->n_left, sizeof *l->joints);
    if (l->joints != NULL)
        return l;
    lattice_free(l);
    return NULL;
}

void lattice_free(struct lattice *l)
{
    if (l == NULL)
        return;
    free(l->nodes);
    free(l->lefts);
    free(l->joints);
    free(l);
}

/* False: MeCab must be asked. */
static bool find_places(struct lattice *l, const char *text, size_t n_bytes)
{
    const struct dictionary *d = l->dictionary;
    size_t n = 0;
    l->text = text;
    for (size_t at = 0; at < n_bytes; n++) {
        uint32_t cp;
        size_t len = utf8_decode(text + at, n_bytes - at, &cp);
        if (cp == UTF8_REPLACEMENT && memcmp(text + at, "\xEF\xBF\xBD", len) != 0)
            return false;
        uint16_t unit = (uint16_t)(cp < 0xFFFF ? cp : 0);
        l->bytes[n] = (uint16_t)at;
        l->units[n] = unit;
        l->classes[n] = d->classes[unit];
        l->ends[n] = NONE;
        if (cp == 0xFFFF || class_kinds(l->classes[n]) & class_kinds(d->classes[' ']))
            return false;
        at += len;
    }
    l->bytes[n] = (uint16_t)n_bytes;
    l->ends[n] = NONE;
    l->n_places = n;
    return true;
}

/* Adds nodes for the entries of a word that ends at END. */
static bool add_nodes(struct lattice *l, struct entries found, unsigned source, size_t end)
{
    if (!array_reserve(&l->nodes, &l->cap_nodes, l->n_nodes + found.n, sizeof *l->nodes))
        return false;
    for (size_t i = 0; i < found.n; i++) {
        const struct entry *e = &found.items[i];
        l->nodes[l->n_nodes++] = (struct node){.cost = e->cost,
                                               .feature = e->feature,
                                               .left_id = e->left_id,
                                               .right_id = e->right_id,
                                               .end = (uint16_t)end,
                                               .source = (uint8_t)source};
    }
    return true;
}

/* Follows the character at PLACE from NODE. */
static struct trie_place follow(const struct lattice *l, const struct words *w, uint32_t node,
                                size_t place)
{
    return trie_follow(w, node, l->text + l->bytes[place],
                       (size_t)(l->bytes[place + 1] - l->bytes[place]));
}

/* Adds the words of the dictionary that begin at START, short ones first. */
static bool add_words(struct lattice *l, unsigned source, size_t start)
{
    const struct words *w = &l->dictionary->words[source];
    uint16_t unit = l->units[start];
    struct trie_place at = unit != 0 ? w->first[unit] : follow(l, w, trie_root(w), start);
    for (size_t end = start + 1; at.node != 0; end++) {
        if (at.word != 0 && !add_nodes(l, word_entries(w, at.word), source, end))
            return false;
        if (end == l->n_places)
            break;
        at = follow(l, w, at.node, end);
    }
    return true;
}

static bool add_unknown(struct lattice *l, size_t start, size_t end)
{
    unsigned class = class_number(l->classes[start]);
    return add_nodes(l, l->dictionary->of_class[class], UNKNOWN, end);
}

/* The end of the run behind START of characters of a kind, each with the one before it. */
static size_t group_end(const struct lattice *l, size_t start)
{
    size_t end = start + 1;
    while (end < l->n_places && class_kinds(l->classes[end - 1]) & class_kinds(l->classes[end]))
        end++;
    return end;
}

/* Adds what may begin at START besides the N_KNOWN words: a run of characters of a kind, and the
 * first few of it. */
static bool add_unknown_words(struct lattice *l, size_t start, size_t n_known)
{
    uint32_t class = l->classes[start];
    size_t before = l->n_nodes, group = 0, end = start + 1;
    if (n_known > 0 && !class_invokes(class))
        return true;
    if (class_groups(class)) {
        group = group_end(l, start);
        if (group - start - 1 <= l->dictionary->max_group && !add_unknown(l, start, group))
            return false;
    }
    for (size_t i = 1; i <= class_length(class) && end <= l->n_places && end != group; i++) {
        if (!add_unknown(l, start, end))
            return false;
        if (end == l->n_places || !(class_kinds(class) & class_kinds(l->classes[end])))
            break;
        end++;
    }
    if (n_known > 0 || l->n_nodes > before)
        return true;
    return add_unknown(l, start, end);
}

static bool add_nodes_at(struct lattice *l, size_t start)
{
    size_t before = l->n_nodes;
    for (unsigned i = 0; i < l->dictionary->n_words; i++) {
        if (!add_words(l, i, start))
            return false;
    }
    return add_unknown_words(l, start, l->n_nodes - before);
}

/* Gathers what ends at PLACE. */
static bool gather_lefts(struct lattice *l, size_t place)
{
    l->n_lefts = 0;
    l->mark++;
    for (uint32_t i = l->ends[place]; i != NONE; i = l->nodes[i].another) {
        if (!array_reserve(&l->lefts, &l->cap_lefts, l->n_lefts + 1, sizeof *l->lefts))
            return false;
        l->lefts[l->n_lefts++] = (struct left){l->nodes[i].cost, l->nodes[i].right_id, i};
    }
    return true;
}

/* The cheapest of the lefts for LEFT_ID, of several the first. Cost and number are one integer, so
 * that the least is found without a jump that cannot be foretold. */
static const struct joint *find_joint(struct lattice *l, uint16_t left_id)
{
    struct joint *joint = &l->joints[left_id];
    if (joint->mark == l->mark)
        return joint;
    const int16_t *costs = l->dictionary->costs + l->dictionary->n_right * left_id;
    const struct left *lefts = l->lefts;
    int64_t least = INT64_MAX;
    for (size_t i = 0, n = l->n_lefts; i < n; i++) {
        int64_t cost = lefts[i].cost + costs[lefts[i].right_id];
        cost = cost * NUMBERED + (int64_t)i;
        least = cost < least ? cost : least;
    }
    const struct left *left = &lefts[least & (NUMBERED - 1)];
    *joint = (struct joint){l->mark, left->cost + costs[left->right_id], left->node};
    return joint;
}

/* Finds the words at PLACE and the cheapest path to each. */
static bool visit(struct lattice *l, size_t place)
{
    size_t first = l->n_nodes;
    if (!gather_lefts(l, place) || !add_nodes_at(l, place))
        return false;
    for (size_t i = l->n_nodes; i-- > first;) {
        struct node *node = &l->nodes[i];
        const struct joint *joint = find_joint(l, node->left_id);
        node->cost += joint->cost;
        node->before = joint->node;
        node->another = l->ends[node->end];
        l->ends[node->end] = (uint32_t)i;
    }
    return true;
}

/* Gives the path that ends with LAST. */
static size_t give_path(const struct lattice *l, uint32_t last, struct sentence_token *tokens)
{
    size_t n = 0;
    for (uint32_t i = last; i != 0; i = l->nodes[i].before)
        n++;
    size_t at = n;
    for (uint32_t i = last; i != 0; i = l->nodes[i].before) {
        const struct node *node = &l->nodes[i];
        const struct words *w =
            node->source == UNKNOWN ? &l->dictionary->unknown : &l->dictionary->words[node->source];
        tokens[--at] = (struct sentence_token){
            .feature = w->features + node->feature,
            .n_bytes = (uint16_t)(l->bytes[node->end] - l->bytes[l->nodes[node->before].end]),
            .unknown = node->source == UNKNOWN,
        };
    }
    return n;
}

size_t lattice_cut(struct lattice *l, const char *text, size_t n_bytes,
                   struct sentence_token *tokens)
{
    l->n_nodes = 0;
    if (l->mark > UINT32_MAX - (MAX_PLACES + 1)) {
        memset(l->joints, 0, l->dictionary->n_left * sizeof *l->joints);
        l->mark = 0;
    }
    if (!find_places(l, text, n_bytes) ||
        !array_reserve(&l->nodes, &l->cap_nodes, 1, sizeof *l->nodes))
        return 0;
    l->nodes[l->n_nodes++] = (struct node){.another = NONE};
    l->ends[0] = 0;
    for (size_t place = 0; place < l->n_places; place++) {
        if (l->ends[place] != NONE && !visit(l, place))
            return 0;
    }
    if (l->ends[l->n_places] == NONE || !gather_lefts(l, l->n_places))
        return 0;
    return give_path(l, find_joint(l, 0)->node, tokens);
}
