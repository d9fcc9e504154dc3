/* Cutting many texts: sentences that come again, words looked into once. Needs mecab-ipadic-utf8.
 */
#include "dict/recent_cuts.h"
#include "dict/sentence_cache.h"
#include "dict/word_table.h"
#include "indexer/segments/vocabulary.h"
#include "tests/unit/suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char text[] = "児童相談所の休日";
static const struct sentence_token wanted[] = {
    {"a", 6, false}, {"b", 6, true}, {"c", 3, false}, {"d", 3, false}, {"e", 6, false}};
enum { N_WANTED = sizeof wanted / sizeof *wanted };

static bool asked_before; /* what the last call of finds was told */

static bool finds(struct sentence_cache *cache, const char *sentence, size_t n_bytes)
{
    struct sentence_token found[SENTENCE_MAX_BYTES];
    uint64_t key = sentence_cache_key(cache, sentence, n_bytes);
    size_t n = sentence_cache_find(cache, key, sentence, n_bytes, found, &asked_before);
    if (n == 0)
        return false;
    ck_assert_uint_eq(n, N_WANTED);
    for (size_t i = 0; i < n; i++) {
        ck_assert_ptr_eq(found[i].feature, wanted[i].feature);
        ck_assert_uint_eq(found[i].n_bytes, wanted[i].n_bytes);
        ck_assert(found[i].unknown == wanted[i].unknown);
    }
    return true;
}

static void add(struct sentence_cache *cache, const char *sentence, size_t n_bytes)
{
    uint64_t key = sentence_cache_key(cache, sentence, n_bytes);
    sentence_cache_add(cache, key, sentence, n_bytes, wanted, N_WANTED);
}

START_TEST(kept_when_it_comes_again)
{
    struct sentence_cache *cache = sentence_cache_new(1 << 20);
    size_t n = strlen(text);
    ck_assert_ptr_nonnull(cache);
    ck_assert(!finds(cache, text, n) && !asked_before);
    ck_assert(!finds(cache, text, n) && asked_before);
    add(cache, text, n);
    add(cache, text, n);
    ck_assert(finds(cache, text, n) && !asked_before);
    ck_assert(!finds(cache, text, n - 3) && !asked_before);
    sentence_cache_free(cache);
    sentence_cache_free(NULL);
}
END_TEST

/* A full cache forgets the oldest; what it still has is right, also the longest sentences. */
START_TEST(full)
{
    enum { N_SENTENCES = 5000 };
    struct sentence_cache *cache = sentence_cache_new(1);
    char sentence[SENTENCE_MAX_BYTES + 1];
    size_t n_kept = 0;
    for (int i = 0; i < N_SENTENCES; i++) {
        size_t n = i % 7 == 0 ? SENTENCE_MAX_BYTES : 24;
        memset(sentence, 'x', sizeof sentence);
        memcpy(sentence + snprintf(sentence, sizeof sentence, "%d", i), "x", 1);
        add(cache, sentence, n);
        ck_assert(finds(cache, sentence, n));
    }
    for (int i = 0; i < N_SENTENCES; i++) {
        size_t n = i % 7 == 0 ? SENTENCE_MAX_BYTES : 24;
        memset(sentence, 'x', sizeof sentence);
        memcpy(sentence + snprintf(sentence, sizeof sentence, "%d", i), "x", 1);
        n_kept += finds(cache, sentence, n);
    }
    ck_assert_uint_gt(n_kept, 0);
    ck_assert_uint_lt(n_kept, N_SENTENCES);
    sentence_cache_free(cache);
}
END_TEST

static struct analyzer *open_analyzer(void)
{
    struct analyzer *a = NULL;
    struct error error = {0};
    ck_assert_msg(analyzer_open(&a, NULL, "", &error) == ST_OK, "%s", error.message);
    return a;
}

static const char *const texts[] = {
    "児童相談所の休日・夜間の体制を整備した。区の職員が相談を受けた。",
    "区の職員が相談を受けた。",
    "  東京都庁の隣の京都府庁  abc 123 (株)札幌",
    "すもももももももものうち\xEF\xBF\xBD。。。",
    "",
    "囎",
};
enum { N_TEXTS = sizeof texts / sizeof *texts };

