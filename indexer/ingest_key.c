/* The keys of records: each has one of its own. Interface: ingest_run.h. */
#include "base/hash.h"
#include "indexer/sources/free_number.h"
#include "indexer/ingest_run.h"

/* NAME#ID; one without a number is known by its text, so that rows before it may come and go. */
static void make_key(const struct ingest *in, struct document *d, unsigned repetition)
{
    buf_clear(&d->key);
    if (d->number.len > 0)
        buf_addf(&d->key, "%s#%.*s", in->name, (int)d->number.len, d->number.data);
    else
        buf_addf(&d->key, "%s#x%016llx", in->name, (unsigned long long)d->hash);
    if (repetition > 1)
        buf_addf(&d->key, "~%u", repetition);
}

/* Notes that the source has a record with D's key, and which known one has it. */
static enum status note_key(struct ingest *in, const struct document *d)
{
    uint64_t key = hash_bytes(HASH_SEED, d->key.data, d->key.len);
    bool added;
    struct known_record *known = known_records_find(&in->known, key);
    in->match = known;
    if (d->key.failed || (known == NULL && !key_set_add(&in->seen, key, &added)))
        return error_set(in->error, ST_NOMEM, _("out of memory"));
    if (known != NULL)
        known->seen = true;
    return ST_OK;
}

struct candidate {
    const struct ingest *in;
    struct document *d;
};

/* Whether a record of this run has D's key with that number. */
static bool is_taken(void *context, unsigned repetition)
{
    const struct candidate *c = context;
    make_key(c->in, c->d, repetition);
    uint64_t key = hash_bytes(HASH_SEED, c->d->key.data, c->d->key.len);
    const struct known_record *known = known_records_find(&c->in->known, key);
    return (known != NULL && known->seen) || key_set_has(&c->in->seen, key);
}

static void report_repetition(struct ingest *in, const struct document *d)
{
    struct buf text = BUF_INIT;
    if (d->number.len > 0)
        buf_addf(&text, _("number '%s' comes again; the record is kept as '%s'"), d->number.data,
                 d->key.data);
    else
        buf_addf(&text, _("the same record comes again; it is kept as '%s'"), d->key.data);
    const struct place place = document_place(d);
    ingest_problem(in, &place, SEVERITY_DOUBT, text.data, buf_span(&d->title));
    buf_release(&text);
}

enum status ingest_key(struct ingest *in, struct document *d)
{
    struct candidate candidate = {in, d};
    unsigned repetition = free_number(is_taken, &candidate);
    make_key(in, d, repetition);
    enum status st = note_key(in, d);
    if (st == ST_OK && repetition > 1)
        report_repetition(in, d);
    return st;
}
