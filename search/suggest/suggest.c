/* What else the query may have meant, when no record has all its words. Interface: hiku.h,
 * suggest.h.
 *
 * One to four neighbouring words of a term that is found nowhere are replaced by a word of the
 * index that differs in one character (inserted, left out, replaced, or two swapped) or sounds the
 * same or nearly so; what then stands somewhere in the index is a suggestion. So is what stands
 * there in the place of one character, whatever the words (suggest_character.c). Neighbouring words
 * are also offered as one (suggest_joined.c), a word as two, words for kana that are read like
 * them but for one kana (suggest_reading.c), and the columns that hold a word
 * (suggest_columns.c). What stands inside longer words alone comes last. */
#include "search/suggest/suggest.h"

#include "base/utf8.h"
#include "dict/reading.h"
#include "search/suggest/suggest_cost.h"
#include "store/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MAX_SUGGESTIONS 3
/* Terms of more characters are sentences; a span of words has at most this many and
 * SUGGEST_MAX_CHARS characters. */
#define MAX_TERM_CHARS 32
#define MAX_SPAN_WORDS 4
#define MAX_SPANS 128
/* Words that are looked for in columns: each time all records are read. */
#define MAX_COLUMN_TERMS 4
/* Words that are looked for at all: each time all words of the index are read. */
#define MAX_MISSING_TERMS 16
/* Candidates that are looked up in the index. */
#define MAX_CANDIDATES 512

struct candidate_text {
    char *text;
    double cost;
    bool parted; /* the term with a blank inside: only where nothing else is offered */
};

struct suggester {
    struct hiku_results *r;
    struct span term;
    struct span_of_words spans[MAX_SPANS];
    size_t n_spans;
    struct candidate_text candidates[MAX_CANDIDATES];
    size_t n_candidates;
    const char *key;   /* of the word that is looked at */
    struct buf sounds; /* the term's, as reading_key writes them */
};

/* Decodes at most CAP characters; CAP + 1 where there are more. */
static size_t decode(struct span text, uint32_t *chars, size_t cap)
{
    size_t n = 0;
    for (size_t i = 0; i < text.len;) {
        uint32_t cp;
        i += utf8_decode(text.data + i, text.len - i, &cp);
        if (n == cap)
            return cap + 1;
        chars[n++] = cp;
    }
    return n;
}

static int compare_candidates(const void *a, const void *b)
{
    const struct candidate_text *x = a, *y = b;
    return x->cost < y->cost ? -1 : x->cost > y->cost ? 1 : strcmp(x->text, y->text);
}

/* Keeps the cheaper half when there is no room. */
static void make_room(struct suggester *s)
{
    if (s->n_candidates < MAX_CANDIDATES)
        return;
    qsort(s->candidates, s->n_candidates, sizeof *s->candidates, compare_candidates);
    while (s->n_candidates > MAX_CANDIDATES / 2)
        free(s->candidates[--s->n_candidates].text);
}

static enum status add_candidate(struct suggester *s, const struct span_of_words *span,
                                 struct span word, double cost)
{
    struct buf text = BUF_INIT;
    size_t before = (size_t)(span->text.data - s->term.data);
    size_t after = before + span->text.len;
    make_room(s);
    buf_append(&text, s->term.data, before);
    buf_append(&text, word.data, word.len);
    buf_append(&text, s->term.data + after, s->term.len - after);
    char *detached = buf_detach(&text);
    if (detached == NULL)
        return ST_NOMEM;
    s->candidates[s->n_candidates++] = (struct candidate_text){detached, cost, false};
    return ST_OK;
}

static enum status look_at_word(void *context, const char *surface, size_t len, int64_t n)
{
    struct suggester *s = context;
    uint32_t chars[SUGGEST_MAX_CHARS], sounds[SUGGEST_MAX_SOUNDS];
    struct span word = {surface, len};
    size_t n_chars = decode(word, chars, SUGGEST_MAX_CHARS);
    size_t n_sounds = decode(span_of(s->key), sounds, SUGGEST_MAX_SOUNDS);
    enum status st = ST_OK;
    if (n_chars > SUGGEST_MAX_CHARS || n_sounds > SUGGEST_MAX_SOUNDS)
        return ST_OK;
    for (size_t i = 0; i < s->n_spans && st == ST_OK; i++) {
        const struct span_of_words *span = &s->spans[i];
        if (span->text.len == len && memcmp(span->text.data, surface, len) == 0)
            continue;
        double cost = suggest_cost(span, chars, n_chars, sounds, n_sounds);
        if (cost >= 0)
            st = add_candidate(s, span, word, cost - log((double)n + 1));
    }
    return st;
}

