#!/bin/bash
# The loadable extension in the sqlite3 shell: functions, tables, FTS5, errors, the manual's
# examples. HIKU_SO: hiku.so; HIKU_DB: an index of corpus/ made in the project's folder.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/tap.sh"
so=${HIKU_SO:?} db=${HIKU_DB:?}
page=$here/../../search/hiku-extension.7

# run DB SQL: what the shell prints, errors too, without the shell's own "near line 1".
run() {
    sqlite3 -batch "$1" -cmd ".load $so" "$2" 2>&1 | sed 's/^.*Error: //; s/^.*near line [0-9]*: //'
}

# is NAME EXPECTED SQL
is() {
    same "$1" "$2" "$(run "$db" "$3")"
}

is 'version' "$(cat "$here/../../VERSION")" "SELECT hiku_version()"
is 'check: the index fits' ok "SELECT hiku_check()"

# --- plain functions -----------------------------------------------------------------------------
is 'normalize' 'abc 副市長' "SELECT hiku_normalize('ＡＢＣ　副市长')"
is 'normalize: empty' '[]' "SELECT '[' || hiku_normalize('') || ']'"
is 'normalize: damaged UTF-8' 'EFBFBD61' "SELECT hex(hiku_normalize(x'FF61'))"
is 'date: a month' '2019-07-01|2019-07-31' \
    "SELECT hiku_date('令和元年7月'), hiku_date('令和元年7月', 'end')"
is 'date: start' '2019-06-05' "SELECT hiku_date('R1.6.5', 'start')"
is 'date: none' '1|1' "SELECT hiku_date('夜間') IS NULL, hiku_date('') IS NULL"
is 'date: unknown end' "stepping, hiku_date gives 'start' or 'end' of a period (1)" \
    "SELECT hiku_date('R1', 'middle')"
is 'NULL in, NULL out' '1|1|1|1|1|1|1' \
    "SELECT hiku_normalize(NULL) IS NULL, hiku_date(NULL) IS NULL, hiku_query(NULL) IS NULL,
     hiku_highlight(NULL, 'a') IS NULL, hiku_highlight('a', NULL) IS NULL,
     hiku_snippet(NULL, 'a') IS NULL, hiku_snippet('a', 'a', NULL, NULL) IS NULL"
is 'NULL in tables: no rows' '0|0' \
    "SELECT (SELECT count(*) FROM hiku_search(NULL)), (SELECT count(*) FROM hiku_tokens(NULL))"
is 'deterministic: usable in an index' 'ab' \
    "CREATE TEMP TABLE t(a); CREATE INDEX temp.i ON t(hiku_normalize(a));
     INSERT INTO t VALUES('ＡＢ'); SELECT hiku_normalize(a) FROM t WHERE hiku_normalize(a) = 'ab'"

# --- hiku_tokens ---------------------------------------------------------------------------------
is 'tokens' '0|児童|児童|ジドウ|名詞,一般|0|6
1|行っ|行く|イッ|動詞,自立|6|12
2|た|た|タ|助動詞|12|15
|。|。|。|記号,句点|15|18' "SELECT * FROM hiku_tokens('児童行った。')"
is 'tokens: ranges are of the text as given' '0|6' \
    "SELECT start, \"end\" FROM hiku_tokens('ＡＢ')"
is 'tokens: empty' '0' "SELECT count(*) FROM hiku_tokens('')"
is 'tokens: joined with a table' 'a|1
b|2' "WITH t(name, text) AS (VALUES('a', '児童'), ('b', '児童相談'))
      SELECT name, count(*) FROM t, hiku_tokens(t.text) GROUP BY name"
is 'tokens: no text' "stepping, hiku_tokens needs a text: hiku_tokens('児童相談所') (1)" \
    "SELECT * FROM hiku_tokens"

# --- hiku_query ----------------------------------------------------------------------------------
is 'query: words' '"夜間" AND "休日"' "SELECT hiku_query('夜間　休日')"
is 'query: any' '"夜間" OR "休日"' "SELECT hiku_query('夜間 休日', 'any')"
is 'query: without' '"夜間" NOT ("休日" OR "児童")' "SELECT hiku_query('夜間 -休日 -児童')"
is 'query: fields, prefix' '{title} : "夜間" AND {body} : "休" *' \
    "SELECT hiku_query('title:夜間 body:休*')"
