/* Cutting text into tokens. Needs mecab-ipadic-utf8 and the built user dictionary. */
#include "base/utf8.h"
#include "dict/analyzer.h"
#include "tests/unit/suites.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct analyzer *analyzer;
static struct tokenizer *tokenizer;
static struct tokens tokens;

static struct analyzer *open_analyzer(void)
{
    const char *build = getenv("BUILD");
    struct analyzer *a = NULL;
    struct error error = {0};
    struct buf userdic = BUF_INIT;
    buf_addf(&userdic, "%s/hiku.dic", build != NULL ? build : "build");
    ck_assert_msg(analyzer_open(&a, NULL, userdic.data, &error) == ST_OK, "%s", error.message);
    buf_release(&userdic);
    return a;
}

static void set_up(void)
{
    analyzer = open_analyzer();
    ck_assert_int_eq(tokenizer_new(&tokenizer, analyzer), ST_OK);
    tokens = (struct tokens){0};
}

static void tear_down(void)
{
    tokens_release(&tokens);
    tokenizer_free(tokenizer);
    analyzer_close(analyzer);
}

static size_t skip_blanks(const char *text, size_t n_bytes, size_t at)
{
    while (at < n_bytes && text[at] == ' ')
        at++;
    return at;
}

/* Tokens cover all but blanks, in order, at characters; positions count those that are words.
 * (One ck_assert for a million tokens: each tells the parent process.) */
static void check_cover(const char *text, size_t n_bytes, const struct tokens *t)
{
    size_t at = 0, i = 0;
    uint32_t position = 0;
    bool ok = true;
    for (; i < t->n && ok; i++) {
        const struct token *token = &t->items[i];
        ok = token->start == skip_blanks(text, n_bytes, at) && token->end > token->start &&
             token->end <= n_bytes && token->position == position;
        position += !(token->flags & TOKEN_SYMBOL);
        at = token->end;
        ok = ok && (at == n_bytes || ((unsigned char)text[at] & 0xC0) != 0x80);
    }
    ck_assert_msg(ok, "token %zu", i);
    ck_assert_uint_eq(skip_blanks(text, n_bytes, at), n_bytes);
}

static void cut(const char *text, size_t n_bytes)
{
    ck_assert_int_eq(tokenizer_cut(tokenizer, text, n_bytes, &tokens), ST_OK);
    check_cover(text, n_bytes, &tokens);
}

static void add_joined(struct buf *out, const char *text, const struct tokens *t)
{
    buf_clear(out);
    for (size_t i = 0; i < t->n; i++) {
        if (i > 0)
            buf_addc(out, '|');
        buf_append(out, text + t->items[i].start, t->items[i].end - t->items[i].start);
    }
}

START_TEST(words)
{
    static const char *const examples[][2] = {
        {"", ""},
        {" ", ""},
        {"    ", ""},
        {"夜間", "夜間"},
        {"夜間と休日の相談。", "夜間|と|休日|の|相談|。"},
        {"副市長", "副|市長"},
        {"京都 東京", "京都|東京"},
        {"(株)", "(|株|)"},
        {" a  b ", "a|b"},
    };
    struct buf joined = BUF_INIT;
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        cut(examples[i][0], strlen(examples[i][0]));
        add_joined(&joined, examples[i][0], &tokens);
        ck_assert_str_eq(joined.data, examples[i][1]);
    }
    buf_release(&joined);
}
END_TEST

/* What a word's inflections share, and what names something. */
START_TEST(stems_and_names)
{
    static const struct {
        const char *text; /* its first token is looked at */
        const char *stem;
        bool inflects, is_name;
    } examples[] = {
        {"取り組んだ", "取り組", true, false},
        {"防ぐ", "防", true, false},
        {"増える", "増え", true, false},
        {"増えた", "増え", true, false},
        {"長かった", "長", true, false},
        {"つくった", "つくっ", true, false},
        {"相談する", "相談", false, false},
        {"札幌で", "札幌", false, true},
        {"囎", "囎", false, true},
    };
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        cut(examples[i].text, strlen(examples[i].text));
        const struct token *t = &tokens.items[0];
        struct span surface = {examples[i].text, t->end};
        ck_assert_msg(span_is(token_stem(analyzer, t, surface), examples[i].stem), "%s",
                      examples[i].text);
        ck_assert_int_eq(token_inflects(t), examples[i].inflects);
        ck_assert_int_eq(token_is_name(t), examples[i].is_name);
    }
}
END_TEST

