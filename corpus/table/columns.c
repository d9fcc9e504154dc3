/* What a table's columns mean, by their names. Interface: columns.h. */
#include "corpus/table/columns.h"

#include "base/array.h"
#include "corpus/rows/cell.h"
#include "corpus/rows/cell_marks.h"
#include "corpus/table/date_parts.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

struct known_name {
    const char *key;
    enum role role;
};

/* dict/columns.tsv, ordered by the names' bytes. */
static const struct known_name known_names[] = {
#include "column_names.h"
};

static int compare_names(const void *key, const void *name)
{
    return strcmp(key, ((const struct known_name *)name)->key);
}

static const struct known_name *find_name(const char *key)
{
    return bsearch(key, known_names, sizeof known_names / sizeof known_names[0],
                   sizeof known_names[0], compare_names);
}

enum role columns_role(const char *key)
{
    const struct known_name *name = find_name(key);
    return name != NULL ? name->role : ROLE_OTHER;
}

bool columns_is_name(const char *key)
{
    return find_name(key) != NULL;
}

void columns_release(struct columns *columns)
{
    for (size_t i = 0; i < columns->n; i++) {
        free(columns->items[i].name);
        free(columns->items[i].key);
        free(columns->items[i].group);
        free(columns->items[i].own);
    }
    free(columns->items);
    *columns = (struct columns)COLUMNS_INIT;
}

/* White space goes last: folding turns some kinds of it (U+3000) into others. */
static void add_without_space(struct buf *key, const char *text)
{
    for (; *text != '\0'; text++)
        if (*text != '\n' && cell_blank(text, 1) == 0)
            buf_addc(key, *text);
}

enum status columns_key(struct span name, struct buf *key)
{
    struct buf line = BUF_INIT;
    utf8proc_uint8_t *folded = NULL;
    buf_clear(key);
    enum status status = cell_to_line(name.data, name.len, &line);
    if (status == ST_OK && line.len > 0) {
        const utf8proc_option_t options =
            UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD;
        utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)line.data,
                                          (utf8proc_ssize_t)line.len, &folded, options);
        if (n >= 0)
            add_without_space(key, (const char *)folded);
        else
            status = ST_NOMEM;
    }
    free(folded);
    buf_release(&line);
    return status == ST_OK && key->failed ? ST_NOMEM : status;
}

enum status columns_usual_role(struct span name, enum role *role)
{
    struct buf key = BUF_INIT;
    enum status status = columns_key(name, &key);
    *role = status == ST_OK ? columns_role(key.data) : ROLE_OTHER;
    buf_release(&key);
    return status;
}

/* Appends the name on one line: cut between two Japanese characters, as in a narrow column, it goes
 * on without a blank. */
static enum status add_name(struct span name, struct buf *line)
{
    enum status status = cell_to_text(name.data, name.len, line);
    size_t n = 0;
    for (size_t i = 0; status == ST_OK && i < line->len; i++) {
        bool end = line->data[i] == '\n', cut = end && i > 0 && i + 1 < line->len &&
                                                (unsigned char)line->data[i - 1] >= 0x80 &&
                                                (unsigned char)line->data[i + 1] >= 0x80;
        if (!cut)
            line->data[n++] = end ? ' ' : line->data[i];
    }
    if (n < line->len)
        line->data[line->len = n] = '\0';
    return status;
}

enum status columns_add(struct columns *columns, struct span name, enum role role)
{
    struct buf line = BUF_INIT, key = BUF_INIT;
    enum status status = ST_NOMEM;
    if (!array_reserve(&columns->items, &columns->cap, columns->n + 1, sizeof *columns->items))
        goto done;
    status = add_name(name, &line);
    if (status == ST_OK)
        status = columns_key(name, &key);
    if (line.len == 0)
        buf_addf(&line, "%zu", columns->n + 1);
    if (status != ST_OK)
        goto done;
    struct column_rule rule = {buf_detach(&line), buf_detach(&key), role, NULL, NULL, false,
                               DATE_PART_NONE};
    if (rule.name == NULL || rule.key == NULL) {
        free(rule.name);
        free(rule.key);
        status = ST_NOMEM;
        goto done;
    }
    columns->items[columns->n++] = rule;
done:
    buf_release(&key);
    buf_release(&line);
    return status;
}

static char *key_of(struct span name)
{
    struct buf key = BUF_INIT;
    if (columns_key(name, &key) == ST_OK)
        return buf_detach(&key);
    buf_release(&key);
    return NULL;
}

