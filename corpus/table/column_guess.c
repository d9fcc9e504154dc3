/* What columns are by what is in them. Interface: column_guess.h. */
#include "corpus/table/column_guess.h"

#include "base/utf8.h"
#include "corpus/rows/date_form.h"
#include "corpus/table/table.h"

#include <stdlib.h>
#include <string.h>

struct column_sample {
    size_t n_filled;
    size_t n_words;
    size_t n_numbers; /* of digits alone */
    size_t n_dates;
    size_t n_distinct;
    size_t n_bytes; /* of the words */
    bool is_name;   /* by what it is called */
};

enum { NOT_FOUND = -1 };

static bool is_letter(uint32_t cp)
{
    if (cp < 0x80)
        return (cp | 32) >= 'a' && (cp | 32) <= 'z';
    /* Kana, kanji, letters in full width; not punctuation, circled or full-width numbers. */
    return (cp >= 0xC0 && cp < 0x2000) || cp == 0x3005 || (cp >= 0x3041 && cp < 0xFF00) ||
           (cp >= 0xFF21 && cp <= 0xFFDC);
}

enum text_kind text_kind_of(struct span cell)
{
    size_t n_letters = 0, n_digits = 0;
    bool blank = true;
    for (size_t i = 0; i < cell.len;) {
        uint32_t cp;
        i += utf8_decode(cell.data + i, cell.len - i, &cp);
        n_letters += is_letter(cp);
        n_digits += utf8_is_digit(cp);
        blank = blank && (cp <= ' ' || cp == 0x3000);
    }
    if (blank)
        return TEXT_EMPTY;
    if (memmem(cell.data, cell.len, "://", 3) != NULL ||
        (memchr(cell.data, '@', cell.len) != NULL && memchr(cell.data, ' ', cell.len) == NULL))
        return TEXT_ADDRESS;
    return n_letters <= n_digits ? TEXT_NUMBER : TEXT_WORDS;
}

static bool is_whole_number(struct span cell)
{
    size_t n_digits = 0;
    for (size_t i = 0; i < cell.len;) {
        uint32_t cp;
        i += utf8_decode(cell.data + i, cell.len - i, &cp);
        if (!utf8_is_digit(cp) && cp > ' ' && cp != 0x3000)
            return false;
        n_digits += utf8_is_digit(cp);
    }
    return n_digits > 0;
}

static bool came_before(const struct row *const *sample, size_t at, size_t column)
{
    struct span cell = row_cell(sample[at], column);
    for (size_t i = 0; i < at; i++) {
        struct span other = row_cell(sample[i], column);
        if (spans_are_equal(other, cell))
            return true;
    }
    return false;
}

/* 店名, 公園名, サービスの名称(最大40文字) */
static bool is_called_name(const char *key)
{
    size_t n = strcspn(key, "(");
    return strstr(key, "名称") != NULL || (n >= 3 && memcmp(key + n - 3, "名", 3) == 0);
}

static struct column_sample take_sample(const struct column_rule *rule,
                                        const struct row *const *sample, size_t n, size_t column)
{
    struct column_sample found = {.is_name = is_called_name(rule->key)};
    for (size_t i = 0; i < n; i++) {
        struct span cell = row_cell(sample[i], column);
        bool date = is_date_form(cell);
        enum text_kind kind = date ? TEXT_NUMBER : text_kind_of(cell);
        found.n_filled += kind != TEXT_EMPTY;
        found.n_words += kind == TEXT_WORDS;
        found.n_numbers += kind == TEXT_NUMBER && is_whole_number(cell);
        found.n_dates += date;
        found.n_bytes += kind == TEXT_WORDS ? cell.len : 0;
        found.n_distinct += kind != TEXT_EMPTY && !came_before(sample, i, column);
    }
    return found;
}

/* Most of its cells hold words, and in a third of the rows there is a cell. */
static bool has_words(const struct column_sample *column, size_t n_rows)
{
    return column->n_words * 2 > column->n_filled && column->n_words * 3 >= n_rows;
}

/* Its words differ in most rows. */
static bool differs(const struct column_sample *column)
{
    return column->n_distinct * 5 >= column->n_filled * 3;
}

/* The first column of dates: four fifths of its cells, and a cell in half of the rows. */
static int find_date(const struct columns *columns, const struct column_sample *samples,
                     size_t n_rows)
{
    for (size_t i = 0; i < columns->n; i++) {
        const struct column_sample *s = &samples[i];
        if (columns->items[i].role == ROLE_OTHER && s->n_dates > 0 &&
            s->n_dates * 5 >= s->n_filled * 4 && s->n_filled * 2 >= n_rows)
            return (int)i;
    }
    return NOT_FOUND;
}

static int find_title(const struct columns *columns, const struct column_sample *samples,
                      size_t n_rows)
{
    enum { NAMES, WORDS, ANY_WORDS, ANY, N_PASSES };
    for (int pass = NAMES; pass < N_PASSES; pass++)
        for (size_t i = 0; i < columns->n; i++) {
            const struct column_sample *s = &samples[i];
            bool words = has_words(s, n_rows), good = words && differs(s);
            bool fits[] = {good && s->is_name, good, words, s->n_filled > 0};
            if (columns->items[i].role == ROLE_OTHER && fits[pass])
                return (int)i;
        }
    return NOT_FOUND;
}

static int find_body(const struct columns *columns, const struct column_sample *samples,
                     size_t n_rows)
{
    int best = NOT_FOUND;
    double longest = 0;
    for (size_t i = 0; i < columns->n; i++) {
        const struct column_sample *s = &samples[i];
        bool fits = has_words(s, n_rows) && (s->n_distinct > 1 || n_rows == 1);
        double length = s->n_words > 0 ? (double)s->n_bytes / (double)s->n_words : 0;
        if (columns->items[i].role == ROLE_OTHER && fits && length > longest) {
            longest = length;
            best = (int)i;
        }
    }
    return best;
}

enum status columns_guess(struct columns *columns, const struct row *const *sample, size_t n)
{
    struct column_sample *samples = calloc(columns->n + 1, sizeof *samples);
    if (samples == NULL)
        return ST_NOMEM;
    for (size_t i = 0; i < columns->n; i++)
        samples[i] = take_sample(&columns->items[i], sample, n, i);
    const struct column_sample *first = &samples[0];
    if (columns->n > 1 && columns->items[0].key[0] == '\0' && columns->items[0].role == ROLE_ID &&
        first->n_words > 0)
        columns->items[0].role = ROLE_OTHER;
    if (columns->n > 1 && columns->items[0].key[0] == '\0' && !columns_has(columns, ROLE_ID) &&
        n > 0 && first->n_numbers == n && first->n_distinct == n)
        columns->items[0].role = ROLE_ID;
    int date = columns_has(columns, ROLE_DATE) ? NOT_FOUND : find_date(columns, samples, n);
    if (date != NOT_FOUND)
        columns->items[date].role = ROLE_DATE;
    int title = columns_has(columns, ROLE_TITLE) ? NOT_FOUND : find_title(columns, samples, n);
    if (title != NOT_FOUND)
        columns->items[title].role = ROLE_TITLE;
    int body = columns_has(columns, ROLE_BODY) ? NOT_FOUND : find_body(columns, samples, n);
    if (body != NOT_FOUND)
        columns->items[body].role = ROLE_BODY;
    free(samples);
    return ST_OK;
}
