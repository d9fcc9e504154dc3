# hiku search: forms of output, options, colours, hostile queries and texts.
. "$(dirname "$0")/../lib.sh"

db=$tmp/hiku.db
mkdir corpus && cp -r "$ROOT/corpus/sapporo" corpus/
"$HIKU" index --quiet corpus
export HIKU_DB=$db
# Times and scores change with the machine and the ranking's parameters.
untimed() { sed -E 's/\([0-9.]+ ms\)/(T ms)/; s/"elapsed_ms":[0-9.]+/"elapsed_ms":0/'; }
unscored() { sed -E 's/"score":[0-9.]+/"score":S/; s/(\t|,| )[0-9]+\.[0-9]+/\1S/'; }
valid_json() { /usr/bin/python3 -c 'import json, sys
for line in ([sys.stdin.read()] if sys.argv[1] == "json" else sys.stdin): json.loads(line)' "$1"; }
esc=$'\e'

# --- forms
body4='【内容】\n・休日や平日夜間においても通報等への緊急時の対応を行うことができるよう、職員の勤務体制を整備'
hit4='{"key":"sapporo#4","id":"4","score":S,"match":"all","date":"2019-07-08","date_end":"2019-07-08","date_text":"令和元年7月8日","title":"児童相談所の休日・夜間の体制を整備","body":"'$body4'","source":"corpus/sapporo/sapporo-measures.txt","line":9,"label":"札幌市","columns":{},"highlights":{"title":[[27,33]],"body":[[31,37]]},"snippet":{"text":"'${body4/'\n'/ }'","highlights":[[31,37]]}}'
is "$("$HIKU" search --format json --limit 1 夜間 | untimed | unscored)" '{"query":"夜間","total":2,"partial":0,"elapsed_ms":0,"hits":[
'"$hit4"']}' 'json'
is "$("$HIKU" search --format jsonl --limit 1 夜間 | unscored)" "$hit4" 'jsonl'
is "$("$HIKU" search --format tsv 夜間 | unscored)" $'key\tid\tscore\tmatch\tdate\ttitle
sapporo#4\t4\tS\tall\t2019-07-08\t児童相談所の休日・夜間の体制を整備
sapporo#2\t2\tS\tall\t2019-06-10\t「第1回札幌市児童虐待防止緊急対策本部会議」を開催 ※本部長：町田副市长' 'tsv'
is "$("$HIKU" search --format csv --limit 1 夜間 | unscored)" $'key,id,score,match,date,title\nsapporo#4,4,S,all,2019-07-08,児童相談所の休日・夜間の体制を整備' 'csv'
is "$("$HIKU" search --format trec 夜間 | unscored)" $'1 Q0 4 1 S hiku\n1 Q0 2 2 S hiku' 'trec'
is "$(COLUMNS=80 "$HIKU" search 夜間 | untimed)" '1  令和元年7月8日 (2019-07-08)   児童相談所の休日・夜間の体制を整備    sapporo#4
   【内容】 ・休日や平日夜間においても通報等への緊急時の対応を行うことができるよ
   う、職員の勤務体制を整備
2  令和元年6月10日 (2019-06-10)  「第1回札幌市児童虐待防止緊急対策本…  sapporo#2
   【本部長指示】 ・乳幼児健診未受診者等の再点検 ・警察との確実な連携 ・夜間休日
   対応の検討 ・リスク再評価方法の徹底 ・児童相談体制及び第二児童相談所の早期検
   討
2 records (T ms)' 'text'
is "$(COLUMNS=-5 "$HIKU" search 夜間 | untimed)" "$(COLUMNS=80 "$HIKU" search 夜間 | untimed)" 'text: a width that is none'
is "$(COLUMNS=60 "$HIKU" search --snippets no 夜間 | untimed | tail -n 1)" '2 records (T ms)' 'text, narrow'
is "$(COLUMNS=80 "$HIKU" search --snippets no 町田 | head -n 1)" '1  令和元年6月10日 (2019-06-10)  …部会議」を開催 ※本部長：町田副市长   sapporo#2' 'text: a title that is cut shows its match'
is "$(COLUMNS=36 "$HIKU" search --snippets no -n 1 夜間 | head -n 2)" '1  令和元年7月8日 (2019-07-08)
                           sapporo#4' 'text: no room for the key beside the date'
for format in json jsonl tsv csv trec text; do
    run "$HIKU" search --format $format ぬるぽがっ --all
    is "$status" 1 "$format: nothing found: exit 1"
    is "$err" '' "$format: nothing on standard error"
