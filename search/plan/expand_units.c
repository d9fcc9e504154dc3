/* Units behind a number: 10% = 10パーセント, 100㎡ = 100平方メートル, 5km = 5キロメートル, 20才 =
 * 20歳; and signs before one: ¥1,000 = 1,000円, No.5 = №5. Interface: expand.h. */
#include "search/plan/expand.h"

#include "base/utf8.h"

#include <string.h>

#define MAX_WAYS 4

/* One unit as it is written, normalised. Letters stand behind digits only, and may have a blank
 * before them. */
static const struct unit {
    const char *ways[MAX_WAYS];
    bool alone; /* it is known without a number too */
} units[] = {
    {{"%", "パーセント"}, true},
    {{"m2", "平方メートル", "平米", "平方m"}, true},
    {{"m3", "立方メートル", "立米", "立方m"}, true},
    {{"km2", "平方キロメートル", "平方キロ", "平方km"}, true},
    {{"kwh", "キロワット時", "キロワットアワー"}, true},
    {{"mwh", "メガワット時", "メガワットアワー"}, true},
    {{"km", "キロメートル", "キロ"}, true},
    {{"kg", "キログラム", "キロ"}, true},
    {{"ha", "ヘクタール"}, true},
    {{"m", "メートル"}, false},
    {{"cm", "センチメートル", "センチ"}, false},
    {{"mm", "ミリメートル", "ミリ"}, false},
    {{"g", "グラム"}, false},
    {{"mg", "ミリグラム"}, false},
    {{"t", "トン"}, false},
    {{"l", "リットル"}, false},
    {{"ml", "ミリリットル"}, false},
    {{"dl", "デシリットル"}, false},
    {{"kl", "キロリットル"}, false},
    {{"kw", "キロワット"}, false},
    {{"mw", "メガワット"}, false},
    {{"w", "ワット"}, false},
    {{"v", "ボルト"}, false},
    {{"db", "デシベル"}, false},
    {{"hz", "ヘルツ"}, false},
    {{"hpa", "ヘクトパスカル"}, false},
    {{"mpa", "メガパスカル"}, false},
    {{"gw", "ギガワット"}, false},
    {{"gwh", "ギガワット時", "ギガワットアワー"}, true},
    {{"kcal", "キロカロリー"}, true},
    {{"mb", "メガバイト"}, false},
    {{"gb", "ギガバイト"}, false},
    {{"tb", "テラバイト"}, false},
    {{"lx", "ルクス"}, false},
    {{"bq", "ベクレル"}, false},
    {{"msv", "ミリシーベルト"}, false},
    {{"μsv", "マイクロシーベルト"}, false},
    {{"°c", "度"}, false},
    {{"歳", "才"}, false},
};
#define N_UNITS (sizeof units / sizeof *units)

static bool is_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

/* Whether WAY is all letters, digits and signs. */
static bool is_latin(const char *way)
{
    return (unsigned char)way[0] < 0x80 || strcmp(way, "°c") == 0;
}

/* Whether another word goes on at TEXT behind WAY: トン in トンネル, m in mm. */
static bool goes_on(const char *text, size_t n, const char *way)
{
    if (n == 0 || strcmp(way, "%") == 0 || strcmp(way, "パーセント") == 0)
        return false;
    if (is_latin(way))
        return is_letter(text[0]) || utf8_is_digit((unsigned char)text[0]);
    return expand_is_katakana(utf8_before(way, strlen(way))) &&
           expand_is_katakana(utf8_at(text, n, 0));
}

/* The length of the longest unit that the text has at AT; 0: none. */
static size_t unit_at(const struct expansion *e, size_t at)
{
    size_t len = 0;
    for (size_t i = 0; i < N_UNITS; i++) {
        for (size_t k = 0; k < MAX_WAYS && units[i].ways[k] != NULL; k++) {
            const char *way = units[i].ways[k];
            size_t n = strlen(way);
            if (n > len && expand_has_at(e, at, way) &&
                !goes_on(e->text + at + n, e->n_bytes - at - n, way))
                len = n;
        }
    }
    return len;
}

/* Whether a number ends at AT: of digits, or of kanji that stand for a large number (LARGE) or any.
 */
static bool is_number_before(const struct expansion *e, size_t at, bool large)
{
    static const char kanji[] = "千百万億〇一二三四五六七八九十数";
    const char *end = kanji + (large ? 12 : sizeof kanji - 1);
    if (at > 0 && utf8_is_digit((unsigned char)e->text[at - 1]))
        return true;
    for (const char *k = kanji; k < end && at >= 3; k += 3) {
        if (memcmp(e->text + at - 3, k, 3) == 0)
            return true;
    }
    return false;
}

/* Adds the term with WAY in the place of [START, END); letters as a whole word, with a blank before
 * them too. */
