# The command itself: help, version, words that are no command, show, tokens, stats, pipes.
. "$(dirname "$0")/../lib.sh"

mkdir corpus && cp -r "$ROOT/corpus/sapporo" corpus/
"$HIKU" index --quiet corpus
esc=$'\e'

# --- help
run "$HIKU"
is "$status$out" 2 'no arguments: exit 2, on standard error'
has "$err" 'Usage: hiku COMMAND' 'and the usage'
run "$HIKU" help
is "$status$err" 0 'help: exit 0, on standard output'
for command in index search show tokens check stats help; do
    has "$out" "  $command " "help names $command"
    is "$("$HIKU" help $command)" "$("$HIKU" $command --help)" "help $command = $command --help"
    is "$("$HIKU" help $command)" "$("$HIKU" $command -h)" "help $command = $command -h"
    [ "$("$HIKU" help $command | wc -l)" -ge 4 ]
    ok $? "help $command tells something"
done
is "$("$HIKU" --help)" "$("$HIKU" help)" '--help'
is "$("$HIKU" --version)" "hiku $(cat "$ROOT/VERSION")" '--version'
LC_ALL=C "$HIKU" help | iconv -f UTF-8 -t UTF-8 >/dev/null
ok $? 'help is valid UTF-8 in the C locale'

# --- words that are no command
is "$("$HIKU" 夜間 --format trec | cut -d ' ' -f 3 | xargs)" '4 2' 'a query without a command'
is "$("$HIKU" 休日 夜間 --format trec | cut -d ' ' -f 3 | xargs)" '4 2' 'several words'
is "$("$HIKU" --format trec 夜間 | cut -d ' ' -f 3 | xargs)" '4 2' 'options first'
run "$HIKU" idnex corpus
is "$status $err" "1 hiku: 'idnex' is no command, so it was taken for a query; did you mean: hiku index" 'a mistyped command that nothing is found with'
run "$HIKU" serch 夜間 窓口
has "$status $err" "0 hiku: 'serch' is no command" 'and one that only partial matches are found with'
run "$HIKU" indexx corpus --db none.db
has "$err" 'did you mean: hiku index' 'and where there is no index'
run "$HIKU" tokyo
is "$status$err" 1 'a word that is like no command'
run "$HIKU" search idnex
is "$status$err" 1 'a word that is searched for on purpose'
run "$HIKU" --limit 1 idnex
is "$status$err" 1 'likewise behind an option'
printf '番号\t件名\n1\tidnex\n' >typo.tsv && "$HIKU" index --quiet --db typo.db typo.tsv
run "$HIKU" idnex --db typo.db
is "$status$err" 0 'and one that is found'
is "$("$HIKU" search --format trec -- 夜間 | cut -d ' ' -f 3 | xargs)" '4 2' '-- ends the options'
run "$HIKU" search -- --format
[ "$status" -le 1 ]
ok $? 'behind -- an option is a word'
is "$("$HIKU" search --format=trec 夜間 --limit=1 | cut -d ' ' -f 3)" 4 '--option=value'

is "$("$HIKU" 夜間 --format trec -n1 | cut -d ' ' -f 3)" 4 'a number joined to its letter'
is "$("$HIKU" 夜間 --format trec -n休日 | wc -l)" 2 'other text behind the letter is a word to be without'

# --- show
is "$("$HIKU" show sapporo#4)" '児童相談所の休日・夜間の体制を整備
key         sapporo#4
number      4
date        令和元年7月8日 (2019-07-08)
source      corpus/sapporo/sapporo-measures.txt:9
whose       札幌市

【内容】
・休日や平日夜間においても通報等への緊急時の対応を行うことができるよう、職員の勤務体制を整備' 'show'
has "$("$HIKU" show -q 夜間 --color always sapporo#4 | head -n 1)" "${esc}[1m夜間${esc}[22m" 'show -q marks'
"$HIKU" show --format json -q 夜間 sapporo#4 | /usr/bin/python3 -c '
import json, sys
r = json.loads(sys.stdin.read())
assert r["key"] == "sapporo#4" and r["line"] == 9, r
start, end = r["highlights"]["title"][0]
assert r["title"].encode()[start:end].decode() == "夜間", r'
ok $? 'show --format json'
is "$("$HIKU" show --format json sapporo#4 sapporo#5 | wc -l)" 2 'show of two records: one a line'
run "$HIKU" show sapporo#4 none
is "$status" 1 'show of a record that is not there: exit 1'
has "$err" "'none'" 'and its name'
for id in $(seq 1 26); do
    "$HIKU" show --format json "sapporo#$id" | /usr/bin/python3 -c 'import json, sys; json.load(sys.stdin)' || break
done
ok $? 'show: valid JSON for every record'

# --- a user dictionary of one's own: remembered by the index, from wherever that is used
mkdir elsewhere
echo '夜間の窓,1285,1285,-9000,名詞,一般,*,*,*,*,夜間の窓,ヤカンノマド,ヤカンノマド' >words.csv
"$(mecab-config --libexecdir)/mecab-dict-index" -d /var/lib/mecab/dic/ipadic-utf8 -u words.dic -f utf8 -t utf8 words.csv >/dev/null 2>&1
"$HIKU" index --quiet --db words.db --userdic words.dic corpus
is "$(cd elsewhere && "$HIKU" tokens --db ../words.db 夜間の窓 | head -n 1)" '夜間の窓' 'a user dictionary is remembered'
is "$(cd elsewhere && "$HIKU" search --db ../words.db --format trec 夜間 | cut -d ' ' -f 3 | xargs)" '4 2' 'and searched with'