static void check_same(const struct tokens *a, const struct tokens *b)
{
    ck_assert_uint_eq(a->n, b->n);
    for (size_t i = 0; i < a->n; i++) {
        ck_assert_uint_eq(a->items[i].start, b->items[i].start);
        ck_assert_uint_eq(a->items[i].end, b->items[i].end);
        ck_assert_uint_eq(a->items[i].position, b->items[i].position);
        ck_assert_uint_eq(a->items[i].flags, b->items[i].flags);
        ck_assert_ptr_eq(a->items[i].feature, b->items[i].feature);
    }
}

START_TEST(cut_the_same)
{
    struct analyzer *a = open_analyzer();
    struct sentence_cache *cache = sentence_cache_new(1 << 20);
    struct tokenizer *plain, *bulk, *recent;
    struct tokens tokens = {0}, again = {0};
    ck_assert_int_eq(tokenizer_new(&plain, a), ST_OK);
    ck_assert_int_eq(tokenizer_new_recent(&recent, a), ST_OK);
    ck_assert_int_eq(tokenizer_new_bulk(&bulk, a, NULL, cache), ST_OK);
    ck_assert_ptr_null(tokenizer_words(plain));
    for (int round = 0; round < 4; round++) {
        for (size_t i = 0; i < N_TEXTS; i++) {
            ck_assert_int_eq(tokenizer_cut(plain, texts[i], strlen(texts[i]), &tokens), ST_OK);
            ck_assert_int_eq(tokenizer_cut(bulk, texts[i], strlen(texts[i]), &again), ST_OK);
            check_same(&tokens, &again);
            ck_assert_int_eq(tokenizer_cut(recent, texts[i], strlen(texts[i]), &again), ST_OK);
            check_same(&tokens, &again);
        }
    }
    static struct sentence_token found[SENTENCE_MAX_BYTES];
    uint64_t key = sentence_cache_key(cache, texts[1], strlen(texts[1]));
    ck_assert_uint_gt(
        sentence_cache_find(cache, key, texts[1], strlen(texts[1]), found, &asked_before), 0);
    tokens_release(&tokens);
    tokens_release(&again);
    tokenizer_free(plain);
    tokenizer_free(bulk);
    tokenizer_free(recent);
    sentence_cache_free(cache);
    analyzer_close(a);
}
END_TEST

START_TEST(recent_ones)
{
    struct recent_cuts *cuts = recent_cuts_new();
    struct token items[] = {{.start = 0, .end = 3, .flags = TOKEN_UNKNOWN, .feature = texts[0]},
                            {.start = 3, .end = 6, .position = 1, .feature = texts[1]}};
    struct tokens two = {items, 2, 2}, none = {0}, found = {0};
    char longest[400] = "text ", other[32];
    size_t n_kept = 0;
    ck_assert_ptr_nonnull(cuts);
    ck_assert(!recent_cuts_find(cuts, longest, 9, &found));
    for (int i = 0; i < 1000; i++) { /* of which some have been forgotten in the end */
        snprintf(other, sizeof other, "text %04d", i);
        recent_cuts_add(cuts, other, 9, &two);
        ck_assert(recent_cuts_find(cuts, other, 9, &found));
        check_same(&two, &found);
    }
    for (int i = 0; i < 1000; i++) {
        snprintf(other, sizeof other, "text %04d", i);
        n_kept += recent_cuts_find(cuts, other, 9, &found);
    }
    ck_assert_uint_gt(n_kept, 50);
    ck_assert_uint_le(n_kept, 128);
    ck_assert(!recent_cuts_find(cuts, other, 8, &found));
    recent_cuts_add(cuts, other, 9, &none);
    ck_assert(recent_cuts_find(cuts, other, 9, &found));
    ck_assert_uint_eq(found.n, 0);
    recent_cuts_add(cuts, longest, sizeof longest, &two); /* too long */
    ck_assert(!recent_cuts_find(cuts, longest, sizeof longest, &found));
    tokens_release(&found);
    recent_cuts_free(cuts);
    recent_cuts_free(NULL);
}
END_TEST