/* Writes how TEXT is read to KEY, nothing where a word has no reading. */
static enum status read_aloud(const struct suggester *s, struct span text, struct buf *key)
{
    struct tokens tokens = {0};
    struct buf sound = BUF_INIT;
    enum status st = tokenizer_cut(s->r->db->tokenizer, text.data, text.len, &tokens);
    bool known = true;
    for (size_t i = 0; i < tokens.n && st == ST_OK; i++) {
        struct span reading = token_reading(s->r->db->analyzer, &tokens.items[i]);
        known = known && reading.len > 0;
        buf_append(&sound, reading.data, reading.len);
    }
    buf_clear(key);
    if (known)
        reading_key(key, sound.data, sound.len);
    if (sound.failed || key->failed)
        st = ST_NOMEM;
    tokens_release(&tokens);
    buf_release(&sound);
    return st;
}

/* Adds TEXT, which is the term but for one character. */
static enum status look_at_text(void *context, struct span text, int64_t n)
{
    struct suggester *s = context;
    struct buf sounds = BUF_INIT;
    enum status st = read_aloud(s, text, &sounds);
    bool same = sounds.len > 0 && sounds.len == s->sounds.len &&
                memcmp(sounds.data, s->sounds.data, sounds.len) == 0;
    buf_release(&sounds);
    if (st != ST_OK)
        return st;
    const struct span_of_words whole = {.text = s->term};
    double cost = suggest_character_cost(same, utf8_count(text.data, text.len));
    return add_candidate(s, &whole, text, cost - log((double)n + 1));
}

/* Words that are joined where a blank is missing, or by signs: 保育所待機 is 保育所 待機. */
static enum status add_parted(struct suggester *s, const struct tokens *tokens)
{
    for (size_t i = 1; i < tokens->n && s->n_candidates < MAX_SPANS; i++) {
        size_t end = tokens->items[i].start;
        while (i + 1 < tokens->n && (tokens->items[i].flags & TOKEN_SYMBOL))
            i++;
        size_t at = tokens->items[i].start;
        struct buf parted = BUF_INIT;
        if (utf8_count(s->term.data, end) < 2 ||
            utf8_count(s->term.data + at, s->term.len - at) < 2)
            continue;
        buf_addf(&parted, "%.*s %s", (int)end, s->term.data, s->term.data + at);
        char *text = buf_detach(&parted);
        if (text == NULL)
            return ST_NOMEM;
        s->candidates[s->n_candidates++] = (struct candidate_text){text, SUGGEST_COST_PARTED, true};
    }
    return ST_OK;
}

/* Adds the spans that begin with word FIRST. */
static bool add_spans(struct suggester *s, const struct tokens *tokens, size_t first)
{
    struct buf sound = BUF_INIT, key = BUF_INIT;
    bool known = true;
    for (size_t k = first; k < tokens->n && k < first + MAX_SPAN_WORDS && s->n_spans < MAX_SPANS;
         k++) {
        struct span_of_words *span = &s->spans[s->n_spans];
        uint32_t start = tokens->items[first].start;
        span->text = (struct span){s->term.data + start, tokens->items[k].end - start};
        span->n_chars = decode(span->text, span->chars, SUGGEST_MAX_CHARS);
        if (span->n_chars > SUGGEST_MAX_CHARS)
            break;
        struct span reading = token_reading(s->r->db->analyzer, &tokens->items[k]);
        known = known && reading.len > 0;
        buf_append(&sound, reading.data, reading.len);
        buf_clear(&key);
        if (known)
            reading_key(&key, sound.data, sound.len);
        else
            reading_key(&key, span->text.data, span->text.len);
        span->n_sounds = decode(buf_span(&key), span->sounds, SUGGEST_MAX_SOUNDS);
        if (span->n_sounds > SUGGEST_MAX_SOUNDS)
            span->n_sounds = 0;
        s->n_spans++;
    }
    bool ok = !sound.failed && !key.failed;
    buf_release(&sound);
    buf_release(&key);
    return ok;
}

/* Makes the spans of the term's words, and the candidates that part it. */
static enum status make_spans(struct suggester *s)
{
    struct tokens tokens = {0};
    enum status st = tokenizer_cut(s->r->db->tokenizer, s->term.data, s->term.len, &tokens);
    for (size_t i = 0; i < tokens.n && st == ST_OK; i++)
        st = add_spans(s, &tokens, i) ? ST_OK : ST_NOMEM;
    if (st == ST_OK)
        st = add_parted(s, &tokens);
    tokens_release(&tokens);
    return st;
}

/* Whether some record, in a field of FIELDS, has TEXT, or each of its words has some record; WHOLE:
 * as whole words. */
