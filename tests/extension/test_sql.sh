#!/usr/bin/env bash
# The loadable extension in the sqlite3 shell: functions, tables, FTS5, errors, the manual's
# examples, on an index of corpus/.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
so=$BUILD/hiku.so db=$tmp/corpus.db page=$ROOT/search/sql/hiku-extension.7
(cd "$ROOT" && "$HIKU" index --db "$db" corpus >"$tmp/log" 2>&1) || cat "$tmp/log"
before=$(md5sum <"$db")

# An extension built with the address sanitizer needs its library in the host before all others.
preload=$(ldd "$so" | awk '$1 ~ /^libasan/ { print $3 }')
# That guesses where glibc keeps the thread-local variables of what was loaded later, and may crash in its search for leaks.
export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}intercept_tls_get_addr=0

# run_sql DB SQL: what the shell prints, of errors the message alone.
run_sql() {
    LD_PRELOAD=$preload sqlite3 -batch "$1" -cmd ".load $so" "$2" 2>&1 |
        sed 's/^.*Error: //; s/^stepping, //; s/^in prepare, //; s/ ([0-9]*)$//'
}

# same NAME EXPECTED ACTUAL
same() {
    is "$3" "$2" "$1"
}

# answers NAME EXPECTED SQL: the SQL's answer from the index.
answers() {
    is "$(run_sql "$db" "$3")" "$2" "$1"
}

answers 'version' "$(cat "$ROOT/VERSION")" "SELECT hiku_version()"
answers 'check: the index fits' ok "SELECT hiku_check()"

# --- plain functions -----------------------------------------------------------------------------
answers 'normalize' 'abc 副市長' "SELECT hiku_normalize('ＡＢＣ　副市长')"
answers 'normalize: empty' '[]' "SELECT '[' || hiku_normalize('') || ']'"
answers 'normalize: damaged UTF-8' 'EFBFBD61' "SELECT hex(hiku_normalize(x'FF61'))"
answers 'date: a month' '2019-07-01|2019-07-31' \
    "SELECT hiku_date('令和元年7月'), hiku_date('令和元年7月', 'end')"
answers 'date: start' '2019-06-05' "SELECT hiku_date('R1.6.5', 'start')"
answers 'date: none' '1|1' "SELECT hiku_date('夜間') IS NULL, hiku_date('') IS NULL"
answers 'date: unknown end' "hiku_date gives 'start' or 'end' of a period" \
    "SELECT hiku_date('R1', 'middle')"
answers 'NULL in, NULL out' '1|1|1|1|1|1|1' \
    "SELECT hiku_normalize(NULL) IS NULL, hiku_date(NULL) IS NULL, hiku_query(NULL) IS NULL,
     hiku_highlight(NULL, 'a') IS NULL, hiku_highlight('a', NULL) IS NULL,
     hiku_snippet(NULL, 'a') IS NULL, hiku_snippet('a', 'a', NULL, NULL) IS NULL"
answers 'NULL in tables: no rows' '0|0' \
    "SELECT (SELECT count(*) FROM hiku_search(NULL)), (SELECT count(*) FROM hiku_tokens(NULL))"
answers 'deterministic: usable in an index' 'ab' \
    "CREATE TEMP TABLE t(a); CREATE INDEX temp.i ON t(hiku_normalize(a));
     INSERT INTO t VALUES('ＡＢ'); SELECT hiku_normalize(a) FROM t WHERE hiku_normalize(a) = 'ab'"

# --- hiku_tokens ---------------------------------------------------------------------------------
answers 'tokens' '0|児童|児童|ジドウ|名詞,一般|0|6
1|行っ|行く|イッ|動詞,自立|6|12
2|た|た|タ|助動詞|12|15
|。|。|。|記号,句点|15|18' "SELECT * FROM hiku_tokens('児童行った。')"
answers 'tokens: ranges are of the text as given' '0|6' \
    "SELECT start, \"end\" FROM hiku_tokens('ＡＢ')"
answers 'tokens: empty' '0' "SELECT count(*) FROM hiku_tokens('')"
answers 'tokens: joined with a table' 'a|1
b|2' "WITH t(name, text) AS (VALUES('a', '児童'), ('b', '児童相談'))
      SELECT name, count(*) FROM t, hiku_tokens(t.text) GROUP BY name"
answers 'tokens: no text' "hiku_tokens needs a text: hiku_tokens('児童相談所')" \
    "SELECT * FROM hiku_tokens"

