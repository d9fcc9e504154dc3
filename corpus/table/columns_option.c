/* The option --columns in its two forms. Interface: columns.h. */
#include "corpus/table/columns.h"

#include <string.h>
#include <strings.h>

/* Returns ROLE_OTHER for a name that is none of the four. */
static enum role role_named(const char *name, size_t n_bytes)
{
    static const struct {
        const char *name;
        enum role role;
    } roles[] = {{"id", ROLE_ID}, {"date", ROLE_DATE}, {"title", ROLE_TITLE}, {"body", ROLE_BODY}};
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++)
        if (strlen(roles[i].name) == n_bytes && strncasecmp(roles[i].name, name, n_bytes) == 0)
            return roles[i].role;
    return ROLE_OTHER;
}

static enum status parse_mapping(const char *item, size_t n_bytes, struct columns *columns,
                                 struct error *error)
{
    const char *equals = memchr(item, '=', n_bytes);
    size_t n_role = equals != NULL ? (size_t)(equals - item) : n_bytes;
    enum role role = role_named(item, n_role);
    if (equals == NULL || role == ROLE_OTHER)
        return error_set(error, ST_USAGE,
                         _("'%.*s' in --columns maps no role to a name; "
                           "write id=, date=, title= or body= and the heading's name"),
                         (int)n_bytes, item);
    if (n_role + 1 == n_bytes)
        return error_set(error, ST_USAGE, _("no name after '%.*s' in --columns"), (int)n_bytes,
                         item);
    struct span name = {equals + 1, n_bytes - n_role - 1};
    return columns_add(columns, name, role);
}

/* Gives the columns named by position their roles, those skipped left out. */
static void assign_positions(struct columns *columns)
{
    struct columns skipped = COLUMNS_INIT;
    struct column_rule dash = {(char[]){"-"}, (char[]){"-"}, ROLE_SKIP,     NULL,
                               NULL,          false,         DATE_PART_NONE};
    skipped.items = &dash;
    skipped.n = 1;
    columns_assign(columns, &skipped);
}

enum table_layout columns_take_layout(const char **option)
{
    static const struct {
        const char *word;
        enum table_layout layout;
    } words[] = {{"table", LAYOUT_TABLE}, {"form", LAYOUT_FORM}};
    size_t n_bytes = strcspn(*option, ",");
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strlen(words[i].word) == n_bytes && strncmp(*option, words[i].word, n_bytes) == 0) {
            *option += n_bytes + ((*option)[n_bytes] == ',');
            return words[i].layout;
        }
    return LAYOUT_ANY;
}

enum status columns_parse(const char *option, struct columns *columns, bool *mapping,
                          struct error *error)
{
    *mapping = strchr(option, '=') != NULL;
    for (const char *item = option;; item++) {
        size_t n_bytes = strcspn(item, ",");
        enum status status = *mapping
                                 ? parse_mapping(item, n_bytes, columns, error)
                                 : columns_add(columns, (struct span){item, n_bytes}, ROLE_OTHER);
        if (status != ST_OK)
            return status;
        item += n_bytes;
        if (*item == '\0')
            break;
    }
    if (*mapping)
        return ST_OK;
    assign_positions(columns);
    if (columns_count_roles(columns) == 0)
        return error_set(error, ST_USAGE,
                         _("neither title nor body in --columns '%s'; "
                           "name the columns in their order, e.g. id,title,body"),
                         option);
    return ST_OK;
}
