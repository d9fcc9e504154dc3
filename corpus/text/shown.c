/* What a spreadsheet program shows of a cell of text. Interface: shown.h. */
#include "corpus/text/shown.h"

#define OPENING 2 /* bytes of =" */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Whether an apostrophe before REST keeps it from being a number or a formula. '90年代 is a text.
 */
static bool is_kept(struct slice rest)
{
    if (rest.len == 0 || memchr("=+@", rest.data[0], 3) != NULL)
        return rest.len > 0;
    size_t n = 0;
    while (n < rest.len && (is_digit(rest.data[n]) || memchr("-.,/:", rest.data[n], 5) != NULL))
        n++;
    return n == rest.len;
}

struct slice cell_as_shown(struct slice cell)
{
    if (cell.len > OPENING && memcmp(cell.data, "=\"", OPENING) == 0 &&
        cell.data[cell.len - 1] == '"') {
        struct slice text = {cell.data + OPENING, cell.len - OPENING - 1};
        return memchr(text.data, '"', text.len) == NULL ? text : cell;
    }
    if (cell.len > 1 && cell.data[0] == '\'') {
        struct slice rest = {cell.data + 1, cell.len - 1};
        return is_kept(rest) ? rest : cell;
    }
    return cell;
}
