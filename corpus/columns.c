/* What a table's columns mean, by their names. Interface: columns.h. */
#include "corpus/columns.h"

#include "corpus/cell.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

struct known_name {
    const char *key;
    enum role role;
};

/* The names that registers of measures and open data use, as keys. */
static const struct known_name known_names[] = {
    {"番号", ROLE_ID},
    {"no", ROLE_ID},
    {"no.", ROLE_ID},
    {"id", ROLE_ID},
    {"#", ROLE_ID},
    {"number", ROLE_ID},
    {"項番", ROLE_ID},
    {"連番", ROLE_ID},
    {"通番", ROLE_ID},
    {"通し番号", ROLE_ID},
    {"整理番号", ROLE_ID},
    {"管理番号", ROLE_ID},
    {"事業番号", ROLE_ID},
    {"施策番号", ROLE_ID},
    {"取組番号", ROLE_ID},

    {"日付", ROLE_DATE},
    {"年月日", ROLE_DATE},
    {"実施時期", ROLE_DATE},
    {"実施日", ROLE_DATE},
    {"実施年月日", ROLE_DATE},
    {"開催日", ROLE_DATE},
    {"日時", ROLE_DATE},
    {"期日", ROLE_DATE},
    {"時期", ROLE_DATE},
    {"公表日", ROLE_DATE},
    {"発表日", ROLE_DATE},
    {"発表日付", ROLE_DATE},
    {"決定日", ROLE_DATE},
    {"施行日", ROLE_DATE},
    {"date", ROLE_DATE},

    {"取組内容", ROLE_TITLE},
    {"取組", ROLE_TITLE},
    {"取り組み", ROLE_TITLE},
    {"取組み", ROLE_TITLE},
    {"取組名", ROLE_TITLE},
    {"取組事項", ROLE_TITLE},
    {"取組項目", ROLE_TITLE},
    {"事業名", ROLE_TITLE},
    {"事業名称", ROLE_TITLE},
    {"施策名", ROLE_TITLE},
    {"施策名称", ROLE_TITLE},
    {"施策", ROLE_TITLE},
    {"事業", ROLE_TITLE},
    {"件名", ROLE_TITLE},
    {"名称", ROLE_TITLE},
    {"タイトル", ROLE_TITLE},
    {"題名", ROLE_TITLE},
    {"表題", ROLE_TITLE},
    {"標題", ROLE_TITLE},
    {"見出し", ROLE_TITLE},
    {"制度名", ROLE_TITLE},
    {"制度名称", ROLE_TITLE},
    {"サービス名", ROLE_TITLE},
    {"サービス名称", ROLE_TITLE},
    {"title", ROLE_TITLE},
    {"name", ROLE_TITLE},
    {"subject", ROLE_TITLE},

    {"概要", ROLE_BODY},
    {"内容", ROLE_BODY},
    {"目的", ROLE_BODY},
    {"説明", ROLE_BODY},
    {"概略", ROLE_BODY},
    {"本文", ROLE_BODY},
    {"詳細", ROLE_BODY},
    {"要旨", ROLE_BODY},
    {"要約", ROLE_BODY},
    {"説明文", ROLE_BODY},
    {"事業内容", ROLE_BODY},
    {"事業概要", ROLE_BODY},
    {"事業の概要", ROLE_BODY},
    {"事業目的", ROLE_BODY},
    {"事業の目的", ROLE_BODY},
    {"施策内容", ROLE_BODY},
    {"施策概要", ROLE_BODY},
    {"取組概要", ROLE_BODY},
    {"取組の概要", ROLE_BODY},
    {"実施内容", ROLE_BODY},
    {"具体的内容", ROLE_BODY},
    {"body", ROLE_BODY},
    {"text", ROLE_BODY},
    {"summary", ROLE_BODY},
    {"description", ROLE_BODY},
    {"outline", ROLE_BODY},
    {"detail", ROLE_BODY},
    {"details", ROLE_BODY},
    {"purpose", ROLE_BODY},
    {"content", ROLE_BODY},
    {"contents", ROLE_BODY},
    {"abstract", ROLE_BODY},
};