done
run "$HIKU" search --format json --all ぬるぽ
is "$(untimed <<<"$out")" '{"query":"ぬるぽ","total":0,"partial":0,"elapsed_ms":0,"did_you_mean":[],"hits":[]}' 'json: nothing found'
is "$("$HIKU" search --format tsv --all ぬるぽ)" $'key\tid\tscore\tmatch\tdate\ttitle' 'tsv: nothing found'

# --- a key in the place of a query
is "$("$HIKU" search sapporo#4 | tail -n 1)" "a record has this key; see it with: hiku show 'sapporo#4'" 'a key: how to see its record'
for key in '　sapporo#4 ' ｓａｐｐｏｒｏ＃４; do
    is "$("$HIKU" search "$key" | tail -n 1)" "a record has this key; see it with: hiku show 'sapporo#4'" "as it may be typed: $key"
done
is "$("$HIKU" search --db hiku.db sapporo#4 | tail -n 1)" "a record has this key; see it with: hiku show --db 'hiku.db' 'sapporo#4'" 'in the index that was named'
is "$("$HIKU" search --format json --all sapporo#4 | untimed)" '{"query":"sapporo#4","total":0,"partial":0,"elapsed_ms":0,"did_you_mean":[],"key":"sapporo#4","hits":[]}' 'json: likewise'
is "$("$HIKU" search sapporo#99 | grep -c key)" 0 'no such key'
is "$("$HIKU" search --format json 4 | grep -c '\],"key":')" 0 'a number alone is looked for'

# --- paging
is "$("$HIKU" search --format trec --limit 0 児童 | wc -l)" 20 '--limit 0 gives all'
is "$("$HIKU" search --format trec --sort date date:令和元年度 | wc -l)" 15 'fewer than the usual 20'
is "$("$HIKU" search --format trec -n 3 児童)" "$("$HIKU" search --format trec 児童 | head -n 3)" '-n'
is "$("$HIKU" search --format trec -n 3 --offset 2 児童 | unscored)" "$("$HIKU" search --format trec 児童 | sed -n 3,5p | unscored)" '--offset'
is "$("$HIKU" search --format trec --sort date 児童 | sort -s -k 5,5gr)" "$("$HIKU" search --format trec --sort date 児童)" 'trec: the order of the scores is that of the ranks'
sentence='乳幼児健診の未受診者の再点検を警察と連携して行う'
is "$("$HIKU" search --format trec --limit 2147483647 "$sentence")" "$("$HIKU" search --format trec --limit 10000 "$sentence")" '--limit of more than there are'
run "$HIKU" search --offset 100 夜間
is "$status $(untimed <<<"$out")" '0 2 records; none shown (T ms)' '--offset beyond the end'
for query in 'title:"鰻魚"' 'title:' 'until:' 99999999999999999999999999999999999999; do
    is "$("$HIKU" search --format trec "$query" 2>&1)" '' "nothing is found, not in part either: $query"
done
is "$("$HIKU" search -n 2 --snippets no 児童 | untimed | tail -n 1)" '20 records; 1 to 2 shown (T ms)' 'what is shown'