enum status columns_add_grouped(struct columns *columns, struct span group, struct span own)
{
    struct buf name = BUF_INIT;
    buf_append(&name, group.data, group.len);
    buf_addc(&name, ' ');
    buf_append(&name, own.data, own.len);
    enum status status = name.failed ? ST_NOMEM : columns_add(columns, buf_span(&name), ROLE_OTHER);
    buf_release(&name);
    if (status != ST_OK || group.len == 0 || own.len == 0)
        return status;
    struct column_rule *rule = &columns->items[columns->n - 1];
    rule->group = key_of(group);
    rule->own = key_of(own);
    return rule->group != NULL && rule->own != NULL ? ST_OK : ST_NOMEM;
}

void columns_move(struct columns *to, struct columns *from)
{
    columns_release(to);
    *to = *from;
    *from = (struct columns)COLUMNS_INIT;
}

enum status columns_copy(struct columns *to, const struct columns *from)
{
    for (size_t i = 0; i < from->n; i++) {
        const struct column_rule *rule = &from->items[i];
        struct span name = {rule->name, strlen(rule->name)};
        enum status status = columns_add(to, name, rule->role);
        if (status != ST_OK)
            return status;
        to->items[to->n - 1].part = rule->part;
    }
    return ST_OK;
}

/* Whether the column has this name, or stands under it in the lower row of a heading. */
static bool is_called(const struct column_rule *rule, const char *key)
{
    return strcmp(rule->key, key) == 0 || (rule->own != NULL && strcmp(rule->own, key) == 0);
}

const struct column_rule *columns_find(const struct columns *columns, enum role role)
{
    for (size_t i = 0; columns != NULL && i < columns->n; i++)
        if (columns->items[i].role == role)
            return &columns->items[i];
    return NULL;
}

bool columns_has(const struct columns *columns, enum role role)
{
    for (size_t i = 0; columns != NULL && role == ROLE_DATE && i < columns->n; i++)
        if (columns->items[i].part != DATE_PART_NONE)
            return true;
    return columns_find(columns, role) != NULL;
}

static enum role mapped_role(const struct columns *wanted, const struct column_rule *rule)
{
    for (size_t i = 0; wanted != NULL && i < wanted->n; i++)
        if (is_called(rule, wanted->items[i].key))
            return wanted->items[i].role;
    return ROLE_OTHER;
}

/* The name in an IRI or after the prefix of one, as linked data write it: schema:name. */
static const char *local_name(const char *key)
{
    static const char fields[] = "fields."; /* records of OpenDataSoft and Airtable */
    if (strncmp(key, fields, sizeof fields - 1) == 0)
        return key + sizeof fields - 1;
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-_";
    const char *name = key + strspn(key, letters);
    if (*key < 'a' || *key > 'z' || *name != ':')
        return key;
    if (strncmp(name, "://", 3) == 0) {
        const char *slash = strrchr(name, '/'), *hash = strrchr(name, '#');
        name = hash != NULL && hash > slash ? hash : slash;
    }
    return name + 1;
}

size_t columns_name_bytes(const char *key)
{
    const char *bracket = strchr(key, '('), *mark = strstr(key, "※");
    const char *end = bracket != NULL && (mark == NULL || bracket < mark) ? bracket : mark;
    return end != NULL ? (size_t)(end - key) : strlen(key);
}

/* The role of a name without the number before it and the note after it: ③概要(200字以内). */
static enum role bare_role(const char *key)
{
    char name[64]; /* the longest known name has fewer bytes */
    key = local_name(key);
    size_t n_before = strspn(key, "0123456789.,-()");
    size_t n = columns_name_bytes(key + n_before);
    if (n == 0 || n >= sizeof name)
        return ROLE_OTHER;
    memcpy(name, key + n_before, n);
    name[n] = '\0';
    return columns_role(name);
}

static enum role usual_role(const struct column_rule *rule)
{
    const char *own = columns_own_key(rule);
    enum role role = columns_role(rule->key);
    if (role == ROLE_OTHER)
        role = columns_role(own);
    return role == ROLE_OTHER ? bare_role(own) : role;
}

/* Gives the rule a role by one of its names, where none else has it. */
static void take_role(struct columns *columns, size_t at, enum role role,
                      const struct columns *wanted)
{
    if (role == ROLE_TITLE && columns_has(columns, ROLE_TITLE) && !columns_has(wanted, ROLE_TITLE))
        role = ROLE_BODY;
    bool taken = role != ROLE_BODY && columns_has(columns, role);
    if (role != ROLE_OTHER && !taken && !columns_has(wanted, role))
        columns->items[at].role = role;
}

bool columns_is_whole(const char *key)
{
    bool begins = strncmp(key, "施策", 6) == 0 || strncmp(key, "計画", 6) == 0;
    return begins && strstr(key, "事業") == NULL && strstr(key, "取組") == NULL;
}

static bool is_whole(const struct column_rule *rule)
{
    return columns_is_whole(columns_own_key(rule));
}

