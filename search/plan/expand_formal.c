/* Numerals as deeds and older laws have them, so that nobody can alter them: 金参萬円 = 3万円,
 * 第壱回 = 第1回, 弐拾人 = 20人. Interface: expand.h. */
#include "search/plan/expand.h"

#include "base/utf8.h"

#include <string.h>

/* The formal ones that are not the usual ones; other forms of theirs are folded. */
static const struct formal {
    char formal[4];
    char usual[4];
} formals[] = {{"壱", "一"}, {"弐", "二"}, {"参", "三"}, {"拾", "十"}};
#define N_FORMALS (sizeof formals / sizeof *formals)

/* A number of several characters counts where one of these follows: 弐拾人, but not 参拾う. */
static const char *const counters[] = {"円", "人", "名", "年", "月", "日", "回", "件", "歳",
                                       "号", "条", "項", "個", "枚", "台", "番", "度", "章",
                                       "節", "款", "巻", "冊", "部", "坪", "町", "反", "銭"};
#define N_COUNTERS (sizeof counters / sizeof *counters)
#define ORDINAL "第"
#define AMOUNT "金"
#define YEN "円"
/* Nobody writes larger ordinals so, and laws have years in the usual numerals. */
#define MAX_ORDINAL 99

static const char *usual_at(const struct expansion *e, size_t at)
{
    for (size_t i = 0; i < N_FORMALS; i++) {
        if (expand_has_at(e, at, formals[i].formal))
            return formals[i].usual;
    }
    return NULL;
}

/* Writes the numerals at START as usual ones into OUT, and where they end into *END; whether a
 * formal one is among them. */
static bool read_usual(const struct expansion *e, size_t start, size_t *end, struct buf *out)
{
    bool formal = false;
    uint32_t cp;
    size_t len;
    for (*end = start; *end < e->n_bytes; *end += len) {
        const char *usual = usual_at(e, *end);
        len = utf8_decode(e->text + *end, e->n_bytes - *end, &cp);
        if (usual == NULL && !utf8_is_one_of(cp, number_characters))
            break;
        if (usual != NULL)
            buf_adds(out, usual);
        else
            buf_append(out, e->text + *end, len);
        formal = formal || usual != NULL;
    }
    return formal;
}

/* Whether 参 at START ends another word, which no number does: 持参十人, 人参. */
static bool may_end_word(const struct expansion *e, size_t start)
{
    return expand_has_at(e, start, "参") && utf8_is_kanji(utf8_before(e->text, start)) &&
           !expand_has_before(e, start, ORDINAL) && !expand_has_before(e, start, AMOUNT);
}

bool expand_is_behind_formal(const struct expansion *e, size_t at)
{
    size_t len = strlen(formals[0].formal);
    return at >= len && usual_at(e, at - len) != NULL && !may_end_word(e, at - len);
}

/* Whether WITH, which ends at AT, is no end of another word: 賞金, 次第. */
static bool stands_alone_before(const struct expansion *e, size_t at, const char *with)
{
    return expand_has_before(e, at, with) &&
           !utf8_is_kanji(utf8_before(e->text, at - strlen(with)));
}

/* Whether the numerals [START, END), N characters, are a number: 参加, 壱岐 and 拾得 are words. */
static bool counts(const struct expansion *e, size_t start, size_t end, size_t n)
{
    if (may_end_word(e, start))
        return false;
    if (stands_alone_before(e, start, ORDINAL) || expand_has_at(e, end, YEN))
        return true;
    return (n > 1 || expand_has_before(e, start, ORDINAL)) &&
           text_starts_with_any(e->text + end, e->n_bytes - end, counters, N_COUNTERS);
}

/* Whether no digit follows another in the usual numerals: formal ones always have 拾 and the like
 * between. */
static bool has_units(const struct buf *usual)
{
    bool has = true, before = true;
    uint32_t cp;
    for (size_t i = 0; i < usual->len && has;) {
        i += utf8_decode(usual->data + i, usual->len - i, &cp);
        has = before || number_is_unit(cp);
        before = number_is_unit(cp);
    }
    return has;
}

