/* Behind hiku_results_suggestions: suggest.c, suggest_character.c, suggest_columns.c,
 * suggest_joined.c, suggest_reading.c; behind hiku_results_columns: unknown_columns.c. */
#ifndef HIKU_SEARCH_SUGGEST_SUGGEST_H
#define HIKU_SEARCH_SUGGEST_SUGGEST_H

#include "search/results/results.h"

/* Texts of words of the indexes, at most this many, whose readings are TEXT, in kana, but for one
 * kana: the likeliest first, owned by the caller, also those that are there on errors; none where
 * TEXT is something else. ST_OK, ST_NOMEM, and what store_all_words returns. */
#define SUGGEST_MAX_READINGS 8
enum status suggest_by_reading(struct hiku_results *r, struct span text,
                               char *found[SUGGEST_MAX_READINGS], size_t *n);

/* Has LOOK fill lists of R within the time that is left, unless *DONE; sets that. Where it fails
 * the caller empties them, and they are looked for again when they are asked for again. ST_OK, or
 * what LOOK returned. */
enum status suggest_once(struct hiku_results *r, bool *done,
                         enum status (*look)(struct hiku_results *r));

/* Takes a text, borrowed, that was met N times. Anything but ST_OK ends the walk. */
typedef enum status suggest_callback(void *context, struct span text, int64_t n);

/* Calls EACH for texts of the indexes that are TERM, of four characters or more, but for one, which
 * is of the same script; N is reckoned from a sample. ST_OK, ST_NOMEM, ST_INTERRUPTED, those of
 * store_sqlite_error, and what EACH returned. */
enum status suggest_characters(struct hiku_results *r, const struct term *term,
                               suggest_callback *each, void *context);

/* Queries NAME:TEXT for the columns, at most this many, in which TERM stands: owned by the caller,
 * also those that are there on errors; none where the term names a field or cannot be written so.
 * Reads all records of tables that have other columns than title and body. ST_OK, ST_NOMEM,
 * ST_INTERRUPTED, and those of store_sqlite_error. */
#define SUGGEST_MAX_COLUMNS 3
enum status suggest_columns(struct hiku_results *r, const struct term *term,
                            char *found[SUGGEST_MAX_COLUMNS], size_t *n);

/* Writes the NAME of a column to TYPED as a query has it: normalised, and without the blanks that
 * names of several rows have. Empty where no query can. ST_OK, ST_NOMEM, ST_INPUT. */
enum status suggest_column_name(struct buf *typed, struct span name);

/* Whether some record that is not deleted has a spelling of TERM where its fields are. *FOUND,
 * false before. Statuses as match_term. */
enum status suggest_stands(struct hiku_results *r, const struct term *term, bool *found);

/* Joins term NUMBER of the query and the next into TEXT; *FOUND: some spelling of that stands in
 * the index. Statuses as match_term. */
enum status suggest_joined(struct hiku_results *r, size_t number, struct buf *text, bool *found);

#endif
