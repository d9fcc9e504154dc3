/* libhiku: looking things up in a hiku index.
 *
 * Ownership: what a function returns as a pointer is borrowed from the object that it was asked
 * of and lives as long as the comment says; what it gives through a pointer to a pointer belongs
 * to the caller, who ends it with the matching _close or _free. Of what it is given it keeps
 * nothing when it returns.
 *
 * Text: UTF-8. Input need not be valid nor NUL-terminated (its length in bytes is always given
 * beside it); damaged sequences are read as U+FFFD. Output is valid UTF-8, NUL-terminated, and
 * may contain NULs only where a length is given. Ranges are half-open and in bytes.
 *
 * Threads: a handle and what came from it belong to one thread at a time; different handles are
 * independent, but for hiku_interrupt, which any thread may call.
 *
 * The library never prints, exits, reads the environment or keeps mutable globals. */
#ifndef HIKU_H
#define HIKU_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define HIKU_API __attribute__((visibility("default")))

typedef struct hiku hiku;
typedef struct hiku_results hiku_results;

enum hiku_status {
    HIKU_OK = 0,
    HIKU_NOMEM,       /* out of memory */
    HIKU_USAGE,       /* an argument that makes no sense */
    HIKU_INPUT,       /* a source that cannot be read (indexing only) */
    HIKU_IO,          /* cannot read or write a file */
    HIKU_MISSING,     /* there is no index file */
    HIKU_NOT_INDEX,   /* the file is no hiku index */
    HIKU_NEWER,       /* the index has a newer format than this library */
    HIKU_OLDER,       /* the index has an older format than this library reads */
    HIKU_DICTIONARY,  /* the index was cut with another dictionary, or there is none */
    HIKU_CORRUPT,     /* the index is damaged */
    HIKU_BUSY,        /* another process holds the index: try again */
    HIKU_NOT_FOUND,   /* no such record */
    HIKU_INTERRUPTED, /* cancelled, or out of time */
    HIKU_STATUS_LAST
};

/* A short phrase for a status, in English or the language of the current locale; static. Any
 * integer is allowed. */
HIKU_API const char *hiku_status_text(int status);

/* The library's version, "MAJOR.MINOR.PATCH"; static. */
HIKU_API const char *hiku_version(void);

struct hiku_open_options {
    size_t size;         /* sizeof(struct hiku_open_options); later fields may be added */
    const char *dicdir;  /* MeCab's dictionary, or NULL: the one the index was made with */
    const char *userdic; /* compiled user dictionary, or NULL: hiku's own */
    int busy_ms;         /* how long to wait for a writer, ms; 0: 2000 */
    int map;             /* not 0: index files are mapped into memory, which takes a fifth of a
                          * query's time away; one that another program cuts short, or that its
                          * disk no longer gives, then raises SIGBUS instead of HIKU_CORRUPT */
};

/* Opens one or several index files for reading, searched as one; a file that is named twice is
 * searched once.
 * PATHS: N NUL-terminated file names; where N is 0 the handle has a dictionary and no records,
 * which is enough for hiku_tokens. OPTIONS may be NULL: all 0. *OUT is set also on failure unless
 * memory is out, so that hiku_error can tell why, and for nothing else; the caller closes it in
 * every case. HIKU_OK, NOMEM, IO, MISSING, NOT_INDEX, NEWER, OLDER, DICTIONARY, CORRUPT, BUSY. */
HIKU_API int hiku_open(const char *const *paths, size_t n, const struct hiku_open_options *options,
                       hiku **out);

/* Closes a handle (NULL is allowed). Its results must have been freed. */
HIKU_API void hiku_close(hiku *db);

/* The message of the handle's last failed call: problem, subject, how to mend it; "" when none
 * failed. Valid until the next call with this handle. DB may be NULL. */
HIKU_API const char *hiku_error(const hiku *db);

/* Makes a search that runs on this handle in another thread end with HIKU_INTERRUPTED soon, and so
 * what is asked of its results, until the next search. */
HIKU_API void hiku_interrupt(hiku *db);

enum hiku_sort { HIKU_SORT_RANK = 0, HIKU_SORT_DATE, HIKU_SORT_DATE_DESC };
enum hiku_mode {
    HIKU_MODE_AUTO = 0, /* all words; where no record has them all, the best partial matches */
    HIKU_MODE_ANY,      /* any word */
    HIKU_MODE_ALL       /* all words, never partial matches */
};
enum hiku_field { HIKU_FIELD_ANY = 0, HIKU_FIELD_TITLE, HIKU_FIELD_BODY };
/* What hits are without; texts are empty then, numbers 0. */
enum hiku_no_text {
    HIKU_WHOLE = 0,
    HIKU_NO_TEXT, /* without title, body, highlights, snippet and the terms' spellings */
    HIKU_IDS_ONLY /* of the record there are only key, id and db */
};