static bool add_usual(struct expansion *e, size_t start, size_t end, uint64_t value)
{
    static const enum numeral_form forms[] = {NUMERAL_ARABIC, NUMERAL_SEPARATED, NUMERAL_KANJI,
                                              NUMERAL_MIXED, NUMERAL_MIXED_SEPARATED};
    /* 金 is of the formal amount: 3万円 alone is what others write. */
    size_t from = stands_alone_before(e, start, AMOUNT) ? start - strlen(AMOUNT) : start;
    return expansion_replace_number(e, from, end, value, forms, sizeof forms / sizeof *forms);
}

/* Appends VALUE in formal numerals; a unit without a digit has 壱 there, 壱拾, where ONES. */
static void write_formal(struct buf *out, uint64_t value, bool ones)
{
    struct buf usual = BUF_INIT;
    uint32_t cp, before = 0;
    numeral_write(&usual, value, NUMERAL_KANJI);
    for (size_t i = 0, len; i < usual.len; i += len, before = cp) {
        len = utf8_decode(usual.data + i, usual.len - i, &cp);
        bool bare = number_is_unit(cp) && (before == 0 || number_is_unit(before));
        if (ones && bare && utf8_is_one_of(cp, U"十百千"))
            buf_adds(out, formals[0].formal);
        const char *formal = NULL;
        for (size_t k = 0; k < N_FORMALS; k++) {
            if (text_starts_with(usual.data + i, len, formals[k].usual))
                formal = formals[k].formal;
        }
        if (formal != NULL)
            buf_adds(out, formal);
        else
            buf_append(out, usual.data + i, len);
    }
    out->failed = out->failed || usual.failed;
    buf_release(&usual);
}

/* Adds the number [START, END) in formal numerals behind 第, or behind 金 where it is an amount:
 * elsewhere it may be the end of a longer one, 百弐拾人. */
static bool add_formal(struct expansion *e, size_t start, size_t end, uint64_t value)
{
    bool ordinal = expand_has_before(e, start, ORDINAL) && value <= MAX_ORDINAL;
    bool amount = expand_has_at(e, end, YEN) && (start == 0 || expand_has_before(e, start, AMOUNT));
    bool ok = true;
    if (value == 0 || e->term->kind == HIKU_TERM_WORD || (!ordinal && !amount))
        return true;
    for (int ones = 0; ones < 2 && ok; ones++) {
        struct buf form = BUF_INIT;
        if (amount && start == 0)
            buf_adds(&form, AMOUNT);
        write_formal(&form, value, ones == 1);
        ok = !form.failed && expansion_replace(e, start, end, form.data, form.len);
        buf_release(&form);
    }
    return ok;
}

/* Adds the other way to write the number at AT; *END: behind it, AT where there is none. */
static bool add_other(struct expansion *e, size_t at, size_t *end)
{
    struct buf usual = BUF_INIT;
    struct numeral n;
    bool formal = read_usual(e, at, end, &usual), ok = true;
    if (formal && !usual.failed && has_units(&usual) && numeral_read(usual.data, usual.len, &n) &&
        n.len == usual.len) {
        ok = !counts(e, at, *end, n.n_chars) || add_usual(e, at, *end, n.value);
    } else if (!formal && numeral_read(e->text + at, e->n_bytes - at, &n)) {
        *end = at + n.len;
        ok = add_formal(e, at, *end, n.value);
    }
    ok = ok && !usual.failed;
    buf_release(&usual);
    return ok;
}

bool expand_formal(struct expansion *e)
{
    bool ok = true;
    for (size_t i = 0, end; i < e->n_bytes && ok; i = end) {
        uint32_t cp;
        ok = add_other(e, i, &end);
        if (end == i)
            end += utf8_decode(e->text + i, e->n_bytes - i, &cp);
    }
    return ok;
}
