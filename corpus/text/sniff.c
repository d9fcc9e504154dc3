/* Finding out a table's form from its first bytes. Interface: sniff.h. */
#include "corpus/text/sniff.h"

#include <string.h>

char sniff_delimiter(const char *head, size_t n_bytes)
{
    static const char delimiters[] = {'\t', ',', ';', '|'};
    enum { N_DELIMITERS = sizeof delimiters };
    size_t n_lines[N_DELIMITERS] = {0};
    size_t best = 1;
    bool quoted = false;
    for (size_t at = 0; at < n_bytes; at++) {
        bool has[N_DELIMITERS] = {false};
        for (; at < n_bytes && (quoted || (head[at] != '\n' && head[at] != '\r')); at++) {
            if (head[at] == '"')
                quoted = !quoted;
            for (size_t i = 0; i < N_DELIMITERS; i++)
                has[i] = has[i] || (head[at] == delimiters[i] && !(quoted && i > 1));
        }
        if (n_lines[0] + n_lines[1] == 0 && (has[0] || has[1]))
            best = has[0] ? 0 : 1; /* decides a tie */
        n_lines[0] += has[0];
        for (size_t i = 1; i < N_DELIMITERS; i++)
            n_lines[i] += has[i] && !has[0];
    }
    for (size_t i = 0; i < N_DELIMITERS; i++)
        if (n_lines[i] > n_lines[best] * (i > 1 && n_lines[best] > 0 ? 2 : 1))
            best = i;
    return delimiters[best];
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

static bool is_quoted(const char *cell, size_t n_bytes)
{
    return n_bytes >= 2 && cell[0] == '"' && cell[n_bytes - 1] == '"' &&
           memchr(cell + 1, '"', n_bytes - 2) == NULL;
}

bool sniff_quoted_cells(const char *head, size_t n_bytes)
{
    size_t from = 0, n_cells = 0;
    bool all = true;
    for (size_t at = 0; at <= n_bytes; at++) {
        bool line_ends = at == n_bytes || head[at] == '\n' || head[at] == '\r';
        if (!line_ends && head[at] != '\t')
            continue;
        n_cells++;
        all = all && is_quoted(head + from, at - from);
        from = at + 1;
        if (line_ends && n_cells > 1)
            return all;
        if (line_ends) {
            n_cells = 0;
            all = true;
        }
    }
    return false;
}
