/* Opening MeCab's dictionary and identifying it. Interface: analyzer.h. */
#include "dict/analyzer_internal.h"

#include "base/hash.h"
#include "dict/data_file.h"
#include "dict/lattice/dictionary.h"
#include "dict/lexicon.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fold_table.h"

/* Counts what a change of code, not of data, does to tokens: raise it when tokens change, and with
 * it the format of the index (store/schema.h), which a run then brings up to date by itself. */
#define ANALYZER_VERSION 5

/* Adds the file's size and all of it, or for large files 64 pages evenly spread: a dictionary of
 * 50 MB is told apart by its header and any change of its size, without reading it whole at each
 * start. False, with errno, when it is there and cannot be read. */
static bool fingerprint_file(uint64_t *hash, const char *path)
{
    enum { PAGE = 4096, PAGES = 64 };
    static const char absent[] = "absent";
    unsigned char page[PAGE];
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        *hash = hash_bytes(*hash, absent, sizeof absent);
        return errno == ENOENT;
    }
    bool ok = fstat(fd, &st) == 0;
    off_t size = ok ? st.st_size : 0, step = size / PAGE <= PAGES ? PAGE : size / PAGES;
    *hash = hash_bytes(*hash, &size, sizeof size);
    for (off_t at = 0; at < size && ok; at += step) {
        ssize_t n = pread(fd, page, PAGE, at);
        ok = n >= 0;
        *hash = hash_bytes(*hash, page, ok ? (size_t)n : 0);
    }
    int code = errno;
    close(fd);
    errno = code;
    return ok;
}

/* Adds what texts are cut with: MeCab's files, and each file of words of a user that it has opened,
 * be it named here or in the dictionary's dicrc. False, with errno and the PATH that it was. */
static bool fingerprint_dictionary(uint64_t *hash, const struct analyzer *a, struct buf *path)
{
    static const char *const files[] = {"sys.dic", "unk.dic", "char.bin", "matrix.bin"};
    bool ok = true;
    for (size_t i = 0; i < sizeof files / sizeof *files && ok && !path->failed; i++) {
        buf_clear(path);
        buf_addf(path, "%s/%s", a->dicdir, files[i]);
        ok = path->failed || fingerprint_file(hash, path->data);
    }
    const mecab_dictionary_info_t *info = mecab_model_dictionary_info(a->model);
    for (; info != NULL && ok && !path->failed; info = info->next) {
        if (info->type != MECAB_USR_DIC)
            continue;
        buf_clear(path);
        buf_adds(path, info->filename);
        ok = path->failed || fingerprint_file(hash, path->data);
    }
    return ok;
}

static enum status fingerprint(struct analyzer *a, struct error *error)
{
    uint64_t hash = HASH_SEED;
    uint32_t version = ANALYZER_VERSION;
    hash = hash_bytes(hash, &version, sizeof version);
    hash = hash_bytes(hash, fold_index, sizeof fold_index);
    hash = hash_bytes(hash, fold_pages, sizeof fold_pages);
    hash = hash_bytes(hash, fold_pool, sizeof fold_pool);
    struct buf path = BUF_INIT, text = BUF_INIT;
    bool ok = fingerprint_dictionary(&hash, a, &path);
    enum status st = path.failed ? ST_NOMEM : ST_OK;
    if (!ok)
        st = error_set(error, ST_DICTIONARY, _("cannot read '%s': %s"), path.data, strerror(errno));
    buf_release(&path);
    if (st != ST_OK)
        return st;
    buf_addf(&text, "%016llx", (unsigned long long)hash);
    a->fingerprint = buf_detach(&text);
    return a->fingerprint != NULL ? ST_OK : ST_NOMEM;
}

static char *own_userdic(void)
{
    struct buf path = BUF_INIT;
    data_file(&path, "hiku.dic");
    return buf_detach(&path);
}

/* Reads the numbers of the header. */
static bool read_header(const char *path, struct dictionary_header *header)
{
    const size_t n_bytes = offsetof(struct dictionary_header, charset);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool ok = fd >= 0 && read(fd, header, n_bytes) == (ssize_t)n_bytes;
    if (fd >= 0)
        close(fd);
    return ok;
}

/* hiku's own words are made for ipadic's context ids: another dictionary does without. MeCab would
 * refuse them too, but not give back the memory that it had taken until then. What cannot be read
 * is left for MeCab to complain of: without the words texts would be cut otherwise, and nobody
 * told. */
static enum status check_userdic(const struct analyzer *a, bool *fits)
{
    struct dictionary_header system, user;
    struct buf path = BUF_INIT;
    buf_addf(&path, "%s/sys.dic", a->dicdir);
    bool known = !path.failed && read_header(path.data, &system) && read_header(a->userdic, &user);
    *fits = known ? system.version == user.version && system.n_right == user.n_right &&
                        system.n_left == user.n_left
                  : !a->userdic_named;
    enum status st = path.failed ? ST_NOMEM : ST_OK;
    buf_release(&path);
    return st;
}

static mecab_model_t *open_model(const char *dicdir, const char *userdic)
{
    /* Without -r MeCab would look into the environment and the home folder for a mecabrc. */
    char *args[] = {(char *)"hiku", (char *)"-r", (char *)"/dev/null", (char *)"-d",
                    (char *)dicdir, (char *)"-u", (char *)userdic};
    int n = sizeof args / sizeof *args;
    return mecab_model_new(userdic[0] == '\0' ? n - 2 : n, args);
}