static enum status count_word(void *context, const struct word *word)
{
    (void)word;
    ++*(size_t *)context;
    return ST_OK;
}

START_TEST(words)
{
    static const char both[] = "走った走った相談12";
    struct analyzer *a = open_analyzer();
    struct tokenizer *t;
    struct tokens tokens = {0};
    size_t n = 0;
    ck_assert_int_eq(tokenizer_new_bulk(&t, a, NULL, NULL), ST_OK);
    ck_assert_int_eq(tokenizer_cut(t, both, strlen(both), &tokens), ST_OK);
    ck_assert_uint_eq(tokens.n, 6); /* 走っ|た|走っ|た|相談|12 */
    const struct word *run = tokens.items[0].word, *talk = tokens.items[4].word;
    ck_assert_ptr_eq(run, tokens.items[2].word);
    ck_assert(span_is(run->surface, "走っ"));
    ck_assert(span_is(run->base, "走る"));
    ck_assert(span_is(run->reading, "ハシッ"));
    ck_assert_uint_eq(tokens.items[1].word->flags, TOKEN_FUNCTION);
    ck_assert_uint_eq(talk->base.len, 0);
    ck_assert_ptr_null(tokens.items[5].word);
    ck_assert_int_eq(word_table_each(tokenizer_words(t), count_word, &n), ST_OK);
    ck_assert_uint_eq(n, 3);
    tokens_release(&tokens);
    tokenizer_free(t);
    analyzer_close(a);
}
END_TEST

/* Words stay where they are however many there are. */
START_TEST(many_words)
{
    enum { N_WORDS = 20000 };
    struct analyzer *a = open_analyzer();
    struct word_table *table = word_table_new(a);
    static struct word *found[N_WORDS];
    static const char feature[] = "名詞,一般,*,*,*,*,*";
    char name[16];
    for (int i = 0; i < N_WORDS; i++) {
        struct span surface = {name, (size_t)snprintf(name, sizeof name, "w%d", i)};
        uint64_t hash = word_table_hash(feature, surface, TOKEN_UNKNOWN);
        found[i] = word_table_find(table, hash, feature, surface, TOKEN_UNKNOWN);
        ck_assert_ptr_nonnull(found[i]);
    }
    for (int i = 0; i < N_WORDS; i++) {
        struct span surface = {name, (size_t)snprintf(name, sizeof name, "w%d", i)};
        uint64_t hash = word_table_hash(feature, surface, TOKEN_UNKNOWN);
        ck_assert_ptr_eq(word_table_find(table, hash, feature, surface, TOKEN_UNKNOWN), found[i]);
        ck_assert(span_is(found[i]->surface, name));
    }
    word_table_free(table);
    word_table_free(NULL);
    analyzer_close(a);
}
END_TEST

/* Blanks, marks and vanishing characters where parts may meet; damaged bytes. */
static const char *const hard[] = {
    "か\xE3\x82\x99  \t\n が\xE3\x82\x99 ゛゛ ´ x\xCC\x81\xCC\xA3y\xEF\xB8\x80 \xEF\xB8\x80 z",
    "\xFF\xFE 。\xE3\x82\x99㍿㍿ ﾊﾞﾊﾟ\xE3\x81　　株式会社。　次の文。\n\n「三つ目」！？",
    ("児童相談所の休日・夜間の体制を整備した。区の職員が相談を受けた。"
     "すもももももももものうち、東京都庁の隣の京都府庁"),
    "費用は1,234,567.8円、百三十人 2019.7.8。第1,2,3号",
};
enum { N_HARD = sizeof hard / sizeof *hard };

