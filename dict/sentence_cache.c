/* How sentences were cut. Interface: sentence_cache.h.
 *
 * Each part of the cache is a ring of bytes that entries are written to one behind the other, over
 * the oldest, and a table that says where the entry with a hash is: an entry is gone when the ring
 * has been written past it. All that is to be known of a hash stands in one line of the processor's
 * cache, since most sentences are new and cost nothing else. */
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
/* Entries start at multiples of this. */
#define ALIGNMENT 8

#define BUCKET_SLOTS 4
#define BUCKET_SEEN 16

struct bucket {
    uint64_t slots[BUCKET_SLOTS];
    uint16_t seen[BUCKET_SEEN]; /* parts of hashes of sentences that were asked for; 0: none */
};
_Static_assert(sizeof(struct bucket) == 64, "a line of the processor's cache");

/* A slot: 24 bits of the hash, and the place: how often ALIGNMENT bytes had been written to the
 * ring before the entry, and 1; 0: none. The places of a ring reach for 2^43 bytes. */
#define PLACE_BITS 40
#define PLACE_OF(slot) ((slot) & ((UINT64_C(1) << PLACE_BITS) - 1))
#define TAG_OF(hash) ((hash) << 16 >> PLACE_BITS << PLACE_BITS)

struct kept_feature {
    const char *feature;
};

struct entry {
    uint32_t n_bytes;
    uint32_t n_tokens;
    /* The text, then features, then lengths with UNKNOWN. */
};

#define UNKNOWN 0x8000U

/* The longest entry, a token for each byte of the text, has room. */
#define RING_MIN_BYTES 16384
_Static_assert(sizeof(struct entry) + SENTENCE_MAX_BYTES * (sizeof(struct kept_feature) + 3) <=
                   RING_MIN_BYTES,
               "an entry has room in a ring");

struct part {
    pthread_mutex_t mutex;
    unsigned char *ring;
    uint64_t n_written; /* bytes, those written over included */
    void *bucket_memory;
    struct bucket *buckets; /* in bucket_memory */
};

struct sentence_cache {
    struct part parts[PARTS];
    size_t ring_bytes; /* this and the next: powers of two */
    size_t n_buckets;
};

static size_t power_of_two(size_t n)
{
    size_t power = 1;
    while (power * 2 <= n)
        power *= 2;
    return power;
}

/* Zeroed by calloc, since of large tables the system has zeroed pages that cost nothing until they
 * are used: a small table is to take little memory however much it may take. */
static bool new_buckets(struct part *p, size_t n)
{
    p->bucket_memory = calloc(n + 1, sizeof *p->buckets);
    if (p->bucket_memory == NULL)
        return false;
    uintptr_t past = (uintptr_t)p->bucket_memory % sizeof *p->buckets;
    p->buckets = (struct bucket *)((char *)p->bucket_memory + (sizeof *p->buckets - past));
    return true;
}

struct sentence_cache *sentence_cache_new(size_t n_bytes)
{
    struct sentence_cache *c = calloc(1, sizeof *c);
    bool ok = c != NULL;
    size_t n_entries = power_of_two((n_bytes < 65536 ? 65536 : n_bytes) / PARTS / ENTRY_BYTES);
    for (size_t i = 0; ok && i < PARTS; i++) {
        struct part *p = &c->parts[i];
        c->n_buckets = n_entries * SLOTS_PER_ENTRY / BUCKET_SLOTS;
        c->ring_bytes = n_entries * ENTRY_BYTES;
        if (c->ring_bytes < RING_MIN_BYTES)
            c->ring_bytes = RING_MIN_BYTES;
        pthread_mutex_init(&p->mutex, NULL);
        p->ring = malloc(c->ring_bytes);
        ok = new_buckets(p, c->n_buckets) && p->ring != NULL;
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
        free(c->parts[i].bucket_memory);
        pthread_mutex_destroy(&c->parts[i].mutex);
    }
    free(c);
}

static struct part *part_of(struct sentence_cache *c, uint64_t hash)
{
    return &c->parts[hash >> 59];
}

static struct bucket *bucket_of(const struct sentence_cache *c, const struct part *p, uint64_t hash)
{
    return &p->buckets[hash & (c->n_buckets - 1)];
}

uint64_t sentence_cache_key(const struct sentence_cache *c, const char *text, size_t n_bytes)
{
    uint64_t hash = hash_bytes(HASH_SEED, text, n_bytes);
    __builtin_prefetch(bucket_of(c, &c->parts[hash >> 59], hash), 1);
    return hash;
}

