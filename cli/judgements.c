/* Judgements of relevance. Interface: judgements.h. */
#include "cli/judgements.h"

#include "base/array.h"
#include "cli/exit_code.h"
#include "cli/fields.h"
#include "cli/line_file.h"
#include "cli/output.h"

#include <stdlib.h>
#include <string.h>

static int compare(const void *a, const void *b)
{
    const struct judgement *x = a, *y = b;
    int order = strcmp(x->of.qid, y->of.qid);
    return order != 0 ? order : strcmp(x->of.document, y->of.document);
}

static bool add(struct judgements *j, char *const fields[3], int grade, size_t line)
{
    if (!array_reserve(&j->items, &j->cap, j->n + 1, sizeof *j->items))
        return false;
    j->items[j->n++] = (struct judgement){.grade = grade, .line = line};
    topic_rows_keep(&j->strings, fields[0], fields[1]);
    return !j->strings.failed;
}

static int read_line(void *context, const struct line *line, bool *stop)
{
    char *fields[4];
    int grade;
    bool heading = line->number == 1;
    size_t n = fields_cut(line->text, fields, 4);
    *stop = true;
    if (n == 4) {
        fields[1] = fields[2];
        fields[2] = fields[3];
    } else if (n != 3) {
        return line_fail(line, _("a judgement has three columns: name of the query, document, "
                                 "grade; or TREC's four"));
    }
    if (heading && strpbrk(fields[2], "0123456789") == NULL) {
        *stop = false;
        return EXIT_FOUND;
    }
    if (!fields_integer(fields[2], &grade))
        return line_fail(line, _("the grade is no whole number; give 0 for what is not relevant, "
                                 "1 and more for what is"));
    if (fields[0][0] == '\0' || fields[1][0] == '\0')
        return line_fail(line, _("a judgement needs the name of a query and of a document"));
    if (!add(context, fields, grade, line->number))
        return fail(ST_NOMEM, _("out of memory"));
    *stop = false;
    return EXIT_FOUND;
}

/* The later of two lines for one query and document; 0 where there are none. */
static size_t find_repeated(const struct judgements *j)
{
    size_t line = 0;
    for (size_t i = 1; i < j->n; i++) {
        const struct judgement *a = &j->items[i - 1], *b = &j->items[i];
        size_t later = a->line > b->line ? a->line : b->line;
        if (compare(a, b) == 0 && (line == 0 || later < line))
            line = later;
    }
    return line;
}

int judgements_read(struct judgements *judgements, const char *file)
{
    int code = line_file_read(file, read_line, judgements);
    if (code != EXIT_FOUND)
        return code;
    topic_rows_settle(&judgements->strings, judgements->items, judgements->n,
                      sizeof *judgements->items);
    if (judgements->n > 0)
        qsort(judgements->items, judgements->n, sizeof *judgements->items, compare);
    struct line repeated = {.file = file, .number = find_repeated(judgements)};
    if (repeated.number > 0)
        return line_fail(&repeated, _("this document was judged for this query before"));
    return EXIT_FOUND;
}

void judgements_release(struct judgements *judgements)
{
    free(judgements->items);
    buf_release(&judgements->strings);
}

size_t judgements_find(const struct judgements *judgements, const char *qid, size_t *n)
{
    return topic_rows_find(judgements->items, judgements->n, sizeof *judgements->items, qid, n);
}

int judgements_take(struct judgement *items, size_t n, const char *document)
{
    const struct judgement key = {.of = {n > 0 ? items[0].of.qid : "", document}};
    struct judgement *found = n > 0 ? bsearch(&key, items, n, sizeof *items, compare) : NULL;
    if (found == NULL || found->taken)
        return 0;
    found->taken = true;
    return found->grade;
}
