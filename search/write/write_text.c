/* Results for a person's eyes. Interface: result_writer.h.
 *
 * Columns are aligned over a block of hits: a page of usual size is one block, and a listing of
 * everything still streams. */
#include "base/error.h"
#include "base/shell.h"
#include "search/query/query.h"
#include "search/write/result_writer.h"

#include <stdlib.h>
#include <string.h>

enum {
    BLOCK_HITS = 64,
    GAP = 2,        /* blanks between columns */
    INDENT = 3,     /* of what stands below a title */
    MIN_TITLE = 24, /* a title with less room gets a line of its own */
    SNIPPET_LINES = 3,
    MAX_COLUMNS = 20 /* names of columns that are told, of hundreds */
};

/* A hit that waits for its block to be full. */
struct text_line {
    size_t rank;
    bool partial;
    struct buf date;
    struct buf key;
    struct buf title;
    struct hiku_range *highlights; /* of the title */
    size_t n_highlights;
    struct buf origin; /* where the record comes from */
    size_t n_table;    /* bytes of it that name label and source */
    bool parted;       /* it names a sheet or page too */
    struct buf below;  /* finished lines */
};

struct text_block {
    struct text_line lines[BLOCK_HITS];
    size_t n;
};

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

static size_t n_digits(size_t number)
{
    size_t n = 1;
    while (number >= 10) {
        number /= 10;
        n++;
    }
    return n;
}

static void clear_block(struct result_out *out)
{
    for (size_t i = 0; i < out->block->n; i++) {
        struct text_line *line = &out->block->lines[i];
        out->buf->failed |= line->date.failed | line->key.failed | line->title.failed;
        out->buf->failed |= line->below.failed | line->origin.failed;
        buf_release(&line->date);
        buf_release(&line->key);
        buf_release(&line->title);
        buf_release(&line->origin);
        buf_release(&line->below);
        free(line->highlights);
    }
    out->block->n = 0;
}

/* The rules of all spellings that were found, each once. */
static void add_rules(struct buf *out, const struct hiku_term_score *term)
{
    bool any = false;
    for (size_t i = 0; i < term->n_spellings; i++) {
        const char *rule = term->spellings[i].rule;
        bool known = rule[0] == '\0';
        for (size_t k = 0; k < i && !known; k++)
            known = strcmp(term->spellings[k].rule, rule) == 0;
        if (known)
            continue;
        buf_adds(out, any ? ", " : " (");
        buf_adds(out, rule);
        any = true;
    }
    buf_adds(out, any ? ")" : "");
}

static void add_terms(struct buf *out, const struct hiku_hit *hit)
{
    for (size_t i = 0; i < hit->n_terms; i++) {
        const struct hiku_term_score *term = &hit->terms[i];
        display_pad(out, INDENT);
        result_add_number(out, term->score, 4);
        buf_adds(out, "  ");
        display_add(out, term->term, strlen(term->term));
        add_rules(out, term);
        buf_addf(out, _(": title %u, body %u, whole words %u; "), term->title_tf, term->body_tf,
                 term->aligned_tf);
        buf_adds(out, "idf ");
        result_add_number(out, term->idf, 4);
        buf_adds(out, " × ");
        result_add_number(out, term->weight, 4);
        buf_addc(out, '\n');
    }
}

/* 札幌市: corpus/measures.xlsx [令和2年度] page 3 */
static void add_origin(struct text_line *line, const struct hiku_record *record, bool with_db)
{
    struct buf *out = &line->origin;
    if (with_db)
        buf_addf(out, "%s ", record->db);
    if (record->label[0] != '\0')
        buf_addf(out, "%s: ", record->label);
    buf_adds(out, record->source);
    line->n_table = out->len;
    if (record->part != NULL && record->part[0] != '\0')
        buf_addf(out, " [%s]", record->part);
    if (record->page > 0)
        buf_addf(out, _(" page %lld"), (long long)record->page);
    line->parted = out->len > line->n_table;
}

/* Copies what the head of a hit needs, for HIT is gone with the next one. */
static void keep_head(struct text_line *line, const struct hiku_hit *hit, bool with_db)
{
    const struct hiku_text *title = &hit->record.title;
    *line = (struct text_line){.rank = hit->rank, .partial = hit->match == HIKU_MATCH_PARTIAL};
    buf_init(&line->date);
    buf_init(&line->key);
    buf_init(&line->title);
    buf_init(&line->origin);
    buf_init(&line->below);
    add_origin(line, &hit->record, with_db);
    display_add_date(&line->date, &hit->record);
    display_add(&line->key, hit->record.key, strlen(hit->record.key));
    buf_append(&line->title, title->data, title->len);
    if (title->n_highlights == 0)
        return;
    line->highlights = malloc(title->n_highlights * sizeof line->highlights[0]);
    if (line->highlights == NULL) {
        line->title.failed = true;
        return;
    }
    memcpy(line->highlights, title->highlights, title->n_highlights * sizeof title->highlights[0]);
    line->n_highlights = title->n_highlights;
}

