/* Blanks and bullets in the text of cells. Interface: cell_marks.h. */
#include "corpus/rows/cell_marks.h"

#include "base/text.h"

#include <string.h>

size_t cell_blank(const char *text, size_t n_bytes)
{
    if (n_bytes == 0)
        return 0;
    if (*text == ' ' || *text == '\t' || *text == '\v' || *text == '\f')
        return 1;
    if (text_starts_with(text, n_bytes, "\u3000"))
        return 3;
    return text_starts_with(text, n_bytes, "\u00A0") ? 2 : 0;
}

bool cell_is_blank(struct span cell)
{
    while (cell.len > 0) {
        size_t n = cell_blank(cell.data, cell.len);
        if (n == 0 && (*cell.data == '\n' || *cell.data == '\r'))
            n = 1;
        if (n == 0)
            return false;
        cell.data += n;
        cell.len -= n;
    }
    return true;
}

size_t cell_bullet(const char *text, size_t n_bytes)
{
    static const char *const bullets[] = {"・", "●", "○", "■", "◆", "※"};
    for (size_t i = 0; i < sizeof bullets / sizeof bullets[0]; i++)
        if (text_starts_with(text, n_bytes, bullets[i]))
            return strlen(bullets[i]);
    return 0;
}

bool cell_dense(char out[CELL_DENSE_BYTES], const char *text, size_t n_bytes)
{
    size_t n_out = 0;
    for (size_t at = 0; at < n_bytes;) {
        size_t blank = cell_blank(text + at, n_bytes - at);
        if (blank > 0 || text[at] == '\n' || text[at] == '\r') {
            at += blank > 0 ? blank : 1;
            continue;
        }
        if (n_out == CELL_DENSE_BYTES - 1)
            return false;
        out[n_out++] = text[at++];
    }
    out[n_out] = '\0';
    return true;
}

bool cell_is_one_of(const char *text, size_t n_bytes, const char *const *texts, size_t n)
{
    char dense[CELL_DENSE_BYTES];
    if (!cell_dense(dense, text, n_bytes))
        return false;
    for (size_t i = 0; i < n; i++)
        if (strcmp(dense, texts[i]) == 0)
            return true;
    return false;
}
