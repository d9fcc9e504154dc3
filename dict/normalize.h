/* Normalisation: one spelling for what means the same character, with a map back to the original.
 *
 * NFKC and full case folding (Unicode 15, UAX #15 and 3.13), then dict/variants.tsv. White space,
 * line ends and control characters become one blank each run. Damaged UTF-8 becomes U+FFFD. The
 * voicing marks ゛ and ゜ compose as the combining ones do: か゛ is が; behind what has no voiced
 * form they stay. Normalising twice changes nothing more.
 *
 * A character's normal form does not depend on its neighbours (marks that compose with it aside),
 * so that a part of a text normalises to a part of the normalised text: without that, a query cut
 * out of a text might not be found in it. Spellings that depend on neighbours (人々 and 人人, 3ヶ月
 * and 3か月) are therefore the search's business. */
#ifndef HIKU_DICT_NORMALIZE_H
#define HIKU_DICT_NORMALIZE_H

#include "base/buf.h"
#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

/* From `norm` on, normalised bytes are the original ones from `orig` on (a copy), or, when
 * `replaced`, all bytes up to the next point stand for all original bytes up to its `orig`. */
struct norm_point {
    uint32_t norm;
    uint32_t orig : 31;
    uint32_t replaced : 1;
};

struct normalized {
    struct buf text;           /* valid UTF-8 */
    struct norm_point *points; /* ascending; points[0].norm == 0 unless the text is empty */
    size_t n_points;
    size_t cap_points;
    size_t n_orig;    /* bytes of the original */
    bool after_blank; /* of normalize_next: what stood before `text` ended with a blank */
};

#define NORMALIZED_INIT                                                                            \
    {                                                                                              \
        .text = BUF_INIT                                                                           \
    }

/* Texts from 2^31 bytes on are refused (ST_INPUT); SQLite's own limit is below that. */
#define NORMALIZE_MAX_BYTES ((size_t)1 << 31)

/* Normalises N_BYTES of any bytes into OUT, whose memory is used again. Linear time.
 * ST_OK, ST_NOMEM, ST_INPUT. */
enum status normalize(struct normalized *out, const char *text, size_t n_bytes);

/* A text that is normalised part by part: zeroed but for the text. */
struct normalizing {
    const char *text;
    size_t n_bytes;
    size_t at; /* bytes done */
};

/* Appends the normal form of the next N_BYTES or some more of IN to OUT, in the same words as
 * normalize() does for all of it. There is no map back. ST_OK, ST_NOMEM, ST_INPUT. */
enum status normalize_next(struct normalized *out, struct normalizing *in, size_t n_bytes);

/* Takes the first N_BYTES out of OUT, between two calls of normalize_next. */
void normalized_drop(struct normalized *out, size_t n_bytes);

/* Whether MARK is ゛ or ゜ (U+309B, U+309C) and KANA has a form with it: か゛ is が. Memory that is
 * out counts as no. */
bool normalize_voices(uint32_t kana, uint32_t mark);
/* The combining mark for ゛ or ゜; any other character as it is. */
uint32_t normalize_composing(uint32_t cp);

void normalized_release(struct normalized *n);

/* The original bytes [*START, *END) that the normalised bytes [FROM, TO) stand for. FROM < TO are
 * character boundaries of n->text. Where a part of a replaced unit is asked for (株 of ㈱), the
 * whole unit is given. */
void normalized_range(const struct normalized *n, size_t from, size_t to, size_t *start,
                      size_t *end);

#endif