/* How a record matches. */
enum hiku_match {
    HIKU_MATCH_ALL =
        0, /* every word of the query, each as whole words of the record at least once */
    HIKU_MATCH_INSIDE, /* every word of the query, but one at least only inside a longer word */
    HIKU_MATCH_PARTIAL /* some words of the query */
};

struct hiku_search_options {
    size_t size;       /* sizeof(struct hiku_search_options) */
    size_t limit;      /* hits to give; 0: all */
    size_t offset;     /* hits to leave out before the first */
    int sort;          /* enum hiku_sort */
    int mode;          /* enum hiku_mode */
    int field;         /* enum hiku_field: where words without title: or body: are looked for */
    int exact;         /* no expansions: only what the normalised text contains */
    int words;         /* only matches aligned to words */
    const char *since; /* date in any form, or NULL */
    const char *until; /* likewise, inclusive: until 2020-06 holds all of June; not before SINCE */
    int timeout_ms;    /* of the search, its suggestions and fetching its hits together; 0: none */
    int explain;       /* fill hiku_hit.terms and the explanation */
    int no_text;       /* enum hiku_no_text: what to leave out, which makes fetching hits cheaper */
    const char
        *without; /* rules of spelling to leave out: "synonyms,kana" (hiku-query.7); or NULL */
};

#define HIKU_SEARCH_OPTIONS_INIT                                                                   \
    {                                                                                              \
        .size = sizeof(struct hiku_search_options), .limit = 20                                    \
    }

/* Half-open range of bytes. */
struct hiku_range {
    size_t start;
    size_t end;
};

struct hiku_text {
    const char *data;                    /* NUL-terminated; "" when empty */
    size_t len;                          /* bytes */
    const struct hiku_range *highlights; /* sorted, disjoint, not empty */
    size_t n_highlights;
};

/* The rule of what is the same as typed but for white space and line ends, which always applies.
 * What differs in width, case or variants of characters has the rules "width", "case" and
 * "variants", joined by +. */
#define HIKU_RULE_CHARACTERS "characters"

/* One spelling of a term as found in one record. */
struct hiku_found_spelling {
    const char *text; /* normalised */
    const char *rule; /* the rules that made it, joined by +; "" as typed */
    unsigned title_tf;
    unsigned body_tf;
    unsigned aligned_tf;
};

/* Why a term counts: one of the query's words as found in one record. */
struct hiku_term_score {
    const char *term;      /* normalised */
    const char *expansion; /* the rules that made the first spelling found, "" as typed */
    double idf;            /* natural logarithm */
    unsigned title_tf;     /* matches in the title */
    unsigned body_tf;      /* matches in the body */
    unsigned aligned_tf;   /* those that are whole words */
    double weight;         /* factor of the query's side */
    double score;          /* its part of the hit's score, which is their sum */
    const struct hiku_found_spelling *spellings; /* those found; none with options.no_text */
    size_t n_spellings;
};

struct hiku_record {
    const char *key;       /* NAME#ID, unique in the index */
    const char *id;        /* number in its source; may be "" */
    const char *date;      /* ISO 8601 first day, or "" */
    const char *date_end;  /* ISO 8601 last day, or "" */
    const char *date_text; /* as published */
    const char *source;    /* path of the source */
    const char *label;     /* whose table; may be "" */
    const char *columns;   /* the other columns, a JSON object */
    const char *db;        /* path of the index */
    int64_t line;          /* of the source, from 1 */
    struct hiku_text title;
    struct hiku_text body;
    const char *part; /* the sheet or table of the source that it stands in; may be "" */
    int64_t page;     /* likewise, from 1; 0: the source has no pages */
};

struct hiku_hit {
    struct hiku_record record;
    size_t rank;  /* from 1, offset included */
    double score; /* higher is better; 0 when nothing was to be ranked */
    int match;    /* enum hiku_match */
    struct hiku_text snippet;
    const struct hiku_term_score *terms; /* how the score adds up; with options.explain */
    size_t n_terms;
};

/* Searches what the index holds now. The index stays readable as it is now until the results are
 * freed, and a writer waits for that long: free them soon. QUERY: N_BYTES of any bytes
 * (hiku-query.7); no input is a syntax error. OPTIONS: NULL is HIKU_SEARCH_OPTIONS_INIT. *OUT: the
 * results, hits fetched lazily; freed by the caller before the handle is closed; NULL unless
 * HIKU_OK. HIKU_OK (also when nothing is found), NOMEM, USAGE (a date or rule that is none),
 * CORRUPT, BUSY, IO, INTERRUPTED; where an index file was replaced since, all that hiku_open
 * gives. */
