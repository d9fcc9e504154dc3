/* Readings. Interface: reading.h. */
#include "dict/reading.h"

#include "base/utf8.h"

#include <math.h>
#include <string.h>
#include <uchar.h>

/* Hepburn first: the first entry of a kana is how it is written in Latin letters. */
static const struct syllable {
    char latin[5];
    char kana[8];
} syllables[] = {
    {"a", "ア"},     {"i", "イ"},     {"u", "ウ"},     {"e", "エ"},     {"o", "オ"},
    {"ka", "カ"},    {"ki", "キ"},    {"ku", "ク"},    {"ke", "ケ"},    {"ko", "コ"},
    {"sa", "サ"},    {"shi", "シ"},   {"su", "ス"},    {"se", "セ"},    {"so", "ソ"},
    {"ta", "タ"},    {"chi", "チ"},   {"tsu", "ツ"},   {"te", "テ"},    {"to", "ト"},
    {"na", "ナ"},    {"ni", "ニ"},    {"nu", "ヌ"},    {"ne", "ネ"},    {"no", "ノ"},
    {"ha", "ハ"},    {"hi", "ヒ"},    {"fu", "フ"},    {"he", "ヘ"},    {"ho", "ホ"},
    {"ma", "マ"},    {"mi", "ミ"},    {"mu", "ム"},    {"me", "メ"},    {"mo", "モ"},
    {"ra", "ラ"},    {"ri", "リ"},    {"ru", "ル"},    {"re", "レ"},    {"ro", "ロ"},
    {"ga", "ガ"},    {"gi", "ギ"},    {"gu", "グ"},    {"ge", "ゲ"},    {"go", "ゴ"},
    {"za", "ザ"},    {"ji", "ジ"},    {"zu", "ズ"},    {"ze", "ゼ"},    {"zo", "ゾ"},
    {"da", "ダ"},    {"ji", "ヂ"},    {"zu", "ヅ"},    {"de", "デ"},    {"do", "ド"},
    {"ba", "バ"},    {"bi", "ビ"},    {"bu", "ブ"},    {"be", "ベ"},    {"bo", "ボ"},
    {"pa", "パ"},    {"pi", "ピ"},    {"pu", "プ"},    {"pe", "ペ"},    {"po", "ポ"},
    {"ya", "ヤ"},    {"yu", "ユ"},    {"yo", "ヨ"},    {"wa", "ワ"},    {"wo", "ヲ"},
    {"vu", "ヴ"},    {"kya", "キャ"}, {"kyu", "キュ"}, {"kyo", "キョ"}, {"nya", "ニャ"},
    {"nyu", "ニュ"}, {"nyo", "ニョ"}, {"hya", "ヒャ"}, {"hyu", "ヒュ"}, {"hyo", "ヒョ"},
    {"mya", "ミャ"}, {"myu", "ミュ"}, {"myo", "ミョ"}, {"rya", "リャ"}, {"ryu", "リュ"},
    {"ryo", "リョ"}, {"gya", "ギャ"}, {"gyu", "ギュ"}, {"gyo", "ギョ"}, {"bya", "ビャ"},
    {"byu", "ビュ"}, {"byo", "ビョ"}, {"pya", "ピャ"}, {"pyu", "ピュ"}, {"pyo", "ピョ"},
    {"sha", "シャ"}, {"shu", "シュ"}, {"sho", "ショ"}, {"cha", "チャ"}, {"chu", "チュ"},
    {"cho", "チョ"}, {"ja", "ジャ"},  {"ju", "ジュ"},  {"jo", "ジョ"},  {"fa", "ファ"},
    {"fi", "フィ"},  {"fe", "フェ"},  {"fo", "フォ"},  {"va", "ヴァ"},  {"vi", "ヴィ"},
    {"ve", "ヴェ"},  {"vo", "ヴォ"},  {"she", "シェ"}, {"che", "チェ"}, {"je", "ジェ"},
    {"we", "ウェ"},  {"wi", "ウィ"},  {"thi", "ティ"}, {"dhi", "ディ"}, {"si", "シ"},
    {"tu", "ツ"},    {"hu", "フ"},    {"zi", "ジ"},    {"sya", "シャ"}, {"syu", "シュ"},
    {"syo", "ショ"}, {"tya", "チャ"}, {"tyu", "チュ"}, {"tyo", "チョ"}, {"zya", "ジャ"},
    {"zyu", "ジュ"}, {"zyo", "ジョ"}, {"jya", "ジャ"}, {"jyu", "ジュ"}, {"jyo", "ジョ"},
    {"ti", "チ"},    {"du", "ヅ"},    {"di", "ヂ"}};
#define N_SYLLABLES (sizeof syllables / sizeof *syllables)

uint32_t reading_vowel(uint32_t kana)
{
    static const char32_t vowels[] = U"アイウエオ";
    static const char32_t *const columns[] = {
        U"アァカガサザタダナハバパマヤャラワヮ", U"イィキギシジチヂニヒビピミリヰ",
        U"ウゥクグスズツヅッヌフブプムユュルヴ", U"エェケゲセゼテデネヘベペメレヱ",
        U"オォコゴソゾトドノホボポモヨョロヲ"};
    for (size_t c = 0; c < 5; c++) {
        for (const char32_t *k = columns[c]; *k != 0; k++) {
            if (*k == kana)
                return vowels[c];
        }
    }
    return 0;
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
            buf_adds(out, s->kana);
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

static const struct syllable *syllable_of(const char *kana, size_t n)
{
    const struct syllable *longest = NULL;
    for (size_t i = 0; i < N_SYLLABLES; i++) {
        size_t len = strlen(syllables[i].kana);
        if (len <= n && memcmp(kana, syllables[i].kana, len) == 0 &&
            (longest == NULL || len > strlen(longest->kana)))
            longest = &syllables[i];
    }
    return longest;
}

bool reading_to_latin(struct buf *out, const char *text, size_t n_bytes)
{
    struct buf kana = BUF_INIT;
    size_t before = out->len;
    bool doubles = false, ok = n_bytes > 0;
    reading_katakana(&kana, text, n_bytes);
    for (size_t i = 0; i < kana.len && ok;) {
        const struct syllable *s = syllable_of(kana.data + i, kana.len - i);
        bool is_n = kana.len - i >= 3 && memcmp(kana.data + i, "ン", 3) == 0;
        bool is_double = kana.len - i >= 3 && memcmp(kana.data + i, "ッ", 3) == 0;
        bool is_long = kana.len - i >= 3 && memcmp(kana.data + i, "ー", 3) == 0;
        if (s != NULL) {
            if (doubles)
                buf_addc(out, s->latin[0] == 'c' ? 't' : s->latin[0]);
            buf_adds(out, s->latin);
            i += strlen(s->kana);
        } else {
            ok = is_n || is_double || is_long;
            buf_adds(out, is_n ? "n" : "");
            i += 3;
        }
        doubles = is_double;
    }
    buf_release(&kana);
    if (!ok)
        out->len = before;
    return ok;
}

double reading_word_cost(int64_t count, size_t n_kana)
{
    const double word = 12, single = 8;
    return word - log((double)count + 1) + (n_kana == 1 ? single : 0);
}
