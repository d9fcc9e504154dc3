/* Telling rows of totals and notes from records. Interface: total_row.h. */
#include "corpus/rows/total_row.h"

#include "base/text.h"
#include "corpus/rows/cell_marks.h"

#include <string.h>

/* 歳出合計; not 特別会計. */
static bool ends_as_total(const char *text)
{
    static const char *const ends[] = {"小計", "合計", "総計", "累計"};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        if (text_ends_with(text, strlen(text), ends[i]))
            return true;
    return false;
}

/* 合計, also with a note in brackets: 合計（3事業） */
static bool names_total(const char *text)
{
    static const char *const names[] = {"計",     "小計", "中計",   "合計", "総計",
                                        "総合計", "累計", "（計）", "(計)", "[計]"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        size_t n = strlen(names[i]);
        if (strncmp(text, names[i], n) != 0)
            continue;
        const char *note = text + n;
        n = strlen(note);
        bool opens = text_starts_with(note, n, "(") || text_starts_with(note, n, "（");
        bool closes = text_ends_with(note, n, ")") || text_ends_with(note, n, "）");
        if (n == 0 || (opens && closes))
            return true;
    }
    return ends_as_total(text);
}

/* Digits of any width, with signs and units as money and counts have them. */
static bool is_amount(const char *text)
{
    static const char *const parts[] = {
        "０",   "１",   "２",   "３", "４", "５", "６",   "７",   "８",   "９",   "，",   "．",
        "－",   "−",    "△",    "▲",  "￥", "¥",  "％",   "円",   "千",   "百",   "万",   "億",
        "件",   "人",   "―",    "‐",  "（", "）", "事業", "施設", "取組", "施策", "項目", "団体",
        "世帯", "箇所", "か所", "回", "名", "校", "台",   "戸",   "課"};
    while (*text != '\0') {
        size_t n = strspn(text, "0123456789,.-+%()\\");
        for (size_t i = 0; n == 0 && i < sizeof parts / sizeof parts[0]; i++) {
            if (strncmp(text, parts[i], strlen(parts[i])) == 0)
                n = strlen(parts[i]);
        }
        if (n == 0)
            return false;
        text += n;
    }
    return true;
}

bool is_total_row(const struct row *row)
{
    char text[CELL_DENSE_BYTES] = "";
    bool named = false;
    for (size_t i = 0; i < row->n_cells; i++) {
        if (!cell_dense(text, row->cells[i].data, row->cells[i].len))
            return false;
        if (text[0] == '\0')
            continue;
        if (!(named ? is_amount(text) : names_total(text)))
            return false;
        named = true;
    }
    return named;
}

static bool begins_note(const char *text, size_t n_bytes)
{
    static const char *const marks[] = {"※",   "（注", "(注", "［注", "[注", "注）",
                                        "注)", "注：", "注:", "注１", "注1"};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (text_starts_with(text, n_bytes, marks[i]))
            return true;
    }
    return false;
}

bool is_note_row(const struct row *row)
{
    for (size_t i = 1; i < row->n_cells; i++) {
        char text[CELL_DENSE_BYTES];
        if (!cell_dense(text, row->cells[i].data, row->cells[i].len) || text[0] != '\0')
            return false;
    }
    struct span first = row_cell(row, 0);
    size_t at = 0, blank;
    while ((blank = cell_blank(first.data + at, first.len - at)) > 0)
        at += blank;
    return begins_note(first.data + at, first.len - at);
}