HIKU_API int hiku_search(hiku *db, const char *query, size_t n_bytes,
                         const struct hiku_search_options *options, hiku_results **out);

/* How many records have all words of the query, and how many others are partial matches. The
 * first counts the whole index, whatever limit and offset; the second leaves out records that
 * cannot come among the best 100 (or offset + limit, where that is more). */
HIKU_API uint64_t hiku_results_total(const hiku_results *results);
HIKU_API uint64_t hiku_results_partial(const hiku_results *results);
/* Time from the call of hiku_search to its return, ms. */
HIKU_API double hiku_results_elapsed_ms(const hiku_results *results);
/* How the query was understood and expanded, one line a term and a line for each date
 * that is asked for; "" without options.explain. Valid until the results are freed. */
HIKU_API const char *hiku_results_explanation(const hiku_results *results);

/* What else the query may have meant: whole queries made of words of the index, the likeliest
 * first, at most three for each word that is found nowhere. Looked for at the first call, which
 * reads the index's vocabulary, and only when no record has all words and the query reads like no
 * sentence. *TEXTS: *N normalised strings, valid until the results are freed; NULL and 0 unless
 * HIKU_OK. HIKU_OK, NOMEM, CORRUPT, BUSY, IO, INTERRUPTED. */
HIKU_API int hiku_results_suggestions(hiku_results *results, const char *const **texts, size_t *n);

/* The columns that the query asks for (NAME:TEXT) and no record has, and those that records have,
 * to tell who mistyped one; date, since and until are among them where no date stood behind these.
 * Looked for at the first call, and only when no record has all words; where a column is unknown
 * all records are read. *UNKNOWN, *KNOWN: *N_UNKNOWN and *N_KNOWN names as queries have them
 * (normalised, no blanks), those that are like an unknown one first; valid until the results are
 * freed. NULL and 0 unless HIKU_OK, and where no column is unknown. HIKU_OK, NOMEM, CORRUPT, BUSY,
 * IO, INTERRUPTED. */
HIKU_API int hiku_results_columns(hiku_results *results, const char *const **unknown,
                                  size_t *n_unknown, const char *const **known, size_t *n_known);

/* Fetches the next hit. *HIT is borrowed and valid until the next one of these RESULTS is fetched
 * or they are freed; NULL after the last. HIKU_OK, NOMEM, CORRUPT, BUSY, IO, INTERRUPTED. */
HIKU_API int hiku_results_next(hiku_results *results, const struct hiku_hit **hit);

/* Frees results; NULL is allowed. */
HIKU_API void hiku_results_free(hiku_results *results);

/* --- why a record does or does not match --------------------------------------------------------
 */

/* What a term of a query is. */
enum hiku_term_kind {
    HIKU_TERM_TEXT = 0, /* what was typed: found wherever it stands */
    HIKU_TERM_WORD,     /* a word of a longer text: as a whole word, inside others it counts less */
    HIKU_TERM_PAIR,     /* two characters of a longer text, wherever they stand */
    HIKU_TERM_LONE,     /* a word of one character of a longer text, where grammar follows it */
    HIKU_TERM_PHRASE    /* two neighbouring words of a longer text, wherever they stand together */
};

struct hiku_spelling {
    const char *text; /* normalised */
    const char *rule; /* the rules that made it, joined by +; "" as typed */
    double weight;    /* of a match, 1 as typed */
    int whole;        /* found as a whole word only */
};

/* Where a spelling of a term stands: bytes of the title or body as stored. */
struct hiku_place {
    int field; /* HIKU_FIELD_TITLE or HIKU_FIELD_BODY */
    size_t start;
    size_t end;
    size_t spelling;  /* number of the spelling */
    int aligned;      /* whole words; else inside a longer one */
    int folded;       /* it is the one typed, but for characters; not 0 where `rule` names them */
    const char *rule; /* the rules that made what stands here of what was typed; "" as typed */
};

/* Why a term that is not found nearly is. */
enum hiku_nearness {
    HIKU_NEAR_NONE = 0,
    HIKU_NEAR_FIELD,    /* it stands in the field that was not asked for */
    HIKU_NEAR_INSIDE,   /* it stands there only inside longer words */
    HIKU_NEAR_SPELLING, /* by a rule of spelling that was not applied it stands there */
    HIKU_NEAR_SIMILAR   /* a text stands there that is much like it */
};

struct hiku_nearest {
    int how; /* enum hiku_nearness */
    int field;
    size_t start; /* bytes of the title or body as stored */
    size_t end;
    const char *rule;  /* HIKU_NEAR_SPELLING: its name; else "" */
    unsigned distance; /* HIKU_NEAR_SIMILAR: characters that differ */
};

