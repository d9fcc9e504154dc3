/* Readings. Interface: reading.h. */
#include "dict/reading.h"

#include "base/utf8.h"

#include <math.h>
#include <string.h>
#include <uchar.h>

/* By their kana. Hepburn first: the first entry of a kana is how it is written in Latin letters. */
static const struct syllable {
    char latin[5];
    char32_t kana[3];
} syllables[] = {
    {"a", U"ア"},     {"i", U"イ"},     {"u", U"ウ"},     {"wi", U"ウィ"},  {"we", U"ウェ"},
    {"e", U"エ"},     {"o", U"オ"},     {"ka", U"カ"},    {"ga", U"ガ"},    {"ki", U"キ"},
    {"kya", U"キャ"}, {"kyu", U"キュ"}, {"kyo", U"キョ"}, {"gi", U"ギ"},    {"gya", U"ギャ"},
    {"gyu", U"ギュ"}, {"gyo", U"ギョ"}, {"ku", U"ク"},    {"gu", U"グ"},    {"ke", U"ケ"},
    {"ge", U"ゲ"},    {"ko", U"コ"},    {"go", U"ゴ"},    {"sa", U"サ"},    {"za", U"ザ"},
    {"shi", U"シ"},   {"si", U"シ"},    {"she", U"シェ"}, {"sha", U"シャ"}, {"sya", U"シャ"},
    {"shu", U"シュ"}, {"syu", U"シュ"}, {"sho", U"ショ"}, {"syo", U"ショ"}, {"ji", U"ジ"},
    {"zi", U"ジ"},    {"je", U"ジェ"},  {"ja", U"ジャ"},  {"zya", U"ジャ"}, {"jya", U"ジャ"},
    {"ju", U"ジュ"},  {"zyu", U"ジュ"}, {"jyu", U"ジュ"}, {"jo", U"ジョ"},  {"zyo", U"ジョ"},
    {"jyo", U"ジョ"}, {"su", U"ス"},    {"zu", U"ズ"},    {"se", U"セ"},    {"ze", U"ゼ"},
    {"so", U"ソ"},    {"zo", U"ゾ"},    {"ta", U"タ"},    {"da", U"ダ"},    {"chi", U"チ"},
    {"ti", U"チ"},    {"che", U"チェ"}, {"cha", U"チャ"}, {"tya", U"チャ"}, {"chu", U"チュ"},
    {"tyu", U"チュ"}, {"cho", U"チョ"}, {"tyo", U"チョ"}, {"ji", U"ヂ"},    {"di", U"ヂ"},
    {"tsu", U"ツ"},   {"tu", U"ツ"},    {"zu", U"ヅ"},    {"du", U"ヅ"},    {"te", U"テ"},
    {"thi", U"ティ"}, {"de", U"デ"},    {"dhi", U"ディ"}, {"to", U"ト"},    {"do", U"ド"},
    {"na", U"ナ"},    {"ni", U"ニ"},    {"nya", U"ニャ"}, {"nyu", U"ニュ"}, {"nyo", U"ニョ"},
    {"nu", U"ヌ"},    {"ne", U"ネ"},    {"no", U"ノ"},    {"ha", U"ハ"},    {"ba", U"バ"},
    {"pa", U"パ"},    {"hi", U"ヒ"},    {"hya", U"ヒャ"}, {"hyu", U"ヒュ"}, {"hyo", U"ヒョ"},
    {"bi", U"ビ"},    {"bya", U"ビャ"}, {"byu", U"ビュ"}, {"byo", U"ビョ"}, {"pi", U"ピ"},
    {"pya", U"ピャ"}, {"pyu", U"ピュ"}, {"pyo", U"ピョ"}, {"fu", U"フ"},    {"hu", U"フ"},
    {"fa", U"ファ"},  {"fi", U"フィ"},  {"fe", U"フェ"},  {"fo", U"フォ"},  {"bu", U"ブ"},
    {"pu", U"プ"},    {"he", U"ヘ"},    {"be", U"ベ"},    {"pe", U"ペ"},    {"ho", U"ホ"},
    {"bo", U"ボ"},    {"po", U"ポ"},    {"ma", U"マ"},    {"mi", U"ミ"},    {"mya", U"ミャ"},
    {"myu", U"ミュ"}, {"myo", U"ミョ"}, {"mu", U"ム"},    {"me", U"メ"},    {"mo", U"モ"},
    {"ya", U"ヤ"},    {"yu", U"ユ"},    {"yo", U"ヨ"},    {"ra", U"ラ"},    {"ri", U"リ"},
    {"rya", U"リャ"}, {"ryu", U"リュ"}, {"ryo", U"リョ"}, {"ru", U"ル"},    {"re", U"レ"},
    {"ro", U"ロ"},    {"wa", U"ワ"},    {"wo", U"ヲ"},    {"vu", U"ヴ"},    {"va", U"ヴァ"},
    {"vi", U"ヴィ"},  {"ve", U"ヴェ"},  {"vo", U"ヴォ"}};
