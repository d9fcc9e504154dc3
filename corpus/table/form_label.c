/* Labels in form sheets. Interface: form_label.h. */
#include "corpus/table/form_label.h"

#include "base/hash.h"
#include "base/text.h"
#include "base/utf8.h"
#include "corpus/rows/cell_marks.h"
#include "corpus/rows/date_form.h"
#include "corpus/table/column_guess.h"
#include "corpus/table/table.h"

#include <string.h>

#define LABEL_BYTES 120 /* forty characters; a longer text is none */
#define NAME_CHARS 20   /* of a label that is not known */
#define YEAR_BYTES 60
#define FEWEST_BYTES 4 /* 項 or 目 alone is a label of too many things; but No. is one */

static bool is_blank_at(const char *text, size_t n_bytes)
{
    return cell_blank(text, n_bytes) > 0 || (n_bytes > 0 && (*text == '\n' || *text == '\r'));
}

static struct span trim(struct span text)
{
    while (text.len > 0 && is_blank_at(text.data, text.len)) {
        size_t n = cell_blank(text.data, text.len);
        text.data += n > 0 ? n : 1;
        text.len -= n > 0 ? n : 1;
    }
    for (size_t n = 1; n <= 3 && text.len >= n;) {
        const char *end = text.data + text.len - n;
        bool blank = (n == 1 && is_blank_at(end, 1)) || (n > 1 && cell_blank(end, n) == n);
        text.len -= blank ? n : 0;
        n = blank ? 1 : n + 1;
    }
    return text;
}

/* The bytes of one of TEXTS that TEXT begins with; 0: none. */
static size_t one_of(const char *const *texts, size_t n_texts, struct span text)
{
    for (size_t i = 0; i < n_texts; i++)
        if (text_starts_with(text.data, text.len, texts[i]))
            return strlen(texts[i]);
    return 0;
}

/* The bytes of a number and what parts it from the name: １．, (2), ③, Ⅳ; 0: none. */
static size_t number_bytes(struct span text)
{
    static const char *const opening[] = {"(", "（"};
    static const char *const closing[] = {")", "）", ".", "．", "、", "　", " ", "：", ":"};
    size_t at = one_of(opening, 2, text), n_digits = 0;
    while (at < text.len) {
        uint32_t cp;
        size_t n = utf8_decode(text.data + at, text.len - at, &cp);
        if ((cp >= U'Ⅰ' && cp <= U'Ⅻ') || utf8_is_circled(cp))
            return at == 0 ? n : 0;
        if (!utf8_is_digit(cp) && !(n_digits > 0 && utf8_is_one_of(cp, U"-－")))
            break;
        n_digits++;
        at += n;
    }
    struct span rest = {text.data + at, text.len - at};
    size_t n = one_of(closing, sizeof closing / sizeof closing[0], rest);
    return n_digits > 0 && n > 0 ? at + n : 0;
}

/* Takes marks, numbers and brackets from around the name. */
static struct span strip(struct span text)
{
    static const char *const marks[] = {"■",  "□",  "◆",  "◇", "●",  "○",  "◎", "▼",  "▶",
                                        "・", "【", "［", "[", "〔", "＜", "<", "〈", "《"};
    static const char *const ends[] = {"】", "］", "]", "〕", "＞", ">", "〉", "》", "：", ":"};
    for (size_t n = 1; n > 0 && text.len > 0;) {
        n = one_of(marks, sizeof marks / sizeof marks[0], text);
        n = n > 0 ? n : number_bytes(text);
        text.data += n;
        text.len -= n;
        text = trim(text);
    }
    for (size_t i = 0; i < sizeof ends / sizeof ends[0];) {
        bool end = text_ends_with(text.data, text.len, ends[i]);
        text.len -= end ? strlen(ends[i]) : 0;
        text = end ? trim(text) : text;
        i = end ? 0 : i + 1;
    }
    return text;
}

static enum status look_up(struct span name, const struct columns *wanted, struct form_label *label)
{
    struct buf key = BUF_INIT;
    enum status status = ST_OK;
    label->known = false;
    if (name.len > 0 && name.len <= LABEL_BYTES)
        status = columns_key(name, &key);
    if (status != ST_OK || key.len == 0) {
        buf_release(&key);
        return status;
    }
    for (size_t i = 0; wanted != NULL && i < wanted->n && !label->known; i++) {
        label->known = strcmp(wanted->items[i].key, key.data) == 0;
        label->role = wanted->items[i].role;
    }
    if (!label->known) {
        size_t n = columns_name_bytes(key.data);
        key.data[n > 0 ? n : key.len] = '\0';
        bool enough = strlen(key.data) >= FEWEST_BYTES || key.data[0] == 'n';
        label->known = enough && columns_is_name(key.data);
        label->role = columns_role(key.data);
    }
    label->whole = columns_is_whole(key.data);
    label->key = hash_bytes(HASH_SEED, key.data, strlen(key.data));
    buf_release(&key);
    return ST_OK;
}

