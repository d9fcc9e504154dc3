/* Telephone numbers and postcodes, with whatever stands between their groups: 011-622-8630 =
 * 011(622)8630 = 0116228630, 〒060-8611 = 0608611. Interface: expand.h. */
#include "search/plan/expand.h"

#include "base/utf8.h"

#include <string.h>

#define MAX_DIGITS 11
#define N_PHONE_GROUPS 3
#define POSTAL_MARK "〒"
#define POSTAL_DIGITS 7
#define POSTAL_FIRST 3

/* A number as typed: its digits, and how many stand in each group. */
struct number {
    char digits[MAX_DIGITS + 1];
    size_t n_digits;
    size_t groups[N_PHONE_GROUPS];
    size_t n_groups;
};

/* Reads all of TEXT: digits in groups of which one sign or two stand between. */
static bool read(const char *text, size_t n, struct number *out)
{
    *out = (struct number){.n_digits = 0};
    for (size_t i = 0; i < n; i++) {
        bool digit = utf8_is_digit((unsigned char)text[i]);
        bool first = digit && (i == 0 || strchr("-()", text[i - 1]) != NULL);
        if (!digit && (text[i] == '\0' || strchr("-()", text[i]) == NULL))
            return false;
        if ((digit && out->n_digits == MAX_DIGITS) || (first && out->n_groups == N_PHONE_GROUPS))
            return false;
        out->n_groups += first;
        if (digit) {
            out->groups[out->n_groups - 1]++;
            out->digits[out->n_digits++] = text[i];
        }
    }
    return out->n_digits > 0 && utf8_is_digit((unsigned char)text[n - 1]);
}

/* Adds the number with BEFORE, BETWEEN and LAST before its groups. */
static bool add_groups(struct expansion *e, const struct number *n, const char *before,
                       const char *between, const char *last)
{
    struct buf text = BUF_INIT;
    const char *digits = n->digits;
    buf_adds(&text, before);
    for (size_t i = 0; i < n->n_groups; digits += n->groups[i++]) {
        buf_adds(&text, i == 0 ? "" : i == 1 ? between : last);
        buf_append(&text, digits, n->groups[i]);
    }
    bool ok = !text.failed && expansion_add_whole(e, text.data, text.len);
    buf_release(&text);
    return ok;
}

static bool add_phone(struct expansion *e, const struct number *n)
{
    return add_groups(e, n, "", "-", "-") && add_groups(e, n, "", "(", ")") &&
           add_groups(e, n, "(", ")", "-") && add_groups(e, n, "", "ー", "ー") &&
           add_groups(e, n, "", "", "");
}

/* The groups that a number without any may have: area codes have 2 to 5 digits, mobile ones 3. */
static bool add_parted(struct expansion *e, struct number *n)
{
    bool ok = true, mobile = n->n_digits == MAX_DIGITS;
    n->n_groups = N_PHONE_GROUPS;
    for (size_t area = mobile ? 3 : 2; ok && area <= (mobile ? 3 : 5); area++) {
        n->groups[0] = area;
        n->groups[2] = 4;
        n->groups[1] = n->n_digits - area - 4;
        ok = add_phone(e, n);
    }
    return ok;
}

static bool add_postcode(struct expansion *e, struct number *n)
{
    n->n_groups = 2;
    n->groups[0] = POSTAL_FIRST;
    n->groups[1] = POSTAL_DIGITS - POSTAL_FIRST;
    return add_groups(e, n, "", "-", "") && add_groups(e, n, "", "", "");
}

bool expand_phones(struct expansion *e)
{
    static const char mark[] = POSTAL_MARK;
    struct number n;
    size_t start = expand_has_at(e, 0, mark) ? sizeof mark - 1 : 0;
    if (!read(e->text + start, e->n_bytes - start, &n))
        return true;
    if (n.n_digits == POSTAL_DIGITS &&
        (n.n_groups == 1 || (n.n_groups == 2 && n.groups[0] == POSTAL_FIRST)))
        return add_postcode(e, &n);
    if (start > 0 || n.digits[0] != '0' || n.n_digits < MAX_DIGITS - 1)
        return true;
    if (n.n_groups == 1)
        return add_parted(e, &n);
    return n.n_groups < N_PHONE_GROUPS || add_phone(e, &n);
}
