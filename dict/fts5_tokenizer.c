/* The FTS5 tokenizer "hiku". Interface: fts5_tokenizer.h. */
#include "dict/fts5_tokenizer.h"

#include <stdlib.h>
#include <string.h>

/* FTS5 cuts tokens of more than 32768 bytes at any byte; we cut at a character, and earlier. */
#define MAX_TOKEN 8192

struct registration {
    const struct analyzer *analyzer;
    struct fts5_replay *replay;
};

/* One for each table and connection. */
struct instance {
    struct registration *registration;
    struct tokenizer *tokenizer;
    struct normalized normalized;
    struct tokens tokens;
};

typedef int token_callback(void *context, int flags, const char *token, int n_bytes, int start,
                           int end);

static void instance_delete(Fts5Tokenizer *handle)
{
    struct instance *i = (struct instance *)handle;
    if (i == NULL)
        return;
    tokenizer_free(i->tokenizer);
    normalized_release(&i->normalized);
    tokens_release(&i->tokens);
    free(i);
}

static int instance_create(void *context, const char **args, int n_args, Fts5Tokenizer **out)
{
    (void)args;
    *out = NULL;
    if (n_args > 0)
        return SQLITE_ERROR; /* there are no options: one index, one way of cutting */
    struct instance *i = calloc(1, sizeof *i);
    if (i == NULL)
        return SQLITE_NOMEM;
    i->registration = context;
    i->normalized = (struct normalized)NORMALIZED_INIT;
    if (tokenizer_new(&i->tokenizer, i->registration->analyzer) != ST_OK) {
        instance_delete((Fts5Tokenizer *)i);
        return SQLITE_NOMEM;
    }
    *out = (Fts5Tokenizer *)i;
    return SQLITE_OK;
}

struct span fts5_index_form(const struct analyzer *a, const struct token *token,
                            struct span surface)
{
    struct span base = token_base(a, token);
    return base.len == 0 ? surface : base;
}

void fts5_replay_add(struct buf *tokens, struct span token)
{
    uint16_t n_bytes = (uint16_t)token.len;
    if (!buf_reserve(tokens, sizeof n_bytes + n_bytes))
        return;
    char *to = tokens->data + tokens->len;
    memcpy(to, &n_bytes, sizeof n_bytes);
    memcpy(to + sizeof n_bytes, token.data, n_bytes);
    tokens->len += sizeof n_bytes + n_bytes;
    tokens->data[tokens->len] = '\0';
}

static int replay(struct fts5_replay *r, void *context, token_callback *callback)
{
    size_t at = r->column == 0 ? r->n_title : 0;
    size_t to = r->column == 0 ? r->n_bytes : r->n_title;
    int rc = SQLITE_OK;
    r->column++;
    while (at < to && rc == SQLITE_OK) {
        uint16_t n_bytes;
        memcpy(&n_bytes, r->tokens + at, sizeof n_bytes);
        at += sizeof n_bytes;
        rc = callback(context, 0, r->tokens + at, n_bytes, 0, 0);
        at += n_bytes;
    }
    return rc;
}

static struct span cap(struct span s)
{
    while (s.len > MAX_TOKEN ||
           (s.len == MAX_TOKEN && ((unsigned char)s.data[s.len] & 0xC0) == 0x80))
        s.len = s.len > MAX_TOKEN ? MAX_TOKEN : s.len - 1;
    return s;
}

static int emit_token(const struct instance *i, const struct token *token, int flags, void *context,
                      token_callback *callback)
{
    size_t start, end;
    struct span text = {i->normalized.text.data + token->start, token->end - token->start};
    bool last = token == i->tokens.items + i->tokens.n - 1;
    if (!(flags & FTS5_TOKENIZE_PREFIX) || !last)
        text = fts5_index_form(i->registration->analyzer, token, text);
    normalized_range(&i->normalized, token->start, token->end, &start, &end);
    text = cap(text);
    return callback(context, 0, text.data, (int)text.len, (int)start, (int)end);
}

static int instance_tokenize(Fts5Tokenizer *handle, void *context, int flags, const char *text,
                             int n_bytes, token_callback *callback)
{
    struct instance *i = (struct instance *)handle;
    struct fts5_replay *r = i->registration->replay;
    if (r != NULL && r->tokens != NULL && (flags & FTS5_TOKENIZE_DOCUMENT))
        return replay(r, context, callback);
    if (text == NULL || n_bytes <= 0)
        return SQLITE_OK;
    enum status st = normalize(&i->normalized, text, (size_t)n_bytes);
    if (st == ST_OK)
        st = tokenizer_cut(i->tokenizer, i->normalized.text.data, i->normalized.text.len,
                           &i->tokens);
    if (st != ST_OK)
        return st == ST_NOMEM ? SQLITE_NOMEM : SQLITE_TOOBIG;
    /* The last token decides what a prefix query completes: symbols behind it do not. */
    while (i->tokens.n > 0 && (i->tokens.items[i->tokens.n - 1].flags & TOKEN_SYMBOL))
        i->tokens.n--;
    int rc = SQLITE_OK;
    for (size_t k = 0; k < i->tokens.n && rc == SQLITE_OK; k++) {
        /* What a prefix query completes may look like a particle (か for 会議) and still be none.
         */
        bool completed = (flags & FTS5_TOKENIZE_PREFIX) && k + 1 == i->tokens.n;
        if (completed || fts5_takes(&i->tokens.items[k]))
            rc = emit_token(i, &i->tokens.items[k], flags, context, callback);
    }
    return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

fts5_api *fts5_find_api(sqlite3 *db)
{
    sqlite3_stmt *stmt = NULL;
    fts5_api *api = NULL;
    if (sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &stmt, NULL) == SQLITE_OK &&
        sqlite3_bind_pointer(stmt, 1, (void *)&api, "fts5_api_ptr", NULL) == SQLITE_OK)
        sqlite3_step(stmt);
    sqlite3_finalize(stmt);
    return api;
}

enum status fts5_tokenizer_register(sqlite3 *db, const struct analyzer *analyzer,
                                    struct fts5_replay *r, struct error *error)
{
    static fts5_tokenizer methods = {instance_create, instance_delete, instance_tokenize};
    fts5_api *api = fts5_find_api(db);
    if (api == NULL)
        return error_set(error, ST_IO, _("this SQLite has no FTS5: '%s'; use one that has it"),
                         sqlite3_libversion());
    struct registration *registration = malloc(sizeof *registration);
    if (registration == NULL)
        return error_set(error, ST_NOMEM, _("out of memory"));
    *registration = (struct registration){analyzer, r};
    if (api->xCreateTokenizer(api, "hiku", registration, &methods, free) != SQLITE_OK) {
        free(registration);
        return error_set(error, ST_NOMEM, _("out of memory"));
    }
    return ST_OK;
}
