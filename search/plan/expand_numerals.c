/* Numbers in kanji, Arabic digits or both: 三十人 = 30人, 1万2千 = 12000 = 12,000, 第二回 = 第2回.
 * Interface: expand.h. */
#include "search/plan/expand.h"

#include "base/utf8.h"
#include "dict/numerals.h"

#include <string.h>

/* More numbers in one term are not spelled one by one. */
#define MAX_NUMBERS 6

/* What a number counts. A kanji that is a numeral is part of other words too (三重, 一般, 十分): it
 * is a number where one of these follows, 第 stands before it, or it has several characters. */
static const char *const counters[] = {
    "人",   "名",     "年",   "月",     "日",       "回",         "件", "歳",   "才",   "号",
    "条",   "項",     "章",   "節",     "款",       "期",         "級", "類",   "週",   "円",
    "億",   "個",     "枚",   "台",     "校",       "園",         "戸", "世帯", "階",   "位",
    "倍",   "割",     "区",   "丁",     "か",       "ヶ",         "ケ", "ヵ",   "カ",   "箇",
    "時",   "分",     "秒",   "番",     "度",       "部",         "次", "点",   "種",   "本",
    "棟",   "室",     "班",   "組",     "団",       "社",         "館", "所",   "施",   "市",
    "町",   "村",     "県",   "%",      "つ",       "者",         "親", "学",   "事",   "機",
    "地",   "世",     "ポ",   "パ",     "キ",       "メ",         "ト", "半期", "平方", "平米",
    "立方", "センチ", "ミリ", "グラム", "リットル", "ヘクタール", "周", "代",   "目",   "児",
    "頭",   "泊",     "床",   "席",     "票",       "例",         "編", "巻",   "冊",   "面",
    "棟",   "両",     "隻",   "株",     "匹",       "羽",         "坪", "畳",   "食",   "通",
    "列",   "段",     "言",   "体",     "拠",       "路",         "ワ", "ド",   "ユ",   "ペ",
    "コ",   "ブ",     "チ",   "セ",     "系",       "科",         "圏", "極",   "輪",   "党"};
/* What numbers stand behind: 第2回, 震度6弱, 警戒レベル4. */
static const char *const ranks[] = {"第", "震度", "レベル", "ステージ", "フェーズ"};
/* 第25条の2 */
static const char *const branches[] = {"条の", "項の", "号の"};
/* A single 一 or 十 is a number only before these: 一部, 一度, 一時 and 十分 are words. */
static const char *const sure_counters[] = {
    "人",   "名",         "年",         "月",       "日",   "回",   "件",     "歳",   "号",
    "条",   "項",         "か",         "ヶ",       "ケ",   "ヵ",   "カ",     "箇",   "円",
    "週",   "級",         "期",         "世",       "校",   "個",   "丁",     "才",   "つ",
    "%",    "パーセント", "メートル",   "平方",     "立方", "キロ", "センチ", "ミリ", "グラム",
    "トン", "リットル",   "ヘクタール", "名",       "枚",   "件",   "台",     "戸",   "世帯",
    "階",   "位",         "割",         "棟",       "社",   "園",   "室",     "班",   "組",
    "次",   "団体",       "市",         "区",       "町",   "村",   "県",     "機",   "基",
    "冊",   "泊",         "時間",       "ポイント", "拠点"};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool is_code_char(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '.' || c == '-' || c == '/' ||
           c == ':' || c == ',';
}

/* A place in the text with a number in it. */
struct place {
    size_t start;
    struct numeral number;
    bool counts; /* it counts something, or is an ordinal */
};

/* Whether one of the N strings ends at byte AT of e->text. */
static bool is_behind_any(const struct expansion *e, size_t at, const char *const strings[],
                          size_t n)
{
    bool is = false;
    for (size_t i = 0; i < n && !is; i++)
        is = expand_has_before(e, at, strings[i]);
    return is;
}

/* Whether the number at START stands for itself, not for a part of a code, a date or a word. */
static bool judge(const struct expansion *e, struct place *p)
{
    const char *text = e->text;
    size_t end = p->start + p->number.len, left = e->n_bytes - end;
    const struct numeral *n = &p->number;
    bool ordinal = is_behind_any(e, p->start, ranks, COUNT(ranks)) ||
                   is_behind_any(e, p->start, branches, COUNT(branches));
    bool single = !n->has_arabic && n->n_chars == 1;
    /* 参百円 is read by expand_formal.c */
    if (!n->has_arabic && number_is_unit(utf8_at(text, e->n_bytes, p->start)) &&
        expand_is_behind_formal(e, p->start))
        return false;
    if ((p->start > 0 && is_code_char(text[p->start - 1])) || (left > 0 && is_code_char(text[end])))
        return false;
    p->counts = ordinal || text_starts_with_any(text + end, left, counters, COUNT(counters));
    if (single && !ordinal && (n->value == 1 || n->value == 10))
        p->counts = text_starts_with_any(text + end, left, sure_counters, COUNT(sure_counters));
    return n->has_arabic ? p->counts || n->value >= 1000 : p->counts || (!single && n->has_unit);
}

/* What tables of money count in: 30,000千円 is 3,000万円. */
static const struct {
    char text[8];
    uint64_t value;
} money_units[] = {{"千", 1000}, {"百万", 1000000}};
#define YEN "円"