# --- several indexes, several queries
printf '番号\t取組内容\n1\t夜間\n' >more.tsv
"$HIKU" index --quiet --db more.db more.tsv
is "$("$HIKU" search --db hiku.db --db more.db --format tsv 夜間 | cut -f 1 | tr '\n' ' ')" 'key more#1 sapporo#4 sapporo#2 ' 'several --db: one ranking'
is "$("$HIKU" search --db more.db --db hiku.db --format trec -n 1 --offset 1 夜間 | cut -d ' ' -f 3,4)" 'sapporo#4 2' 'and one paging'
is "$("$HIKU" search --db hiku.db --db ./hiku.db --format tsv 夜間 | cut -f 1 | tr '\n' ' ')" 'key sapporo#4 sapporo#2 ' 'a file that is named twice is searched once'
# a run calls each record by a name of its own
names() { "$HIKU" search --format trec --all "$@" | cut -d ' ' -f 3 | tr '\n' ' '; }
mkdir -p names/a names/b
printf '番号\t取組内容\n1\t夜間\n1\t夜間の窓口\n\t夜間の相談\n' >names/one.tsv
printf '番号\t取組内容\n1\t夜間\n' | tee names/a/same.tsv >names/b/same.tsv
"$HIKU" index --quiet --db names/one.db names/one.tsv
for name in a b; do "$HIKU" index --quiet --db names/$name.db names/$name; done
is "$(names --db names/one.db 夜間の窓口)" '1~2 ' 'trec: a number that comes twice'
is "$(names --db names/one.db 夜間の相談)" "$("$HIKU" search --db names/one.db --format tsv 夜間の相談 | sed 1d | cut -f 1) " 'trec: the key where there is no number'
is "$(names --db names/a.db 夜間)" '1 ' 'trec: the number, in a single table'
is "$(names --db names/a.db --db more.db 夜間)" 'same#1 more#1 ' 'trec: keys for two indexes'
is "$(names --db names/a.db --db names/b.db 夜間)" 'names/a.db:same#1 names/b.db:same#1 ' 'trec: files too for tables of the same name'
"$HIKU" index --quiet --db names/both.db names/a names/one.tsv
is "$(names --db names/both.db '夜間 -の')" 'same#1 one#1 ' 'trec: keys for two tables in one index'
"$HIKU" search --db hiku.db --db more.db --format json 夜間 | grep -q '"db":"more.db"'
ok $? 'json tells which index'
printf 'q1\t夜間\nq2\tぬるぽ\nq3\t"協働の視点"\n' >queries.tsv
is "$("$HIKU" search --queries queries.tsv --format trec --all | cut -d ' ' -f 1-4)" $'q1 Q0 4 1\nq1 Q0 2 2\nq3 Q0 14 1\nq3 Q0 26 2' '--queries, trec'
is "$("$HIKU" search --queries queries.tsv --format jsonl --all -n 1 | cut -c 1-30)" $'{"qid":"q1","key":"sapporo#4",\n{"qid":"q3","key":"sapporo#14"' '--queries, jsonl'
is "$("$HIKU" search --queries - --format trec -n 1 <queries.tsv | head -n 1 | cut -d ' ' -f 1-3)" 'q1 Q0 4' '--queries -'
# a program that waits for the answer before it asks again
mkfifo asked
"$HIKU" search --queries asked --format trec -n 1 >answered <&- &
exec 3>asked
printf 'q1\t夜間\n' >&3
wait_for answered
is "$(cut -d ' ' -f 1-3 answered)" 'q1 Q0 4' '--queries from a pipe: an answer comes before the next query'
exec 3>&-
wait
printf '\xef\xbb\xbfq1\t夜間\r\n\r\nno tab\n\t夜間\nq2\t夜間' >odd.tsv
run "$HIKU" search --since R2 --until 令和元年 夜間
is "$status$err" "2hiku: the period ends before it begins: since 'R2' until '令和元年'; exchange them" 'a period the wrong way round'
run "$HIKU" search --queries odd.tsv --format trec -n 1
is "$status $(cut -d ' ' -f 1-3 <<<"$out")" $'2 q1 Q0 4\nq2 Q0 4' 'bad lines are skipped: exit 2'
is "$err" $'odd.tsv:3: no tab between a name and a query; put one there\nodd.tsv:4: no name before the tab; write one there' 'and told with their numbers'
run "$HIKU" search --queries none.tsv --format trec
is "$status" 2 'a missing queries file: exit 2'
run "$HIKU" search --queries . --format trec
is "$status$err" "2hiku: cannot read '.': Is a directory; give another file" 'a folder in its place'
run "$HIKU" search --queries queries.tsv
is "$status" 2 '--queries in a form without names: exit 2'
run "$HIKU" search --queries queries.tsv --format trec --timing
grep -Eq '^queries 3 mean [0-9.]+ ms p50 [0-9.]+ p95 [0-9.]+ p99 [0-9.]+$' <<<"$err"
ok $? '--timing on standard error'

# --- a word that comes again counts once
once=$("$HIKU" search --format tsv 夜間)
is "$("$HIKU" search --format tsv '夜間 (休日 OR 夜間)')" "$("$HIKU" search --format tsv '(夜間 OR 休日) 夜間')" 'in several places'
is "$("$HIKU" search --format tsv 夜間 夜間)" "$once" 'a word twice'
is "$("$HIKU" search --format tsv --any 夜間 夜間)" "$once" 'a word twice, any of them'
is "$("$HIKU" search --format tsv $(printf '夜間 %.0s' $(seq 1000)))" "$once" 'a word a thousand times'
[ "$("$HIKU" search --format tsv 夜間 title:夜間)" != "$("$HIKU" search --format tsv title:夜間)" ]
ok $? 'in another field it is another word'

