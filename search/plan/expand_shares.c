/* Tenths and degrees: 50% = 5割 = 五割, 摂氏25度 = 25℃. Interface: expand.h. */
#include "search/plan/expand.h"

#include "base/utf8.h"
#include "dict/numerals.h"

/* More is no share of a whole. */
#define MAX_TENTHS 10
#define PER_CENT "%"
#define TENTHS "割"
static const char *const per_cents[] = {PER_CENT, "パーセント"};
#define N_PER_CENTS (sizeof per_cents / sizeof *per_cents)

/* Whether a number goes on at AT, before it or behind it. */
static bool is_part(const struct expansion *e, size_t at)
{
    char c = at < e->n_bytes ? e->text[at] : ' ';
    return utf8_is_digit((unsigned char)c) || c == '.' || c == ',';
}

/* Whether 割 at END is a share, and no part of a word or a share with hundredths: 5割5分. */
static bool is_share(const struct expansion *e, size_t end)
{
    uint32_t next = utf8_at(e->text, e->n_bytes, end);
    return !utf8_is_one_of(next, U"合当りれ一二三四五六七八九") && !is_part(e, end);
}

static bool add_per_cents(struct expansion *e, size_t start, size_t end, uint64_t tenths)
{
    struct buf other = BUF_INIT;
    bool ok = true;
    for (size_t i = 0; i < N_PER_CENTS && ok; i++) {
        buf_clear(&other);
        numeral_write(&other, tenths * 10, NUMERAL_ARABIC);
        buf_adds(&other, per_cents[i]);
        ok = !other.failed && expansion_replace(e, start, end, other.data, other.len);
    }
    buf_release(&other);
    return ok;
}

static bool add_tenths(struct expansion *e, size_t start, size_t end, uint64_t tenths)
{
    static const enum numeral_form forms[] = {NUMERAL_ARABIC, NUMERAL_KANJI};
    struct buf other = BUF_INIT;
    bool ok = true;
    for (size_t i = 0; i < sizeof forms / sizeof *forms && ok; i++) {
        buf_clear(&other);
        numeral_write(&other, tenths, forms[i]);
        buf_adds(&other, TENTHS);
        ok = !other.failed && expansion_replace(e, start, end, other.data, other.len);
    }
    buf_release(&other);
    return ok;
}

/* Adds the share whose number N stands at START as one of the other kind. */
static bool add_share(struct expansion *e, size_t start, const struct numeral *n)
{
    size_t end = start + n->len;
    if (expand_has_at(e, end, TENTHS)) {
        end += sizeof TENTHS - 1;
        return n->value == 0 || n->value > MAX_TENTHS || !is_share(e, end) ||
               add_per_cents(e, start, end, n->value);
    }
    for (size_t i = 0; i < N_PER_CENTS; i++) {
        if (expand_has_at(e, end, per_cents[i]) && n->value > 0 && n->value % 10 == 0 &&
            n->value / 10 <= MAX_TENTHS)
            return add_tenths(e, start, end + strlen(per_cents[i]), n->value / 10);
    }
    return true;
}

/* Adds degrees without 摂氏, which few write, and with their sign. */
static bool drop_celsius(struct expansion *e)
{
    static const char name[] = "摂氏", degrees[] = "度", sign[] = "°c";
    const char *at = strstr(e->text, name);
    struct numeral n;
    if (at == NULL)
        return true;
    size_t start = (size_t)(at - e->text), number = start + sizeof name - 1;
    if (!numeral_read(e->text + number, e->n_bytes - number, &n) ||
        !expand_has_at(e, number + n.len, degrees))
        return true;
    struct buf other = BUF_INIT;
    buf_append(&other, e->text + number, n.len);
    buf_adds(&other, sign);
    bool ok = expansion_replace(e, start, number, "", 0) && !other.failed &&
              expansion_replace_whole(e, start, number + n.len + sizeof degrees - 1, other.data,
                                      other.len);
    buf_release(&other);
    return ok;
}

bool expand_shares(struct expansion *e)
{
    bool ok = drop_celsius(e);
    for (size_t i = 0; i < e->n_bytes && ok;) {
        struct numeral n;
        uint32_t cp;
        bool read = numeral_read(e->text + i, e->n_bytes - i, &n);
        if (read && (i == 0 || !is_part(e, i - 1)))
            ok = add_share(e, i, &n);
        i += read ? n.len : utf8_decode(e->text + i, e->n_bytes - i, &cp);
    }
    return ok;
}
