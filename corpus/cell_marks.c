/* Blanks and bullets in the text of cells. Interface: cell_marks.h. */
#include "corpus/cell_marks.h"

#include <string.h>

bool cell_starts_with(const char *text, size_t n_bytes, const char *what)
{
    size_t n = strlen(what);
    return n_bytes >= n && memcmp(text, what, n) == 0;
}

size_t cell_blank(const char *text, size_t n_bytes)
{
    if (n_bytes == 0)
        return 0;
    if (*text == ' ' || *text == '\t' || *text == '\v' || *text == '\f')
        return 1;
    if (cell_starts_with(text, n_bytes, "\u3000"))
        return 3;
    return cell_starts_with(text, n_bytes, "\u00A0") ? 2 : 0;
}

size_t cell_bullet(const char *text, size_t n_bytes)
{
    static const char *const bullets[] = {"・", "●", "○", "■", "◆", "※"};
    for (size_t i = 0; i < sizeof bullets / sizeof bullets[0]; i++)
        if (cell_starts_with(text, n_bytes, bullets[i]))
            return strlen(bullets[i]);
    return 0;
}
