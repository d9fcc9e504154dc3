/* Making a lexicon out of the files that people edit. */
#ifndef HIKU_DICT_LEXICON_BUILD_H
#define HIKU_DICT_LEXICON_BUILD_H

#include "base/buf.h"
#include "base/error.h"
#include "dict/lexicon.h"

struct lexicon_builder {
    struct lexicon_pair {
        size_t key, word; /* in `strings`, NUL-terminated */
        char rule;
    } * pairs;
    size_t n;
    size_t cap;
    struct buf strings;
    struct normalized normalized; /* scratch */
};

#define LEXICON_BUILDER_INIT                                                                       \
    {                                                                                              \
        .strings = BUF_INIT, .normalized = NORMALIZED_INIT                                         \
    }

/* Adds KEY -> WORD, which are normalised here; words that are equal then are left out. ST_OK,
 * ST_NOMEM. */
enum status lexicon_add(struct lexicon_builder *b, struct span key, char rule, struct span word);

/* Adds a file of synonyms. TEXT: N_BYTES of UTF-8, NAME: of the file, for messages. Either
 * - hiku's own form (dict/synonyms.tsv): a line is a group, TERM TAB TERM …, a term with > before
 * it is expanded to but expands nothing; # begins a comment; or
 * - SudachiDict's (synonyms.txt): group, class of word, expansion flag (0: both ways, 1: is
 * expanded to only, 2: unused), four columns that say how the terms of a group differ, field, term.
 * Verbs and adjectives are left out, since they are listed in their base form only. *N_GROUPS grows
 * by the groups read. ST_OK; ST_INPUT with file and line; ST_NOMEM. */
enum status lexicon_read_synonyms(struct lexicon_builder *b, const char *text, size_t n_bytes,
                                  const char *name, size_t *n_groups, struct error *error);

/* Adds a file like dict/spellings.tsv, groups in hiku's own form, as LEXICON_LISTED. Likewise. */
enum status lexicon_read_spellings(struct lexicon_builder *b, const char *text, size_t n_bytes,
                                   const char *name, struct error *error);

/* Adds a file like dict/misprints.tsv: MISPRINT TAB RIGHT TAB SOURCE. Likewise. */
enum status lexicon_read_misprints(struct lexicon_builder *b, const char *text, size_t n_bytes,
                                   const char *name, struct error *error);

/* Writes the lexicon. ST_OK, ST_NOMEM. */
enum status lexicon_write(struct lexicon_builder *b, struct buf *out);

void lexicon_builder_release(struct lexicon_builder *b);

#endif
