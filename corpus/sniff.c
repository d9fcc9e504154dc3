/* Finding out a table's form from its first bytes. Interface: sniff.h. */
#include "corpus/sniff.h"

#include <string.h>

char sniff_delimiter(const char *head, size_t n_bytes)
{
    size_t n_tabs = 0, n_commas = 0;
    char first = ',';
    for (size_t at = 0; at < n_bytes;) {
        bool tab = false, comma = false;
        for (; at < n_bytes && head[at] != '\n' && head[at] != '\r'; at++) {
            tab = tab || head[at] == '\t';
            comma = comma || head[at] == ',';
        }
        at++;
        if (n_tabs + n_commas == 0 && tab)
            first = '\t';
        n_tabs += tab;
        n_commas += comma && !tab;
    }
    return n_tabs > n_commas ? '\t' : n_tabs < n_commas ? ',' : first;
}

bool sniff_cr_ends(const char *head, size_t n_bytes)
{
    const char *cr = memchr(head, '\r', n_bytes);
    const char *lf = memchr(head, '\n', n_bytes);
    if (cr == NULL || (lf != NULL && lf < cr))
        return false;
    while (cr < head + n_bytes && *cr == '\r')
        cr++;
    return cr == head + n_bytes || *cr != '\n';
}
