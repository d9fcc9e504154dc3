/* Options of the command line. Interface: options.h. */
#include "cli/options.h"

#include "cli/nearest.h"

#include <ctype.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct parse {
    const struct command *command;
    char *values;
    struct error *error;
};

static const struct option *find_long(const struct command *command, const char *name, size_t len)
{
    for (size_t i = 0; i < command->n_options; i++) {
        const struct option *option = &command->options[i];
        if (strlen(option->name) == len && memcmp(option->name, name, len) == 0)
            return option;
    }
    return NULL;
}

static const struct option *find_letter(const struct command *command, char letter)
{
    for (size_t i = 0; i < command->n_options; i++)
        if (command->options[i].letter == letter)
            return &command->options[i];
    return NULL;
}

static enum status unknown_option(struct parse *p, const char *name, size_t len)
{
    struct nearest nearest;
    nearest_begin(&nearest, name, len);
    for (size_t i = 0; i < p->command->n_options; i++)
        nearest_try(&nearest, p->command->options[i].name);
    nearest_try(&nearest, "help");
    if (nearest.best != NULL)
        return error_set(p->error, ST_USAGE, _("unknown option '--%.*s'; did you mean '--%s'?"),
                         (int)len, name, nearest.best);
    return error_set(p->error, ST_USAGE, _("unknown option '--%.*s'; see: hiku help %s"), (int)len,
                     name, p->command->name);
}

static enum status store_number(struct parse *p, const struct option *option, const char *text)
{
    uint64_t number = 0;
    bool valid = text[0] != '\0';
    for (const char *c = text; *c != '\0' && valid; c++) {
        valid = isdigit((unsigned char)*c) != 0;
        number = number * 10 + (uint64_t)(*c - '0');
        valid = valid && number <= INT_MAX;
    }
    if (!valid)
        return error_set(p->error, ST_USAGE,
                         _("'%s' is no number for '--%s'; give a whole number from 0 to %d"), text,
                         option->name, INT_MAX);
    *(size_t *)(void *)(p->values + option->offset) = (size_t)number;
    return ST_OK;
}

static enum status store_size(struct parse *p, const struct option *option, const char *text)
{
    static const char units[] = "KMG";
    size_t n_digits = strspn(text, "0123456789");
    const char *unit = text[n_digits] != '\0' ? strchr(units, text[n_digits]) : NULL;
    unsigned shift = unit != NULL ? 10 * (unsigned)(unit - units + 1) : 0;
    uint64_t number = n_digits > 0 && n_digits < 10 ? strtoull(text, NULL, 10) : 0;
    bool ends = text[n_digits + (unit != NULL)] == '\0';
    if (number == 0 || !ends || number > SIZE_MAX >> shift)
        return error_set(p->error, ST_USAGE,
                         _("'%s' is no size for '--%s'; give bytes, or a number with K, M or G: "
                           "512M"),
                         text, option->name);
    *(size_t *)(void *)(p->values + option->offset) = (size_t)number << shift;
    return ST_OK;
}

static enum status store_choice(struct parse *p, const struct option *option, const char *text)
{
    int place = 0;
    size_t len = strlen(text);
    for (const char *choice = option->choices; *choice != '\0'; place++) {
        size_t n = strcspn(choice, "|");
        if (n == len && memcmp(choice, text, n) == 0) {
            *(int *)(void *)(p->values + option->offset) = place;
            return ST_OK;
        }
        choice += n + (choice[n] == '|' ? 1 : 0);
    }
    return error_set(p->error, ST_USAGE, _("unknown value '%s' for '--%s'; give one of: %s"), text,
                     option->name, option->choices);
}

static enum status store_item(struct parse *p, const struct option *option, const char *text)
{
    struct option_list *list = (void *)(p->values + option->offset);
    const char **items = realloc(list->items, (list->n + 1) * sizeof items[0]);
    if (items == NULL)
        return error_set(p->error, ST_NOMEM, _("out of memory"));
    items[list->n++] = text;
    list->items = items;
    return ST_OK;
}

