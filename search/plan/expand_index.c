/* Whether the index has a word. Interface: expand.h. */
#include "search/plan/expand.h"

#include "dict/reading.h"

/* A word that is looked for among those of the index. */
struct wanted {
    struct span text;
    bool found;
};

static enum status compare(void *context, const char *surface, size_t len, int64_t n)
{
    struct wanted *wanted = context;
    (void)n;
    wanted->found =
        wanted->found || (len == wanted->text.len && memcmp(surface, wanted->text.data, len) == 0);
    return ST_OK;
}

bool expansion_is_in_index(struct expansion *e, const char *text, size_t n_bytes)
{
    struct wanted wanted = {{text, n_bytes}, false};
    struct buf key = BUF_INIT;
    if (e->words != NULL && reading_key(&key, text, n_bytes) && !key.failed)
        e->failed = e->words->find(e->words->context, key.data, key.len, compare, &wanted);
    buf_release(&key);
    return wanted.found;
}
