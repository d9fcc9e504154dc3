/* Where in its source a problem is. Interface: problem_text.h. */
#include "indexer/sources/problem_text.h"

#include "base/error.h"
#include "base/utf8.h"

#define PART_BYTES 90 /* thirty characters: what Excel allows for a sheet's name */

void problem_text(struct buf *out, const struct place *place, const char *problem)
{
    size_t n = place->part.len;
    if (n > PART_BYTES)
        n = utf8_floor(place->part.data, PART_BYTES);
    if (place->page > 0)
        buf_addf(out, _("page %zu: "), place->page);
    if (n > 0)
        buf_addf(out, _("in '%.*s': "), (int)n, place->part.data);
    buf_adds(out, problem);
}