START_TEST(normalized_in_parts)
{
    struct normalized whole = NORMALIZED_INIT, parts = NORMALIZED_INIT;
    struct buf joined = BUF_INIT;
    for (size_t i = 0; i < N_HARD; i++) {
        size_t n = strlen(hard[i]);
        ck_assert_int_eq(normalize(&whole, hard[i], n), ST_OK);
        for (size_t n_part = 1; n_part < 12; n_part++) {
            struct normalizing in = {.text = hard[i], .n_bytes = n};
            parts.after_blank = false;
            buf_clear(&joined);
            while (in.at < n) {
                ck_assert_int_eq(normalize_next(&parts, &in, n_part), ST_OK);
                buf_append(&joined, parts.text.data, parts.text.len);
                normalized_drop(&parts, parts.text.len);
            }
            ck_assert_str_eq(joined.data, whole.text.data);
        }
    }
    normalized_release(&whole);
    normalized_release(&parts);
    buf_release(&joined);
}
END_TEST

/* The ends and flags of the tokens of TEXT, cut in parts of N_PART bytes and some more. */
static void cut_in_parts(struct tokenizer *t, const char *cut, size_t n, size_t n_part,
                         struct buf *ends)
{
    struct tokens tokens = {0};
    size_t done = 0, end = 0;
    buf_clear(ends);
    while (done < n) {
        size_t n_done = n - done;
        end = end + n_part < n ? end + n_part : n;
        while (end < n && ((unsigned char)cut[end] & 0xC0) == 0x80)
            end++;
        if (end == n)
            ck_assert_int_eq(tokenizer_cut(t, cut + done, n - done, &tokens), ST_OK);
        else
            ck_assert_int_eq(tokenizer_cut_part(t, cut + done, end - done, &tokens, &n_done),
                             ST_OK);
        for (size_t i = 0; i < tokens.n; i++)
            buf_addf(ends, "%zu:%u ", done + tokens.items[i].end, tokens.items[i].flags);
        done += n_done;
    }
    tokens_release(&tokens);
}

START_TEST(cut_in_parts_the_same)
{
    struct analyzer *a = open_analyzer();
    struct tokenizer *t;
    struct buf whole = BUF_INIT, parts = BUF_INIT;
    struct normalized norm = NORMALIZED_INIT;
    ck_assert_int_eq(tokenizer_new(&t, a), ST_OK);
    for (size_t i = 0; i < N_HARD; i++) {
        ck_assert_int_eq(normalize(&norm, hard[i], strlen(hard[i])), ST_OK);
        cut_in_parts(t, norm.text.data, norm.text.len, norm.text.len, &whole);
        for (size_t n_part = 1; n_part < 90; n_part += 4) {
            cut_in_parts(t, norm.text.data, norm.text.len, n_part, &parts);
            ck_assert_str_eq(parts.data, whole.data);
        }
    }
    buf_release(&whole);
    buf_release(&parts);
    normalized_release(&norm);
    tokenizer_free(t);
    analyzer_close(a);
}
END_TEST

/* What one thread could not add is not there for the next. */
START_TEST(vocabulary_without_memory)
{
    struct vocabulary v = {.strings = BUF_INIT};
    struct span word = {"児童", 6}, reading = {"ジドウ", 9};
    ck_assert_int_eq(vocabulary_add(&v, (struct span){"窓", 3}, reading, 1), ST_OK);
    v.strings.failed = true;
    ck_assert_int_eq(vocabulary_add(&v, word, reading, 1), ST_NOMEM);
    ck_assert_int_eq(vocabulary_add(&v, word, reading, 1), ST_NOMEM);
    ck_assert_uint_eq(v.n, 1);
    vocabulary_release(&v);
}
END_TEST

TCase *bulk_tests(void)
{
    TCase *tests = tcase_create("sentences and words");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, kept_when_it_comes_again);
    tcase_add_test(tests, full);
    tcase_add_test(tests, cut_the_same);
    tcase_add_test(tests, recent_ones);
    tcase_add_test(tests, words);
    tcase_add_test(tests, many_words);
    tcase_add_test(tests, normalized_in_parts);
    tcase_add_test(tests, cut_in_parts_the_same);
    tcase_add_test(tests, vocabulary_without_memory);
    return tests;
}
