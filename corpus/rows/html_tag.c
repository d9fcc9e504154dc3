/* Recognising one tag of HTML. Interface: html_tag.h. */
#include "corpus/rows/html_tag.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define NAME_MAX_BYTES 15 /* longer than any element's or bare attribute's name */

struct element {
    const char *name;
    enum html_kind kind;
};

/* In the order of their names' bytes. */
static const struct element elements[] = {
    {"a", HTML_INLINE},       {"abbr", HTML_INLINE},      {"acronym", HTML_INLINE},
    {"address", HTML_BLOCK},  {"area", HTML_INLINE},      {"article", HTML_BLOCK},
    {"aside", HTML_BLOCK},    {"audio", HTML_INLINE},     {"b", HTML_INLINE},
    {"base", HTML_INLINE},    {"bdi", HTML_INLINE},       {"bdo", HTML_INLINE},
    {"big", HTML_INLINE},     {"blockquote", HTML_BLOCK}, {"body", HTML_BLOCK},
    {"br", HTML_BLOCK},       {"button", HTML_INLINE},    {"canvas", HTML_INLINE},
    {"caption", HTML_BLOCK},  {"center", HTML_BLOCK},     {"cite", HTML_INLINE},
    {"code", HTML_INLINE},    {"col", HTML_INLINE},       {"colgroup", HTML_INLINE},
    {"dd", HTML_BLOCK},       {"del", HTML_INLINE},       {"details", HTML_BLOCK},
    {"dfn", HTML_INLINE},     {"div", HTML_BLOCK},        {"dl", HTML_BLOCK},
    {"dt", HTML_BLOCK},       {"em", HTML_INLINE},        {"embed", HTML_INLINE},
    {"fieldset", HTML_BLOCK}, {"figcaption", HTML_BLOCK}, {"figure", HTML_BLOCK},
    {"font", HTML_INLINE},    {"footer", HTML_BLOCK},     {"form", HTML_BLOCK},
    {"h1", HTML_BLOCK},       {"h2", HTML_BLOCK},         {"h3", HTML_BLOCK},
    {"h4", HTML_BLOCK},       {"h5", HTML_BLOCK},         {"h6", HTML_BLOCK},
    {"head", HTML_BLOCK},     {"header", HTML_BLOCK},     {"hr", HTML_BLOCK},
    {"html", HTML_BLOCK},     {"i", HTML_INLINE},         {"iframe", HTML_INLINE},
    {"img", HTML_INLINE},     {"input", HTML_INLINE},     {"ins", HTML_INLINE},
    {"kbd", HTML_INLINE},     {"label", HTML_INLINE},     {"legend", HTML_BLOCK},
    {"li", HTML_ITEM},        {"link", HTML_INLINE},      {"main", HTML_BLOCK},
    {"map", HTML_INLINE},     {"mark", HTML_INLINE},      {"meta", HTML_INLINE},
    {"nav", HTML_BLOCK},      {"nobr", HTML_INLINE},      {"noscript", HTML_BLOCK},
    {"object", HTML_INLINE},  {"ol", HTML_LIST},          {"optgroup", HTML_BLOCK},
    {"option", HTML_BLOCK},   {"p", HTML_BLOCK},          {"param", HTML_INLINE},
    {"picture", HTML_INLINE}, {"pre", HTML_BLOCK},        {"q", HTML_INLINE},
    {"rb", HTML_INLINE},      {"rp", HTML_INLINE},        {"rt", HTML_INLINE},
    {"ruby", HTML_INLINE},    {"s", HTML_INLINE},         {"samp", HTML_INLINE},
    {"script", HTML_RAW},     {"section", HTML_BLOCK},    {"select", HTML_BLOCK},
    {"small", HTML_INLINE},   {"source", HTML_INLINE},    {"span", HTML_INLINE},
    {"strike", HTML_INLINE},  {"strong", HTML_INLINE},    {"style", HTML_RAW},
    {"sub", HTML_INLINE},     {"summary", HTML_BLOCK},    {"sup", HTML_INLINE},
    {"table", HTML_BLOCK},    {"tbody", HTML_BLOCK},      {"td", HTML_CELL},
    {"textarea", HTML_BLOCK}, {"tfoot", HTML_BLOCK},      {"th", HTML_CELL},
    {"thead", HTML_BLOCK},    {"time", HTML_INLINE},      {"title", HTML_BLOCK},
    {"tr", HTML_BLOCK},       {"tt", HTML_INLINE},        {"u", HTML_INLINE},
    {"ul", HTML_LIST},        {"var", HTML_INLINE},       {"video", HTML_INLINE},
    {"wbr", HTML_INLINE},
};