static enum status stands_somewhere(struct hiku_results *r, unsigned fields, const char *text,
                                    bool whole, bool *found)
{
    enum status st = session_check(r->db);
    *found = true;
    while (*found && *text != '\0' && st == ST_OK) {
        size_t len = strcspn(text, " ");
        struct term term = {.weight = 1, .inside = 1, .fields = fields};
        *found = false;
        st = term_add_spelling(&term, text, len, "", 1) ? ST_OK : ST_NOMEM;
        if (st == ST_OK) {
            term.spellings[0].whole = whole;
            st = suggest_stands(r, &term, found);
        }
        term_release(&term);
        text += len + strspn(text + len, " ");
    }
    return st;
}

/* The query with its N_REPLACED terms from NUMBER on replaced. */
static char *whole_query(const struct plan *plan, size_t number, size_t n_replaced,
                         const char *text)
{
    struct buf query = BUF_INIT;
    for (size_t i = 0; i < plan->n_terms; i++) {
        if (plan->terms[i].negative || (i > number && i < number + n_replaced))
            continue;
        buf_addf(&query, "%s%s", query.len > 0 ? " " : "",
                 i == number ? text : plan->terms[i].spellings[0].text);
    }
    return buf_detach(&query);
}

static enum status add_suggestion(struct hiku_results *r, size_t number, size_t n_replaced,
                                  const char *text)
{
    return text_list_add(&r->suggestions, whole_query(&r->all.plan, number, n_replaced, text));
}

/* Offers the candidates that stand somewhere, first those that do as whole words: 材関 for 在関 is
 * a part of 資材関係 alone. */
static enum status offer_candidates(struct suggester *s, size_t number)
{
    struct hiku_results *r = s->r;
    unsigned fields = r->all.plan.terms[number].fields;
    const char *inside[MAX_SUGGESTIONS];
    size_t n_inside = 0;
    enum status st = ST_OK;
    qsort(s->candidates, s->n_candidates, sizeof *s->candidates, compare_candidates);
    for (size_t i = 0; i < s->n_candidates && st == ST_OK && r->suggestions.n < MAX_SUGGESTIONS;
         i++) {
        const struct candidate_text *c = &s->candidates[i];
        bool whole, found = false; /* as whole words; at all */
        if (c->parted && r->suggestions.n + n_inside > 0)
            continue;
        st = stands_somewhere(r, fields, c->text, true, &whole);
        if (st == ST_OK && whole)
            st = add_suggestion(r, number, 1, c->text);
        else if (st == ST_OK && n_inside < MAX_SUGGESTIONS)
            st = stands_somewhere(r, fields, c->text, false, &found);
        if (found)
            inside[n_inside++] = c->text;
    }
    for (size_t i = 0; i < n_inside && st == ST_OK && r->suggestions.n < MAX_SUGGESTIONS; i++)
        st = add_suggestion(r, number, 1, inside[i]);
    return st;
}

static enum status suggest_for_term(struct hiku_results *r, size_t number)
{
    const struct term *term = &r->all.plan.terms[number];
    const struct spelling *typed = &term->spellings[0];
    struct suggester *s = calloc(1, sizeof *s);
    if (s == NULL)
        return ST_NOMEM;
    s->r = r;
    s->term = (struct span){typed->text, typed->len};
    buf_init(&s->sounds);
    enum status st = make_spans(s);
    if (st == ST_OK)
        st = read_aloud(s, s->term, &s->sounds);
    if (st == ST_OK)
        st = suggest_characters(r, term, look_at_text, s);
    for (size_t i = 0; i < r->db->n_members && st == ST_OK; i++)
        st = store_all_words(r->db->members[i].store, &s->key, look_at_word, s, &r->db->error);
    if (st == ST_OK)
        st = offer_candidates(s, number);
    for (size_t i = 0; i < s->n_candidates; i++)
        free(s->candidates[i].text);
    buf_release(&s->sounds);
    free(s);
    return st;
}

/* Offers what is read like a term in kana but for one kana, where it stands somewhere. */
static enum status suggest_read(struct hiku_results *r, size_t number)
{
    const struct term *term = &r->all.plan.terms[number];
    char *texts[SUGGEST_MAX_READINGS];
    size_t n;
    enum status st = suggest_by_reading(
        r, (struct span){term->spellings[0].text, term->spellings[0].len}, texts, &n);
    for (size_t i = 0; i < n; i++) {
        bool found = false;
        if (st == ST_OK && r->suggestions.n < MAX_SUGGESTIONS)
            st = stands_somewhere(r, term->fields, texts[i], false, &found);
        if (st == ST_OK && found)
            st = add_suggestion(r, number, 1, texts[i]);
        free(texts[i]);
    }
    return st;
}