static bool is_yen_at(const struct expansion *e, size_t at)
{
    return expand_has_at(e, at, YEN);
}

/* Takes the unit of a table behind the digits of P along. */
static void read_money_unit(const struct expansion *e, struct place *p)
{
    for (size_t i = 0; i < COUNT(money_units) && !p->number.has_unit && p->number.has_arabic; i++) {
        size_t len = strlen(money_units[i].text), end = p->start + p->number.len;
        if (!expand_has_at(e, end, money_units[i].text) || !is_yen_at(e, end + len) ||
            p->number.value > NUMERAL_MAX / money_units[i].value)
            continue;
        p->number.value *= money_units[i].value;
        p->number.len += len;
        p->number.n_chars += utf8_count(money_units[i].text, len);
        p->number.has_unit = true;
    }
}

static bool find_places(const struct expansion *e, struct place places[MAX_NUMBERS], size_t *n)
{
    *n = 0;
    for (size_t i = 0; i < e->n_bytes && *n < MAX_NUMBERS;) {
        struct place p = {.start = i};
        uint32_t cp;
        bool read = numeral_read(e->text + i, e->n_bytes - i, &p.number);
        if (read)
            read_money_unit(e, &p);
        if (read && judge(e, &p))
            places[(*n)++] = p;
        i += read ? p.number.len : utf8_decode(e->text + i, e->n_bytes - i, &cp);
    }
    return *n > 0;
}

static bool wants_form(const struct expansion *e, const struct place *p, enum numeral_form form)
{
    size_t end = p->start + p->number.len;
    bool is_year = end + 3 <= e->n_bytes && memcmp(e->text + end, "年", 3) == 0;
    uint64_t value = p->number.value;
    switch (form) {
    case NUMERAL_ARABIC:
        return true;
    case NUMERAL_SEPARATED:
        return value >= 1000 && !is_year && (p->counts || value < 1900 || value > 2100);
    case NUMERAL_MIXED:
    case NUMERAL_MIXED_SEPARATED:
        return value >= 10000;
    case NUMERAL_MIXED_UNIT:
        return value >= 1000 && value % 1000 == 0 && !is_year;
    case NUMERAL_KANJI:
        return p->counts && !(is_year && value >= 1000);
    case NUMERAL_KANJI_DIGIT:
        return p->counts && value >= 10 && value < 10000;
    }
    return false;
}

/* The amount at P in the units of tables, from a million on. */
static bool add_money(struct expansion *e, const struct place *p)
{
    size_t end = p->start + p->number.len;
    struct buf form = BUF_INIT;
    bool ok = true;
    for (size_t i = 0; i < COUNT(money_units) && ok; i++) {
        uint64_t unit = money_units[i].value;
        if (!is_yen_at(e, end) || p->number.value < 1000000 || p->number.value % unit != 0)
            continue;
        buf_clear(&form);
        numeral_write(&form, p->number.value / unit, NUMERAL_SEPARATED);
        buf_adds(&form, money_units[i].text);
        ok = !form.failed && expansion_replace(e, p->start, end, form.data, form.len);
    }
    buf_release(&form);
    return ok;
}

/* How 0 is written beside 〇: 零歳. */
#define ZERO "零"

static bool add_forms(struct expansion *e, const struct place *p)
{
    struct buf form = BUF_INIT;
    bool ok = true;
    for (int f = 0; f < NUMERAL_N_FORMS && ok; f++) {
        if (!wants_form(e, p, (enum numeral_form)f))
            continue;
        buf_clear(&form);
        numeral_write(&form, p->number.value, (enum numeral_form)f);
        ok = !form.failed &&
             expansion_replace(e, p->start, p->start + p->number.len, form.data, form.len);
    }
    buf_release(&form);
    if (ok && p->number.value == 0 && p->counts)
        ok = expansion_replace(e, p->start, p->start + p->number.len, ZERO, sizeof ZERO - 1);
    return ok && expand_add_point(e, p->start, p->start + p->number.len, p->number.value);
}

/* All numbers of the term in one form. */
static bool add_all(struct expansion *e, const struct place *places, size_t n,
                    enum numeral_form form)
{
    struct buf other = BUF_INIT;
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        const struct place *p = &places[i];
        buf_append(&other, e->text + at, p->start - at);
        if (wants_form(e, p, form))
            numeral_write(&other, p->number.value, form);
        else
            buf_append(&other, e->text + p->start, p->number.len);
        at = p->start + p->number.len;
    }
    buf_append(&other, e->text + at, e->n_bytes - at);
    bool ok = expansion_add_buf(e, &other);
    buf_release(&other);
    return ok;
}

bool expand_numerals(struct expansion *e)
{
    struct place places[MAX_NUMBERS];
    size_t n;
    bool is_typed = e->from[0] == '\0';
    if (is_typed && (!expand_roman(e) || !expand_decimals(e)))
        return false;
    if (!find_places(e, places, &n))
        return !is_typed || expand_formal(e);
    if (n > 1 && (!add_all(e, places, n, NUMERAL_ARABIC) || !add_all(e, places, n, NUMERAL_KANJI)))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!add_forms(e, &places[i]) || !add_money(e, &places[i]))
            return false;
    }
    return !is_typed || expand_formal(e);
}