/* Attributes that stand without a value. Any other bare word makes the text no tag: `a <b and c>`
 * is a comparison. */
static const char *const bare_attributes[] = {
    "allowfullscreen", "async", "autofocus", "checked",  "compact",  "controls",
    "default",         "defer", "disabled",  "hidden",   "multiple", "noshade",
    "nowrap",          "open",  "readonly",  "required", "reversed", "selected",
};

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_name_char(char c)
{
    return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == ':' || c == '.';
}

static size_t skip_spaces(const char *text, size_t n_bytes, size_t at)
{
    while (at < n_bytes && is_space(text[at]))
        at++;
    return at;
}

static int compare_element(const void *key, const void *element)
{
    return strcmp(key, ((const struct element *)element)->name);
}

static const struct element *find_element(const char *name, size_t n_bytes)
{
    char folded[NAME_MAX_BYTES + 1];
    if (n_bytes == 0 || n_bytes > NAME_MAX_BYTES)
        return NULL;
    for (size_t i = 0; i < n_bytes; i++)
        folded[i] = name[i] >= 'A' && name[i] <= 'Z' ? (char)(name[i] + ('a' - 'A')) : name[i];
    folded[n_bytes] = '\0';
    return bsearch(folded, elements, sizeof elements / sizeof elements[0], sizeof elements[0],
                   compare_element);
}

static bool is_bare_attribute(const char *name, size_t n_bytes)
{
    for (size_t i = 0; i < sizeof bare_attributes / sizeof bare_attributes[0]; i++)
        if (strlen(bare_attributes[i]) == n_bytes &&
            strncasecmp(bare_attributes[i], name, n_bytes) == 0)
            return true;
    return false;
}

/* Returns where the value that starts at AT ends; 0 when it is none. */
static size_t skip_value(const char *text, size_t n_bytes, size_t at)
{
    if (at < n_bytes && (text[at] == '"' || text[at] == '\'')) {
        const char *close = memchr(text + at + 1, text[at], n_bytes - at - 1);
        return close != NULL ? (size_t)(close - text) + 1 : 0;
    }
    size_t start = at;
    while (at < n_bytes && !is_space(text[at]) && strchr("<>\"'`=", text[at]) == NULL)
        at++;
    return at > start ? at : 0;
}

/* Returns where the attribute that starts at AT ends; 0 when it is none. */
static size_t skip_attribute(const char *text, size_t n_bytes, size_t at)
{
    size_t start = at;
    while (at < n_bytes && is_name_char(text[at]))
        at++;
    size_t name_end = at;
    if (name_end == start)
        return 0;
    at = skip_spaces(text, n_bytes, at);
    if (at < n_bytes && text[at] == '=')
        return skip_value(text, n_bytes, skip_spaces(text, n_bytes, at + 1));
    return is_bare_attribute(text + start, name_end - start) ? name_end : 0;
}

/* Returns where the tag whose name ends at AT ends, past its >; 0 when it is no tag. */
static size_t skip_to_end(const char *text, size_t n_bytes, size_t at)
{
    for (;;) {
        size_t before = at;
        at = skip_spaces(text, n_bytes, at);
        if (at < n_bytes && text[at] == '>')
            return at + 1;
        if (at + 1 < n_bytes && text[at] == '/' && text[at + 1] == '>')
            return at + 2;
        if (at == before)
            return 0;
        at = skip_attribute(text, n_bytes, at);
        if (at == 0)
            return 0;
    }
}

bool html_read_tag(const char *text, size_t n_bytes, struct html_tag *tag)
{
    bool closing = n_bytes > 1 && text[1] == '/';
    size_t name = closing ? 2 : 1;
    if (name >= n_bytes || !is_letter(text[name]))
        return false;
    size_t at = name;
    while (at < n_bytes && (is_letter(text[at]) || (text[at] >= '0' && text[at] <= '9')))
        at++;
    const struct element *element = find_element(text + name, at - name);
    if (element == NULL)
        return false;
    size_t len = skip_to_end(text, n_bytes, at);
    if (len == 0)
        return false;
    *tag = (struct html_tag){element->name, element->kind, closing, len};
    return true;
}
