/* A text without a table, cut into sections. Interface: sections.h. */
#include "corpus/rows/sections.h"

#include "base/array.h"
#include "corpus/rows/cell_marks.h"

#include <stdlib.h>

void sections_release(struct sections *sections)
{
    buf_release(&sections->text);
    free(sections->items);
    *sections = (struct sections)SECTIONS_INIT;
}

void sections_clear(struct sections *sections)
{
    buf_clear(&sections->text);
    sections->n = sections->next = 0;
}

enum status sections_begin(struct sections *sections, struct span title, size_t line, size_t page)
{
    if (!array_reserve(&sections->items, &sections->cap, sections->n + 1, sizeof *sections->items))
        return ST_NOMEM;
    size_t at = sections->text.len;
    buf_append(&sections->text, title.data, title.len);
    sections->items[sections->n++] = (struct section){at, sections->text.len, line, page};
    return sections->text.failed ? ST_NOMEM : ST_OK;
}

enum status sections_next(struct sections *sections, struct row_builder *builder, struct row *row,
                          bool *found)
{
    const char *text = sections->text.data;
    *found = false;
    while (sections->next < sections->n && !*found) {
        const struct section *section = &sections->items[sections->next++];
        bool last = sections->next == sections->n;
        size_t end = last ? sections->text.len : sections->items[sections->next].title;
        *found = !cell_is_blank((struct span){text + section->title, end - section->title});
        if (!*found)
            continue;
        *row = (struct row){.state = ROW_GOOD, .kind = ROW_SECTION};
        row->place.line = section->line;
        row->place.page = section->page;
        row_builder_clear(builder);
        row_builder_append(builder, text + section->title, section->body - section->title);
        enum status status = row_builder_end_cell(builder);
        row_builder_append(builder, text + section->body, end - section->body);
        if (status == ST_OK)
            status = row_builder_end_cell(builder);
        return status == ST_OK ? row_builder_finish(builder, row) : status;
    }
    return ST_OK;
}
