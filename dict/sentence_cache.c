/* How sentences were cut. Interface: sentence_cache.h.
 *
 * Each part of the cache is a ring of bytes that entries are written to one behind the other, over
 * the oldest, and a table that says where the entry with a hash is: an entry is gone when the ring
 * has been written past it. */
#include "dict/sentence_cache.h"

#include "base/hash.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* Threads seldom meet in one part. */
#define PARTS 32
/* About the bytes of an entry, and the slots for each. */
#define ENTRY_BYTES 256
#define SLOTS_PER_ENTRY 2
/* Sentences that are remembered by hash alone for each entry. */
#define SEEN_PER_ENTRY 8

struct slot {
    uint64_t hash;
    uint64_t at; /* bytes written to the ring before the entry, and 1; 0: none */
};

struct kept_feature {
    const char *feature;
};

struct entry {
    uint32_t n_bytes;
    uint32_t n_tokens;
    /* The text, then features, then lengths with UNKNOWN. */
};

#define UNKNOWN 0x8000U

struct part {
    pthread_mutex_t mutex;
    unsigned char *ring;
    uint64_t n_written; /* bytes, those written over included */
    struct slot *slots;
    uint32_t *seen; /* parts of hashes; 0: none */
};

struct sentence_cache {
    struct part parts[PARTS];
    size_t ring_bytes;
    size_t n_slots; /* powers of two */
    size_t n_seen;
};

static size_t power_of_two(size_t n)
{
    size_t power = 1;
    while (power * 2 <= n)
        power *= 2;
    return power;
}

struct sentence_cache *sentence_cache_new(size_t n_bytes)
{
    struct sentence_cache *c = calloc(1, sizeof *c);
    bool ok = c != NULL;
    size_t n_entries = power_of_two((n_bytes < 65536 ? 65536 : n_bytes) / PARTS / ENTRY_BYTES);
    for (size_t i = 0; ok && i < PARTS; i++) {
        struct part *p = &c->parts[i];
        c->n_slots = n_entries * SLOTS_PER_ENTRY;
        c->n_seen = n_entries * SEEN_PER_ENTRY;
        c->ring_bytes = n_entries * ENTRY_BYTES;
        if (c->ring_bytes < sizeof(struct entry) + (size_t)SENTENCE_MAX_BYTES * 11)
            c->ring_bytes = sizeof(struct entry) + (size_t)SENTENCE_MAX_BYTES * 11;
        pthread_mutex_init(&p->mutex, NULL);
        p->ring = malloc(c->ring_bytes);
        p->slots = calloc(c->n_slots, sizeof *p->slots);
        p->seen = calloc(c->n_seen, sizeof *p->seen);
        ok = p->ring != NULL && p->slots != NULL && p->seen != NULL;
    }
    if (ok)
        return c;
    sentence_cache_free(c);
    return NULL;
}

void sentence_cache_free(struct sentence_cache *c)
{
    for (size_t i = 0; c != NULL && i < PARTS; i++) {
        free(c->parts[i].ring);
        free(c->parts[i].slots);
        free(c->parts[i].seen);
        pthread_mutex_destroy(&c->parts[i].mutex);
    }
    free(c);
}

static struct part *part_of(struct sentence_cache *c, uint64_t hash)
{
    return &c->parts[hash >> 59];
}

static size_t entry_bytes(size_t n_bytes, size_t n_tokens)
{
    return sizeof(struct entry) + n_bytes +
           n_tokens * (sizeof(struct kept_feature) + sizeof(uint16_t));
}

/* Entries do not wrap around: what is too little for the next at the ring's end stays unused. */
static const unsigned char *find_entry(const struct sentence_cache *c, const struct part *p,
                                       uint64_t hash)
{
    const struct slot *slot = &p->slots[hash & (c->n_slots - 1)];
    if (slot->at == 0 || slot->hash != hash || p->n_written - (slot->at - 1) > c->ring_bytes)
        return NULL;
    return p->ring + (slot->at - 1) % c->ring_bytes;
}

static void read_tokens(const unsigned char *from, size_t n, struct sentence_token *tokens)
{
    const unsigned char *lengths = from + n * sizeof(struct kept_feature);
    for (size_t i = 0; i < n; i++) {
        uint16_t length;
        struct kept_feature kept;
        memcpy(&kept, from + i * sizeof kept, sizeof kept);
        tokens[i].feature = kept.feature;
        memcpy(&length, lengths + i * sizeof length, sizeof length);
        tokens[i].n_bytes = (uint16_t)(length & ~UNKNOWN);
        tokens[i].unknown = (length & UNKNOWN) != 0;
    }
}

size_t sentence_cache_find(struct sentence_cache *c, const char *text, size_t n_bytes,
                           struct sentence_token *tokens)
{
    uint64_t hash = hash_bytes(HASH_SEED, text, n_bytes);
    struct part *p = part_of(c, hash);
    struct entry entry = {0};
    pthread_mutex_lock(&p->mutex);
    const unsigned char *found = find_entry(c, p, hash);
    if (found != NULL) {
        memcpy(&entry, found, sizeof entry);
        found += sizeof entry;
        if (entry.n_bytes == n_bytes && memcmp(found, text, n_bytes) == 0)
            read_tokens(found + n_bytes, entry.n_tokens, tokens);
        else
            entry.n_tokens = 0;
    }
    pthread_mutex_unlock(&p->mutex);
    return entry.n_tokens;
}

/* Whether a sentence with HASH was offered before; it is now. */
static bool note_seen(const struct sentence_cache *c, struct part *p, uint64_t hash)
{
    uint32_t *seen = &p->seen[hash & (c->n_seen - 1)], tag = (uint32_t)(hash >> 27) | 1;
    bool before = *seen == tag;
    *seen = tag;
    return before;
}

static void add_entry(const struct sentence_cache *c, struct part *p, uint64_t hash,
                      const char *text, size_t n_bytes, const struct sentence_token *tokens,
                      size_t n)
{
    size_t n_entry = entry_bytes(n_bytes, n), at = p->n_written % c->ring_bytes;
    struct entry entry = {(uint32_t)n_bytes, (uint32_t)n};
    if (at + n_entry > c->ring_bytes) {
        p->n_written += c->ring_bytes - at;
        at = 0;
    }
    p->slots[hash & (c->n_slots - 1)] = (struct slot){hash, p->n_written + 1};
    p->n_written += n_entry;
    unsigned char *to = p->ring + at;
    memcpy(to, &entry, sizeof entry);
    memcpy(to += sizeof entry, text, n_bytes);
    to += n_bytes;
    for (size_t i = 0; i < n; i++, to += sizeof(struct kept_feature)) {
        struct kept_feature kept = {tokens[i].feature};
        memcpy(to, &kept, sizeof kept);
    }
    for (size_t i = 0; i < n; i++, to += sizeof(uint16_t)) {
        uint16_t length = (uint16_t)(tokens[i].n_bytes | (tokens[i].unknown ? UNKNOWN : 0));
        memcpy(to, &length, sizeof length);
    }
}

void sentence_cache_offer(struct sentence_cache *c, const char *text, size_t n_bytes,
                          const struct sentence_token *tokens, size_t n)
{
    uint64_t hash = hash_bytes(HASH_SEED, text, n_bytes);
    struct part *p = part_of(c, hash);
    pthread_mutex_lock(&p->mutex);
    if (note_seen(c, p, hash) && find_entry(c, p, hash) == NULL)
        add_entry(c, p, hash, text, n_bytes, tokens, n);
    pthread_mutex_unlock(&p->mutex);
}
