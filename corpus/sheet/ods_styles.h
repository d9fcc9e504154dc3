/* Which sheets of an OpenDocument spreadsheet are hidden: their styles say so. Interface to
 * ods_styles.c. */
#ifndef HIKU_CORPUS_SHEET_ODS_STYLES_H
#define HIKU_CORPUS_SHEET_ODS_STYLES_H

#include "base/buf.h"

#include <stdbool.h>

struct ods_styles {
    struct buf name;   /* of the style that is being read */
    struct buf hiding; /* names of those that hide, each between line ends */
};

#define ODS_STYLES_INIT                                                                            \
    {                                                                                              \
        .name = BUF_INIT, .hiding = BUF_INIT                                                       \
    }

void ods_styles_release(struct ods_styles *styles);

/* Takes the element NAME, which may be of a style; false: no memory. */
bool ods_styles_take(struct ods_styles *styles, const char *name, const char **attributes);

/* Whether the style that ATTRIBUTES name hides a sheet. */
bool ods_styles_hide(const struct ods_styles *styles, const char **attributes);

#endif