static bool add_way(struct expansion *e, size_t start, size_t end, const char *way)
{
    struct buf with_blank = BUF_INIT;
    if (!is_latin(way))
        return expansion_replace(e, start, end, way, strlen(way));
    if (!is_number_before(e, start, true) && way[0] != '%')
        return true;
    buf_addc(&with_blank, ' ');
    buf_adds(&with_blank, way);
    bool ok = expansion_replace_whole(e, start, end, way, strlen(way)) && !with_blank.failed &&
              expansion_replace_whole(e, start, end, with_blank.data, with_blank.len);
    buf_release(&with_blank);
    return ok;
}

static bool is_way_of(const struct unit *unit, const char *text, size_t n)
{
    for (size_t k = 0; k < MAX_WAYS && unit->ways[k] != NULL; k++) {
        if (strlen(unit->ways[k]) == n && memcmp(unit->ways[k], text, n) == 0)
            return true;
    }
    return false;
}

/* Adds the other ways of a unit that is the whole term, as whole words. */
static bool add_alone(struct expansion *e)
{
    bool ok = true;
    for (size_t i = 0; i < N_UNITS && ok; i++) {
        if (!units[i].alone || !is_way_of(&units[i], e->text, e->n_bytes))
            continue;
        for (size_t k = 0; ok && k < MAX_WAYS && units[i].ways[k] != NULL; k++)
            ok = expansion_add_whole(e, units[i].ways[k], strlen(units[i].ways[k]));
    }
    return ok;
}

/* Adds the term with the unit [START, END) in the other ways of each that is written so: 5キロ are
 * 5km and 5kg. */
static bool add_ways(struct expansion *e, size_t start, size_t end)
{
    bool ok = true;
    for (size_t i = 0; i < N_UNITS && ok; i++) {
        if (!is_way_of(&units[i], e->text + start, end - start))
            continue;
        for (size_t k = 0; ok && k < MAX_WAYS && units[i].ways[k] != NULL; k++)
            ok = add_way(e, start, end, units[i].ways[k]);
    }
    return ok;
}

static bool add_units(struct expansion *e)
{
    bool ok = true;
    for (size_t i = 0, n; i < e->n_bytes && ok; i += n) {
        uint32_t cp;
        size_t len = is_number_before(e, i, false) ? unit_at(e, i) : 0;
        n = len > 0 ? len : utf8_decode(e->text + i, e->n_bytes - i, &cp);
        ok = len == 0 || add_ways(e, i, i + len);
    }
    return ok;
}

/* The length of the digits at AT, with commas and a point between them. */
static size_t digits_at(const struct expansion *e, size_t at)
{
    size_t n = 0;
    while (at + n < e->n_bytes &&
           (utf8_is_digit((unsigned char)e->text[at + n]) ||
            (n > 0 && (e->text[at + n] == ',' || e->text[at + n] == '.') &&
             at + n + 1 < e->n_bytes && utf8_is_digit((unsigned char)e->text[at + n + 1]))))
        n++;
    return n;
}

/* Money by a sign before the number or a word behind it. */
static const struct currency {
    char sign[8];
    char unit[12];
} currencies[] = {{"¥", "円"}, {"$", "ドル"}, {"€", "ユーロ"}};
#define N_CURRENCIES (sizeof currencies / sizeof *currencies)

/* ¥1,000 = 1,000円: of the whole term. */
static bool add_currency(struct expansion *e, const struct currency *currency)
{
    const char *sign = currency->sign, *unit = currency->unit;
    size_t start = expand_has_at(e, 0, sign) ? strlen(sign) : 0;
    size_t n = digits_at(e, start), end = start + n;
    bool has_unit = expand_has_at(e, end, unit);
    struct buf other = BUF_INIT;
    if (n == 0 || (start == 0) != has_unit || end + (has_unit ? strlen(unit) : 0) != e->n_bytes)
        return true;
    buf_adds(&other, has_unit ? sign : "");
    buf_append(&other, e->text + start, n);
    buf_adds(&other, has_unit ? "" : unit);
    bool ok = !other.failed && (has_unit ? expansion_add_whole(e, other.data, other.len)
                                         : expansion_add(e, other.data, other.len));
    buf_release(&other);
    return ok;
}

static bool add_currencies(struct expansion *e)
{
    bool ok = true;
    for (size_t i = 0; i < N_CURRENCIES && ok; i++)
        ok = add_currency(e, &currencies[i]);
    return ok;
}

/* no.5 = no5, which № is folded to. */
static bool add_ordinal(struct expansion *e)
{
    size_t point = 2;
    if (!expand_has_at(e, 0, "no"))
        return true;
    if (point < e->n_bytes && utf8_is_digit((unsigned char)e->text[point]))
        return expansion_replace(e, point, point, ".", 1);
    if (point + 1 < e->n_bytes && e->text[point] == '.' &&
        utf8_is_digit((unsigned char)e->text[point + 1]))
        return expansion_replace(e, point, point + 1, "", 0);
    return true;
}

bool expand_units(struct expansion *e)
{
    if (e->from[0] != '\0' && strcmp(e->from, "numerals") != 0)
        return true;
    return add_alone(e) && add_units(e) && add_currencies(e) && add_ordinal(e) && expand_shares(e);
}