struct hiku_explained_term {
    int kind;     /* enum hiku_term_kind */
    int field;    /* enum hiku_field: where it is looked for */
    int prefix;   /* words that begin so */
    int exact;    /* no other spellings */
    int excluded; /* the record must not have it */
    int partial;  /* it ranks partial matches; else it is one of the words that are all wanted */
    const struct hiku_spelling *spellings; /* the first as typed */
    size_t n_spellings;
    const struct hiku_place *places; /* by spelling, field, start */
    size_t n_places;
    double idf; /* natural logarithm; 0 where nothing was searched */
    double weight;
    double score;                /* its part of the record's score */
    struct hiku_nearest nearest; /* where it has no places */
};

/* What keeps a record from matching. */
enum hiku_obstacle_kind {
    HIKU_OBSTACLE_MISSING = 0,    /* a term is not there */
    HIKU_OBSTACLE_EXCLUDED,       /* a term is there that must not be */
    HIKU_OBSTACLE_DATE,           /* its date is not in the period, or it has none */
    HIKU_OBSTACLE_COLUMN,         /* a column does not have the text */
    HIKU_OBSTACLE_EXCLUDED_DATE,  /* its date is in a period that it must not be in */
    HIKU_OBSTACLE_EXCLUDED_COLUMN /* a column has a text that must not be there */
};

struct hiku_obstacle {
    int kind;         /* enum hiku_obstacle_kind */
    size_t term;      /* MISSING, EXCLUDED: number of the term */
    const char *text; /* dates: FIRST..LAST, each ISO 8601 or ""; columns: NAME:TEXT; else "" */
};

struct hiku_explanation {
    const char *tree; /* the query as it was understood, on one line (hiku-query.7) */
    int is_sentence;  /* partial matches follow those that have all words */
    const struct hiku_explained_term *terms; /* those that are all wanted, then those that rank
                                                partial matches */
    size_t n_terms;
    /* The rest is empty where no record was asked for. */
    struct hiku_record record; /* with highlights */
    int found;
    size_t rank; /* from 1, among all; 0 when not found */
    int match;   /* enum hiku_match */
    double score;
    double covered;   /* the part of the query that the record holds by weight, 0 to 1: of partial
                         matches and of records that are none */
    uint64_t total;   /* as hiku_results_total … */
    uint64_t partial; /* … and hiku_results_partial */
    const struct hiku_obstacle *obstacles; /* why it has not all words */
    size_t n_obstacles;
};

/* Explains how a query is understood and expanded, and with KEY (as in hiku_get; NULL: none) why
 * that record matches or not, its rank and how its score adds up. OPTIONS as in hiku_search; limit,
 * offset, sort and no_text mean nothing. With KEY all records are searched and ranked. *OUT belongs
 * to the caller, who frees it soon, as results are, and before the handle is closed; NULL unless
 * HIKU_OK. HIKU_OK (found or not), NOT_FOUND (no such record), and what hiku_search gives. */
HIKU_API int hiku_explain(hiku *db, const char *key, const char *query, size_t n_bytes,
                          const struct hiku_search_options *options, struct hiku_explanation **out);

/* Frees an explanation; NULL is allowed. */
HIKU_API void hiku_explanation_free(struct hiku_explanation *explanation);

/* Fetches one record. KEY: NAME#ID, or an ID that only one record has. QUERY (N_BYTES, may be NULL)
 * sets the highlights. *RECORD is borrowed, valid until the next hiku_get or hiku_close of this
 * handle. HIKU_OK, NOT_FOUND, USAGE (several records have that ID; the message names their keys),
 * and what hiku_search gives. */
HIKU_API int hiku_get(hiku *db, const char *key, const char *query, size_t n_bytes,
                      const struct hiku_record **record);

struct hiku_token {
    const char *surface; /* normalised, not NUL-terminated */
    size_t surface_len;  /* bytes */
    const char *base;    /* dictionary form; the surface where it has none */
    size_t base_len;
    const char *reading; /* katakana; empty where unknown */
    size_t reading_len;
    const char *pos; /* part of speech as the dictionary names it: 名詞,一般 */
    size_t pos_len;
    size_t position; /* from 0; tokens that are not indexed by FTS5 (symbols) have none: SIZE_MAX */
    size_t start;    /* bytes of the text as given */
    size_t end;
};

/* Cuts a text as the index does and calls EACH for every token; a non-zero return of EACH stops it
 * and is returned. HIKU_OK, NOMEM; INPUT: a text of 2 GiB or more. */
HIKU_API int hiku_tokens(hiku *db, const char *text, size_t n_bytes,
                         int (*each)(void *context, const struct hiku_token *token), void *context);

#ifdef __cplusplus
}
#endif

#endif
