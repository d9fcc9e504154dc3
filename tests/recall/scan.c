/* The brute force beside the index: which of many texts hold which of many strings, read byte by
 * byte.
 *
 * usage: scan TEXTS PATTERNS
 * TEXTS has two lines for each document, its title and its body; PATTERNS a string a line, none
 * empty and none twice. For each pattern standard output gets the number of the documents that hold
 * it and their numbers from 0 on, ascending: 32 bits each, in the machine's order.
 *
 * One pass for all patterns: Aho, Corasick: Efficient string matching, 1975, with all transitions
 * in one table. */
#include <err.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct file {
    unsigned char *data;
    size_t len;
};

struct state {
    uint32_t next[256];
    uint32_t fallback; /* the longest proper suffix that is a state */
    uint32_t pattern;  /* number of the pattern that ends here, from 1 on; 0: none */
    uint32_t output;   /* nearest state down the fallbacks where a pattern ends; 0: none */
};

struct found {
    uint32_t *docs;
    size_t n;
    size_t cap;
};

static void *resize(void *memory, size_t n, size_t size)
{
    void *p = reallocarray(memory, n, size);
    if (p == NULL)
        err(2, "scan");
    return p;
}

static struct file read_file(const char *path)
{
    struct file f = {0};
    FILE *stream = fopen(path, "rb");
    if (stream == NULL || fseek(stream, 0, SEEK_END) != 0)
        err(2, "%s", path);
    f.len = (size_t)ftell(stream);
    rewind(stream);
    f.data = resize(NULL, f.len + 1, 1);
    if (fread(f.data, 1, f.len, stream) != f.len)
        err(2, "%s", path);
    fclose(stream);
    return f;
}

/* The patterns as a tree from state 0, with *N_STATES states. */
static struct state *build_tree(struct file patterns, size_t *n_states, uint32_t *n_patterns)
{
    struct state *states = resize(NULL, patterns.len + 1, sizeof *states);
    uint32_t at = 0, n = 1;
    *n_patterns = 0;
    memset(&states[0], 0, sizeof states[0]);
    for (size_t i = 0; i < patterns.len; i++) {
        unsigned char c = patterns.data[i];
        if (c == '\n') {
            if (at == 0 || states[at].pattern != 0)
                errx(2, "pattern %u is empty or there twice", *n_patterns + 1);
            states[at].pattern = ++*n_patterns;
            at = 0;
            continue;
        }
        if (states[at].next[c] == 0) {
            memset(&states[n], 0, sizeof states[n]);
            states[at].next[c] = n++;
        }
        at = states[at].next[c];
    }
    *n_states = n;
    return states;
}

/* Sets fallbacks and outputs, and completes the transitions, the shortest strings first. */
static void link_states(struct state *states, size_t n_states)
{
    uint32_t *queue = resize(NULL, n_states, sizeof *queue);
    size_t n = 0;
    for (int c = 0; c < 256; c++) {
        if (states[0].next[c] != 0)
            queue[n++] = states[0].next[c];
    }
    for (size_t i = 0; i < n; i++) {
        struct state *s = &states[queue[i]];
        const struct state *fallback = &states[s->fallback];
        s->output = fallback->pattern != 0 ? s->fallback : fallback->output;
        for (int c = 0; c < 256; c++) {
            if (s->next[c] == 0) {
                s->next[c] = fallback->next[c];
            } else {
                states[s->next[c]].fallback = fallback->next[c];
                queue[n++] = s->next[c];
            }
        }
    }
    free(queue);
}

static void add(struct found *f, uint32_t doc)
{
    if (f->n > 0 && f->docs[f->n - 1] == doc)
        return;
    if (f->n == f->cap) {
        f->cap = f->cap > 0 ? f->cap * 2 : 16;
        f->docs = resize(f->docs, f->cap, sizeof *f->docs);
    }
    f->docs[f->n++] = doc;
}

static void scan(const struct state *states, struct file texts, struct found *found)
{
    uint32_t line = 0, at = 0;
    for (size_t i = 0; i < texts.len; i++) {
        if (texts.data[i] == '\n') {
            line++;
            at = 0;
            continue;
        }
        at = states[at].next[texts.data[i]];
        uint32_t end = states[at].pattern != 0 ? at : states[at].output;
        for (; end != 0; end = states[end].output)
            add(&found[states[end].pattern - 1], line / 2);
    }
}

int main(int argc, char **argv)
{
    size_t n_states;
    uint32_t n_patterns;
    if (argc != 3)
        errx(2, "usage: scan TEXTS PATTERNS");
    struct file texts = read_file(argv[1]), patterns = read_file(argv[2]);
    struct state *states = build_tree(patterns, &n_states, &n_patterns);
    struct found *found = calloc((size_t)n_patterns + 1, sizeof *found);
    if (found == NULL)
        err(2, "scan");
    link_states(states, n_states);
    scan(states, texts, found);
    for (uint32_t p = 0; p < n_patterns; p++) {
        uint32_t n = (uint32_t)found[p].n;
        fwrite(&n, sizeof n, 1, stdout);
        fwrite(found[p].docs, sizeof n, n, stdout);
        free(found[p].docs);
    }
    free(found);
    free(states);
    free(patterns.data);
    free(texts.data);
    if (fflush(stdout) != 0)
        err(2, "standard output");
    return 0;
}
