/* Build tool: prints the table with which normalize.c folds one code point at a time.
 *
 * usage: fold_gen VARIANTS.tsv > fold_table.h
 *
 * Each entry is what the code point alone becomes under NFKC and full case folding (utf8proc) and
 * then dict/variants.tsv, repeated until nothing changes, so that folding twice changes nothing.
 * Code points that may change together with their neighbours are marked FOLD_JOINS. */
#include "base/buf.h"
#include "base/utf8.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#define CODE_POINTS 0x110000
#define PAGE 256

static char *variants[CODE_POINTS]; /* UTF-8 strings, NULL: none */
static bool joins[CODE_POINTS];
static struct buf pool = BUF_INIT;

static void fail(const char *file, size_t line, const char *problem)
{
    fprintf(stderr, "%s:%zu: %s\n", file, line, problem);
    exit(1);
}

/* "U+FE00..U+FE0F", "U+2010" or one literal character. */
static bool parse_from(const char *s, uint32_t *first, uint32_t *last)
{
    if (strncmp(s, "U+", 2) == 0) {
        char *end;
        *first = *last = (uint32_t)strtoul(s + 2, &end, 16);
        if (strncmp(end, "..U+", 4) == 0)
            *last = (uint32_t)strtoul(end + 4, &end, 16);
        return *end == '\0' && *first <= *last && *last < CODE_POINTS;
    }
    size_t n = strlen(s);
    if (n == 0 || utf8_decode(s, n, first) != n)
        return false;
    *last = *first;
    return true;
}

static void read_variants(const char *path)
{
    FILE *f = fopen(path, "r");
    if (f == NULL)
        fail(path, 0, strerror(errno));
    char *line = NULL;
    size_t cap = 0, number = 0;
    while (getline(&line, &cap, f) >= 0) {
        number++;
        line[strcspn(line, "\r\n")] = '\0';
        if (line[0] == '\0' || line[0] == '#')
            continue;
        char *to = strchr(line, '\t');
        if (to == NULL)
            fail(path, number, "no tab between the variant and what it becomes");
        *to++ = '\0';
        to[strcspn(to, "\t")] = '\0';
        uint32_t first, last;
        if (!parse_from(line, &first, &last))
            fail(path, number, "not one character or U+XXXX");
        for (uint32_t cp = first; cp <= last; cp++) {
            if (variants[cp] != NULL)
                fail(path, number, "given twice");
            variants[cp] = strdup(to);
        }
    }
    free(line);
    fclose(f);
}

