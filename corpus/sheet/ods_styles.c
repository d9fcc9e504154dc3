/* Which sheets of an OpenDocument spreadsheet are hidden. Interface: ods_styles.h. */
#include "corpus/sheet/ods_styles.h"

#include "corpus/sheet/package.h"

#include <string.h>

#define MAX_BYTES (1U << 20) /* of the names of styles that hide: more are not looked at */

void ods_styles_release(struct ods_styles *styles)
{
    buf_release(&styles->name);
    buf_release(&styles->hiding);
}

bool ods_styles_take(struct ods_styles *styles, const char *name, const char **attributes)
{
    if (strcmp(name, "style") == 0) {
        const char *style = xml_attribute(attributes, "name");
        buf_clear(&styles->name);
        buf_adds(&styles->name, style != NULL ? style : "");
    } else if (strcmp(name, "table-properties") == 0) {
        const char *display = xml_attribute(attributes, "display");
        if (display != NULL && strcmp(display, "false") == 0 && styles->name.len > 0 &&
            styles->hiding.len < MAX_BYTES)
            buf_addf(&styles->hiding, "\n%s\n", styles->name.data);
    }
    return !styles->name.failed && !styles->hiding.failed;
}

bool ods_styles_hide(const struct ods_styles *styles, const char **attributes)
{
    const char *style = xml_attribute(attributes, "style-name");
    if (style == NULL || *style == '\0' || styles->hiding.len == 0)
        return false;
    size_t n = strlen(style);
    for (const char *at = styles->hiding.data; (at = strstr(at, style)) != NULL; at++)
        if (at[-1] == '\n' && at[n] == '\n')
            return true;
    return false;
}
