/* Looking for misspelt words. Interface: lint.h. */
#include "indexer/check/lint.h"

#include "base/utf8.h"
#include "dict/lexicon.h"
#include "indexer/check/lint_compounds.h"
#include "indexer/check/lint_lookalikes.h"
#include "store/index_analyzer.h"
#include "store/store.h"

#include <string.h>

struct lint {
    const struct lint_options *options;
    const struct analyzer *analyzer;
    struct tokenizer *tokenizer;
    struct vocabulary compounds;
    struct rare_compounds rare;
    struct normalized normalized;
    struct normalized one; /* character */
    struct tokens tokens;
    struct buf suggestion;
    uint64_t n_findings;
};

/* A field of a record. */
struct field {
    const char *key;
    const char *name;
    struct span text; /* as stored */
};

static void report(struct lint *l, const struct field *f, size_t start, size_t end,
                   struct span suggestion, enum lint_reason reason)
{
    buf_clear(&l->suggestion);
    buf_append(&l->suggestion, suggestion.data, suggestion.len);
    struct lint_finding finding = {.key = f->key,
                                   .field = f->name,
                                   .start = start,
                                   .end = end,
                                   .word = f->text.data + start,
                                   .suggestion = l->suggestion.data,
                                   .reason = reason};
    l->options->report(l->options->context, &finding);
    l->n_findings++;
}

/* Likewise for the bytes [FROM, TO) of the normalised text. */
static void report_normalized(struct lint *l, const struct field *f, size_t from, size_t to,
                              struct span suggestion, enum lint_reason reason)
{
    size_t start, end;
    normalized_range(&l->normalized, from, to, &start, &end);
    report(l, f, start, end, suggestion, reason);
}

static bool is_ideograph(uint32_t cp)
{
    return (cp >= 0x3400 && cp <= 0x9FFF) || (cp >= 0x20000 && cp <= 0x3FFFF);
}

/* Whether TEXT has an ideograph that normalisation replaces. Unicode leaves these alone, so that it
 * is dict/variants.tsv that does. */
static enum status has_variant(struct lint *l, struct span text, bool *has)
{
    enum status st = ST_OK;
    *has = false;
    for (size_t i = 0, len; i < text.len && !*has && st == ST_OK; i += len) {
        uint32_t cp;
        len = utf8_decode(text.data + i, text.len - i, &cp);
        if (!is_ideograph(cp))
            continue;
        st = normalize(&l->one, text.data + i, len);
        *has = st == ST_OK &&
               (l->one.text.len != len || memcmp(l->one.text.data, text.data + i, len) != 0);
    }
    return st;
}

static enum status find_variants(struct lint *l, const struct field *f)
{
    enum status st = ST_OK;
    for (size_t i = 0; i < l->tokens.n && st == ST_OK; i++) {
        const struct token *t = &l->tokens.items[i];
        size_t start, end;
        bool has;
        normalized_range(&l->normalized, t->start, t->end, &start, &end);
        st = has_variant(l, (struct span){f->text.data + start, end - start}, &has);
        if (st == ST_OK && has)
            report(l, f, start, end,
                   (struct span){l->normalized.text.data + t->start, t->end - t->start},
                   LINT_VARIANT);
    }
    return st;
}

static void find_rare(struct lint *l, const struct field *f)
{
    struct compound c;
    for (size_t at = 0; compound_next(l->analyzer, &l->tokens, &at, &c);) {
        struct span word = {l->normalized.text.data + c.start, c.end - c.start};
        const struct span *frequent = rare_compounds_look_up(&l->rare, word);
        if (frequent != NULL)
            report_normalized(l, f, c.start, c.end, *frequent, LINT_RARE);
    }
}

/* Reports the misprint that begins at byte AT of the normalised text. */
static void find_misprint_at(struct lint *l, const struct field *f, const struct lexicon *lexicon,
                             size_t at)
{
    const struct buf *text = &l->normalized.text;
    struct lexicon_range range = lexicon_all(lexicon);
    struct lexicon_entry entry;
    uint32_t cp;
    for (size_t end = at; end < text->len && range.start < range.end;) {
        end += utf8_decode(text->data + end, text->len - end, &cp);
        range = lexicon_narrow(lexicon, range, text->data + at, end - at);
        struct lexicon_range rest = range;
        while (lexicon_next(lexicon, &rest, &entry) && entry.key.len == end - at) {
            struct span word;
            if (entry.rule == LEXICON_MISPRINTED && lexicon_word(&entry.words, &word))
                report_normalized(l, f, at, end, word, LINT_MISPRINT);
        }
    }
}