#define N_SYLLABLES (sizeof syllables / sizeof *syllables)

uint32_t reading_vowel(uint32_t kana)
{
    static const char columns[] = "aaiiuueeooaaiiuueeooaaiiuueeooaaiiuuueeoo" /* ァ to ド */
                                  "aiueoaaaiiiuuueeeoooaiueoaauuooaiueo"      /* ナ to ロ */
                                  "aaieo-u--";                                /* ヮ to ヶ */
    if (!utf8_is_katakana(kana))
        return 0;
    switch (columns[kana - U'ァ']) {
    case 'a':
        return U'ア';
    case 'i':
        return U'イ';
    case 'u':
        return U'ウ';
    case 'e':
        return U'エ';
    case 'o':
        return U'オ';
    default:
        return 0;
    }
}

static uint32_t same_sound(uint32_t kana)
{
    switch (kana) {
    case U'ヂ':
        return U'ジ';
    case U'ヅ':
        return U'ズ';
    case U'ヲ':
        return U'オ';
    default:
        return kana;
    }
}

static bool lengthens(uint32_t kana, uint32_t vowel)
{
    return vowel != 0 && (kana == vowel || (kana == U'ウ' && vowel == U'オ') ||
                          (kana == U'イ' && vowel == U'エ'));
}

bool reading_key(struct buf *out, const char *text, size_t n_bytes)
{
    size_t before = out->len;
    uint32_t vowel = 0, cp;
    for (size_t i = 0; i < n_bytes;) {
        i += utf8_decode(text + i, n_bytes - i, &cp);
        uint32_t kana = same_sound(utf8_to_katakana(cp));
        if (!utf8_is_katakana_or_mark(kana)) {
            out->len = before;
            return false;
        }
        if (lengthens(kana, vowel))
            kana = UTF8_LONG_MARK; /* after which a vowel is one of its own: ケイエイ is ケーエー */
        vowel = reading_vowel(kana);
        buf_add_cp(out, kana);
    }
    return n_bytes > 0;
}

bool reading_soften(struct buf *kana)
{
    static const char32_t voiced[] = U"ガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポ",
                          plain[] = U"カキクケコサシスセソタチツテトハヒフヘホハヒフヘホ";
    uint32_t first = 0;
    size_t len = kana->len > 0 ? utf8_decode(kana->data, kana->len, &first) : 0;
    char other[4];
    for (size_t i = 0; len > 0 && voiced[i] != 0; i++) {
        if (voiced[i] == utf8_to_katakana(first) && utf8_encode(plain[i], other) == len) {
            memcpy(kana->data, other, len);
            return true;
        }
    }
    return false;
}

void reading_katakana(struct buf *out, const char *text, size_t n_bytes)
{
    uint32_t cp;
    for (size_t i = 0; i < n_bytes;) {
        i += utf8_decode(text + i, n_bytes - i, &cp);
        buf_add_cp(out, utf8_to_katakana(cp));
    }
}

void reading_hiragana(struct buf *out, const char *text, size_t n_bytes)
{
    uint32_t cp;
    for (size_t i = 0; i < n_bytes;) {
        i += utf8_decode(text + i, n_bytes - i, &cp);
        buf_add_cp(out, utf8_to_hiragana(cp));
    }
}

static bool is_vowel(char c)
{
    return c != '\0' && strchr("aiueo", c) != NULL;
}

