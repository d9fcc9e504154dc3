/* Showing how a text is cut. Interface: hiku.h. */
#include "search/session.h"

#include <string.h>

struct showing {
    const struct analyzer *analyzer;
    struct normalized normalized;
    struct tokens tokens;
    int (*each)(void *context, const struct hiku_token *token);
    void *context;
};

static int show(struct showing *s)
{
    int rc = 0;
    for (size_t i = 0; i < s->tokens.n && rc == 0; i++) {
        const struct token *t = &s->tokens.items[i];
        struct span base = token_base(s->analyzer, t);
        struct span reading = token_reading(s->analyzer, t);
        struct span pos = token_pos(s->analyzer, t);
        struct hiku_token out = {.surface = s->normalized.text.data + t->start,
                                 .surface_len = t->end - t->start,
                                 .base = base.data,
                                 .base_len = base.len,
                                 .reading = reading.data,
                                 .reading_len = reading.len,
                                 .pos = pos.data,
                                 .pos_len = pos.len,
                                 .position = t->flags & TOKEN_SYMBOL ? SIZE_MAX : t->position};
        if (base.len == 0) {
            out.base = out.surface;
            out.base_len = out.surface_len;
        }
        normalized_range(&s->normalized, t->start, t->end, &out.start, &out.end);
        rc = s->each(s->context, &out);
    }
    return rc;
}

int hiku_tokens(hiku *db, const char *text, size_t n_bytes,
                int (*each)(void *context, const struct hiku_token *token), void *context)
{
    struct showing s = {.analyzer = db->analyzer, .each = each, .context = context};
    s.normalized = (struct normalized)NORMALIZED_INIT;
    db->error.message[0] = '\0';
    enum status st = normalize(&s.normalized, text, n_bytes);
    if (st == ST_INPUT)
        error_set(&db->error, st, _("a text of 2 GiB or more cannot be cut; give it in parts"));
    if (st == ST_OK)
        st = tokenizer_cut(db->tokenizer, s.normalized.text.data, s.normalized.text.len, &s.tokens);
    int rc = st == ST_OK ? show(&s) : session_fail(db, st);
    normalized_release(&s.normalized);
    tokens_release(&s.tokens);
    return rc;
}
