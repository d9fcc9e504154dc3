/* Putting positions in order. Interface: sort_positions.h.
 *
 * Few are sorted by comparison; more by their digits, the last first, for which a few passes over
 * them do (Knuth: The art of computer programming 3, 5.2.5); and where they are dense, through a
 * bit for each place of the segment. */
#include "search/match/sort_positions.h"

#include <stdlib.h>
#include <string.h>

/* Up to so many, to compare costs less than to count digits. */
#define FEW 64
/* Where more than one place of so many is among them, to read all bits costs less. */
#define DENSE 32

#define N_DIGITS 3
#define MAX_DIGIT_BITS 11

_Static_assert(N_DIGITS *MAX_DIGIT_BITS >= 32, "a position has no more digits");

static int compare(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

/* Sorts by the digit of N_BITS at SHIFT into TO, where those of the same digit keep their order. */
static void sort_by_digit(const uint32_t *from, size_t n, unsigned shift, unsigned n_bits,
                          uint32_t *to)
{
    size_t at[1U << MAX_DIGIT_BITS] = {0}, sum = 0;
    uint32_t mask = (1U << n_bits) - 1;
    for (size_t i = 0; i < n; i++)
        at[from[i] >> shift & mask]++;
    for (uint32_t digit = 0; digit <= mask; digit++) {
        size_t count = at[digit];
        at[digit] = sum;
        sum += count;
    }
    for (size_t i = 0; i < n; i++)
        to[at[from[i] >> shift & mask]++] = from[i];
}

static bool sort_by_digits(uint32_t *positions, size_t n, uint32_t n_units)
{
    unsigned n_bits = 1;
    while (n_bits < MAX_DIGIT_BITS && n_units >> N_DIGITS * n_bits != 0)
        n_bits++;
    uint32_t *other = malloc(n * sizeof *other);
    if (other == NULL)
        return false;
    sort_by_digit(positions, n, 0, n_bits, other);
    sort_by_digit(other, n, n_bits, n_bits, positions);
    sort_by_digit(positions, n, 2 * n_bits, n_bits, other);
    memcpy(positions, other, n * sizeof *positions);
    free(other);
    return true;
}

static bool sort_by_bits(uint32_t *positions, size_t *n, uint32_t n_units)
{
    size_t n_words = n_units / 64 + 1, n_sorted = 0;
    uint64_t *bits = calloc(n_words, sizeof *bits);
    if (bits == NULL)
        return false;
    for (size_t i = 0; i < *n; i++)
        bits[positions[i] / 64] |= UINT64_C(1) << positions[i] % 64;
    for (size_t w = 0; w < n_words && n_sorted < *n; w++) {
        for (uint64_t word = bits[w]; word != 0; word &= word - 1)
            positions[n_sorted++] = (uint32_t)(w * 64 + (unsigned)__builtin_ctzll(word));
    }
    free(bits);
    *n = n_sorted;
    return true;
}

bool sort_positions(uint32_t *positions, size_t *n, uint32_t n_units)
{
    if (*n > n_units / DENSE)
        return sort_by_bits(positions, n, n_units);
    if (*n > FEW)
        return sort_by_digits(positions, *n, n_units);
    if (*n > 1)
        qsort(positions, *n, sizeof *positions, compare);
    return true;
}