static void find_misprints(struct lint *l, const struct field *f)
{
    uint32_t cp;
    for (size_t i = 0; i < ANALYZER_LEXICONS; i++) {
        const struct lexicon *lexicon = analyzer_lexicon(l->analyzer, i);
        for (size_t at = 0; lexicon != NULL && at < l->normalized.text.len;) {
            find_misprint_at(l, f, lexicon, at);
            at += utf8_decode(l->normalized.text.data + at, l->normalized.text.len - at, &cp);
        }
    }
}

static enum status find_lookalikes(struct lint *l, const struct field *f)
{
    struct lookalike word = {.intended = BUF_INIT};
    enum status st = ST_OK;
    bool found = true;
    for (size_t at = 0; found && st == ST_OK;) {
        st = lookalike_next(l->tokenizer, &l->normalized.text, &at, &word, &found);
        if (st == ST_OK && found)
            report_normalized(l, f, word.start, word.end, buf_span(&word.intended), LINT_LOOKALIKE);
    }
    buf_release(&word.intended);
    return st;
}

static enum status cut(struct lint *l, struct span text)
{
    enum status st = normalize(&l->normalized, text.data, text.len);
    return st == ST_OK ? tokenizer_cut(l->tokenizer, l->normalized.text.data,
                                       l->normalized.text.len, &l->tokens)
                       : st;
}

/* The first time a text is read: its compounds are counted. */
static enum status count_field(struct lint *l, const struct field *f)
{
    struct compound c;
    enum status st = cut(l, f->text);
    for (size_t at = 0; st == ST_OK && compound_next(l->analyzer, &l->tokens, &at, &c);)
        st = compound_count(&l->compounds, &l->normalized.text, &c);
    return st;
}

/* The second time: what is found is reported. */
static enum status check_field(struct lint *l, const struct field *f)
{
    enum status st = cut(l, f->text);
    if (st != ST_OK)
        return st;
    find_misprints(l, f);
    find_rare(l, f);
    st = find_lookalikes(l, f);
    return st == ST_OK ? find_variants(l, f) : st;
}

static enum status each_field(struct lint *l, struct store *store,
                              enum status (*each)(struct lint *, const struct field *),
                              struct error *error)
{
    static const char *const names[] = {"title", "body"};
    sqlite3_stmt *stmt = NULL;
    enum status st = ST_OK;
    int rc = sqlite3_prepare_v2(store->db, "SELECT key, title, body FROM documents ORDER BY id", -1,
                                &stmt, NULL);
    while (rc == SQLITE_OK && st == ST_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        rc = SQLITE_OK;
        for (int i = 0; i < 2 && st == ST_OK; i++) {
            const char *text = (const char *)sqlite3_column_text(stmt, i + 1);
            struct field f = {(const char *)sqlite3_column_text(stmt, 0),
                              names[i],
                              {text, (size_t)sqlite3_column_bytes(stmt, i + 1)}};
            if (f.key == NULL || text == NULL)
                rc = SQLITE_CORRUPT;
            else
                st = each(l, &f);
        }
    }
    if (rc != SQLITE_DONE && st == ST_OK)
        st = store_sqlite_error(store->db, rc, store->path, error);
    sqlite3_finalize(stmt);
    return st;
}

static void release(struct lint *l)
{
    rare_compounds_release(&l->rare);
    vocabulary_release(&l->compounds);
    normalized_release(&l->normalized);
    normalized_release(&l->one);
    tokens_release(&l->tokens);
    buf_release(&l->suggestion);
    tokenizer_free(l->tokenizer);
}

enum status lint_run(const struct lint_options *options, uint64_t *n_findings, struct error *error)
{
    struct lint l = {.options = options, .suggestion = BUF_INIT};
    l.normalized = l.one = (struct normalized)NORMALIZED_INIT;
    struct store *store = NULL;
    struct analyzer *analyzer = NULL;
    enum status st = store_open(&store, options->db, STORE_BUSY_MS, error);
    if (st == ST_OK)
        st = index_analyzer_open(&analyzer, store->db, options->dicdir, NULL, error);
    if (st == ST_OK)
        st = index_analyzer_check(analyzer, store->db, options->db, error);
    l.analyzer = analyzer;
    if (st == ST_OK)
        st = tokenizer_new(&l.tokenizer, analyzer);
    if (st == ST_OK)
        st = each_field(&l, store, count_field, error);
    if (st == ST_OK)
        st = rare_compounds_find(&l.rare, &l.compounds);
    if (st == ST_OK)
        st = each_field(&l, store, check_field, error);
    if (st == ST_NOMEM)
        error_set(error, st, _("out of memory"));
    *n_findings = l.n_findings;
    release(&l);
    store_close(store);
    analyzer_close(analyzer);
    return st;
}