/* Where a colon parts the text; its bytes in *N. */
static size_t find_colon(struct span text, size_t *n)
{
    const char *wide = memmem(text.data, text.len, "：", 3);
    const char *narrow = memchr(text.data, ':', text.len);
    const char *at = wide == NULL || (narrow != NULL && narrow < wide) ? narrow : wide;
    *n = at == NULL ? 0 : at == narrow ? 1 : 3;
    return at != NULL ? (size_t)(at - text.data) : text.len;
}

/* Where the first line ends, when a longer one follows: a label above its value. A name that is
 * wrapped in a narrow cell has none. The text's length: there is none. */
static size_t find_line(struct span text)
{
    const char *end = memchr(text.data, '\n', text.len);
    size_t first = end != NULL ? (size_t)(end - text.data) : text.len;
    for (size_t at = first; at < text.len;) {
        const char *next = memchr(text.data + at + 1, '\n', text.len - at - 1);
        size_t stop = next != NULL ? (size_t)(next - text.data) : text.len;
        if (stop - at - 1 > first)
            return first;
        at = stop;
    }
    return text.len;
}

enum status form_label_read(struct span cell, const struct columns *wanted,
                            struct form_label *label)
{
    struct span text = trim(cell);
    *label = (struct form_label){.name = strip(text), .role = ROLE_OTHER};
    label->marked = label->name.len < text.len && label->name.len > 0;
    enum status status = look_up(label->name, wanted, label);
    if (status != ST_OK || label->known)
        return status;
    size_t n, at = find_colon(text, &n);
    if (n == 0) {
        at = find_line(text);
        n = at < text.len;
    }
    if (n == 0 || at > LABEL_BYTES)
        return ST_OK;
    struct span name = strip((struct span){text.data, at});
    status = look_up(name, wanted, label);
    struct span value = trim((struct span){text.data + at + n, text.len - at - n});
    if (label->known && value.len > 0) {
        label->name = name;
        label->value = value;
        label->marked = true;
    } else {
        label->known = false;
    }
    return status;
}

bool form_label_split(struct span cell, struct form_label *label)
{
    struct span text = trim(cell);
    size_t n, at = find_colon(text, &n);
    if (n == 0)
        return false;
    struct span name = strip((struct span){text.data, at});
    struct span value = trim((struct span){text.data + at + n, text.len - at - n});
    bool bracket = memmem(name.data, name.len, "（", 3) != NULL || memchr(name.data, '(', name.len);
    bool address = text_starts_with(value.data, value.len, "//");
    if (value.len == 0 || bracket || address || !form_is_name(name))
        return false;
    *label = (struct form_label){.name = name, .value = value, .marked = true, .role = ROLE_OTHER};
    return true;
}

bool form_is_name(struct span text)
{
    size_t n_chars = 0;
    bool has_letter = false;
    text = trim(text);
    if (is_date_form(text) || text_kind_of(text) != TEXT_WORDS)
        return false;
    for (size_t i = 0; i < text.len;) {
        uint32_t cp;
        i += utf8_decode(text.data + i, text.len - i, &cp);
        if (utf8_is_one_of(cp, U"、。？?"))
            return false;
        has_letter = has_letter || (cp >= U'ァ' && cp <= 0x9FFF) || (cp < 0x80 && (cp | 32) >= 'a');
        n_chars += cp > ' ' && cp != 0x3000;
    }
    /* Two kana are grammar: から, まで. */
    return n_chars > (has_letter ? 1 : 2) && n_chars <= NAME_CHARS;
}

bool form_is_year(struct span text)
{
    static const char *const words[] = {"前年", "昨年", "今年", "現年", "当年"};
    static const char letters[] = "RHSrhs";
    text = trim(text);
    if (text.len < 2 || text.len > YEAR_BYTES)
        return false;
    bool digit = false;
    for (size_t i = 0; i < text.len;) {
        uint32_t cp;
        i += utf8_decode(text.data + i, text.len - i, &cp);
        digit = digit || utf8_is_digit(cp) || cp == U'元';
        if (utf8_is_one_of(cp, U"月日")) /* a day */
            return false;
    }
    if (one_of(words, sizeof words / sizeof words[0], text) > 0)
        return true;
    bool named = memmem(text.data, text.len, "年", 3) != NULL;
    return digit && (named || (strchr(letters, text.data[0]) != NULL && text.len <= 4));
}

bool form_is_amount(struct span text)
{
    text = trim(text);
    return text.len > 0 && text_kind_of(text) != TEXT_WORDS;
}
