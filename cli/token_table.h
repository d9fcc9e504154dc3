/* How a text is cut, as a table. Interface to token_table.c. */
#ifndef HIKU_CLI_TOKEN_TABLE_H
#define HIKU_CLI_TOKEN_TABLE_H

#include "base/buf.h"
#include "search/hiku.h"
#include "search/write/display.h"

/* Columns of text, in the order of the table; position and range are numbers beside them. */
enum token_part { TOKEN_SURFACE, TOKEN_BASE, TOKEN_READING, TOKEN_POS, TOKEN_PARTS };

struct token_row {
    size_t position; /* SIZE_MAX: none */
    size_t start;    /* bytes of the text */
    size_t end;
    size_t parts[TOKEN_PARTS]; /* offsets in `strings` */
};

struct token_table {
    const char *text; /* as given; borrowed */
    size_t len;
    struct token_row *rows;
    size_t n;
    size_t cap;
    struct buf strings; /* the parts, each ended by a NUL */
};

/* Adds a token: for hiku_tokens. CONTEXT: the table. Returns HIKU_OK or HIKU_NOMEM. */
int token_table_add(void *context, const struct hiku_token *token);

void token_table_text(const struct token_table *table, struct buf *out,
                      const struct display *display);
void token_table_json(const struct token_table *table, struct buf *out);
void token_table_tsv(const struct token_table *table, struct buf *out);

void token_table_release(struct token_table *table);

#endif
