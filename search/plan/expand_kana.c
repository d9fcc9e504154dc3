/* Small kana written large, as in older laws and half-width data, and ヴ: キャンプ = キヤンプ,
 * あった = あつた, ヴァイオリン = バイオリン. Interface: expand.h. */
#include "search/plan/expand.h"

#include "base/utf8.h"

#include <string.h>
#include <uchar.h>

/* A term with more places for ヴ than this is spelled in one way throughout. */
#define MAX_PLACES 4

/* The character at I of the text as hiragana, 0 behind the end; *SHIFT: what makes it what it was.
 */
static uint32_t kana_at(const struct expansion *e, size_t i, size_t *len, uint32_t *shift)
{
    uint32_t cp = 0;
    *shift = 0;
    *len = i < e->n_bytes ? utf8_decode(e->text + i, e->n_bytes - i, &cp) : 0;
    if (utf8_is_katakana(cp))
        *shift = UTF8_KATAKANA_SHIFT;
    return cp - *shift;
}

/* Kana that the rules below look for: those written small, those that may stand for them, ヴ, and
 * those that may stand for it. */
enum kinds { SMALL = 1, LARGE = 2, WITH_V = 4, WITH_B = 8 };

/* Which of them the text has: most have none, and are left as they are. */
static unsigned kinds_of(const struct expansion *e)
{
    enum { FIRST = U'ぁ' };
    static const unsigned char kinds[] = {
        [U'ぁ' - FIRST] = SMALL,  [U'ぃ' - FIRST] = SMALL,  [U'ぅ' - FIRST] = SMALL,
        [U'ぇ' - FIRST] = SMALL,  [U'ぉ' - FIRST] = SMALL,  [U'っ' - FIRST] = SMALL,
        [U'ゃ' - FIRST] = SMALL,  [U'ゅ' - FIRST] = SMALL,  [U'ょ' - FIRST] = SMALL,
        [U'あ' - FIRST] = LARGE,  [U'い' - FIRST] = LARGE,  [U'え' - FIRST] = LARGE,
        [U'お' - FIRST] = LARGE,  [U'つ' - FIRST] = LARGE,  [U'や' - FIRST] = LARGE,
        [U'ゆ' - FIRST] = LARGE,  [U'よ' - FIRST] = LARGE,  [U'ば' - FIRST] = WITH_B,
        [U'び' - FIRST] = WITH_B, [U'べ' - FIRST] = WITH_B, [U'ぼ' - FIRST] = WITH_B,
        [U'ぶ' - FIRST] = WITH_B, [U'ゔ' - FIRST] = WITH_V};
    size_t len;
    uint32_t shift;
    unsigned found = 0;
    for (size_t i = 0; i < e->n_bytes; i += len) {
        uint32_t kana = kana_at(e, i, &len, &shift);
        if (kana >= FIRST && kana - FIRST < sizeof kinds)
            found |= kinds[kana - FIRST] & (shift != 0 ? ~0U : SMALL | LARGE);
    }
    return found;
}

static bool is_small(uint32_t kana)
{
    return utf8_is_one_of(kana, U"ぁぃぅぇぉっゃゅょ");
}

static bool add_large(struct expansion *e)
{
    struct buf large = BUF_INIT;
    size_t len;
    uint32_t shift;
    for (size_t i = 0; i < e->n_bytes; i += len) {
        uint32_t kana = kana_at(e, i, &len, &shift);
        buf_add_cp(&large, kana + shift + (is_small(kana) ? 1 : 0));
    }
    bool ok = expansion_add_buf(e, &large);
    buf_release(&large);
    return ok;
}

/* Whether KANA, written large between BEFORE and AFTER, can stand for the small one. SHIFT: that of
 * katakana or 0; ウエ may be ウェ, but うえ is no うぇ. */