# --- hiku_query ----------------------------------------------------------------------------------
answers 'query: words' '"夜間" * AND "休日" *' "SELECT hiku_query('夜間　休日')"
answers 'query: any' '"夜間" * OR "休日" *' "SELECT hiku_query('夜間 休日', 'any')"
answers 'query: without' '"夜間" * NOT ("休日" * OR "児童" *)' "SELECT hiku_query('夜間 -休日 -児童')"
answers 'query: fields, prefix' '{title} : "夜間" * AND {body} : "休" *' \
    "SELECT hiku_query('title:夜間 body:休*')"
answers 'query: groups come first' '("休日" * OR "夜間" *) AND "児童" *' \
    "SELECT hiku_query('児童 (休日 OR 夜間)')"
answers 'query: a NOT in an OR' '"c" * NOT ("a" * NOT "b" *)' "SELECT hiku_query('c (b OR -a)')"
answers 'query: an open quote' '"夜間" *' "SELECT hiku_query('\"夜間')"
answers 'query: quotes inside are doubled' '"a""b" *' "SELECT hiku_query('a\"b')"
answers 'query: dates are left out' '"夜間" *' "SELECT hiku_query('夜間 date:令和元年')"
answers 'query: symbols are left out' '"夜間" *' "SELECT hiku_query('夜間 ／ (')"
answers 'query: the same word twice' '"夜間" *' "SELECT hiku_query('夜間 夜間')"
answers 'query: a form of a verb' '("行っ" OR "行っ" *)|{title} : ("行っ" OR "行っ" *)' \
    "SELECT hiku_query('行っ'), hiku_query('title:行っ')"
answers 'query: a particle at the end' '"児童の"' "SELECT hiku_query('児童の')"
answers 'query: nothing to find' '""|""|""|""' \
    "SELECT hiku_query(''), hiku_query('('), hiku_query('-夜間'), hiku_query('date:R1')"
answers 'query: nothing is found, without an error' '0' \
    "SELECT count(*) FROM documents_fts(hiku_query(''))"
answers 'query: no such mode' "no such mode: 'most'; use 'all', 'any' or 'auto'" \
    "SELECT hiku_query('a', 'most')"

# --- FTS5 ----------------------------------------------------------------------------------------
answers 'match' '2
4' "SELECT rowid FROM documents_fts('夜間') ORDER BY rowid"
answers 'highlight()' '児童相談所の[休日]・[夜間]の体制を整備' \
    "SELECT highlight(documents_fts, 1, '[', ']') FROM documents_fts(hiku_query('夜間 休日'))
     WHERE rowid = 4"
answers 'snippet()' '児童相談所の休日・[夜間]…' \
    "SELECT snippet(documents_fts, 1, '[', ']', '…', 5) FROM documents_fts('夜間') WHERE rowid = 4"
answers 'columns' 'body
title' "SELECT name FROM pragma_table_info('documents_fts')"
answers 'rank MATCH' '4
2' "SELECT rowid FROM documents_fts WHERE documents_fts MATCH '夜間' AND rank MATCH 'hiku_rank()'
    ORDER BY rank"
answers 'hiku_rank is negative' '2|1' \
    "SELECT count(*), max(rank) < 0 FROM documents_fts('夜間') WHERE rank MATCH 'hiku_rank()'"
answers 'hiku_rank: weights' '1' \
    "SELECT hiku_rank(documents_fts, 1, 0) > hiku_rank(documents_fts, 1, 4)
     FROM documents_fts('夜間') WHERE rowid = 4"
answers 'hiku_rank: no weight, no score' '0.0' \
    "SELECT abs(hiku_rank(documents_fts, 0, 0)) FROM documents_fts('夜間') WHERE rowid = 4"
cp "$db" "$tmp/ranked.db"
same 'hiku_rank as the default rank' '4
2' "$(run_sql "$tmp/ranked.db" "INSERT INTO documents_fts(documents_fts, rank)
    VALUES('rank', 'hiku_rank()'); SELECT rowid FROM documents_fts('夜間') ORDER BY rank")"
same 'integrity-check' '' \
    "$(run_sql "$tmp/ranked.db" "INSERT INTO documents_fts(documents_fts) VALUES('integrity-check')")"
same 'a table of ones own' '2' "$(run_sql :memory: "CREATE VIRTUAL TABLE t USING
    fts5(text, tokenize='hiku'); INSERT INTO t VALUES('休日'), ('会議へ行った');
    SELECT rowid FROM t('行う')")$(run_sql :memory: "CREATE VIRTUAL TABLE t USING
    fts5(text, tokenize='hiku'); INSERT INTO t VALUES('休日'), ('会議へ行った');
    SELECT rowid FROM t('行く')")"

