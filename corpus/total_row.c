/* Telling a row of totals from a record. Interface: total_row.h. */
#include "corpus/total_row.h"

#include "corpus/cell_marks.h"

#include <string.h>

/* Copies CELL without blanks and line ends; false when it is longer than any that is looked for. */
static bool copy_dense(char out[64], struct slice cell)
{
    size_t n_out = 0;
    for (size_t at = 0; at < cell.len;) {
        size_t blank = cell_blank(cell.data + at, cell.len - at);
        char byte = cell.data[at];
        if (blank > 0 || byte == '\n' || byte == '\r') {
            at += blank > 0 ? blank : 1;
            continue;
        }
        if (n_out == 63)
            return false;
        out[n_out++] = byte;
        at++;
    }
    out[n_out] = '\0';
    return true;
}

static bool names_total(const char *text)
{
    static const char *const names[] = {"計",     "小計", "中計",   "合計", "総計",
                                        "総合計", "累計", "（計）", "(計)", "[計]"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(text, names[i]) == 0)
            return true;
    }
    return false;
}

/* Digits of any width, with signs and units as money and counts have them. */
static bool is_amount(const char *text)
{
    static const char *const parts[] = {"０", "１", "２", "３", "４", "５", "６", "７", "８", "９",
                                        "，", "．", "－", "−",  "△",  "▲",  "￥", "¥",  "％", "円",
                                        "千", "百", "万", "億", "件", "人", "―",  "‐",  "（", "）"};
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
    char text[64] = "";
    bool named = false;
    for (size_t i = 0; i < row->n_cells; i++) {
        if (!copy_dense(text, row->cells[i]))
            return false;
        if (text[0] == '\0')
            continue;
        if (!(named ? is_amount(text) : names_total(text)))
            return false;
        named = true;
    }
    return named;
}