/* Offers the columns that hold a term. */
static enum status suggest_in_columns(struct hiku_results *r, size_t number)
{
    char *texts[SUGGEST_MAX_COLUMNS];
    size_t n;
    enum status st = suggest_columns(r, &r->all.plan.terms[number], texts, &n);
    for (size_t i = 0; i < n; i++) {
        if (st == ST_OK && r->suggestions.n < MAX_SUGGESTIONS)
            st = add_suggestion(r, number, 1, texts[i]);
        free(texts[i]);
    }
    return st;
}

/* Whether some record holds the term. Where none has all words, not all were looked for. */
static enum status is_found(struct hiku_results *r, size_t term, bool *found)
{
    const struct evaluation *e = &r->all;
    *found = false;
    for (size_t i = 0; i < e->n_segments && !*found; i++)
        *found = e->segments[i].matches.terms != NULL && e->segments[i].matches.terms[term].n > 0;
    return *found ? ST_OK : suggest_stands(r, &e->plan.terms[term], found);
}

/* Offers each two neighbouring words as one. */
static enum status suggest_all_joined(struct hiku_results *r)
{
    enum status st = ST_OK;
    for (size_t i = 0; i < r->all.plan.n_terms && st == ST_OK && r->suggestions.n < MAX_SUGGESTIONS;
         i++) {
        struct buf text = BUF_INIT;
        bool found;
        st = suggest_joined(r, i, &text, &found);
        if (st == ST_OK && found)
            st = add_suggestion(r, i, 2, text.data);
        buf_release(&text);
    }
    return st;
}

/* Whether TERM, of a query that reads like a sentence, is one word all the same: a compound without
 * hiragana, or hiragana alone, which MeCab cuts into whatever it finds. */
static bool is_one_word(const struct spelling *typed)
{
    bool hiragana = false, other = false;
    uint32_t cp;
    for (size_t i = 0; i < typed->len;) {
        i += utf8_decode(typed->text + i, typed->len - i, &cp);
        bool plain = utf8_is_hiragana(cp) || cp == UTF8_LONG_MARK;
        if (!plain && !utf8_is_kanji(cp) && !utf8_is_katakana(cp))
            return false;
        hiragana = hiragana || utf8_is_hiragana(cp);
        other = other || !plain;
    }
    return !(hiragana && other);
}

static bool may_be_misspelt(const struct plan *plan, size_t number)
{
    const struct term *term = &plan->terms[number];
    size_t n_chars = utf8_count(term->spellings[0].text, term->spellings[0].len);
    return !term->negative && n_chars > 1 && n_chars <= MAX_TERM_CHARS &&
           (!plan->is_sentence || is_one_word(&term->spellings[0]));
}

static enum status suggest(struct hiku_results *r)
{
    const struct plan *plan = &r->all.plan;
    size_t n_missing = 0;
    enum status st = ST_OK;
    if (r->n_total > 0 || r->all.n_segments == 0)
        return ST_OK;
    if (!plan->is_sentence)
        st = suggest_all_joined(r);
    for (size_t i = 0; i < plan->n_terms && n_missing < MAX_MISSING_TERMS &&
                       r->suggestions.n < MAX_SUGGESTIONS && st == ST_OK;
         i++) {
        bool found = !may_be_misspelt(plan, i);
        if (!found)
            st = is_found(r, i, &found);
        if (st != ST_OK || found)
            continue;
        if (n_missing++ < MAX_COLUMN_TERMS)
            st = suggest_in_columns(r, i);
        if (st == ST_OK)
            st = suggest_read(r, i);
        if (st == ST_OK)
            st = suggest_for_term(r, i);
    }
    return st;
}

enum status suggest_once(struct hiku_results *r, bool *done,
                         enum status (*look)(struct hiku_results *r))
{
    enum status st = ST_OK;
    r->db->error.message[0] = '\0';
    if (!*done) {
        session_start_clock(r->db, &r->left_ns);
        st = look(r);
        if (st == ST_INTERRUPTED && r->db->error.message[0] == '\0')
            session_check(r->db);
        session_stop_clock(r->db, &r->left_ns);
    }
    *done = st == ST_OK;
    return st;
}

int hiku_results_suggestions(hiku_results *r, const char *const **texts, size_t *n)
{
    enum status st = suggest_once(r, &r->has_suggestions, suggest);
    if (st != ST_OK)
        text_list_release(&r->suggestions);
    *texts = r->suggestions.items;
    *n = r->suggestions.n;
    return st == ST_OK ? HIKU_OK : session_fail(r->db, st);
}
