# Did you mean: what is offered when no record has all words.
. "$(dirname "$0")/../lib.sh"

printf '番号\t日付\t取組内容\t概要\n1\t\t児童相談所の体制\t家庭児童相談室の職員\n2\t\t夜間の見守り\t保育所の待機児童\n3\t\t要保護児童対策地域協議会\tスクールソーシャルワーカー\n' >t.tsv
"$HIKU" index --quiet t.tsv

offers() { # offers QUERY…: what is offered, one a line
    "$HIKU" search --format json "$@" | /usr/bin/python3 -c '
import json, sys
for text in json.load(sys.stdin).get("did_you_mean", ["(none asked)"]):
    print(text)'
}

is "$(offers 児童想談所)" '児童相談所' 'a wrong character'
is "$(offers 児童談所)" '児童相談所' 'a character left out'
is "$(offers 児童相相談所)" '児童相談所' 'a character too many'
is "$(offers 家庭自動相談室)" '家庭児童相談室' 'the same sound'
is "$(offers 夜刊)" '夜間' 'a whole word'
is "$(offers スクールソーシャルワーガー)" 'スクールソーシャルワーカー' 'katakana'
is "$(offers 保育所待機)" '保育所 待機' 'a blank left out'
is "$(offers 夜間 想談)" '夜間 相談' 'one word of several'
is "$(offers 要 対協)" $'要対協\n要 対策' 'a blank too many: the whole has a synonym'
is "$(offers 要 対協 スクール)" $'要対協 スクール\n要 対策 スクール' 'and a word behind it'
is "$(offers "要" '"対協"')" '要 対策' 'quotes are not joined'
is "$(offers --without synonyms 要 対協)" '要 対策' 'nor where the rule is switched off'
is "$(offers 夜間)" '(none asked)' 'what is found has no suggestions'
is "$(offers 家庭児堂相談室)" '家庭児童相談室' 'a compound with another kanji'
is "$(offers 要保護児童対策地域協議怪 | head -n 1)" '要保護児童対策地域協議会' 'a compound of so many words that it reads like a title'
is "$(offers かていじどうそだんしつ)" '家庭児童相談室' 'a kana left out'
is "$(offers かていじどうそうだんし | tail -n 1)" '家庭児童相談室' 'at the end'
is "$(offers カテイジドウソウダンシツウ)" '家庭児童相談室' 'a kana too many'
is "$(offers かていしどうそうだんしつ)" '家庭児童相談室' 'a wrong kana'
is "$(offers kateijidousodanshitsu)" '家庭児童相談室' 'in Latin letters'
is "$(offers かていじどうそうだんしつ)" '(none asked)' 'what is read so is found'
is "$(offers かていじどうそだんしつの)" '' 'two edits are too many'
is "$(offers 家庭と児堂を相談する部屋)" '' 'a sentence is not corrected'
is "$(offers zzzzz)" '' 'nothing is near'
is "$(offers '')" '' 'an empty query'
is "$(offers -- -想談)" '(none asked)' 'what is excluded is not corrected'
run "$HIKU" search --all 児童想談所
is "$status $(sed 's/([0-9.]* ms)/(MS)/' <<<"$out")" $'1 0 records (MS)\ndid you mean: 児童相談所' 'in text; nothing is replaced'
run "$HIKU" search かていじどうそだんしつ
is "$status $(sed 's/([0-9.]* ms)/(MS)/' <<<"$out")" $'1 0 records (MS)\ndid you mean: 家庭児童相談室' 'likewise by reading'
run "$HIKU" search --all --format tsv 児童想談所
is "$status $(wc -l <<<"$out")" '1 1' 'not in tables'
run "$HIKU" search --format json "$(printf '児%.0s' {1..500})"
is "$status" 1 'a long word'
is "$(offers title:スクールソーシャルワカー)" '' 'what stands in the other field only is not offered'
cp t.tsv u.tsv
"$HIKU" index --quiet --db u.db u.tsv
sed -i '/見守り/d' u.tsv
"$HIKU" index --quiet --db u.db u.tsv
is "$(offers --db u.db 夜刊)" '' 'nor what only a deleted record had'
printf '番号\t件名\t内容\t担当課（室）\t予算 国費\t10\n1\t公園の整備\t遊具を直す\tＮＰＯ推進課\t12345\t甲乙丙課\n2\t道路の整備\t舗装を直す\t水辺再生課\t678\t\n' >c.tsv
"$HIKU" index --quiet --db c.db c.tsv
is "$(offers --db c.db 水辺再生課)" '担当課(室):水辺再生課' 'a word that stands in another column only'
is "$(offers --db c.db 道路 水辺再生課)" '道路 担当課(室):水辺再生課' 'one word of several'
is "$(offers --db c.db ぬ1ぬ ぬ2ぬ ぬ3ぬ ぬ4ぬ 水辺再生課)" '' 'of many words that are nowhere only four are looked for in columns'
is "$(offers --db c.db ぬ1ぬ ぬ2ぬ ぬ3ぬ 水辺再生課)" 'ぬ1ぬ ぬ2ぬ ぬ3ぬ 担当課(室):水辺再生課' 'the fourth still is'
many=$(seq -f 'ぬ%gぬ' -s ' ' 1 15)
is "$(offers 児童想談所 $many 夜刊)" "児童相談所 $many 夜刊" 'the first of many words'
is "$(offers $many 夜刊)" "$many 夜間" 'of words that are nowhere the sixteenth is looked at'
is "$(offers $many ぬ16ぬ 夜刊)" '' 'and none behind it'
run "$HIKU" search --db c.db --format tsv '道路 担当課(室):水辺再生課'
is "$(tail -n 1 <<<"$out" | cut -f1)" 'c#2' 'and what is offered finds it'
told() { # told QUERY…: what text says below the results
    "$HIKU" search --db c.db "$@" | sed -n '/there is no column/p'
}
is "$(told 担当:水辺)" 'there is no column: 担当; there are: 担当課(室), 予算国費' 'a column that no record has, and those that are there, the likely first'
is "$(told 道路 担当:水辺 所管:い)" 'there is no column: 担当, 所管; there are: 担当課(室), 予算国費' 'two such columns beside a word'
is "$(offers --db c.db 道路:整備)" '道路 整備' 'parted words without the sign between them'
for query in 国費:678 予算国費:999 label:札幌 http://foo 10:30 水辺; do
    is "$(told "$query")" '' "$query: nothing is said of columns"