static void fold_string(const char *in, size_t n, struct buf *out)
{
    utf8proc_uint8_t *folded = NULL;
    utf8proc_ssize_t n_folded =
        utf8proc_map((const utf8proc_uint8_t *)in, (utf8proc_ssize_t)n, &folded,
                     UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
    buf_clear(out);
    for (size_t i = 0; n_folded > 0 && i < (size_t)n_folded;) {
        uint32_t cp;
        size_t len = utf8_decode((char *)folded + i, (size_t)n_folded - i, &cp);
        if (variants[cp] != NULL)
            buf_adds(out, variants[cp]);
        else
            buf_append(out, folded + i, len);
        i += len;
    }
    free(folded);
}

static void fold_code_point(uint32_t cp, struct buf *out)
{
    struct buf before = BUF_INIT;
    buf_clear(out);
    buf_add_cp(out, cp);
    for (int round = 0; round < 8; round++) {
        buf_clear(&before);
        buf_append(&before, out->data, out->len);
        fold_string(before.data, before.len, out);
        if (out->len == before.len && memcmp(out->data, before.data, out->len) == 0)
            break;
    }
    buf_release(&before);
}

/* White space, line ends and control characters all separate words and become one blank. */
static bool is_blank(uint32_t cp)
{
    const utf8proc_property_t *p = utf8proc_get_property((utf8proc_int32_t)cp);
    return cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || p->category == UTF8PROC_CATEGORY_ZS ||
           p->category == UTF8PROC_CATEGORY_ZL || p->category == UTF8PROC_CATEGORY_ZP;
}

/* Marks what can compose with the character before it: marks, and whatever stands second in a
 * canonical decomposition (Unicode 15, 3.11, D117). */
static void mark_joins(void)
{
    for (uint32_t cp = 0; cp < CODE_POINTS; cp++) {
        utf8proc_int32_t parts[32];
        int boundary = 0;
        if (!utf8proc_codepoint_valid((utf8proc_int32_t)cp))
            continue;
        if (cp >= 0xAC00 && cp <= 0xD7A3)
            continue; /* Hangul syllables compose by arithmetic: the jamo are marked below */
        utf8proc_ssize_t n =
            utf8proc_decompose_char((utf8proc_int32_t)cp, parts, 32, UTF8PROC_DECOMPOSE, &boundary);
        if (utf8proc_get_property((utf8proc_int32_t)cp)->combining_class > 0)
            joins[cp] = true;
        for (utf8proc_ssize_t i = 1; i < n; i++)
            joins[parts[i]] = true;
    }
    for (uint32_t cp = 0x1100; cp <= 0x11FF; cp++)
        joins[cp] = true;
    joins[0xFF9E] = joins[0xFF9F] = true; /* half-width voicing marks become U+3099, U+309A */
}

static unsigned entry_of(uint32_t cp, struct buf *out)
{
    if (!utf8proc_codepoint_valid((utf8proc_int32_t)cp))
        return 0;
    if (is_blank(cp)) {
        buf_clear(out);
        buf_addc(out, ' ');
    } else {
        fold_code_point(cp, out);
    }
    char self[4];
    size_t n_self = utf8_encode(cp, self);
    unsigned flags = joins[cp] ? 0x80000000U : 0;
    if (out->len == 0) /* what vanishes between a character and its mark must not keep them apart */
        flags = 0x80000000U;
    if (out->len == n_self && memcmp(out->data, self, n_self) == 0)
        return flags;
    size_t at = 0;
    char *found = out->len == 0 ? pool.data : memmem(pool.data, pool.len, out->data, out->len);
    if (found != NULL)
        at = (size_t)(found - pool.data);
    else {
        at = pool.len;
        buf_append(&pool, out->data, out->len);
    }
    return flags | 0x40000000U | (unsigned)out->len << 20 | (unsigned)at;
}

static void print_table(void)
{
    static unsigned pages[CODE_POINTS / PAGE][PAGE];
    static unsigned index[CODE_POINTS / PAGE];
    unsigned n_pages = 0;
    struct buf out = BUF_INIT;
    for (uint32_t page = 0; page < CODE_POINTS / PAGE; page++) {
        for (uint32_t i = 0; i < PAGE; i++)
            pages[n_pages][i] = entry_of(page * PAGE + i, &out);
        unsigned same = 0;
        while (memcmp(pages[same], pages[n_pages], sizeof pages[0]) != 0)
            same++;
        index[page] = same;
        if (same == n_pages)
            n_pages++;
    }
    buf_release(&out);
    printf("/* Made by fold_gen from utf8proc %s (Unicode %s) and dict/variants.tsv. */\n"
           "static const uint16_t fold_index[%d] = {",
           utf8proc_version(), utf8proc_unicode_version(), CODE_POINTS / PAGE);
    for (size_t i = 0; i < CODE_POINTS / PAGE; i++)
        printf("%s%u,", i % 16 ? "" : "\n", index[i]);
    printf("\n};\nstatic const uint32_t fold_pages[%u][%d] = {", n_pages, PAGE);
    for (size_t p = 0; p < n_pages; p++) {
        printf("\n{");
        for (size_t i = 0; i < PAGE; i++)
            printf("%s0x%x,", i % 16 ? "" : "\n", pages[p][i]);
        printf("},");
    }
    printf("\n};\nstatic const unsigned char fold_pool[%zu] = {", pool.len + 1);
    for (size_t i = 0; i <= pool.len; i++)
        printf("%s%u,", i % 16 ? "" : "\n", (unsigned char)pool.data[i]);
    printf("\n};\n");
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: fold_gen VARIANTS.tsv > fold_table.h\n");
        return 2;
    }
    read_variants(argv[1]);
    mark_joins();
    print_table();
    for (uint32_t cp = 0; cp < CODE_POINTS; cp++)
        free(variants[cp]);
    bool failed = pool.failed || pool.len >= 1U << 20;
    buf_release(&pool);
    return failed || fflush(stdout) != 0;
}