static size_t entry_bytes(size_t n_bytes, size_t n_tokens)
{
    size_t n = sizeof(struct entry) + n_bytes +
               n_tokens * (sizeof(struct kept_feature) + sizeof(uint16_t));
    return (n + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

/* Whether the ring still has the entry of SLOT. */
static bool has_entry(const struct sentence_cache *c, const struct part *p, uint64_t slot)
{
    uint64_t place = PLACE_OF(slot);
    return place != 0 && p->n_written - (place - 1) * ALIGNMENT <= c->ring_bytes;
}

/* Entries do not wrap around: what is too little for the next at the ring's end stays unused. NULL:
 * there is none of this text. */
static const unsigned char *find_entry(const struct sentence_cache *c, const struct part *p,
                                       uint64_t hash, const char *text, size_t n_bytes)
{
    const struct bucket *bucket = bucket_of(c, p, hash);
    for (size_t i = 0; i < BUCKET_SLOTS; i++) {
        uint64_t slot = bucket->slots[i];
        if ((slot ^ TAG_OF(hash)) >> PLACE_BITS != 0 || !has_entry(c, p, slot))
            continue;
        struct entry entry;
        const unsigned char *at =
            p->ring + ((PLACE_OF(slot) - 1) * ALIGNMENT & (c->ring_bytes - 1));
        memcpy(&entry, at, sizeof entry);
        if (entry.n_bytes == n_bytes && memcmp(at + sizeof entry, text, n_bytes) == 0)
            return at;
    }
    return NULL;
}

static size_t read_tokens(const unsigned char *at, struct sentence_token *tokens)
{
    struct entry entry;
    memcpy(&entry, at, sizeof entry);
    const unsigned char *features = at + sizeof entry + entry.n_bytes;
    const unsigned char *lengths = features + entry.n_tokens * sizeof(struct kept_feature);
    for (size_t i = 0; i < entry.n_tokens; i++) {
        uint16_t length;
        struct kept_feature kept;
        memcpy(&kept, features + i * sizeof kept, sizeof kept);
        tokens[i].feature = kept.feature;
        memcpy(&length, lengths + i * sizeof length, sizeof length);
        tokens[i].n_bytes = (uint16_t)(length & ~UNKNOWN);
        tokens[i].unknown = (length & UNKNOWN) != 0;
    }
    return entry.n_tokens;
}

/* Whether a sentence with HASH was asked for before; it is now. */
static bool note_seen(struct bucket *bucket, uint64_t hash)
{
    uint16_t *seen = &bucket->seen[hash >> 20 & (BUCKET_SEEN - 1)];
    uint16_t tag = (uint16_t)(hash >> 24 | 1);
    bool before = *seen == tag;
    *seen = tag;
    return before;
}

size_t sentence_cache_find(struct sentence_cache *c, uint64_t hash, const char *text,
                           size_t n_bytes, struct sentence_token *tokens, bool *again)
{
    struct part *p = part_of(c, hash);
    size_t n = 0;
    pthread_mutex_lock(&p->mutex);
    const unsigned char *found = find_entry(c, p, hash, text, n_bytes);
    if (found != NULL)
        n = read_tokens(found, tokens);
    *again = found == NULL && note_seen(bucket_of(c, p, hash), hash);
    pthread_mutex_unlock(&p->mutex);
    return n;
}

static void write_entry(unsigned char *to, const char *text, size_t n_bytes,
                        const struct sentence_token *tokens, size_t n)
{
    struct entry entry = {(uint32_t)n_bytes, (uint32_t)n};
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

/* Takes the place of the oldest in its bucket. */
static void note_place(struct bucket *bucket, uint64_t hash, uint64_t place)
{
    uint64_t *oldest = &bucket->slots[0];
    for (size_t i = 1; i < BUCKET_SLOTS; i++) {
        if (PLACE_OF(bucket->slots[i]) < PLACE_OF(*oldest))
            oldest = &bucket->slots[i];
    }
    *oldest = TAG_OF(hash) | place;
}

void sentence_cache_add(struct sentence_cache *c, uint64_t hash, const char *text, size_t n_bytes,
                        const struct sentence_token *tokens, size_t n)
{
    struct part *p = part_of(c, hash);
    size_t n_entry = entry_bytes(n_bytes, n);
    pthread_mutex_lock(&p->mutex);
    if (find_entry(c, p, hash, text, n_bytes) == NULL) { /* another thread may have been quicker */
        size_t at = p->n_written & (c->ring_bytes - 1);
        if (at + n_entry > c->ring_bytes) {
            p->n_written += c->ring_bytes - at;
            at = 0;
        }
        note_place(bucket_of(c, p, hash), hash, p->n_written / ALIGNMENT + 1);
        write_entry(p->ring + at, text, n_bytes, tokens, n);
        p->n_written += n_entry;
    }
    pthread_mutex_unlock(&p->mutex);
}
