# hiku explain, hiku tokens --query, records by their number.
. "$(dirname "$0")/../lib.sh"

printf '番号\t日付\t取組内容\t概要\t担当\n4\t2019-07-08\t児童相談所の夜間体制\t休日や平日夜間の対応\t東部\n5\t2020-01-01\t会議\t児童相談所長の話と取り組み\t西部\n' >a.tsv
printf '番号\t取組内容\n4\t保育\n4\t休日保育\n6\t児童虐待\n' >b.tsv
"$HIKU" index --quiet a.tsv b.tsv 2>/dev/null

run "$HIKU" explain a#4 夜間
is "$status $out" "0 a#4  児童相談所の夜間体制
query: \"夜間\"
found: rank 1 of 1, all words; score $("$HIKU" search --format tsv 夜間 | awk -F '\t' 'NR == 2 { print $3 }')
words:
  $("$HIKU" search --format tsv 夜間 | awk -F '\t' 'NR == 2 { print $3 }')  '夜間': title 1, body 1, whole words 2; idf $("$HIKU" search --explain 夜間 | sed -n 's/.*idf \([0-9.]*\) .*/\1/p') × 1
    title 18-24 '夜間', whole word  児童相談所の夜間体制
    body 15-21 '夜間', whole word  休日や平日夜間の対応" 'a record that is found'

# said QUERY…: what keeps a#4 from being found, and what is near
said() {
    "$HIKU" explain "$@" | sed -n '3,$p'
}
has "$(said a#4 児童相談署)" $'\'児童相談署\' is missing\n' 'what is missing'
has "$(said a#4 児童相談署)" "title 0-12 '児童相談' is nearest: 1 character differs" 'what is nearest'
has "$(said a#4 夜間 -休日)" "'休日' is there and must not be" 'what must not be there'
has "$(said a#4 夜間 since:2020)" "the date '2019-07-08' is not in 2020-01-01.." 'another date'
has "$(said a#4 夜間 -2019年7月)" "the date '2019-07-08' is in 2019-07-01..2019-07-31 and must not be" 'a date that must not be'
has "$("$HIKU" explain --format json a#4 夜間 -date:2019-07)" '{"kind":"date","wanted":"2019-07-01..2019-07-31","excluded":true}' 'likewise in JSON'
has "$(said --until 2018 a#4 夜間)" "the date '2019-07-08' is not in ..2018-12-31" '--until'
printf '番号\t日付\t取組内容\n1\t～令和元年7月8日\t夜間\n' >open.tsv
"$HIKU" index --quiet --db open.db open.tsv
is "$(said --db open.db open#1 '休日 date:2018' | grep -c "the date")" 0 'a period without a start is no obstacle'
has "$(said --db open.db open#1 '夜間 date:2020')" "the date" 'but one that it does not reach is'
has "$(said a#4 担当:西部)" "no column has '担当:西部'" 'another column'
has "$(said a#4 title:対応)" "body 24-30 '対応' stands in the other field" 'the other field'
has "$(said --words a#4 談)" "title 9-12 '談' stands only inside a word" 'inside a word'
has "$(said --without okurigana a#5 取組)" "body 27-39 '取り組み' would match by 'okurigana', which is switched off" 'a rule that is switched off'
has "$(said a#5 '"取組"')" "would match by 'okurigana'" 'quotes'
has "$(said --any a#4 夜間 会議)" 'found: rank ' '--any'
has "$(said a#5 児童相談所)" "body 0-15 '児童相談所', inside a word" 'inside a longer word'
has "$(said a#4 夜間の休日に児童相談所の会議を開く)" ' % of the query' 'how much of a long query'
is "$(said a#4 休日 夜間 休日 | grep -c "'休日'")" 2 'a word that was typed twice is one'
# rarity KEY QUERY: the idf of 夜間, as explained
rarity() {
    said "$@" | sed -n "s/.*'夜間'.*idf \([0-9.]*\) .*/\1/p"
}
is "$(rarity --all a#4 夜間 存在しない)" "$(rarity --all a#4 夜間)" 'a word is as rare where no record has all words'
run "$HIKU" explain a#4 存在しない
is "$status" 1 'exit code where it is not found'
run "$HIKU" explain nothing#1 夜間
is "$status $err" "1 hiku: no record 'nothing#1' in 'hiku.db'; see the keys with: hiku search --format tsv …" 'no such record'
run "$HIKU" explain
is "$status $err" '2 hiku: which record is missing; see: hiku help explain' 'no key'
run "$HIKU" explain a#4
is "$status $err" '2 hiku: the query is missing; see: hiku help explain' 'no query'
run "$HIKU" explain --any --all a#4 夜間
is "$status $err" "2 hiku: '--any' and '--all' exclude each other; leave one out" 'options that contradict'
run "$HIKU" explain a#4 夜間 --without nonsense
is "$status" 2 'an unknown rule'
run "$HIKU" explain a#4 --since 2019
is "$status" 0 'only a date'
run "$HIKU" explain --color always a#4 夜間
has "$out" $'児童相談所の\e[1m夜間\e[' '--color'
run "$HIKU" explain a#4 $'\e[31m夜間'
[[ $out != *$'\e'* ]]
ok $? 'nothing that steers a terminal'