done
is "$("$HIKU" search 担当:水辺 | tail -n 1)" 'there is no column: 担当; there are none but title and body' 'an index without other columns'
printf '番号\t件名\t所管\n1\t公園\t緑地課\n' >gone.tsv && "$HIKU" index --quiet --db gone.db gone.tsv
printf '番号\t件名\n1\t公園\n' >gone.tsv && "$HIKU" index --quiet --db gone.db gone.tsv
is "$("$HIKU" search ＤＡＴＥ：来年 所管:い | tail -n 2)" "there is no column: 所管; there are none but title and body
there is no date behind 'date:'; write for example date:2019-06-05, date:令和元年6月 or date:R1.6.5" 'a field that wants a date is no column'
is "$("$HIKU" search 日付:R1.13.1 | sed 1d)" "there is no date behind '日付:'; write for example 日付:2019-06-05, 日付:令和元年6月 or 日付:R1.6.5" 'nor is it beside no other'
is "$("$HIKU" search --db gone.db 所管:緑地課 | tail -n 1)" 'there is no column: 所管; there are none but title and body' 'one that records had before'
is "$("$HIKU" search --db c.db --format json 担当:水辺 | sed 's/.*\("did_you.*\)/\1/')" '"did_you_mean":[],"unknown_columns":["担当"],"columns":["担当課(室)","予算国費"],"hits":[]}' 'likewise in JSON'
is "$(offers --db c.db npo推進課 | head -n 1)" '' 'other width than the column is written in is not looked for'
is "$(offers --db c.db 12345)" '予算国費:12345' 'a name without its blanks'
is "$(offers --db c.db 甲乙丙課)" '' 'no name that cannot be asked for'
is "$(offers --db c.db title:水辺再生課)" '' 'nor where a field was named'
sed -i '/水辺/d' c.tsv
"$HIKU" index --quiet --db c.db c.tsv
is "$(offers --db c.db 水辺再生課)" '' 'nor the column of a deleted record'
printf '番号\t日付\t取組内容\t概要\n1\t\t障害者差別解消法\t障害者差別解消法の施行\n2\t\t社会福祉法人\t社会福祉法施行令\n3\t\t海洋生物資源量\t海洋生物の量\n' >d.tsv
"$HIKU" index --quiet --db d.db d.tsv
is "$(offers --db d.db 障害者差別解商法)" '障害者差別解消法' 'a kanji with which words are cut otherwise'
is "$(offers --db d.db 海洋生物資験量)" '海洋生物資源量' 'one that is read otherwise'
is "$(offers --db d.db 海洋生資源量)" '海洋生物資源量' 'one left out where words are cut otherwise'
is "$(offers --db d.db 障害者差別解消方 | grep 法)" '障害者差別解消法' 'the last'
is "$(offers --db d.db 傷害者差別解消法)" '障害者差別解消法' 'the first'
is "$(offers --db d.db 社会福祉法仁)" '社会福祉法人' 'no part of a word: 社会福祉法施'
is "$(offers --db d.db 海洋生物資量 | grep の)" '' 'no kana for a kanji: 海洋生物の量'
printf '番号\t日付\t取組内容\t概要\n1\t\t待機\t待たれる、待たれた、待たず、待たない\n2\t\t資材関係\t材の種類、在宅\n3\t\tスクール\t\n' >k.tsv
"$HIKU" index --quiet --db k.db k.tsv
is "$(offers --db k.db 待起 | xargs)" "待機 待た" 'a noun before the kana of a verb that stands there more often'
is "$(offers --db k.db 在関 | xargs)" "在宅 材関" 'what is a part of longer words alone comes behind words'
is "$(offers --db k.db スクル)" 'スクール' 'kana left out among kana'
sqlite3 hiku.db 'UPDATE vocabulary SET n = n - 1 WHERE surface = (SELECT min(surface) FROM vocabulary)'
run "$HIKU" check
is "$status" 3 'hiku check looks at the vocabulary'
grep -q 'the vocabulary lacks 1 words' <<<"$out"
ok $? 'and says what is missing'
finish