# --- hiku_search ---------------------------------------------------------------------------------
answers 'search' '1|sapporo#4|4|all|2019-07-08|児童相談所の休日・夜間の体制を整備|札幌市
2|sapporo#2|2|all|2019-06-10|「第1回札幌市児童虐待防止緊急対策本部会議」を開催 ※本部長：町田副市长|札幌市' \
    "SELECT rank, key, id, match, date, title, label FROM hiku_search('夜間')"
answers 'search: body, snippet, source, line' '1|1|1|1' \
    "SELECT body = (SELECT body FROM documents WHERE key = s.key), snippet LIKE '%夜間%',
     source = (SELECT path FROM sources), line > 1 FROM hiku_search('夜間') s LIMIT 1"
answers 'search: names alone' '1|sapporo#4|4|all
2|sapporo#2|2|all' "SELECT rank, key, id, match FROM hiku_search('夜間')"
for column in "date = '2019-07-08'" "label = '札幌市'" 'line > 1' "source = (SELECT path FROM sources)"; do
    answers "search: $column beside names" 'sapporo#4|1' "SELECT key, $column FROM hiku_search('夜間') LIMIT 1"
done
answers 'search: scores fall' '1' \
    "SELECT count(*) FROM hiku_search('夜間') a, hiku_search('夜間') b
     WHERE a.rank < b.rank AND a.score > b.score"
answers 'search: nothing' '0' "SELECT count(*) FROM hiku_search('存在しない語彙集', 'all')"
answers 'search: partial matches' 'partial' \
    "SELECT DISTINCT match FROM hiku_search('夜間 存在しないもの')"
answers 'search: all' '0' "SELECT count(*) FROM hiku_search('夜間 存在しないもの', 'all')"
answers 'search: any' '1' "SELECT count(*) > 2 FROM hiku_search('夜間 児童', 'any')"
answers 'search: LIMIT and OFFSET' 'sapporo#2' \
    "SELECT key FROM hiku_search('夜間') ORDER BY rank LIMIT 1 OFFSET 1"
answers 'search: LIMIT below another condition' '1' \
    "SELECT count(*) FROM (SELECT key FROM hiku_search('夜間') WHERE key = 'sapporo#2' LIMIT 1)"
answers 'search: LIMIT below another order' 'sapporo#2' \
    "SELECT key FROM hiku_search('夜間') ORDER BY date LIMIT 1"
plan=$(run_sql "$db" "EXPLAIN QUERY PLAN SELECT * FROM hiku_search('夜間') ORDER BY rank LIMIT 1")
[[ $plan == *'SCAN hiku_search'* && $plan != *'TEMP B-TREE'* ]]
ok $? 'search: ORDER BY rank needs no sorting'
answers 'search: joined' 'sapporo#4|4' \
    "SELECT s.key, d.id FROM hiku_search('夜間') s JOIN documents d USING(key) ORDER BY s.rank LIMIT 1"
answers 'search: many queries in one statement' '夜間|2
休日|2' "WITH q(q) AS (VALUES('夜間'), ('休日'))
        SELECT q, (SELECT count(*) FROM hiku_search(q.q)) FROM q"
same 'search: another file' '2' "$(run_sql :memory: "SELECT count(*) FROM hiku_search('夜間', 'all', '$db')")"
same 'search: no file' "no index to search: 'main' is no file; open the index, or name it: hiku_search(query, mode, 'FILE')" \
    "$(run_sql :memory: "SELECT * FROM hiku_search('夜間')")"
same 'search: a missing file' "there is no index: '/nowhere.db'; make one with: hiku index --db '/nowhere.db' SOURCE" \
    "$(run_sql :memory: "SELECT * FROM hiku_search('夜間', 'auto', '/nowhere.db')")"
sqlite3 "$tmp/other.db" 'CREATE TABLE t(a)'
same 'search: no index' "this file is no hiku index: '$tmp/other.db'; name another file, or move it away and make an index with: hiku index --db '$tmp/other.db' SOURCE" \
    "$(run_sql "$tmp/other.db" "SELECT * FROM hiku_search('夜間')")"
answers 'search: no query' "hiku_search needs a query: SELECT * FROM hiku_search('夜間')" \
    "SELECT * FROM hiku_search"
answers 'search: no such mode' "no such mode: 'x'; use 'all', 'any' or 'auto'" \
    "SELECT * FROM hiku_search('夜間', 'x')"

