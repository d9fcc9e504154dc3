/* Reading the files that a lexicon is made of. Interface: lexicon_build.h. */
#include "dict/lexicon_build.h"

#include <stdlib.h>
#include <string.h>

/* A group with more terms than this is no group of synonyms. */
#define MAX_GROUP 128
#define SUDACHI_COLUMNS 9

struct lines {
    const char *text;
    size_t n;
    size_t number;
};

/* Takes the next line out of the text, without its end; false at the end. */
static bool next_line(struct lines *l, struct span *line)
{
    if (l->n == 0)
        return false;
    const char *end = memchr(l->text, '\n', l->n);
    size_t n = end != NULL ? (size_t)(end - l->text) : l->n;
    *line = (struct span){l->text, n};
    l->text += n + (end != NULL);
    l->n -= n + (end != NULL);
    l->number++;
    if (line->len > 0 && line->data[line->len - 1] == '\r')
        line->len--;
    return true;
}

static bool is_comment(struct span line)
{
    return line.len == 0 || line.data[0] == '#';
}

static bool next_field(struct span *line, char separator, struct span *field)
{
    if (line->data == NULL)
        return false;
    const char *end = line->len > 0 ? memchr(line->data, separator, line->len) : NULL;
    *field = (struct span){line->data, end != NULL ? (size_t)(end - line->data) : line->len};
    line->len = end != NULL ? line->len - field->len - 1 : 0;
    line->data = end != NULL ? end + 1 : NULL;
    return true;
}

struct group {
    char rule; /* of enum lexicon_rule */
    struct span terms[MAX_GROUP];
    bool only_target[MAX_GROUP]; /* expands nothing itself */
    size_t n;
};

static enum status add_group(struct lexicon_builder *b, const struct group *g)
{
    enum status st = ST_OK;
    for (size_t i = 0; i < g->n; i++) {
        for (size_t k = 0; k < g->n && st == ST_OK && !g->only_target[i]; k++) {
            if (i != k)
                st = lexicon_add(b, g->terms[i], g->rule, g->terms[k]);
        }
    }
    return st;
}

static enum status add_term(struct group *g, struct span term, bool only_target, const char *name,
                            size_t line, struct error *error)
{
    if (g->n == MAX_GROUP)
        return error_set(error, ST_INPUT, _("more than %d terms in one group: '%s', line %zu"),
                         MAX_GROUP, name, line);
    g->only_target[g->n] = only_target;
    g->terms[g->n++] = term;
    return ST_OK;
}

/* Reads groups in hiku's own form, whose terms stand for each other by RULE. */
static enum status read_own(struct lexicon_builder *b, char rule, struct lines lines,
                            const char *name, size_t *n_groups, struct error *error)
{
    struct span line, term;
    enum status st = ST_OK;
    while (st == ST_OK && next_line(&lines, &line)) {
        struct group g = {.rule = rule, .n = 0};
        if (is_comment(line))
            continue;
        while (st == ST_OK && next_field(&line, '\t', &term)) {
            bool only_target = term.len > 0 && term.data[0] == '>';
            term.data += only_target;
            term.len -= only_target;
            if (term.len == 0)
                return error_set(error, ST_INPUT, _("an empty term: '%s', line %zu"), name,
                                 lines.number);
            st = add_term(&g, term, only_target, name, lines.number, error);
        }
        if (st == ST_OK && g.n < 2)
            return error_set(error, ST_INPUT,
                             _("one term is no group: '%s', line %zu; separate terms by tabs"),
                             name, lines.number);
        if (st == ST_OK)
            st = add_group(b, &g);
        ++*n_groups;
    }
    return st;
}

/* The columns of a line of SudachiDict's file; false when it has too few. */
static bool sudachi_columns(struct span line, struct span columns[SUDACHI_COLUMNS])
{
    for (size_t i = 0; i < SUDACHI_COLUMNS; i++) {
        if (!next_field(&line, ',', &columns[i]))
            return false;
    }
    return true;
}

static bool is_number(struct span s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.data[i] < '0' || s.data[i] > '9')
            return false;
    }
    return s.len > 0;
}

static bool is_char(struct span s, char c)
{
    return s.len == 1 && s.data[0] == c;
}

static enum status read_sudachi(struct lexicon_builder *b, struct lines lines, const char *name,
                                size_t *n_groups, struct error *error)
{
    struct span line, columns[SUDACHI_COLUMNS], number = {"", 0};
    struct group g = {.rule = LEXICON_SYNONYM, .n = 0};
    enum status st = ST_OK;
    while (st == ST_OK && next_line(&lines, &line)) {
        if (is_comment(line))
            continue;
        if (!sudachi_columns(line, columns) || !is_number(columns[0]))
            return error_set(error, ST_INPUT,
                             _("no line of SudachiDict's synonyms: '%s', line %zu"), name,
                             lines.number);
        if (columns[0].len != number.len || memcmp(columns[0].data, number.data, number.len) != 0) {
            st = add_group(b, &g);
            *n_groups += g.n > 1;
            g.n = 0;
            number = columns[0];
        }
        bool is_noun = is_char(columns[1], '1'), unused = is_char(columns[2], '2');
        if (st == ST_OK && is_noun && !unused)
            st = add_term(&g, columns[8], is_char(columns[2], '1'), name, lines.number, error);
    }
    *n_groups += g.n > 1;
    return st == ST_OK ? add_group(b, &g) : st;
}

enum status lexicon_read_synonyms(struct lexicon_builder *b, const char *text, size_t n_bytes,
                                  const char *name, size_t *n_groups, struct error *error)
{
    struct lines lines = {text, n_bytes, 0}, look = lines;
    struct span line, columns[SUDACHI_COLUMNS];
    while (next_line(&look, &line)) {
        if (is_comment(line))
            continue;
        if (sudachi_columns(line, columns) && is_number(columns[0]))
            return read_sudachi(b, lines, name, n_groups, error);
        break;
    }
    return read_own(b, LEXICON_SYNONYM, lines, name, n_groups, error);
}

enum status lexicon_read_spellings(struct lexicon_builder *b, const char *text, size_t n_bytes,
                                   const char *name, struct error *error)
{
    size_t n_groups = 0;
    return read_own(b, LEXICON_LISTED, (struct lines){text, n_bytes, 0}, name, &n_groups, error);
}

enum status lexicon_read_misprints(struct lexicon_builder *b, const char *text, size_t n_bytes,
                                   const char *name, struct error *error)
{
    struct lines lines = {text, n_bytes, 0};
    struct span line, wrong, right;
    enum status st = ST_OK;
    while (st == ST_OK && next_line(&lines, &line)) {
        if (is_comment(line))
            continue;
        if (!next_field(&line, '\t', &wrong) || !next_field(&line, '\t', &right) ||
            wrong.len == 0 || right.len == 0)
            return error_set(
                error, ST_INPUT,
                _("no misprint and right word: '%s', line %zu; separate them by a tab"), name,
                lines.number);
        st = lexicon_add(b, right, LEXICON_MISPRINT, wrong);
        if (st == ST_OK)
            st = lexicon_add(b, wrong, LEXICON_MISPRINTED, right);
    }
    return st;
}