static enum status store(struct parse *p, const struct option *option, const char *text)
{
    switch (option->type) {
    case OPTION_FLAG:
        *(int *)(void *)(p->values + option->offset) = 1;
        return ST_OK;
    case OPTION_TEXT:
        *(const char **)(void *)(p->values + option->offset) = text;
        return ST_OK;
    case OPTION_NUMBER:
        return store_number(p, option, text);
    case OPTION_SIZE:
        return store_size(p, option, text);
    case OPTION_CHOICE:
        return store_choice(p, option, text);
    case OPTION_LIST:
        return store_item(p, option, text);
    }
    return ST_OK;
}

/* Stores an option whose value, if any, is VALUE (behind =) or the word NEXT; *TAKEN tells whether
 * NEXT was used. */
static enum status take(struct parse *p, const struct option *option, const char *value,
                        const char *next, int *taken)
{
    *taken = 0;
    if (option->type == OPTION_FLAG && value != NULL)
        return error_set(p->error, ST_USAGE, _("option '--%s' takes no value; leave out '=%s'"),
                         option->name, value);
    if (option->type == OPTION_FLAG || value != NULL)
        return store(p, option, value);
    if (next == NULL)
        return error_set(p->error, ST_USAGE, _("option '--%s' wants a value; see: hiku help %s"),
                         option->name, p->command->name);
    *taken = 1;
    return store(p, option, next);
}

static enum status take_long(struct parse *p, const char *word, const char *next, int *taken)
{
    const char *name = word + 2;
    size_t len = strcspn(name, "=");
    const struct option *option = find_long(p->command, name, len);
    if (option == NULL)
        return unknown_option(p, name, len);
    return take(p, option, name[len] == '=' ? name + len + 1 : NULL, next, taken);
}

/* The option that a word like -n or -n5 is, with the value that is joined to it (NULL: none); NULL
 * for an operand. Only numbers may be joined: a query's -n猫 is a word to be without. */
static const struct option *short_option(const struct command *command, const char *word,
                                         const char **value)
{
    *value = NULL;
    if (word[0] != '-' || word[1] == '\0' || word[1] == '-')
        return NULL;
    const struct option *option = find_letter(command, word[1]);
    if (word[2] == '\0' || option == NULL)
        return option;
    if (option->type != OPTION_NUMBER || strspn(word + 2, "0123456789") != strlen(word + 2))
        return NULL;
    *value = word + 2;
    return option;
}

enum status options_parse(const struct command *command, void *values, int argc, char **argv,
                          int *n_operands, int *help, struct error *error)
{
    struct parse p = {command, values, error};
    enum status st = ST_OK;
    bool ended = false;
    *n_operands = 0;
    *help = 0;
    for (int i = 0; i < argc && st == ST_OK; i++) {
        const char *next = i + 1 < argc ? argv[i + 1] : NULL;
        const char *value;
        const struct option *letter = ended ? NULL : short_option(command, argv[i], &value);
        int taken = 0;
        if (letter != NULL) {
            st = take(&p, letter, value, next, &taken);
        } else if (ended || strncmp(argv[i], "--", 2) != 0) {
            if (!ended && strcmp(argv[i], "-h") == 0) {
                *help = 1;
                return ST_OK;
            }
            argv[(*n_operands)++] = argv[i];
        } else if (strcmp(argv[i], "--") == 0) {
            ended = true;
        } else if (strcmp(argv[i], "--help") == 0) {
            *help = 1;
            return ST_OK;
        } else {
            st = take_long(&p, argv[i], next, &taken);
        }
        i += taken;
    }
    return st;
}

void operands_join(struct buf *out, char *const *operands, int n)
{
    for (int i = 0; i < n; i++) {
        buf_adds(out, i > 0 ? " " : "");
        buf_adds(out, operands[i]);
    }
}
