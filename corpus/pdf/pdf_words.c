/* The words of a PDF file with their places. Interface: pdf_words.h. */
#include "corpus/pdf/pdf_words.h"

#include "base/array.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define CHUNK_BYTES (64U << 10)
#define FARTHEST 20000.0F /* points; the largest page that PDF allows is smaller */

void pdf_words_release(struct pdf_words *words)
{
    free(words->items);
    buf_release(&words->text);
    *words = (struct pdf_words)PDF_WORDS_INIT;
}

static float number_attribute(const char **attributes, const char *name)
{
    for (; *attributes != NULL; attributes += 2) {
        if (strcmp(attributes[0], name) != 0)
            continue;
        float value = strtof(attributes[1], NULL);
        return value >= 0 && value <= FARTHEST ? value : 0;
    }
    return 0;
}

static void begin_word(struct pdf_parse *parse, XML_Parser parser, const char **attributes)
{
    struct pdf_words *words = parse->words;
    bool room = words->n < words->cap;
    if (!room && words->n < PDF_MAX_WORDS)
        room = array_reserve(&words->items, &words->cap, words->n + 1, sizeof *words->items);
    if (!room || words->text.len > PDF_MAX_TEXT_BYTES) {
        parse->too_many = true;
        XML_StopParser(parser, XML_FALSE);
        return;
    }
    words->items[words->n++] = (struct pdf_word){number_attribute(attributes, "xMin"),
                                                 number_attribute(attributes, "yMin"),
                                                 number_attribute(attributes, "xMax"),
                                                 number_attribute(attributes, "yMax"),
                                                 words->text.len,
                                                 0,
                                                 words->n_pages};
    parse->in_word = true;
}

static void on_start(void *context, const char *name, const char **attributes)
{
    XML_Parser parser = context;
    struct pdf_parse *parse = XML_GetUserData(parser);
    if (strcmp(name, "word") == 0 && !parse->too_many) {
        begin_word(parse, parser, attributes);
    } else if (strcmp(name, "page") == 0) {
        struct pdf_words *words = parse->words;
        float width = number_attribute(attributes, "width");
        float height = number_attribute(attributes, "height");
        words->n_pages++;
        words->width = width > words->width ? width : words->width;
        words->height = height > words->height ? height : words->height;
    }
}

static void on_end(void *context, const char *name)
{
    struct pdf_parse *parse = XML_GetUserData((XML_Parser)context);
    if (parse->in_word && strcmp(name, "word") == 0)
        parse->in_word = false;
}

static void on_text(void *context, const char *text, int n_bytes)
{
    struct pdf_parse *parse = XML_GetUserData((XML_Parser)context);
    if (!parse->in_word)
        return;
    buf_append(&parse->words->text, text, (size_t)n_bytes);
    parse->words->items[parse->words->n - 1].len += (size_t)n_bytes;
}

XML_Parser pdf_words_parser(struct pdf_parse *parse)
{
    XML_Parser parser = XML_ParserCreate("UTF-8");
    if (parser == NULL)
        return NULL;
    XML_SetUserData(parser, parse);
    XML_UseParserAsHandlerArg(parser);
    XML_SetElementHandler(parser, on_start, on_end);
    XML_SetCharacterDataHandler(parser, on_text);
    return parser;
}

enum status pdf_words_feed(XML_Parser parser, const char *data, size_t n_bytes, bool is_last)
{
    const struct pdf_parse *parse = XML_GetUserData(parser);
    enum XML_Status state = XML_Parse(parser, data, (int)n_bytes, is_last);
    if (parse->words->text.failed)
        return ST_NOMEM;
    return state == XML_STATUS_OK && !parse->too_many ? ST_OK : ST_INPUT;
}

static enum status no_program(const char *path, struct error *error)
{
    return error_set(error, ST_INPUT,
                     _("'%s' needs pdftotext to be read; install the package poppler-utils"), path);
}

/* Starts pdftotext on FD; *OUT gives what it writes. */
static enum status start(int fd, pid_t *pid, int *out, const char *path, struct error *error)
{
    static const char *const arguments[] = {"pdftotext", "-q", "-bbox", "-enc",
                                            "UTF-8",     "-",  "-",     NULL};
    static const char *const environment[] = {"LC_ALL=C", "PATH=/usr/local/bin:/usr/bin:/bin",
                                              NULL};
    int ends[2];
    posix_spawn_file_actions_t actions;
    if (pipe2(ends, O_CLOEXEC) != 0)
        return ST_NOMEM;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, fd, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    int failed = posix_spawnp(pid, arguments[0], &actions, NULL, (char *const *)arguments,
                              (char *const *)environment);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    if (failed != 0) {
        close(ends[0]);
        return no_program(path, error);
    }
    struct rlimit cpu = {PDF_CPU_SECONDS, PDF_CPU_SECONDS};
    struct rlimit memory = {PDF_MEMORY_BYTES, PDF_MEMORY_BYTES};
    prlimit(*pid, RLIMIT_CPU, &cpu, NULL);
    prlimit(*pid, RLIMIT_AS, &memory, NULL);
    *out = ends[0];
    return ST_OK;
}

static enum status read_output(XML_Parser parser, int out, char *chunk)
{
    enum status status = ST_OK;
    for (bool is_last = false; status == ST_OK && !is_last;) {
        ssize_t n = read(out, chunk, CHUNK_BYTES);
        if (n < 0 && errno == EINTR)
            continue;
        is_last = n <= 0;
        status = pdf_words_feed(parser, chunk, n > 0 ? (size_t)n : 0, is_last);
    }
    return status;
}

/* What the exit of pdftotext means (pdftotext(1), EXIT CODES). */
static enum status judge(int state, enum status read, bool too_many, const char *path,
                         struct error *error)
{
    if (read == ST_NOMEM)
        return ST_NOMEM;
    if (too_many)
        return error_set(error, ST_INPUT, _("'%s' holds too many words"), path);
    if (WIFSIGNALED(state))
        return error_set(error, ST_INPUT, _("'%s' is damaged or needs too much time or memory"),
                         path);
    if (WEXITSTATUS(state) == 127)
        return no_program(path, error);
    if (WEXITSTATUS(state) != 0)
        return error_set(error, ST_INPUT,
                         _("'%s' is damaged or needs a password: its text cannot be read"), path);
    return read == ST_OK
               ? ST_OK
               : error_set(error, ST_INPUT, _("'%s' is damaged: no text comes of it"), path);
}

enum status pdf_words_read(struct pdf_words *words, int fd, const char *path, struct error *error)
{
    struct pdf_parse parse = {.words = words};
    int out = -1, state = 0;
    pid_t pid = -1;
    char *chunk = malloc(CHUNK_BYTES);
    XML_Parser parser = pdf_words_parser(&parse);
    enum status status = chunk != NULL && parser != NULL ? ST_OK : ST_NOMEM;
    if (status == ST_OK)
        status = start(fd, &pid, &out, path, error);
    if (status == ST_OK) {
        status = read_output(parser, out, chunk);
        close(out);
        while (waitpid(pid, &state, 0) < 0 && errno == EINTR)
            ;
        status = judge(state, status, parse.too_many, path, error);
    }
    if (parser != NULL)
        XML_ParserFree(parser);
    free(chunk);
    return status;
}