is 'query: groups come first' '("休日" OR "夜間") AND "児童"' \
    "SELECT hiku_query('児童 (休日 OR 夜間)')"
is 'query: a NOT in an OR' '"c" NOT ("a" NOT "b")' "SELECT hiku_query('c (b OR -a)')"
is 'query: an open quote' '"夜間"' "SELECT hiku_query('\"夜間')"
is 'query: quotes inside are doubled' '"a""b"' "SELECT hiku_query('a\"b')"
is 'query: dates are left out' '"夜間"' "SELECT hiku_query('夜間 date:令和元年')"
is 'query: symbols are left out' '"夜間"' "SELECT hiku_query('夜間 ／ (')"
is 'query: the same word twice' '"夜間"' "SELECT hiku_query('夜間 夜間')"
is 'query: nothing to find' '""|""|""|""' \
    "SELECT hiku_query(''), hiku_query('('), hiku_query('-夜間'), hiku_query('date:R1')"
is 'query: nothing is found, without an error' '0' \
    "SELECT count(*) FROM documents_fts(hiku_query(''))"
is 'query: no such mode' "stepping, no such mode: 'most'; use 'all', 'any' or 'auto' (1)" \
    "SELECT hiku_query('a', 'most')"

# --- FTS5 ----------------------------------------------------------------------------------------
is 'match' '2
4' "SELECT rowid FROM documents_fts('夜間') ORDER BY rowid"
is 'highlight()' '児童相談所の[休日]・[夜間]の体制を整備' \
    "SELECT highlight(documents_fts, 0, '[', ']') FROM documents_fts(hiku_query('夜間 休日'))
     WHERE rowid = 4"
is 'snippet()' '…[夜間]の体制を整備' \
    "SELECT snippet(documents_fts, 0, '[', ']', '…', 5) FROM documents_fts('夜間') WHERE rowid = 4"
is 'columns' 'title
body' "SELECT name FROM pragma_table_info('documents_fts')"
is 'rank MATCH' '4
2' "SELECT rowid FROM documents_fts WHERE documents_fts MATCH '夜間' AND rank MATCH 'hiku_rank()'
    ORDER BY rank"
is 'hiku_rank is negative' '2|1' \
    "SELECT count(*), max(rank) < 0 FROM documents_fts('夜間') WHERE rank MATCH 'hiku_rank()'"
is 'hiku_rank: weights' '1' \
    "SELECT hiku_rank(documents_fts, 0, 1) > hiku_rank(documents_fts, 4, 1)
     FROM documents_fts('夜間') WHERE rowid = 4"
is 'hiku_rank: no weight, no score' '0.0' \
    "SELECT abs(hiku_rank(documents_fts, 0, 0)) FROM documents_fts('夜間') WHERE rowid = 4"
cp "$db" "$work/ranked.db"
same 'hiku_rank as the default rank' '4
2' "$(run "$work/ranked.db" "INSERT INTO documents_fts(documents_fts, rank)
    VALUES('rank', 'hiku_rank()'); SELECT rowid FROM documents_fts('夜間') ORDER BY rank")"
same 'integrity-check' '' \
    "$(run "$work/ranked.db" "INSERT INTO documents_fts(documents_fts) VALUES('integrity-check')")"
same 'a table of ones own' '2' "$(run :memory: "CREATE VIRTUAL TABLE t USING
    fts5(text, tokenize='hiku'); INSERT INTO t VALUES('休日'), ('会議へ行った');
    SELECT rowid FROM t('行う')")$(run :memory: "CREATE VIRTUAL TABLE t USING
    fts5(text, tokenize='hiku'); INSERT INTO t VALUES('休日'), ('会議へ行った');
    SELECT rowid FROM t('行く')")"