# --- what is marked
printf '番号\t取組内容\n1\t東京都と京都\n' >marks.tsv
"$HIKU" index --quiet --db marks.db marks.tsv
marked() { "$HIKU" search --db marks.db --format jsonl "$@" | grep -o '"highlights":{"title":[^}]*' | cut -c 23-; }
is "$(marked 京都)" '[[3,9],[12,18]],"body":[]' 'marks: every place'
is "$(marked --words 京都)" '[[12,18]],"body":[]' 'marks: whole words alone'
is "$(marked '京都*')" '[[12,18]],"body":[]' 'marks: beginnings of words alone'
is "$(marked '東京 京都')" '[[0,9],[12,18]],"body":[]' 'marks: overlaps are one'
is "$(marked '東京都 と京')" '[[0,9],[9,15]],"body":[]' 'marks: neighbours are two'
is "$(marked '東京 -大阪')" '[[0,6]],"body":[]' 'marks: nothing of what is excluded'
printf '番号\t取組内容\n1\t台帳で雪を防ぐ柵\n' >stems.tsv
"$HIKU" index --quiet --db stems.db stems.tsv
has "$("$HIKU" search --db stems.db --format jsonl 病院の台帳を防いだ職員)" '"title":[[0,6],[15,18]]' 'marks: a verb in another form'

