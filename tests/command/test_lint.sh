# hiku lint: words that look misspelt.
. "$(dirname "$0")/../lib.sh"

{
    printf '番号\t日付\t取組内容\t概要\n1\t\t町田副市长の話\t家児児童相談室に行く\n2\t\t児童想談所長の話\t第1回対策会議\n3\t\t會議\tｾﾝﾀｰと①\n'
    for i in {4..7}; do printf '%d\t\t児童相談所長の話\t第2回対策会議、家庭児童相談室\n' "$i"; done
} >t.tsv
"$HIKU" index --quiet t.tsv
run "$HIKU" lint --format tsv
is "$status $out" '0 key	field	start	end	word	suggestion	reason
t#1	title	9	15	市长	市長	variant
t#1	body	0	21	家児児童相談室	家庭児童相談室	misprint
t#1	body	0	21	家児児童相談室	家庭児童相談室	rare
t#2	title	0	18	児童想談所長	児童相談所長	rare
t#3	title	0	6	會議	会議	variant' 'what is found, and what is not: numbers, width'
run "$HIKU" lint
is "$(sed -n 2p <<<"$out")" 't#1 body 0-21: 家児児童相談室 → 家庭児童相談室 (a known misprint)' 'as text'
"$HIKU" lint --format json | /usr/bin/python3 -c '
import json, sys
for f in json.load(sys.stdin)["findings"]:
    print(f["key"], f["field"], f["start"], f["end"], f["word"], f["suggestion"], f["reason"])' >json
is "$(cat json)" "$("$HIKU" lint --format tsv | tail -n +2 | tr '\t' ' ')" 'as JSON'
{
    printf '番号\t日付\t取組内容\t概要\n'
    printf '%s\t\t会議\t%s\n' 1 '関係機関と協カし、デ一タを使う' 2 '学校のエ事、人ロの減少' 3 'データべースのプ口グラム' \
        4 '3カ月、イロハ、ア 学校、エ 学校、コーヒー一杯、コース一覧、コンテナ一つ、ニ関スル法、市へメール、キロ二千'
} >alike.tsv
"$HIKU" index --quiet --db alike.db alike.tsv
is "$("$HIKU" lint --db alike.db --format tsv | tail -n +2 | cut -f 1,5-)" "$(tr ' ' '\t' <<'END'
alike#1 協カ 協力 lookalike
alike#1 デ一タ データ lookalike
alike#2 エ事 工事 lookalike
alike#2 人ロ 人口 lookalike
alike#3 データべース データベース lookalike
alike#3 プ口グラム プログラム lookalike
END
)" 'characters that look like others, and what only has them'
run "$HIKU" lint --db alike.db
is "$(head -n 1 <<<"$out")" 'alike#1 body 15-21: 協カ → 協力 (a character of another script)' 'likewise as text'
printf '番号\t日付\t取組内容\t概要\n1\t\t会議\t\n' >clean.tsv
"$HIKU" index --quiet --db clean.db clean.tsv
run "$HIKU" lint --db clean.db
is "$status $out" '1 ' 'nothing to be found'
is "$("$HIKU" lint --db clean.db --format json)" '{"findings":[]}' 'nothing, as JSON'
run "$HIKU" lint --db missing.db
is "$status" 3 'no index'
run "$HIKU" lint word
is "$status" 2 'an operand'
finish