/* TEXT as cut, with a bar where words meet. */
static void write_words(const char *text, char out[64])
{
    cut(text, strlen(text));
    for (size_t i = 0; i < tokens.n; i++) {
        const struct token *t = &tokens.items[i];
        if (i > 0 && !(t->flags & TOKEN_GOES_ON))
            *out++ = '|';
        memcpy(out, text + t->start, t->end - t->start);
        out += t->end - t->start;
    }
    *out = '\0';
}

START_TEST(numbers_are_words)
{
    static const char *const examples[] = {
        "百三十|人",       "1万2千|円", "第|1|四半期",       "一二〇〇",    "数百|人",
        "十数|人",         "何|人",     "一|人|一|人",       "三重|県",     "十一月|三|日",
        "1,234,567.8|円",  "1|,|2|,|3", "2019|,|100|,|2019", "1.5|km",      "1|.|2|.|3",
        "2019|.|7|.|8",    "h|30|.|4",  "10|:|30",           "三|、|四|人", "第三者",
        "10|,|2000|,|1000"};
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        char text[64], found[64];
        size_t n = 0;
        for (const char *c = examples[i]; *c != '\0'; c++) {
            if (*c != '|')
                text[n++] = *c;
        }
        text[n] = '\0';
        write_words(text, found);
        ck_assert_str_eq(found, examples[i]);
    }
}
END_TEST

START_TEST(numbers_joined)
{
    static const char text[] = "約1,000円で百三十人";
    static const char *const wanted[] = {"約", "1,000", "円", "で", "百三十", "人"};
    cut(text, strlen(text));
    tokens_join_numbers(&tokens);
    ck_assert_uint_eq(tokens.n, sizeof wanted / sizeof *wanted);
    for (size_t i = 0; i < tokens.n; i++) {
        const struct token *t = &tokens.items[i];
        ck_assert_mem_eq(text + t->start, wanted[i], t->end - t->start);
    }
}
END_TEST

/* A long sentence is cut at commas, but not within a number. */
START_TEST(commas_in_numbers)
{
    struct buf text = BUF_INIT;
    while (text.len < 600)
        buf_adds(&text, "事業の");
    buf_adds(&text, "費用1,234円");
    cut(text.data, text.len);
    ck_assert_uint_ge(tokens.n, 4);
    ck_assert(tokens.items[tokens.n - 2].flags & TOKEN_GOES_ON);
    ck_assert(tokens.items[tokens.n - 3].flags & TOKEN_GOES_ON);
    buf_release(&text);
}
END_TEST

START_TEST(parts_of_a_feature)
{
    static const char text[] = "「走った」のだ囎";
    cut(text, strlen(text));
    ck_assert_uint_ge(tokens.n, 6);
    ck_assert(tokens.items[0].flags & TOKEN_SYMBOL);
    const struct token *run = &tokens.items[1];
    ck_assert_uint_eq(run->flags, 0);
    ck_assert_uint_eq(run->position, 0);
    ck_assert(span_is(token_base(analyzer, run), "走る"));
    ck_assert(span_is(token_reading(analyzer, run), "ハシッ"));
    ck_assert(span_is(token_pos(analyzer, run), "動詞,自立"));
    ck_assert_uint_eq(tokens.items[2].flags, TOKEN_FUNCTION);
    ck_assert(tokens.items[3].flags & TOKEN_SYMBOL);
    const struct token *last = &tokens.items[tokens.n - 1];
    ck_assert(last->flags & TOKEN_UNKNOWN);
    ck_assert_uint_eq(token_reading(analyzer, last).len, 0);
}
END_TEST

/* No token is longer than a piece, and far text does not change how near text is cut. */
START_TEST(pieces)
{
    static const char sentence[] = "児童相談所の休日・夜間の体制を整備した。";
    struct buf text = BUF_INIT, joined = BUF_INIT, first = BUF_INIT;
    cut(sentence, strlen(sentence));
    add_joined(&first, sentence, &tokens);
    size_t n_one = tokens.n;
    while (text.len < 100000)
        buf_adds(&text, sentence);
    cut(text.data, text.len);
    ck_assert_uint_eq(tokens.n, n_one * (text.len / strlen(sentence)));
    add_joined(&joined, text.data, &tokens);
    ck_assert(strncmp(joined.data, first.data, first.len) == 0);
    ck_assert_str_eq(joined.data + joined.len - first.len, first.data);
    buf_release(&text);
    buf_release(&joined);
    buf_release(&first);
}
END_TEST

