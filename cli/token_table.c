/* How a text is cut, as a table. Interface: token_table.h. */
#include "cli/token_table.h"

#include "base/array.h"
#include "base/error.h"
#include "search/write/result_writer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t keep(struct token_table *table, const char *data, size_t len)
{
    size_t offset = table->strings.len;
    buf_append(&table->strings, data, len);
    buf_addc(&table->strings, '\0');
    return offset;
}

int token_table_add(void *context, const struct hiku_token *token)
{
    struct token_table *table = context;
    if (!array_reserve(&table->rows, &table->cap, table->n + 1, sizeof table->rows[0]))
        return HIKU_NOMEM;
    struct token_row *row = &table->rows[table->n++];
    row->position = token->position;
    row->start = token->start;
    row->end = token->end;
    row->parts[TOKEN_SURFACE] = keep(table, token->surface, token->surface_len);
    row->parts[TOKEN_BASE] = keep(table, token->base, token->base_len);
    row->parts[TOKEN_READING] = keep(table, token->reading, token->reading_len);
    row->parts[TOKEN_POS] = keep(table, token->pos, token->pos_len);
    return table->strings.failed ? HIKU_NOMEM : HIKU_OK;
}

static const char *part(const struct token_table *table, const struct token_row *row, size_t which)
{
    return table->strings.data + row->parts[which];
}

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

/* The normalised text, its words separated by bars. */
static void add_cut_text(const struct token_table *table, struct buf *out)
{
    for (size_t i = 0; i < table->n; i++) {
        const char *surface = part(table, &table->rows[i], TOKEN_SURFACE);
        buf_adds(out, i > 0 ? "|" : "");
        display_add(out, surface, strlen(surface));
    }
    buf_addc(out, '\n');
}

static void add_text_row(const struct token_table *table, struct buf *out, size_t index,
                         const size_t widths[TOKEN_PARTS], const struct display *display)
{
    const struct token_row *row = &table->rows[index];
    if (row->position == SIZE_MAX)
        buf_addf(out, "%6s", "-");
    else
        buf_addf(out, "%6zu", row->position);
    for (size_t i = 0; i < TOKEN_PARTS; i++) {
        buf_adds(out, "  ");
        display_add_padded(out, part(table, row, i), widths[i], display);
    }
    char range[48];
    snprintf(range, sizeof range, "%zu-%zu", row->start, row->end);
    buf_addf(out, "  %-11s  ", range);
    display_add(out, table->text + row->start, row->end - row->start);
    buf_addc(out, '\n');
}

void token_table_text(const struct token_table *table, struct buf *out,
                      const struct display *display)
{
    const char *names[TOKEN_PARTS] = {_("word"), _("base form"), _("reading"), _("part of speech")};
    size_t widths[TOKEN_PARTS];
    add_cut_text(table, out);
    for (size_t i = 0; i < TOKEN_PARTS; i++) {
        widths[i] = display_width(names[i], strlen(names[i]), display);
        for (size_t j = 0; j < table->n; j++) {
            const char *text = part(table, &table->rows[j], i);
            widths[i] = larger(widths[i], display_width(text, strlen(text), display));
        }
    }
    buf_adds(out, "     #");
    for (size_t i = 0; i < TOKEN_PARTS; i++) {
        buf_adds(out, "  ");
        display_add_padded(out, names[i], widths[i], display);
    }
    buf_adds(out, "  ");
    display_add_padded(out, _("bytes"), 13, display);
    buf_adds(out, _("as written"));
    buf_addc(out, '\n');
    for (size_t i = 0; i < table->n; i++)
        add_text_row(table, out, i, widths, display);
}

static void add_member(struct buf *out, const char *name, const char *text, size_t len)
{
    buf_addf(out, ",\"%s\":", name);
    result_add_json(out, text, len);
}

void token_table_json(const struct token_table *table, struct buf *out)
{
    static const char *const names[TOKEN_PARTS] = {"surface", "base", "reading", "pos"};
    buf_adds(out, "{\"text\":");
    result_add_json(out, table->text, table->len);
    buf_adds(out, ",\"tokens\":[");
    for (size_t i = 0; i < table->n; i++) {
        const struct token_row *row = &table->rows[i];
        buf_adds(out, i > 0 ? ",\n{\"position\":" : "\n{\"position\":");
        if (row->position == SIZE_MAX)
            buf_adds(out, "null");
        else
            buf_addf(out, "%zu", row->position);
        for (size_t j = 0; j < TOKEN_PARTS; j++)
            add_member(out, names[j], part(table, row, j), strlen(part(table, row, j)));
        buf_addf(out, ",\"start\":%zu,\"end\":%zu", row->start, row->end);
        add_member(out, "text", table->text + row->start, row->end - row->start);
        buf_addc(out, '}');
    }
    buf_adds(out, "]}\n");
}

void token_table_tsv(const struct token_table *table, struct buf *out)
{
    buf_adds(out, "position\tsurface\tbase\treading\tpos\tstart\tend\ttext\n");
    for (size_t i = 0; i < table->n; i++) {
        const struct token_row *row = &table->rows[i];
        if (row->position != SIZE_MAX)
            buf_addf(out, "%zu", row->position);
        for (size_t j = 0; j < TOKEN_PARTS; j++) {
            buf_addc(out, '\t');
            display_add(out, part(table, row, j), strlen(part(table, row, j)));
        }
        buf_addf(out, "\t%zu\t%zu\t", row->start, row->end);
        display_add(out, table->text + row->start, row->end - row->start);
        buf_addc(out, '\n');
    }
}

void token_table_release(struct token_table *table)
{
    free(table->rows);
    buf_release(&table->strings);
}
