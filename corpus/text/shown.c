/* What a spreadsheet program shows of a cell of text. Interface: shown.h. */
#include "corpus/text/shown.h"

#include "base/utf8.h"

#define OPENING 2 /* bytes of =" */

/* Whether an apostrophe before REST keeps it from being a number or a formula. '90年代 is a text.
 */
static bool is_kept(struct span rest)
{
    if (rest.len == 0 || utf8_is_one_of((unsigned char)rest.data[0], U"=+@"))
        return rest.len > 0;
    size_t n = 0;
    while (n < rest.len && utf8_is_one_of((unsigned char)rest.data[n], U"0123456789-.,/:"))
        n++;
    return n == rest.len;
}

struct span cell_as_shown(struct span cell)
{
    if (cell.len > OPENING && memcmp(cell.data, "=\"", OPENING) == 0 &&
        cell.data[cell.len - 1] == '"') {
        struct span text = {cell.data + OPENING, cell.len - OPENING - 1};
        return memchr(text.data, '"', text.len) == NULL ? text : cell;
    }
    if (cell.len > 1 && cell.data[0] == '\'') {
        struct span rest = {cell.data + 1, cell.len - 1};
        return is_kept(rest) ? rest : cell;
    }
    return cell;
}