# --- hiku_search ---------------------------------------------------------------------------------
is 'search' '1|sapporo#4|4|all|2019-07-08|児童相談所の休日・夜間の体制を整備|札幌市
2|sapporo#2|2|all|2019-06-10|「第1回札幌市児童虐待防止緊急対策本部会議」を開催 ※本部長：町田副市长|札幌市' \
    "SELECT rank, key, id, match, date, title, label FROM hiku_search('夜間')"
is 'search: body, snippet, source, line' '1|1|1|1' \
    "SELECT body = (SELECT body FROM documents WHERE key = s.key), snippet LIKE '%夜間%',
     source = (SELECT path FROM sources), line > 1 FROM hiku_search('夜間') s LIMIT 1"
is 'search: scores fall' '1' \
    "SELECT count(*) FROM hiku_search('夜間') a, hiku_search('夜間') b
     WHERE a.rank < b.rank AND a.score > b.score"
is 'search: nothing' '0' "SELECT count(*) FROM hiku_search('存在しない語彙集', 'all')"
is 'search: partial matches' 'partial' \
    "SELECT DISTINCT match FROM hiku_search('夜間 存在しないもの')"
is 'search: all' '0' "SELECT count(*) FROM hiku_search('夜間 存在しないもの', 'all')"
is 'search: any' '1' "SELECT count(*) > 2 FROM hiku_search('夜間 児童', 'any')"
is 'search: LIMIT and OFFSET' 'sapporo#2' \
    "SELECT key FROM hiku_search('夜間') ORDER BY rank LIMIT 1 OFFSET 1"
is 'search: LIMIT below another condition' '1' \
    "SELECT count(*) FROM (SELECT key FROM hiku_search('夜間') WHERE key = 'sapporo#2' LIMIT 1)"
is 'search: LIMIT below another order' 'sapporo#2' \
    "SELECT key FROM hiku_search('夜間') ORDER BY date LIMIT 1"
is 'search: ORDER BY rank is not sorted again' '' \
    "SELECT detail FROM (SELECT 1 detail) WHERE 0;
     EXPLAIN QUERY PLAN SELECT 1 WHERE 0" | sed '/SCAN\|QUERY/d'
is 'search: joined' 'sapporo#4|4' \
    "SELECT s.key, d.id FROM hiku_search('夜間') s JOIN documents d USING(key) ORDER BY s.rank LIMIT 1"
is 'search: many queries in one statement' '夜間|2
休日|2' "WITH q(q) AS (VALUES('夜間'), ('休日'))
        SELECT q, (SELECT count(*) FROM hiku_search(q.q)) FROM q"
same 'search: another file' '2' "$(run :memory: "SELECT count(*) FROM hiku_search('夜間', 'all', '$db')")"
same 'search: no file' "stepping, no index to search: 'main' is no file; open the index, or name it: hiku_search(query, mode, 'FILE') (1)" \
    "$(run :memory: "SELECT * FROM hiku_search('夜間')")"
same 'search: a missing file' "stepping, there is no index: '/nowhere.db'; make one with: hiku index --db '/nowhere.db' SOURCE (1)" \
    "$(run :memory: "SELECT * FROM hiku_search('夜間', 'auto', '/nowhere.db')")"
sqlite3 "$work/other.db" 'CREATE TABLE t(a)'
same 'search: no index' "stepping, this file is no hiku index: '$work/other.db'; name another file with --db, or move it away and make an index with: hiku index --db '$work/other.db' SOURCE (1)" \
    "$(run "$work/other.db" "SELECT * FROM hiku_search('夜間')")"
is 'search: no query' "stepping, hiku_search needs a query: SELECT * FROM hiku_search('夜間') (1)" \
    "SELECT * FROM hiku_search"
is 'search: no such mode' "stepping, no such mode: 'x'; use 'all', 'any' or 'auto' (1)" \
    "SELECT * FROM hiku_search('夜間', 'x')"

# --- hiku_highlight, hiku_snippet ----------------------------------------------------------------
is 'highlight: HTML' '&lt;a&gt;&amp;&quot;&#39;<mark>夜間</mark>' \
    "SELECT hiku_highlight('<a>&\"''夜間', '夜間')"
is 'highlight: own marks' '<a>&[夜間]' "SELECT hiku_highlight('<a>&夜間', '夜間', '[', ']')"
is 'highlight: what touches is one' '<mark>夜間休日</mark>' \
    "SELECT hiku_highlight('夜間休日', '夜間 休日')"