# each argument as the option of the command that it is
options() { # options NAME CONDITION OPTION...: the same records in the same order
    local name=$1 condition=$2 expected got
    shift 2
    expected=$("$HIKU" search --db "$db" --format tsv -n 0 "$@" | sed 1d | cut -f 1,4)
    got=$(run_sql "$db" "SELECT key || char(9) || match FROM hiku_search('${*: -1}') $condition")
    has "$expected" sapporo# "search: $name: there is something to find"
    same "search: $name" "$expected" "$got"
}
options 'exact' 'WHERE exact = 1' --exact 取組
options 'not exact' 'WHERE exact = 0' 取り組み
answers 'search: exact leaves other spellings out' '4|0|0' \
    "SELECT count(*), (SELECT count(*) FROM hiku_search('取り組み', 'all') WHERE exact = 1),
     (SELECT count(*) FROM hiku_search('取り組み', 'all') WHERE without = 'okurigana')
     FROM hiku_search('取り組み')"
options 'words' 'WHERE words = 1' --words 会議
options 'field: title' "WHERE field = 'title'" --field title 会議
options 'field: body' "WHERE field = 'body'" --field body 会議
options 'field: any' "WHERE field = 'any'" --field any 会議
options 'since' "WHERE since = '令和2年度'" --since 令和2年度 会議
options 'until' "WHERE until = '2020-06'" --until 2020-06 会議
options 'since and until' "WHERE since = '2020' AND until = 'R2'" --since 2020 --until R2 会議
options 'without' "WHERE without = 'synonyms,readings'" --without synonyms,readings 取り組み
options 'mode' "WHERE mode = 'any'" --any '夜間 会議'
options 'timeout' 'WHERE timeout = 60000' --timeout 60000 会議
answers 'search: all arguments' '2' \
    "SELECT count(*) FROM hiku_search('会議', 'all', NULL, 1, 1, 'title', '2019-07', '2019-07', 'kana', 9999)"
answers 'search: arguments that are NULL' '1' \
    "SELECT (SELECT count(*) FROM hiku_search('会議', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)) =
     (SELECT count(*) FROM hiku_search('会議'))"
answers 'search: exact is no number' "no such value for exact of hiku_search: 'yes'; use 1 or 0" \
    "SELECT * FROM hiku_search('会議') WHERE exact = 'yes'"
answers 'search: words is 2' "no such value for words of hiku_search: '2'; use 1 or 0" \
    "SELECT * FROM hiku_search('会議') WHERE words = 2"
answers 'search: timeout below 0' \
    "no such value for timeout of hiku_search: '-1'; use a whole number of milliseconds" \
    "SELECT * FROM hiku_search('会議') WHERE timeout = -1"
answers 'search: no such field' "no such field: 'date'; use 'title', 'body' or 'any'" \
    "SELECT * FROM hiku_search('会議') WHERE field = 'date'"
answers 'search: no such date' "'x' is no date for 'since'; write for example 2019-06-05, 令和元年6月 or R1.6.5" \
    "SELECT * FROM hiku_search('会議') WHERE since = 'x'"
run_sql "$db" "SELECT * FROM hiku_search('会議') WHERE without = 'x'" | grep -q "no such rule: 'x'"
ok $? 'search: no such rule'
answers 'search: arguments of each row' '会議|3
夜間|0' "WITH q(q, f) AS (VALUES('会議', 'title'), ('夜間', 'body'))
     SELECT q, (SELECT count(*) FROM hiku_search(q.q) WHERE field = q.f AND since = '2020' AND until = '2020-06-10')
     FROM q"

# --- hiku_highlight, hiku_snippet ----------------------------------------------------------------
answers 'highlight: HTML' '&lt;a&gt;&amp;&quot;&#39;<mark>夜間</mark>' \
    "SELECT hiku_highlight('<a>&\"''夜間', '夜間')"
answers 'highlight: own marks' '<a>&[夜間]' "SELECT hiku_highlight('<a>&夜間', '夜間', '[', ']')"
answers 'highlight: what touches is one' '<mark>夜間休日</mark>' \
    "SELECT hiku_highlight('夜間休日', '夜間 休日')"
answers 'highlight: the text as given' '[ＡＢＣ]' "SELECT hiku_highlight('ＡＢＣ', 'abc', '[', ']')"
answers 'highlight: nothing found' 'abc' "SELECT hiku_highlight('abc', '夜間')"
answers 'highlight: empty query' 'abc' "SELECT hiku_highlight('abc', '')"
answers 'highlight: damaged UTF-8' 'EFBFBD5BE5A49C5D' \
    "SELECT hex(hiku_highlight(x'FFE5A49C', '夜', '[', ']'))"