/* Of 施策 and 事業名 the latter is the title. */
static void prefer_parts(struct columns *columns)
{
    size_t title = 0;
    while (title < columns->n && columns->items[title].role != ROLE_TITLE)
        title++;
    if (title == columns->n || !is_whole(&columns->items[title]))
        return;
    for (size_t i = title + 1; i < columns->n; i++) {
        struct column_rule *rule = &columns->items[i];
        if (rule->role != ROLE_BODY || usual_role(rule) != ROLE_TITLE || is_whole(rule))
            continue;
        rule->role = ROLE_TITLE;
        columns->items[title].role = ROLE_BODY;
        return;
    }
}

/* Whether the names begin as those that `hiku export` writes: the others are then no roles. */
static bool is_exported(const struct columns *columns)
{
    static const char *const names[] = {"id", "date", "title", "body"};
    for (size_t i = 0; i < 4; i++)
        if (i >= columns->n || strcmp(columns->items[i].key, names[i]) != 0)
            return false;
    return true;
}

/* Whether another column in a group has the column's own name: 実績 of each year. */
static bool shares_name(const struct columns *columns, size_t at)
{
    const char *own = columns->items[at].own;
    for (size_t i = 0; own != NULL && i < columns->n; i++)
        if (i != at && columns->items[i].own != NULL && strcmp(columns->items[i].own, own) == 0)
            return true;
    return false;
}

void columns_assign(struct columns *columns, const struct columns *wanted)
{
    static const enum role roles[] = {ROLE_ID, ROLE_DATE, ROLE_TITLE, ROLE_BODY};
    if (wanted == NULL && is_exported(columns)) {
        for (size_t i = 0; i < columns->n; i++)
            columns->items[i].role = i < 4 ? roles[i] : ROLE_OTHER;
        return;
    }
    for (size_t i = 0; i < columns->n; i++)
        columns->items[i].role = mapped_role(wanted, &columns->items[i]);
    for (size_t i = 0; i < columns->n; i++) /* before a name, which may be a number */
        if (columns->items[i].role == ROLE_OTHER && strcmp(columns->items[i].key, "title") == 0)
            take_role(columns, i, ROLE_TITLE, wanted);
    for (size_t i = 0; i < columns->n; i++)
        if (columns->items[i].role == ROLE_OTHER)
            take_role(columns, i, usual_role(&columns->items[i]), wanted);
    if (!columns_has(wanted, ROLE_TITLE))
        prefer_parts(columns);
    if (!columns_has(wanted, ROLE_DATE))
        date_parts_assign(columns);
    date_parts_assign_rest(columns);
    for (size_t i = 0; i < columns->n; i++) {
        const struct column_rule *rule = &columns->items[i];
        enum role role = rule->group != NULL ? columns_role(rule->group) : ROLE_OTHER;
        /* Under the title's group stand all sorts of things. */
        if (rule->role == ROLE_OTHER && !(role == ROLE_TITLE && columns_has(columns, ROLE_TITLE))) {
            take_role(columns, i, role, wanted);
            columns->items[i].needs_name = rule->role != ROLE_OTHER;
        }
    }
    for (size_t i = 0; i < columns->n; i++)
        columns->items[i].needs_name = columns->items[i].needs_name || shares_name(columns, i);
    if (columns->n > 1 && columns->items[0].key[0] == '\0' && !columns_has(columns, ROLE_ID))
        columns->items[0].role = ROLE_ID;
}

/* Whether an earlier column has the same name: `名称,名称` is a list of names, no heading. */
static bool is_repeated(const struct columns *columns, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (strcmp(columns->items[i].key, columns->items[at].key) == 0)
            return true;
    return false;
}

size_t columns_count_roles(const struct columns *columns)
{
    bool has[ROLE_BODY + 1] = {false};
    for (size_t i = 0; i < columns->n; i++) {
        enum role role = columns->items[i].role;
        has[role] = has[role] || role <= ROLE_SKIP || !is_repeated(columns, i);
        has[ROLE_DATE] = has[ROLE_DATE] || columns->items[i].part != DATE_PART_NONE;
    }
    if (!has[ROLE_TITLE] && !has[ROLE_BODY])
        return 0;
    return (size_t)has[ROLE_ID] + has[ROLE_DATE] + has[ROLE_TITLE] + has[ROLE_BODY];
}

const char *columns_missing(const struct columns *columns, const struct columns *wanted)
{
    for (size_t i = 0; i < wanted->n; i++) {
        size_t at = 0;
        while (at < columns->n && !is_called(&columns->items[at], wanted->items[i].key))
            at++;
        if (at == columns->n)
            return wanted->items[i].name;
    }
    return NULL;
}