START_TEST(pieces_without_any_mark)
{
    enum { PIECE = 8192 };
    struct buf text = BUF_INIT;
    for (size_t n = PIECE - 6; n <= PIECE + 6; n++) {
        buf_clear(&text);
        for (size_t i = 0; i < n % 3; i++)
            buf_addc(&text, 'x');
        while (text.len + 3 <= n)
            buf_adds(&text, "児");
        cut(text.data, text.len);
        cut(text.data, text.len);
    }
    while (text.len < 5 * PIECE)
        buf_adds(&text, "𠮷");
    cut(text.data, text.len);
    uint32_t longest = 0;
    for (size_t i = 0; i < tokens.n; i++) {
        uint32_t n = tokens.items[i].end - tokens.items[i].start;
        longest = n > longest ? n : longest;
    }
    ck_assert_uint_le(longest, PIECE);
    buf_release(&text);
}
END_TEST

START_TEST(one_character_a_million_times)
{
    static const char *const units[] = {"a", "1", "ー", "児", "の", "。", "(", "🏠", "\uFFFD", " "};
    struct buf text = BUF_INIT;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        /* MeCab weighs every way to cut a run of letters: seconds a mebibyte. */
        size_t n_bytes = i < 3 ? 1 << 16 : 1 << 20;
        buf_clear(&text);
        while (text.len < n_bytes)
            buf_adds(&text, units[i]);
        cut(text.data, text.len);
        ck_assert((tokens.n == 0) == (units[i][0] == ' '));
    }
    buf_release(&text);
}
END_TEST

static void cut_any(const char *text, size_t n_bytes)
{
    struct normalized norm = NORMALIZED_INIT;
    ck_assert_int_eq(normalize(&norm, text, n_bytes), ST_OK);
    cut(norm.text.data, norm.text.len);
    normalized_release(&norm);
}

START_TEST(nul_and_damaged_utf8)
{
    struct buf joined = BUF_INIT;
    cut_any("夜間\0休日", 13);
    add_joined(&joined, "夜間 休日", &tokens);
    ck_assert_str_eq(joined.data, "夜間|休日");
    cut_any("\0\0\0", 3);
    ck_assert_uint_eq(tokens.n, 0);
    cut_any("\xFF\xFE夜\xE9\x96", 7);
    ck_assert_uint_ge(tokens.n, 2);
    uint64_t state = 3;
    char bytes[64];
    for (int i = 0; i < 5000; i++) {
        for (size_t k = 0; k < sizeof bytes; k++) {
            state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            bytes[k] = (char)(state >> 56);
        }
        cut_any(bytes, sizeof bytes);
    }
    buf_release(&joined);
}
END_TEST

enum { N_TEXTS = 200 };

struct job {
    const char *const *texts;
    struct buf results[N_TEXTS];
    enum status status;
};

static void *cut_all(void *argument)
{
    struct job *job = argument;
    struct tokenizer *t = NULL;
    struct tokens found = {0};
    job->status = tokenizer_new(&t, analyzer);
    for (size_t i = 0; i < N_TEXTS && job->status == ST_OK; i++) {
        const char *text = job->texts[i % 4];
        job->status = tokenizer_cut(t, text, strlen(text), &found);
        add_joined(&job->results[i], text, &found);
    }
    tokens_release(&found);
    tokenizer_free(t);
    return NULL;
}

START_TEST(threads_share_one_analyzer)
{
    enum { N_THREADS = 4 };
    static const char *const texts[] = {"児童相談所の休日・夜間の体制を整備した。",
                                        "すもももももももものうち", "東京都庁の隣の京都府庁",
                                        "abc 123 (株)札幌"};
    pthread_t threads[N_THREADS];
    struct job *jobs = calloc(N_THREADS, sizeof *jobs);
    ck_assert_ptr_nonnull(jobs);
    for (size_t i = 0; i < N_THREADS; i++) {
        jobs[i].texts = texts;
        for (size_t k = 0; k < N_TEXTS; k++)
            buf_init(&jobs[i].results[k]);
        ck_assert_int_eq(pthread_create(&threads[i], NULL, cut_all, &jobs[i]), 0);
    }
    struct buf wanted = BUF_INIT;
    for (size_t i = 0; i < N_THREADS; i++) {
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
        ck_assert_int_eq(jobs[i].status, ST_OK);
        for (size_t k = 0; k < N_TEXTS; k++) {
            cut(texts[k % 4], strlen(texts[k % 4]));
            add_joined(&wanted, texts[k % 4], &tokens);
            ck_assert_str_eq(jobs[i].results[k].data, wanted.data);
            buf_release(&jobs[i].results[k]);
        }
    }
    buf_release(&wanted);
    free(jobs);
}
END_TEST