static void begin(struct result_out *out)
{
    if (out->block == NULL)
        out->block = calloc(1, sizeof *out->block);
    if (out->block == NULL) {
        out->buf->failed = true;
        return;
    }
    if (!out->style.explain || out->page.explanation[0] == '\0')
        return;
    size_t n_bytes = strlen(out->page.explanation);
    display_add_lines(out->buf, out->page.explanation, n_bytes, 0);
    if (out->page.explanation[n_bytes - 1] != '\n')
        buf_addc(out->buf, '\n');
}

/* Says where hits with some of the words begin, and where, in an order by date, hits with all of
 * them come again. */
static void add_border(struct result_out *out, bool partial)
{
    if (partial == out->partial)
        return;
    buf_adds(out->buf, partial ? _("-- partial matches: only some of the words")
                               : _("-- matches of all words"));
    buf_addc(out->buf, '\n');
    out->partial = partial;
}

struct layout {
    size_t rank;
    size_t date;
    size_t title; /* 0: the title gets a line of its own */
    bool origins; /* the records come from several tables */
};

static bool same_table(const struct text_line *a, const struct text_line *b)
{
    return a->n_table == b->n_table && !a->origin.failed && !b->origin.failed &&
           memcmp(a->origin.data, b->origin.data, a->n_table) == 0;
}

static struct layout choose_layout(const struct result_out *out)
{
    const struct display *display = &out->style.display;
    struct layout layout = {0};
    size_t key = 0;
    for (size_t i = 0; i < out->block->n; i++) {
        const struct text_line *line = &out->block->lines[i];
        layout.rank = larger(layout.rank, n_digits(line->rank));
        layout.date = larger(layout.date, display_width(line->date.data, line->date.len, display));
        key = larger(key, display_width(line->key.data, line->key.len, display));
        layout.origins |= !same_table(line, &out->block->lines[0]);
    }
    size_t taken = layout.rank + GAP + (layout.date > 0 ? layout.date + GAP : 0) + GAP + key;
    if (out->style.width >= taken + MIN_TITLE)
        layout.title = out->style.width - taken;
    return layout;
}

static void add_key(struct result_out *out, const struct text_line *line, size_t used)
{
    const struct display *display = &out->style.display;
    size_t key = display_width(line->key.data, line->key.len, display);
    if (used + GAP + key > out->style.width) { /* narrow: a line of its own */
        buf_addc(out->buf, '\n');
        used = 0;
    }
    size_t free_columns = out->style.width > used + key ? out->style.width - used - key : 0;
    display_pad(out->buf, larger(free_columns, GAP));
    buf_append(out->buf, line->key.data, line->key.len);
    buf_addc(out->buf, '\n');
}

static void add_origin_line(struct result_out *out, const struct text_line *line)
{
    struct hiku_text origin = {.data = line->origin.data, .len = line->origin.len};
    display_pad(out->buf, INDENT);
    display_add_cut(out->buf, &origin, larger(out->style.width, INDENT + 2) - INDENT,
                    &out->style.display);
    buf_addc(out->buf, '\n');
}

static void add_line(struct result_out *out, const struct text_line *line,
                     const struct layout *layout)
{
    const struct display *display = &out->style.display;
    struct hiku_text title = {line->title.data, line->title.len, line->highlights,
                              line->n_highlights};
    buf_addf(out->buf, "%-*zu", (int)layout->rank, line->rank);
    size_t used = layout->rank;
    if (layout->date > 0) {
        display_pad(out->buf, GAP);
        display_add_padded(out->buf, line->date.data, layout->date, display);
        used += GAP + layout->date;
    }
    if (layout->title > 0) {
        display_pad(out->buf, GAP);
        used += GAP + display_add_cut(out->buf, &title, layout->title, display);
    }
    add_key(out, line, used);
    if (layout->title == 0)
        display_add_wrapped(out->buf, &title, INDENT, larger(out->style.width, INDENT + 2) - INDENT,
                            SNIPPET_LINES, display);
    if (layout->origins || line->parted)
        add_origin_line(out, line);
    buf_append(out->buf, line->below.data, line->below.len);
}

static void flush_block(struct result_out *out)
{
    struct layout layout = choose_layout(out);
    for (size_t i = 0; i < out->block->n; i++) {
        add_border(out, out->block->lines[i].partial);
        add_line(out, &out->block->lines[i], &layout);
    }
    clear_block(out);
}

