/* Makes hiku's lexicon at build time.
 *
 * usage: lexicon_gen KIND FILE... >LEXICON   KIND FILE: synonyms F, misprints F, spellings F,
 * common F (kanji of official writing), words F (lines of MeCab dictionaries); common before words
 */
#include "dict/gen/endings_gen.h"
#include "dict/gen/honorifics_gen.h"
#include "dict/gen/mixed_gen.h"
#include "dict/gen/okurigana_gen.h"
#include "dict/gen/stems_gen.h"
#include "dict/gen/uncommon_gen.h"

#include <stdio.h>
#include <string.h>

static bool read_file(struct buf *out, const char *path)
{
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return false;
    bool ok = buf_read(out, file);
    fclose(file);
    return ok;
}

static enum status add_words(struct lexicon_builder *b, const struct buf *text,
                             const struct common_kanji *common)
{
    struct entries entries;
    enum status st = entries_read(&entries, text->data, text->len);
    if (st == ST_OK)
        entries_sort(&entries);
    if (st == ST_OK)
        st = okurigana_add(b, &entries);
    if (st == ST_OK)
        st = mixed_add(b, &entries);
    if (st == ST_OK)
        st = honorifics_add(b, &entries);
    if (st == ST_OK)
        st = uncommon_add(b, &entries, common);
    if (st == ST_OK)
        st = stems_add(b, &entries);
    if (st == ST_OK)
        st = endings_add(b, &entries);
    entries_release(&entries);
    return st;
}

static enum status add_file(struct lexicon_builder *b, struct common_kanji *common,
                            const char *kind, const char *path, struct error *error)
{
    struct buf text = BUF_INIT;
    size_t n_groups = 0;
    enum status st;
    if (!read_file(&text, path))
        st = error_set(error, ST_INPUT, "cannot read '%s'", path);
    else if (strcmp(kind, "synonyms") == 0)
        st = lexicon_read_synonyms(b, text.data, text.len, path, &n_groups, error);
    else if (strcmp(kind, "misprints") == 0)
        st = lexicon_read_misprints(b, text.data, text.len, path, error);
    else if (strcmp(kind, "spellings") == 0)
        st = lexicon_read_spellings(b, text.data, text.len, path, error);
    else if (strcmp(kind, "common") == 0)
        st = common_kanji_read(common, text.data, text.len);
    else
        st = add_words(b, &text, common);
    buf_release(&text);
    return st;
}

int main(int argc, char **argv)
{
    struct lexicon_builder b = LEXICON_BUILDER_INIT;
    struct common_kanji common = {0};
    struct buf out = BUF_INIT;
    struct error error = {{0}};
    enum status st = ST_OK;
    for (int i = 1; i + 1 < argc && st == ST_OK; i += 2)
        st = add_file(&b, &common, argv[i], argv[i + 1], &error);
    if (st == ST_OK)
        st = lexicon_write(&b, &out);
    if (st != ST_OK)
        fprintf(stderr, "lexicon_gen: %s\n",
                error.message[0] != '\0' ? error.message : "out of memory");
    else if (fwrite(out.data, 1, out.len, stdout) != out.len || fflush(stdout) != 0)
        st = ST_IO;
    lexicon_builder_release(&b);
    common_kanji_release(&common);
    buf_release(&out);
    return st == ST_OK ? 0 : 1;
}