# --- colours
printf '%s' "$("$HIKU" search 夜間)" | grep -q "$esc"
is $? 1 'no colour in a pipe'
has "$("$HIKU" search --color always 夜間)" "平日${esc}[1m夜間${esc}[22m" 'colour on demand'
has "$(NO_COLOR=1 "$HIKU" search --color always 夜間)" "$esc" 'asking is stronger than NO_COLOR'
is "$(script -qec "'$HIKU' search 夜間" /dev/null </dev/null | grep -c "$esc\[1m")" 3 'colour on a terminal'
is "$(NO_COLOR=1 script -qec "'$HIKU' search 夜間" /dev/null </dev/null | grep -c "$esc\[1m")" 0 'but not with NO_COLOR'

# --- the dates that are asked for are explained
dates() { "$HIKU" search --explain -n 1 "$@" | grep '^date: '; }
is "$(dates 2019年7月)" 'date: 2019-07-01 to 2019-07-31' '--explain: a word that is a date'
is "$(dates 児童 -令和元年度)" 'date: 2019-04-01 to 2020-03-31 (without)' '--explain: a date without which'
is "$(dates since:R2.4.1 児童)" 'date: 2020-04-01 to 9999-12-31' '--explain: since'
is "$(dates --exact 2019年7月)" '' '--explain: none with --exact'

# --- nothing of what is stored or typed reaches the terminal raw
mkdir safe && cd safe || exit 1
printf '番号\t取組内容\t概要\n1\t夜間\e[31m赤\e]0;x\a\t夜間\e[2J\xc2\x9b31m\n\e[7m\t夜間\t\n' >$'e\e[31m.tsv'
HIKU_DB=s.db "$HIKU" index $'e\e[31m.tsv' >index.out 2>&1
export HIKU_DB=s.db
raw() { LC_ALL=C grep -c "$esc\|$(printf '\a')\|$(printf '\xc2\x9b')"; }
is "$(raw <index.out)" 0 'index'
is "$("$HIKU" search 夜間 | raw)" 0 'text'
is "$("$HIKU" search --explain $'夜間\e[31m' | raw)" 0 '--explain'
for format in json jsonl tsv csv trec; do
    is "$("$HIKU" search --format $format 夜間 $'\e[31m' --any | raw)" 0 "$format"
done
is "$("$HIKU" tokens $'夜間\e[31m\a' | raw)" 0 'tokens'
is "$("$HIKU" stats | raw)" 0 'stats'
key=$(sqlite3 s.db 'SELECT key FROM documents LIMIT 1')
is "$("$HIKU" show "$key" | raw)" 0 'show'
run "$HIKU" show $'no\e[31m'
is "$(raw <<<"$err")" 0 'an error'
run "$HIKU" search $'--no\e[31m'
is "$(raw <<<"$err")" 0 'an unknown option'
HIKU_DB=$'x\e[31m.db' run "$HIKU" search a
is "$(raw <<<"$err")" 0 'a missing index'
cd .. && export HIKU_DB=$db

# --- hostile queries: never an error, and JSON that can be read
while IFS= read -r query; do
    "$HIKU" search --format json -- "$query" >answer.json 2>answer.err
    code=$?
    [ $code -le 1 ] && [ ! -s answer.err ] && valid_json json <answer.json
    ok $? "query: $(printf '%q' "$query") ($code)"
done <<EOF2

   
　
夜間　休日
夜間・休日
夜間、休日
(仮称)
^夜間
夜間+休日
C#
DV-
1/2
児童 AND
NOT x
"夜間
a:b
-夜間
e-mail
"
""
"""
(
)
((((((((
)(
*
**
a*b*
OR OR OR
AND
-
--
title:
date:
title:title:title:a
-(-(-(a)))
'; DROP TABLE documents; --
%_%
\\
\\"
{"a":1}
<script>alert(1)</script>
$(seq -s ' ' 1 10000)
$(printf '(%.0s' {1..5000})
$(printf '語%.0s' {1..5000})
$(printf '\x01\x02\x1b[31m\x7f')
$(printf '\xff\xfe夜\xe9\x96')
$(printf '\xed\xa0\x80\xf4\x90\x80\x80')
$(printf '\u200b\u200d\ufe0f\U000e0100')
$(printf '夜\u0300%.0s' {1..500})
EOF2
"$HIKU" search --format json $'夜\xff間\xe9' | valid_json json
ok $? 'invalid UTF-8: valid JSON'
/usr/bin/python3 - >big.tsv <<'PY'
for name, text in (("a", "a" * 2**16), ("kanji", "児" * (2**20 // 3)), ("quotes", '"' * 2**20), ("brackets", "(" * 2**18), ("minus", "-" * 2**18), ("blank", " " * 2**20 + "夜間"), ("marks", "e" + "\u0301" * 2**17), ("words", "夜 " * 2**17), ("ors", "夜|" * 2**17)):
    print(name + "\t" + text)
PY
run timeout 300 "$HIKU" search --queries big.tsv --format trec -n 1
is "$status $err" '0 ' 'queries of 1 MiB'
is "$(grep -c '^blank Q0 4 ' <<<"$out")" 1 'the word behind a mebibyte of blanks is found'
run "$HIKU" search --timeout 1 --queries big.tsv --format trec
[ "$status" -eq 75 ] || [ "$status" -eq 0 ] || [ "$status" -eq 1 ]
ok $? "--timeout ends with 75 or in time ($status)"
{ printf '番号\t件名\t内容\n1\t長い記録\t'; yes 夜間の相談体制を整備した。 | head -n 60000 | tr -d '\n'; printf '\n'; } >long.tsv
"$HIKU" index --quiet --db long.db long.tsv
run "$HIKU" search --db long.db --timeout 1 長い記録
is "$status ${err##* }" '75 time' '--timeout holds for fetching hits'
{ head -n 1 long.tsv; printf '0\t長い記録\t短い記録\n'; tail -n 1 long.tsv; } >two.tsv
"$HIKU" index --quiet --db two.db two.tsv
n_cut=0 n_bad=0 status=75
for ((ms = 1; status == 75; ms += ms / 4 + 1)); do
    run "$HIKU" search --db two.db --format json --timeout $ms 長い記録
    [ $status -eq 0 ] || [ -z "$out" ] || n_cut=$((n_cut + 1))
    [ $status -ne 0 ] && [ -z "$out" ] && continue # before the first hit
    /usr/bin/python3 -c 'import json, sys
assert json.load(sys.stdin).get("incomplete", False) == (sys.argv[1] == "75")' $status <<<"$out" 2>log || n_bad=$((n_bad + 1))
done
is "$n_bad $status $((n_cut > 0))" '0 0 1' 'JSON that is cut by --timeout is whole and says so'
run "$HIKU" search --db long.db --timeout 600000 長い記録
ok "$status" 'and lets them be fetched'

# --- where a record comes from -------------------------------------------------------------------
mkdir towns && printf '番号\t件名\n1\t夜間保育\n' >towns/a.tsv && printf '番号\t件名\n1\t夜間窓口\n2\t休日窓口\n' >towns/b.tsv
printf 'file\tname\tlabel\na.tsv\ta\t東市\n' >towns/hiku.sources.tsv
"$HIKU" index --quiet --db towns.db towns
is "$("$HIKU" search --db towns.db 夜間 | sed 's/([0-9.]* ms)/(MS)/')" '1  夜間保育                                                                  a#1
   東市: towns/a.tsv
2  夜間窓口                                                                  b#1
   towns/b.tsv
2 records (MS)' 'hits from several tables'
is "$("$HIKU" search --db towns.db 窓口 | grep -c towns)" 0 'hits from one table: the key says enough'
cp towns.db towns2.db
has "$("$HIKU" search --db towns.db --db towns2.db 休日)" '   towns.db towns/b.tsv' 'several indexes'
printf '番号\t件名\n1\t夜間\n' >$'towns/c\e[31m.tsv'
"$HIKU" index --quiet --db towns.db towns
[[ $("$HIKU" search --db towns.db 夜間) != *$'\e'* ]]
ok $? 'a path that would steer the terminal'
finish
