/* One form sheet as it was understood. Interface: form_sheet.h. */
#include "corpus/table/form_sheet.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>

void form_sheet_release(struct form_sheet *sheet)
{
    for (size_t i = 0; i < sheet->n; i++)
        buf_release(&sheet->pairs[i].value);
    free(sheet->pairs);
    buf_release(&sheet->loose);
    *sheet = (struct form_sheet)FORM_SHEET_INIT;
}

struct form_pair *form_sheet_pair(struct form_sheet *sheet, struct span group, struct span name)
{
    for (size_t i = 0; i < sheet->n; i++)
        if (spans_are_equal(sheet->pairs[i].group, group) &&
            spans_are_equal(sheet->pairs[i].name, name))
            return &sheet->pairs[i];
    if (sheet->n == FORM_MOST_PAIRS)
        return &sheet->pairs[FORM_MOST_PAIRS - 1];
    if (!array_reserve(&sheet->pairs, &sheet->cap, sheet->n + 1, sizeof *sheet->pairs))
        return NULL;
    struct form_pair *pair = &sheet->pairs[sheet->n++];
    if (sheet->n == FORM_MOST_PAIRS) {
        *pair = (struct form_pair){.value = BUF_INIT, .settled = true, .role = ROLE_BODY};
        return pair;
    }
    *pair = (struct form_pair){.group = group, .name = name, .value = BUF_INIT, .role = ROLE_OTHER};
    return pair;
}

void form_pair_add(struct form_pair *pair, const char *between, struct span text)
{
    if (pair->value.len > 0)
        buf_adds(&pair->value, between);
    buf_append(&pair->value, text.data, text.len);
}

void form_sheet_add_loose(struct form_sheet *sheet, struct span text)
{
    if (sheet->loose.len > 0)
        buf_addc(&sheet->loose, '\n');
    buf_append(&sheet->loose, text.data, text.len);
}