enum role columns_role(const char *key)
{
    for (size_t i = 0; i < sizeof known_names / sizeof known_names[0]; i++)
        if (strcmp(known_names[i].key, key) == 0)
            return known_names[i].role;
    return ROLE_OTHER;
}

void columns_release(struct columns *columns)
{
    for (size_t i = 0; i < columns->n; i++) {
        free(columns->items[i].name);
        free(columns->items[i].key);
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

enum status columns_key(struct slice name, struct buf *key)
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

enum status columns_add(struct columns *columns, struct slice name, enum role role)
{
    struct buf line = BUF_INIT, key = BUF_INIT;
    enum status status = ST_NOMEM;
    struct column_rule *items = reallocarray(columns->items, columns->n + 1, sizeof *items);
    if (items == NULL)
        goto done;
    columns->items = items;
    status = cell_to_line(name.data, name.len, &line);
    if (status == ST_OK)
        status = columns_key(name, &key);
    if (line.len == 0)
        buf_addf(&line, "%zu", columns->n + 1);
    if (status != ST_OK)
        goto done;
    struct column_rule rule = {buf_detach(&line), buf_detach(&key), role};
    if (rule.name == NULL || rule.key == NULL) {
        free(rule.name);
        free(rule.key);
        status = ST_NOMEM;
        goto done;
    }
    items[columns->n++] = rule;
done:
    buf_release(&key);
    buf_release(&line);
    return status;
}

enum status columns_copy(struct columns *to, const struct columns *from)
{
    for (size_t i = 0; i < from->n; i++) {
        const struct column_rule *rule = &from->items[i];
        struct slice name = {rule->name, strlen(rule->name)};
        enum status status = columns_add(to, name, rule->role);
        if (status != ST_OK)
            return status;
    }
    return ST_OK;
}

static bool has_role(const struct columns *columns, enum role role)
{
    for (size_t i = 0; columns != NULL && i < columns->n; i++)
        if (columns->items[i].role == role)
            return true;
    return false;
}

static enum role mapped_role(const struct columns *wanted, const char *key)
{
    for (size_t i = 0; wanted != NULL && i < wanted->n; i++)
        if (strcmp(wanted->items[i].key, key) == 0)
            return wanted->items[i].role;
    return ROLE_OTHER;
}

void columns_assign(struct columns *columns, const struct columns *wanted)
{
    for (size_t i = 0; i < columns->n; i++)
        columns->items[i].role = mapped_role(wanted, columns->items[i].key);
    for (size_t i = 0; i < columns->n; i++) {
        struct column_rule *rule = &columns->items[i];
        if (rule->role != ROLE_OTHER)
            continue;
        enum role role = columns_role(rule->key);
        if (role == ROLE_TITLE && has_role(columns, ROLE_TITLE) && !has_role(wanted, ROLE_TITLE))
            role = ROLE_BODY;
        bool taken = role != ROLE_BODY && has_role(columns, role);
        if (role != ROLE_OTHER && !taken && !has_role(wanted, role))
            rule->role = role;
    }
    if (columns->n > 1 && columns->items[0].key[0] == '\0' && !has_role(columns, ROLE_ID))
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
    for (size_t i = 0; i < columns->n; i++)
        if (!is_repeated(columns, i))
            has[columns->items[i].role] = true;
    if (!has[ROLE_TITLE] && !has[ROLE_BODY])
        return 0;
    return (size_t)has[ROLE_ID] + has[ROLE_DATE] + has[ROLE_TITLE] + has[ROLE_BODY];
}

const char *columns_missing(const struct columns *columns, const struct columns *wanted)
{
    for (size_t i = 0; i < wanted->n; i++)
        if (mapped_role(columns, wanted->items[i].key) == ROLE_OTHER)
            return wanted->items[i].name;
    return NULL;
}