answers 'highlight: query of each row' '[a]b
a[b]' "WITH q(q) AS (VALUES('a'), ('b')) SELECT hiku_highlight('ab', q, '[', ']') FROM q"
answers 'snippet' '【内容】 ・休日や平日<mark>夜間</mark>においても通報等への緊急時の対応を行うことができるよう、職員の勤務体制を整備' \
    "SELECT hiku_snippet(body, '夜間') FROM documents WHERE id = 4"
answers 'snippet: short' '1|1' \
    "SELECT length(s) < 50, s LIKE '%[夜間]%' FROM
     (SELECT hiku_snippet(body, '夜間', '[', ']', 40) s FROM documents WHERE id = 4)"

answers 'snippet: shorter than the text around' '…や平日[夜間]における…' \
    "SELECT hiku_snippet('休日や平日夜間における対応', '夜間', '[', ']', 9)"
for n in 0 -5 "'x'" 1.5; do
    answers "snippet: $n characters" 'max_chars of hiku_snippet is a whole number from 1 on' \
        "SELECT hiku_snippet('夜間', '夜間', '[', ']', $n)"
done
answers 'snippet: NULL characters' '1' "SELECT hiku_snippet('夜間', '夜間', '[', ']', NULL) IS NULL"

# --- another dictionary --------------------------------------------------------------------------
cp "$db" "$tmp/foreign.db"
sqlite3 "$tmp/foreign.db" "UPDATE meta SET value = 'x' WHERE name = 'fingerprint'"
dicdir=$(sqlite3 "$db" "SELECT value FROM meta WHERE name = 'dicdir'")
why="the index was cut with another dictionary than '$dicdir': '$tmp/foreign.db'; rebuild it with: hiku index --full --db '$tmp/foreign.db' --dicdir '$dicdir'"
same 'foreign: check' "$why" "$(run_sql "$tmp/foreign.db" 'SELECT hiku_check()')"
same 'foreign: MATCH' 'error in tokenizer constructor' \
    "$(run_sql "$tmp/foreign.db" "SELECT * FROM documents_fts('夜間')" | head -n 1)"
same 'foreign: search' "$why" \
    "$(run_sql "$tmp/foreign.db" "SELECT * FROM hiku_search('夜間')")"
answers 'foreign: attached' "$why" "ATTACH '$tmp/foreign.db' AS f; SELECT hiku_check()"
mkdir "$tmp/empty"
sqlite3 "$tmp/foreign.db" "UPDATE meta SET value = '$tmp/empty' WHERE name = 'dicdir'"
run_sql "$tmp/foreign.db" 'SELECT 1' | grep -q "MeCab cannot open the dictionary '$tmp/empty'"
ok $? 'no dictionary: loading fails and says why'

# --- the library itself --------------------------------------------------------------------------
same 'exports its entry only' sqlite3_hiku_init \
    "$(nm -D --defined-only "$so" | sed 's/.* //' | grep -v '^__\(a\|u\)')"
same 'SQLite comes from the host' '' "$(nm -D --undefined-only "$so" | grep sqlite3)"
mkdir "$tmp/lib" && cp "$so" "$tmp/lib/" && cp "$(dirname "$so")/hiku.dic" "$(dirname "$so")/hiku.lex" "$tmp/lib/"
same 'loaded by a relative path' ok "$(cd "$tmp/lib" && so=./hiku && run_sql "$db" 'SELECT hiku_check()')"
same 'loaded twice' 2 "$(LD_PRELOAD=$preload sqlite3 "$db" -cmd ".load $so" -cmd "SELECT 1 FROM documents_fts('x')" \
    -cmd ".load $so" "SELECT count(*) FROM documents_fts('夜間')")"

# --- the manual's examples -----------------------------------------------------------------------
awk -v out="$tmp/example" '
    /^\.\\" example/ { n++; wanted = 1; next }
    wanted && /^\.Bd/ { wanted = 0; part = "sql"; next }
    /^\.Ed/ { part = "" }
    part == "sql" && /^----$/ { part = "expected"; next }
    part != "" { gsub(/\\e/, "\\"); print > (out n "." part) }' "$page"
for sql in "$tmp"/example*.sql; do
    n=${sql##*/}
    same "hiku-extension.7: ${n%.sql}" "$(cat "${sql%.sql}.expected")" "$(run_sql "$db" "$(cat "$sql")")"
done

same 'the index was only read' "$before" "$(md5sum < "$db")"
finish
