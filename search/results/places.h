/* Where a term stands in one record, told from its text: what the index's lists say of all records
 * at once, in detail. */
#ifndef HIKU_SEARCH_RESULTS_PLACES_H
#define HIKU_SEARCH_RESULTS_PLACES_H

#include "search/hiku.h"
#include "search/plan/plan.h"

/* The title (0) and body (1) of a record, normalised and cut. */
struct record_text {
    struct hiku_text texts[2]; /* as stored; borrowed from the record */
    struct normalized normalized[2];
    struct tokens tokens[2];
};

void record_text_init(struct record_text *text);
void record_text_release(struct record_text *text);

/* Prepares RECORD's title and body; memory is used again. ST_OK, ST_NOMEM, ST_INPUT. */
enum status record_text_set(struct record_text *text, const struct hiku_record *record,
                            struct tokenizer *t);

struct places {
    struct hiku_place *items; /* by spelling, then field, then start */
    size_t n;
    size_t cap;
};

void places_release(struct places *places);

/* Adds the places that count for TERM, as match_term counts them: of spellings that overlap the
 * first. False when memory is out. */
bool places_find(const struct record_text *text, const struct term *term, bool words_only,
                 struct places *out);

#endif