static void hit_text(struct result_out *out, const struct hiku_hit *hit)
{
    if (out->block == NULL)
        return;
    struct text_line *line = &out->block->lines[out->block->n++];
    keep_head(line, hit, out->style.with_db);
    if (!out->style.no_snippets)
        display_add_wrapped(&line->below, &hit->snippet, INDENT,
                            larger(out->style.width, INDENT + 2) - INDENT, SNIPPET_LINES,
                            &out->style.display);
    if (out->style.explain)
        add_terms(&line->below, hit);
    if (out->block->n == BLOCK_HITS)
        flush_block(out);
}

/* Tells of the names before a colon that wanted a date: what follows was none, and so was taken for
 * text, or for that of a column. */
static void add_dateless(struct result_out *out)
{
    for (size_t i = 0; i < out->page.n_unknown_columns; i++) {
        const char *name = out->page.unknown_columns[i];
        if (query_is_date_field(name))
            buf_addf(out->buf,
                     _("there is no date behind '%s:'; write for example %s:2019-06-05, "
                       "%s:令和元年6月 or %s:R1.6.5\n"),
                     name, name, name, name);
    }
}

/* Names the columns that no record has, and those there are. */
static void add_columns(struct result_out *out)
{
    const struct result_page *page = &out->page;
    size_t n_unknown = 0;
    for (size_t i = 0; i < page->n_unknown_columns; i++) {
        const char *name = page->unknown_columns[i];
        if (query_is_date_field(name))
            continue;
        buf_adds(out->buf, n_unknown++ == 0 ? _("there is no column: ") : ", ");
        display_add(out->buf, name, strlen(name));
    }
    if (n_unknown == 0)
        return;
    for (size_t i = 0; i < page->n_columns && i < MAX_COLUMNS; i++) {
        buf_adds(out->buf, i == 0 ? _("; there are: ") : ", ");
        display_add(out->buf, page->columns[i], strlen(page->columns[i]));
    }
    if (page->n_columns > MAX_COLUMNS)
        buf_adds(out->buf, ", …");
    else if (page->n_columns == 0)
        buf_adds(out->buf, _("; there are none but title and body"));
    buf_addc(out->buf, '\n');
}

/* How to see the record whose key was searched for. */
static void add_show(struct result_out *out, const struct hiku_record *record)
{
    struct shell_text db_space, key_space;
    struct buf command = BUF_INIT;
    buf_adds(&command, "hiku show ");
    if (out->style.names_db)
        buf_addf(&command, "--db '%s' ", shell_quoted(record->db, &db_space));
    buf_addf(&command, "'%s'", shell_quoted(record->key, &key_space));
    buf_adds(out->buf, _("a record has this key; see it with: "));
    display_add(out->buf, command.data, command.len);
    buf_addc(out->buf, '\n');
    out->buf->failed |= command.failed;
    buf_release(&command);
}

/* 2 records, 5 partial matches; 1 to 3 shown (0.4 ms) */
static void end(struct result_out *out)
{
    const struct result_page *page = &out->page;
    if (out->block == NULL)
        return;
    flush_block(out);
    unsigned long long total = page->total;
    unsigned long long partial = page->partial;
    buf_addf(out->buf, dngettext("hiku", "%llu record", "%llu records", total), total);
    if (partial > 0)
        buf_addf(out->buf,
                 dngettext("hiku", ", %llu partial match", ", %llu partial matches", partial),
                 partial);
    if (out->n_hits == 0 && total + partial > 0)
        buf_adds(out->buf, _("; none shown"));
    else if (out->n_hits < total + partial)
        buf_addf(out->buf, _("; %zu to %zu shown"), page->offset + 1, page->offset + out->n_hits);
    buf_adds(out->buf, " (");
    result_add_number(out->buf, page->elapsed_ms, 1);
    buf_adds(out->buf, " ms)\n");
    for (size_t i = 0; i < page->n_suggestions; i++) {
        buf_adds(out->buf, i == 0 ? _("did you mean: ") : _(", or: "));
        display_add(out->buf, page->suggestions[i], strlen(page->suggestions[i]));
    }
    if (page->n_suggestions > 0)
        buf_addc(out->buf, '\n');
    add_columns(out);
    add_dateless(out);
    if (page->record != NULL)
        add_show(out, page->record);
}

static void release(struct result_out *out)
{
    if (out->block != NULL)
        clear_block(out);
    free(out->block);
    out->block = NULL;
}

const struct result_writer result_writer_text = {
    .name = "text",
    .suggests = true,
    .begin = begin,
    .hit = hit_text,
    .end = end,
    .release = release,
};