/* UniDic names the base form and the reading in other columns than ipadic. A word that every
 * dictionary has tells which layout this one follows, by the number of its columns. */
static enum status find_layout(struct analyzer *a)
{
    struct tokenizer *t = NULL;
    struct tokens tokens = {0};
    enum status st = tokenizer_new(&t, a);
    if (st == ST_OK)
        st = tokenizer_cut(t, "行く", strlen("行く"), &tokens);
    size_t commas = 0;
    for (const char *p = st == ST_OK && tokens.n > 0 ? tokens.items[0].feature : ""; *p; p++)
        commas += *p == ',';
    a->base_column = commas > 11 ? 10 : 6;
    a->reading_column = commas > 11 ? 9 : 7;
    tokens_release(&tokens);
    tokenizer_free(t);
    return st;
}

static enum status check_charset(const struct analyzer *a, struct error *error)
{
    const mecab_dictionary_info_t *info = mecab_model_dictionary_info(a->model);
    if (dictionary_is_utf8(info->charset))
        return ST_OK;
    return error_set(error, ST_DICTIONARY,
                     _("the dictionary is in %s, not UTF-8: '%s'; install mecab-ipadic-utf8 or "
                       "name another dicdir"),
                     info->charset, a->dicdir);
}

/* The index remembers where its dictionaries are, whatever folder it will be used from. */
static char *absolute(const char *path)
{
    char *resolved = path[0] == '/' || path[0] == '\0' ? NULL : realpath(path, NULL);
    return resolved != NULL ? resolved : strdup(path);
}

static enum status open_dictionary(struct analyzer *a, const char *userdic, struct error *error)
{
    struct stat st;
    if (stat(a->dicdir, &st) != 0)
        return error_set(error, ST_DICTIONARY,
                         _("no MeCab dictionary in '%s': %s; install mecab-ipadic-utf8 or name "
                           "another dicdir"),
                         a->dicdir, strerror(errno));
    a->userdic_named = userdic != NULL;
    a->userdic = userdic != NULL ? absolute(userdic) : own_userdic();
    if (a->userdic == NULL)
        return ST_NOMEM;
    bool fits = true;
    if (a->userdic[0] != '\0' && check_userdic(a, &fits) != ST_OK)
        return ST_NOMEM;
    if (!fits && a->userdic_named)
        return error_set(error, ST_DICTIONARY,
                         _("'%s' is no user dictionary for the dictionary '%s'; name one that "
                           "mecab-dict-index made for it"),
                         a->userdic, a->dicdir);
    if (!fits)
        a->userdic[0] = '\0';
    a->model = open_model(a->dicdir, a->userdic);
    if (a->model == NULL)
        return error_set(error, ST_DICTIONARY,
                         _("MeCab cannot open the dictionary '%s'; install mecab-ipadic-utf8 or "
                           "name another dicdir (%s)"),
                         a->dicdir, mecab_strerror(NULL));
    return check_charset(a, error);
}

static enum status open_lexicons(struct analyzer *a, struct error *error)
{
    static const char *const names[ANALYZER_LEXICONS] = {LEXICON_FILE, LEXICON_IMPORTED};
    struct buf path = BUF_INIT;
    enum status st = ST_OK;
    for (size_t i = 0; i < ANALYZER_LEXICONS && st == ST_OK; i++) {
        if (data_file(&path, names[i]))
            st = lexicon_open(&a->lexicons[i], path.data, error);
        else if (path.failed)
            st = ST_NOMEM;
    }
    buf_release(&path);
    return st == ST_INPUT || st == ST_IO ? ST_DICTIONARY : st;
}

enum status analyzer_open(struct analyzer **out, const char *dicdir, const char *userdic,
                          struct error *error)
{
    *out = NULL;
    struct analyzer *a = calloc(1, sizeof *a);
    if (a == NULL)
        return error_set(error, ST_NOMEM, _("out of memory"));
    a->dicdir = absolute(dicdir != NULL ? dicdir : HIKU_DICDIR);
    enum status st = a->dicdir == NULL ? ST_NOMEM : open_dictionary(a, userdic, error);
    if (st == ST_OK)
        st = find_layout(a);
    if (st == ST_OK)
        st = fingerprint(a, error);
    if (st == ST_OK)
        st = open_lexicons(a, error);
    if (st == ST_NOMEM)
        error_set(error, st, _("out of memory"));
    if (st == ST_OK)
        *out = a;
    else
        analyzer_close(a);
    return st;
}

void analyzer_close(struct analyzer *a)
{
    if (a == NULL)
        return;
    if (a->model != NULL)
        mecab_model_destroy(a->model);
    for (size_t i = 0; i < ANALYZER_LEXICONS; i++)
        lexicon_close(a->lexicons[i]);
    free(a->dicdir);
    free(a->userdic);
    free(a->fingerprint);
    free(a);
}

const char *analyzer_dicdir(const struct analyzer *a)
{
    return a->dicdir;
}

const char *analyzer_userdic(const struct analyzer *a)
{
    return a->userdic;
}

const char *analyzer_named_userdic(const struct analyzer *a)
{
    return a->userdic_named ? a->userdic : "";
}

const struct lexicon *analyzer_lexicon(const struct analyzer *a, size_t number)
{
    return a->lexicons[number];
}

const char *analyzer_fingerprint(const struct analyzer *a)
{
    return a->fingerprint;
}