static const struct syllable *syllable_at(const char *text, size_t n)
{
    const struct syllable *longest = NULL;
    for (size_t i = 0; i < N_SYLLABLES; i++) {
        size_t len = strlen(syllables[i].latin);
        if (len <= n && memcmp(text, syllables[i].latin, len) == 0 &&
            (longest == NULL || len > strlen(longest->latin)))
            longest = &syllables[i];
    }
    return longest;
}

/* ン and ッ, which are no syllables: their length at TEXT, else 0. */
static size_t take_single(struct buf *out, const char *text, size_t n)
{
    char c = text[0], next = n > 1 ? text[1] : '\0';
    bool n_sound = (c == 'n' && !is_vowel(next) && next != 'y') ||
                   (c == 'm' && next != '\0' && strchr("bpm", next) != NULL);
    if (n_sound) {
        buf_adds(out, "ン");
        bool twice = c == 'n' && (next == '\'' || (next == 'n' && (n == 2 || !is_vowel(text[2]))));
        return twice ? 2 : 1;
    }
    bool doubled = c == next && !is_vowel(c) && c >= 'a' && c <= 'z';
    if (doubled || (c == 't' && n > 2 && memcmp(text, "tch", 3) == 0)) {
        buf_adds(out, "ッ");
        return 1;
    }
    return 0;
}

bool reading_from_latin(struct buf *out, const char *text, size_t n_bytes)
{
    size_t before = out->len;
    for (size_t i = 0; i < n_bytes;) {
        /* No word begins with ン or ッ. */
        size_t len = i > 0 ? take_single(out, text + i, n_bytes - i) : 0;
        const struct syllable *s = len == 0 ? syllable_at(text + i, n_bytes - i) : NULL;
        if (s != NULL) {
            buf_add_cp(out, s->kana[0]);
            if (s->kana[1] != 0)
                buf_add_cp(out, s->kana[1]);
            len = strlen(s->latin);
        }
        if (len == 0) {
            out->len = before;
            return false;
        }
        i += len;
    }
    return n_bytes > 0;
}

static uint64_t order_of(uint32_t first, uint32_t second)
{
    return (uint64_t)first << 32 | second;
}

/* The first entry of these kana; SECOND is 0 where it is one. NULL: there is none. */
static const struct syllable *syllable_of(uint32_t first, uint32_t second)
{
    size_t low = 0, high = N_SYLLABLES;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const struct syllable *s = &syllables[middle];
        if (order_of(s->kana[0], s->kana[1]) < order_of(first, second))
            low = middle + 1;
        else
            high = middle;
    }
    const struct syllable *s = &syllables[low];
    return low < N_SYLLABLES && s->kana[0] == first && s->kana[1] == second ? s : NULL;
}

/* The longest syllable at TEXT; *LEN: its bytes, or those of its first character where there is
 * none. *FIRST: that character, in katakana. */
static const struct syllable *take_syllable(const char *text, size_t n, uint32_t *first,
                                            size_t *len)
{
    const struct syllable *s = NULL;
    uint32_t second = 0;
    *len = utf8_decode(text, n, first);
    *first = utf8_to_katakana(*first);
    size_t n_second = *len < n ? utf8_decode(text + *len, n - *len, &second) : 0;
    second = utf8_to_katakana(second);
    if (utf8_is_one_of(second, U"ァィゥェォャュョ"))
        s = syllable_of(*first, second);
    *len += s != NULL ? n_second : 0;
    return s != NULL ? s : syllable_of(*first, 0);
}

bool reading_to_latin(struct buf *out, const char *text, size_t n_bytes)
{
    size_t before = out->len, len;
    bool doubles = false, ok = n_bytes > 0;
    for (size_t i = 0; i < n_bytes && ok; i += len) {
        uint32_t kana;
        const struct syllable *s = take_syllable(text + i, n_bytes - i, &kana, &len);
        if (s != NULL && doubles)
            buf_addc(out, s->latin[0] == 'c' ? 't' : s->latin[0]);
        if (s != NULL || kana == U'ン')
            buf_adds(out, s != NULL ? s->latin : "n");
        else
            ok = kana == U'ッ' || kana == UTF8_LONG_MARK;
        doubles = kana == U'ッ';
    }
    if (!ok)
        out->len = before;
    return ok;
}

double reading_word_cost(int64_t count, size_t n_kana)
{
    const double word = 12, single = 8;
    return word - log((double)count + 1) + (n_kana == 1 ? single : 0);
}