has "$(said a#4 體制)" "title 24-30 '体制' (variants), whole word" 'variants of characters are named'
# --- by number -----------------------------------------------------------------------------------
for command in "show" "explain"; do
    run "$HIKU" "$command" 5 $([ "$command" = explain ] && echo 会議)
    has "$out" 'a#5' "hiku $command 5: only one record has the number"
    run "$HIKU" "$command" 4 $([ "$command" = explain ] && echo 会議)
    is "$status $err" "2 hiku: several records have the number '4': 'a#4', 'b#4', 'b#4~2'; give one of these keys" "hiku $command 4: several have it"
    run "$HIKU" "$command" 7 $([ "$command" = explain ] && echo 会議)
    is "$status" 1 "hiku $command 7: none has it"
done
"$HIKU" index --quiet --db c.db a.tsv
run "$HIKU" show --db c.db 4
is "$status" 0 'a number in another index'
run "$HIKU" show --db c.db --db hiku.db 5
is "$err" "hiku: several records have the number '5': 'a#5', 'a#5'; give one of these keys" 'in several indexes'
mkdir many && for i in {10..22}; do printf '番号\t件名\n1\t会議\n' >many/$i.tsv; done
"$HIKU" index --quiet --db many.db many
run "$HIKU" show --db many.db 1
has "$err" "'19#1' …; give one" 'no more than ten keys'

# --- hiku tokens --query -------------------------------------------------------------------------
run "$HIKU" tokens --query '3か月 -休日 title:"会議"'
is "$status $out" "0 query: (AND \"3か月\" (NOT \"休日\") title:=\"会議\")
all words:
  text '3か月' = '三か月' (numerals), '3ヶ月' (counters), '3ケ月' (counters), '3カ月' (counters), '3ヵ月' (counters), '3箇月' (counters), '三ヶ月' (numerals+counters), '三ケ月' (numerals+counters), '三カ月' (numerals+counters), '三ヵ月' (numerals+counters), '三箇月' (numerals+counters)
  text '休日' = 'きゅうじつ' (readings, whole words), 'キュウジツ' (readings, whole words), 'kyuujitsu' (readings, whole words), 'kyujitsu' (readings, whole words) (without)
  text '会議' (title only) (exact)
some words, where no record has all of them:
  word 'か月' = 'ヶ月' (counters), 'ケ月' (counters), 'カ月' (counters), 'ヵ月' (counters), '箇月' (counters)
  phrase '3か月'
  text '会議' (title only)" 'each part with its spellings'
is "$("$HIKU" tokens --query '夜間 -R1.7.8' | head -n 1)" 'query: (AND "夜間" (NOT (OR "R1.7.8" (DATE 2019-07-08 2019-07-08))))' 'a word that is a date'
has "$("$HIKU" tokens --query 夜間の休日に会議を開く)" 'some words, behind the records that have all of them:' 'a sentence'
is "$(printf '夜間' | "$HIKU" tokens --query)" "$("$HIKU" tokens --query 夜間)" 'from standard input'
is "$("$HIKU" tokens --query '')" 'query: ()' 'nothing'
run "$HIKU" tokens --query --format tsv 夜間
is "$status $err" "2 hiku: '--query' wants '--format text' or '--format json'; a query is no table" 'no table'

# --- hiku search --explain names the rules of all spellings --------------------------------------
printf '番号\t取組内容\t概要\n1\t会議\t30人と三十人と三〇人、3か月と三箇月\n' >d.tsv
"$HIKU" index --quiet --db d.db d.tsv
run "$HIKU" search --db d.db --explain 30人 3か月
has "$out" '30人 (numerals): title 0, body 3' 'one rule made two of them'
has "$out" '3か月 (numerals+counters): title 0, body 2' 'two rules in a row'
is "$("$HIKU" search --db d.db --explain --format json 30人 | /usr/bin/python3 -c '
import json, sys
for s in json.load(sys.stdin)["hits"][0]["terms"][0]["spellings"]:
    print(s["text"], s["rule"], s["body_tf"])')" $'30人  1\n三十人 numerals 1\n三〇人 numerals 1' 'as JSON'
finish