static bool can_be_small(uint32_t before, uint32_t kana, uint32_t after, uint32_t shift)
{
    if (kana == U'つ')
        return before != 0 && utf8_is_one_of(after, U"かきくけこさしすせそたちつてとぱぴぷぺぽ");
    if (utf8_is_one_of(kana, U"やゆよ"))
        return utf8_is_one_of(before, U"きしちにひみりぎじぢびぴ");
    if (utf8_is_one_of(kana, U"あいえお"))
        return utf8_is_one_of(before, U"ふゔ") || (shift != 0 && before == U'う' && kana != U'あ');
    return false;
}

static bool add_small(struct expansion *e)
{
    struct buf small = BUF_INIT;
    size_t len, next_len;
    uint32_t shift, next_shift, before = 0, before_shift = 0;
    uint32_t kana = kana_at(e, 0, &len, &shift), after;
    bool any = false;
    for (size_t i = 0; i < e->n_bytes; i += len, len = next_len, kana = after, shift = next_shift) {
        after = kana_at(e, i + len, &next_len, &next_shift);
        bool one_script = before_shift == shift && (kana != U'つ' || next_shift == shift);
        bool smaller = one_script && can_be_small(before, kana, after, shift);
        buf_add_cp(&small, kana + shift - (smaller ? 1 : 0));
        any = any || smaller;
        before = kana;
        before_shift = shift;
    }
    bool ok = !any || expansion_add_buf(e, &small);
    buf_release(&small);
    return ok;
}

static const struct pair {
    char v[8];
    char b[8];
} pairs[] = {{"ヴァ", "バ"},   {"ヴィ", "ビ"},   {"ヴェ", "ベ"},   {"ヴォ", "ボ"},
             {"ヴャ", "ビャ"}, {"ヴュ", "ビュ"}, {"ヴョ", "ビョ"}, {"ヴ", "ブ"}};

/* The pair that begins at TEXT in the spelling with ヴ (else with バ, ビ …), NULL: none. */
static const struct pair *pair_at(const char *text, size_t n, bool with_v)
{
    const struct pair *longest = NULL;
    size_t longest_len = 0;
    uint32_t first = utf8_at(text, n, 0);
    if (with_v ? first != U'ヴ' : !utf8_is_one_of(first, U"バビベボブ"))
        return NULL;
    for (size_t p = 0; p < sizeof pairs / sizeof *pairs; p++) {
        const char *from = with_v ? pairs[p].v : pairs[p].b;
        size_t len = strlen(from);
        if (len > longest_len && len <= n && memcmp(text, from, len) == 0) {
            longest = &pairs[p];
            longest_len = len;
        }
    }
    return longest;
}

/* One place with ヴ (or バ …) after the other spelled the other way, then all of them. */
static bool add_v(struct expansion *e, bool with_v)
{
    struct buf all = BUF_INIT;
    size_t n_places = 0;
    bool ok = true;
    for (size_t i = 0; i < e->n_bytes && ok;) {
        const struct pair *pair = pair_at(e->text + i, e->n_bytes - i, with_v);
        uint32_t cp;
        size_t len = utf8_decode(e->text + i, e->n_bytes - i, &cp);
        if (pair == NULL) {
            buf_append(&all, e->text + i, len);
        } else {
            const char *to = with_v ? pair->b : pair->v;
            len = strlen(with_v ? pair->v : pair->b);
            if (n_places++ < MAX_PLACES)
                ok = expansion_replace(e, i, i + len, to, strlen(to));
            buf_adds(&all, to);
        }
        i += len;
    }
    ok = ok && expansion_add_buf(e, &all);
    buf_release(&all);
    return ok;
}

bool expand_kana(struct expansion *e)
{
    unsigned kinds = kinds_of(e);
    return ((kinds & SMALL) == 0 || add_large(e)) && ((kinds & LARGE) == 0 || add_small(e)) &&
           ((kinds & WITH_V) == 0 || add_v(e, true)) && ((kinds & WITH_B) == 0 || add_v(e, false));
}
