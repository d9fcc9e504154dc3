/* Reading text for dates, one folded character at a time; shared by the dates_*.c files. */
#ifndef HIKU_DICT_DATES_DATES_CURSOR_H
#define HIKU_DICT_DATES_DATES_CURSOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uchar.h>

#define DATE_FOLD_MAX 4
#define DATE_CURSOR_END UINT32_MAX

/* A place in the text. Copying the struct remembers the place, assigning the copy returns to it. */
struct date_cursor {
    const char *text;
    size_t n_bytes;
    size_t pos;                   /* the next byte that was not decoded yet */
    size_t end;                   /* end of the last character of which a part was taken */
    uint32_t fold[DATE_FOLD_MAX]; /* the character before `pos`, folded */
    unsigned n_fold;
    unsigned at; /* the next of `fold` */
};

struct date_number {
    unsigned value;
    unsigned n_digits; /* 0 for kanji numerals */
    bool units;        /* kanji numerals with 十 百 千, not one numeral for each digit */
};

/* Folds the character at TEXT (at least one byte is left) by NFKC and returns its length in bytes.
 * *N_FOLD is 0 for characters without meaning of their own, such as variation selectors. Circled
 * and raised digits stay as they are: ①2019年 does not hold the number 12019. */
size_t date_fold_char(const char *text, size_t n_bytes, uint32_t fold[DATE_FOLD_MAX],
                      unsigned *n_fold);

void date_cursor_init(struct date_cursor *c, const char *text, size_t n_bytes, size_t at);
/* The next folded character, DATE_CURSOR_END behind the last; does not move. */
uint32_t date_cursor_peek(struct date_cursor *c);
void date_cursor_take(struct date_cursor *c);
/* Whether the place is inside of a character that folds to several: between 5 and 日 of ㏤. */
bool date_cursor_splits(const struct date_cursor *c);
/* Takes the character or the whole string when it comes next, else does not move. */
bool date_cursor_accept(struct date_cursor *c, uint32_t cp);
bool date_cursor_accept_string(struct date_cursor *c, const char32_t *s);
/* Returns whether there was any. */
bool date_cursor_skip_space(struct date_cursor *c);
/* Reads a number of at most MAX_DIGITS (up to 8) Arabic digits, or of kanji numerals up to 9999.
 * A longer run of digits is no number at all. */
bool date_cursor_number(struct date_cursor *c, unsigned max_digits, struct date_number *number);

bool date_is_digit(uint32_t cp);
bool date_is_kanji_numeral(uint32_t cp);

#endif