is 'highlight: the text as given' '[ＡＢＣ]' "SELECT hiku_highlight('ＡＢＣ', 'abc', '[', ']')"
is 'highlight: nothing found' 'abc' "SELECT hiku_highlight('abc', '夜間')"
is 'highlight: empty query' 'abc' "SELECT hiku_highlight('abc', '')"
is 'highlight: damaged UTF-8' 'EFBFBD5BE5A49C5D' \
    "SELECT hex(hiku_highlight(x'FFE5A49C', '夜', '[', ']'))"
is 'highlight: query of each row' '[a]b
a[b]' "WITH q(q) AS (VALUES('a'), ('b')) SELECT hiku_highlight('ab', q, '[', ']') FROM q"
is 'snippet' '【内容】 ・休日や平日<mark>夜間</mark>においても通報等への緊急時の対応を行うことができるよう、職員の勤務体制を整備' \
    "SELECT hiku_snippet(body, '夜間') FROM documents WHERE id = 4"
is 'snippet: short' '1|1' \
    "SELECT length(s) < 40, s LIKE '%[夜間]%' FROM
     (SELECT hiku_snippet(body, '夜間', '[', ']', 20) s FROM documents WHERE id = 4)"

# --- another dictionary --------------------------------------------------------------------------
cp "$db" "$work/foreign.db"
sqlite3 "$work/foreign.db" "UPDATE meta SET value = 'x' WHERE name = 'fingerprint'"
dicdir=$(sqlite3 "$db" "SELECT value FROM meta WHERE name = 'dicdir'")
why="the index was cut with another dictionary than '$dicdir': '$work/foreign.db'; rebuild it with: hiku index --full --db '$work/foreign.db'"
same 'foreign: check' "$why" "$(run "$work/foreign.db" 'SELECT hiku_check()')"
same 'foreign: MATCH' 'in prepare, error in tokenizer constructor (1)' \
    "$(run "$work/foreign.db" "SELECT * FROM documents_fts('夜間')" | head -n 1)"
same 'foreign: search' "stepping, $why (1)" \
    "$(run "$work/foreign.db" "SELECT * FROM hiku_search('夜間')")"
is 'foreign: attached' "$why" "ATTACH '$work/foreign.db' AS f; SELECT hiku_check()"
mkdir "$work/empty"
sqlite3 "$work/foreign.db" "UPDATE meta SET value = '$work/empty' WHERE name = 'dicdir'"
run "$work/foreign.db" 'SELECT 1' | grep -q "MeCab cannot open the dictionary '$work/empty'"
report 'no dictionary: loading fails and says why' $?

# --- the library itself --------------------------------------------------------------------------
same 'exports its entry only' sqlite3_hiku_init \
    "$(nm -D --defined-only "$so" | sed 's/.* //' | grep -v '^__\(a\|u\)')"
same 'SQLite comes from the host' '' "$(nm -D --undefined-only "$so" | grep sqlite3)"
mkdir "$work/lib" && cp "$so" "$work/lib/" && cp "$(dirname "$so")/hiku.dic" "$work/lib/"
same 'loaded by a relative path' ok "$(cd "$work/lib" && so=./hiku && run "$db" 'SELECT hiku_check()')"
same 'loaded twice' '2' "$(run "$db" ".load $so
SELECT count(*) FROM documents_fts('夜間')")"

# --- the manual's examples -----------------------------------------------------------------------
awk -v out="$work/example" '
    /^\.\\" example/ { n++; next }
    n && /^\.Bd/ { on = 1; part = "sql"; next }
    /^\.Ed/ { on = 0 }
    on && /^----$/ { part = "expected"; printf "" > (out n ".expected"); next }
    on { gsub(/\\e/, "\\"); print > (out n "." part) }' "$page"
for sql in "$work"/example*.sql; do
    n=${sql##*/}
    same "hiku-extension.7: ${n%.sql}" "$(cat "${sql%.sql}.expected")" "$(run "$db" "$(cat "$sql")")"
done

finish