mv words.dic gone.dic
for command in 'search 夜間' check index; do
    run "$HIKU" ${command%% *} --db words.db $([ "$command" = "${command#* }" ] || echo "${command#* }")
    is "$status" 3 "hiku ${command%% *} where it is gone: exit 3"
    has "$err" "is missing: '$tmp/words.dic'" 'which file'
    has "$err" "hiku index --full --db 'words.db'" 'and how to do without'
done
"$HIKU" index --quiet --full --db words.db && run "$HIKU" check --db words.db
is "$status$err" 0 'which is done so'

# --- what a message proposes can be given to a shell, whatever the path
mkdir "it's" && run "$HIKU" search --db "it's/new.db" 夜間
mend=$(sed -n "s/.*with: hiku \(.*\) SOURCE$/\1/p" <<<"$err")
eval "\"\$HIKU\" $mend --quiet corpus" && [ -e "it's/new.db" ]
ok $? "a path with a quote: hiku $mend"
sqlite3 "it's/new.db" 'PRAGMA user_version = 1' && run "$HIKU" search --db "it's/new.db" 夜間
mend=$(sed -n "s/.*with: hiku //p" <<<"$err")
eval "\"\$HIKU\" $mend --quiet"
is "$?$("$HIKU" search --db "it's/new.db" --format trec 夜間 | wc -l)" 02 "hiku $mend"

# --- tokens
is "$("$HIKU" tokens 夜間の窓口 | head -n 1)" '夜間|の|窓口' 'tokens'
is "$(printf '夜間の窓口' | "$HIKU" tokens)" "$("$HIKU" tokens 夜間の窓口)" 'tokens of standard input'
is "$("$HIKU" tokens <. 2>&1)" 'hiku: cannot read standard input: Is a directory; give a file, or the text as an argument' 'tokens of a folder'
is "$(cd / && "$HIKU" tokens 夜間の窓口 | head -n 1)" '夜間|の|窓口' 'tokens without an index'
unidic=/var/lib/mecab/dic/unidic
if [ -e $unidic/sys.dic ]; then
    is "$("$HIKU" tokens --dicdir $unidic 行った | tail -n 1 | cut -d , -f 1 | grep -o '助動詞')" 助動詞 'tokens with another dictionary than the index'
else
    ok 0 'tokens with another dictionary # SKIP not installed'
fi
is "$(cd / && HIKU_DICDIR=/nonexistent "$HIKU" tokens 夜間 2>&1)" "hiku: no MeCab dictionary in '/nonexistent': No such file or directory; install mecab-ipadic-utf8 or name another dicdir" 'tokens without a dictionary'
is "$("$HIKU" tokens --format json 第２回)" '{"text":"第２回","tokens":[
{"position":0,"surface":"第","base":"第","reading":"ダイ","pos":"接頭詞,数接続","start":0,"end":3,"text":"第"},
{"position":1,"surface":"2","base":"2","reading":"","pos":"名詞,数","start":3,"end":6,"text":"２"},
{"position":2,"surface":"回","base":"回","reading":"カイ","pos":"名詞,接尾,助数詞","start":6,"end":9,"text":"回"}]}' 'tokens --format json'
head -c 100000 /dev/urandom >noise
"$HIKU" tokens --format json <noise | /usr/bin/python3 -c 'import json, sys; json.load(sys.stdin)'
ok $? 'tokens of noise: valid JSON'
is "$("$HIKU" tokens --format json </dev/null | /usr/bin/python3 -c 'import json, sys; print(json.load(sys.stdin))')" "{'text': '', 'tokens': []}" 'tokens of nothing'

# --- stats
"$HIKU" stats --format json | /usr/bin/python3 -c '
import json, sys
s = json.load(sys.stdin)
assert s["records"] == 26 and s["date_first"] == "2019-06-05" and s["date_last"] == "2021-05-21", s
assert s["sources"][0]["name"] == "sapporo" and len(s["terms"]) == 20, s
assert s["terms"][0]["records"] >= s["terms"][1]["records"], s'
ok $? 'stats --format json'
has "$("$HIKU" stats)" 'records               26' 'stats'
is "$("$HIKU" stats --terms 0 --format json | grep -c '"terms":\[\]')" 1 'stats --terms 0'
cp hiku.db other-meta.db
sqlite3 other-meta.db 'ALTER TABLE meta RENAME COLUMN value TO v' && run "$HIKU" stats --db other-meta.db
is "$status" 3 'stats of an index whose meta has another column'
has "$err" "'other-meta.db'" 'which is named'

# --- pipes
"$HIKU" search --limit 0 --format json 児童 | head -c 1 >/dev/null
is "${PIPESTATUS[0]}" 0 'a reader that goes away is no error'
"$HIKU" tokens <noise 2>err.txt | head -n 1 >/dev/null
is "${PIPESTATUS[0]} $(cat err.txt)" '0 ' 'nor for tokens'
run bash -c '"$0" search 夜間 >&-' "$HIKU"
is "$status" 3 'a closed standard output: exit 3'
is "$("$HIKU" search 夜間 --format trec 2>&- | wc -l)" 2 'a closed standard error'
is "$("$HIKU" search --format trec 夜間 <&- | wc -l)" 2 'a closed standard input'

# --- two runs at once
"$HIKU" index --quiet --full 2>/dev/null &
"$HIKU" index --quiet --full 2>/dev/null &
wait
"$HIKU" check >/dev/null
ok $? 'two rebuilds at once leave a sound index'
finish