START_TEST(fingerprints)
{
    struct analyzer *again = open_analyzer(), *bare = NULL;
    struct error error = {0};
    ck_assert_str_eq(analyzer_fingerprint(again), analyzer_fingerprint(analyzer));
    ck_assert_int_eq(analyzer_open(&bare, NULL, "", &error), ST_OK);
    ck_assert_str_ne(analyzer_fingerprint(bare), analyzer_fingerprint(analyzer));
    ck_assert_str_eq(analyzer_dicdir(bare), analyzer_dicdir(analyzer));
    analyzer_close(bare);
    analyzer_close(again);
    analyzer_close(NULL);
    tokenizer_free(NULL);
}
END_TEST

/* MeCab leaks what it had when it fails to open a dictionary. */
#if defined(__SANITIZE_ADDRESS__)
#define MECAB_LEAKS 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define MECAB_LEAKS 1
#endif
#endif
#ifndef MECAB_LEAKS
#define MECAB_LEAKS 0
#endif

START_TEST(missing_dictionaries)
{
    struct analyzer *a = analyzer;
    struct error error = {0};
    ck_assert_int_eq(analyzer_open(&a, "/nonexistent", "", &error), ST_DICTIONARY);
    ck_assert_ptr_null(a);
    ck_assert_ptr_nonnull(strstr(error.message, "'/nonexistent'"));
    if (MECAB_LEAKS)
        return;
    error.message[0] = '\0';
    ck_assert_int_eq(analyzer_open(&a, "/tmp", "", &error), ST_DICTIONARY);
    ck_assert_ptr_nonnull(strstr(error.message, "'/tmp'"));
    error.message[0] = '\0';
    ck_assert_int_eq(analyzer_open(&a, NULL, "/nonexistent.dic", &error), ST_DICTIONARY);
    ck_assert_ptr_nonnull(strstr(error.message, "'/nonexistent.dic'"));
}
END_TEST

/* With HIKU_TEST_BIG alone: takes half a minute and 3 GB. */
START_TEST(sixty_four_mebibytes)
{
    static const char sentence[] = "児童相談所の休日・夜間の体制を整備し、職員の勤務を見直した。";
    struct buf text = BUF_INIT;
    if (getenv("HIKU_TEST_BIG") == NULL)
        return;
    while (text.len < 64U << 20)
        buf_adds(&text, sentence);
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    cut_any(text.data, text.len);
    clock_gettime(CLOCK_MONOTONIC, &end);
    ck_assert_uint_gt(tokens.n, 10000000);
    printf("64 MiB in %.1f s\n",
           (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) / 1e9);
    buf_release(&text);
}
END_TEST

Suite *suite_analyzer(void)
{
    Suite *suite = suite_create("analyzer");
    TCase *tests = tcase_create("analyzer");
    tcase_set_timeout(tests, 300);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, words);
    tcase_add_test(tests, parts_of_a_feature);
    tcase_add_test(tests, stems_and_names);
    tcase_add_test(tests, numbers_are_words);
    tcase_add_test(tests, numbers_joined);
    tcase_add_test(tests, commas_in_numbers);
    tcase_add_test(tests, pieces);
    tcase_add_test(tests, pieces_without_any_mark);
    tcase_add_test(tests, one_character_a_million_times);
    tcase_add_test(tests, nul_and_damaged_utf8);
    tcase_add_test(tests, threads_share_one_analyzer);
    tcase_add_test(tests, fingerprints);
    tcase_add_test(tests, missing_dictionaries);
    tcase_add_test(tests, sixty_four_mebibytes);
    suite_add_tcase(suite, tests);
    suite_add_tcase(suite, bulk_tests());
    suite_add_tcase(suite, lattice_tests());
    suite_add_tcase(suite, lattice_copy_tests());
    suite_add_tcase(suite, lattice_file_tests());
    return suite;
}
