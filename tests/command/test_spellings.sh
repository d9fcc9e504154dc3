# Other spellings: switching rules off, what --explain says, what is marked, how many there are.
. "$(dirname "$0")/../lib.sh"

printf '番号\t日付\t取組内容\t概要\n1\t\t会議\t参加者は三十人、費用は１万２千円。\n2\t\t会議\t参加者は30人、費用は12,000円。\n' >t.tsv
"$HIKU" index --quiet t.tsv

like() { # like TEXT PART NAME: whether PART is in TEXT
    grep -qF -- "$2" <<<"$1"
    ok $? "$3"
}

marked() { # marked QUERY…: the texts that are marked in each hit, best first
    "$HIKU" search --format jsonl "$@" | /usr/bin/python3 -c '
import json, sys
for line in sys.stdin:
    hit = json.loads(line)
    body = hit["body"].encode()
    print(hit["id"], *(body[a:b].decode() for a, b in hit["highlights"]["body"]))'
}

is "$(marked --all 30人)" $'2 30人\n1 三十人' 'the typed spelling first, the text as written is marked'
is "$(marked --all １万2千円)" $'1 １万２千円\n2 12,000円' 'likewise in the other direction'
is "$(marked --all --without numerals 30人)" '2 30人' '--without'
is "$(marked --all --without kana,dates 30人)" $'2 30人\n1 三十人' '--without other rules'
is "$(marked --all --exact 30人)" '2 30人' '--exact'
is "$(marked --all '"30人"')" '2 30人' 'quotes'
run "$HIKU" search --explain --all 30人
like "$out" "all words: text '30人' = '三十人' (numerals), '三〇人' (numerals)" '--explain names the rule'
like "$out" '30人 (numerals): title 0, body 1' '--explain names the rule of the match'
run "$HIKU" search --explain --all 三箇月
like "$out" "'3か月' (numerals+counters)" 'two rules in a row'
rules=$(sed -n "/EXPAND_OTHERS/d; s/^    {\"\([a-z]*\)\", expand_.*/\1/p" "$ROOT/search/plan/expand.c" | awk '!seen[$0]++'; printf '%s\n' width case variants)
run "$HIKU" search --without numerals,nonsense 30人
is "$status $err" "2 hiku: no such rule: 'nonsense'; there are: $(paste -sd, <<<"$rules" | sed 's/,/, /g')" 'an unknown rule'
for rule in $rules; do
    grep -q "^\.It Li $rule\$" "$ROOT/search/hiku-query.7"
    ok $? "hiku-query(7) describes $rule"
done
run "$HIKU" search --explain --all "$(seq -s ' ' 1001 1120 | sed 's/ /人 /g')人"
n=$(grep -o '(numerals' <<<"$out" | wc -l)
[ "$n" -gt 200 ] && [ "$n" -le 256 ]
ok $? "a query has 256 other spellings at most ($n)"

# --- readings ------------------------------------------------------------------------------------
printf '番号\t日付\t取組内容\t概要\n1\t\t会議\t外国の話\n2\t\t会議\t外とこくの話\n3\t\t会議\t非難と訓練、避難の話\n' >r.tsv
"$HIKU" index --quiet --db r.db r.tsv
run "$HIKU" search --db r.db --explain --all がいこく
like "$out" "'外国' (readings" 'a word that is read so'
grep -qF "'外こく'" <<<"$out"
is $? 1 'and no kanji and kana mixed where there is one'
run "$HIKU" search --db r.db --explain --all ひなん訓練
like "$out" "'避難訓練' (readings)" 'a part in kana is one of the words that are read so'
run "$HIKU" search --db r.db --explain --all 避難くんれん
like "$out" "'避難訓練' (readings)" 'at the end too'
grep -qF "'非難訓練'" <<<"$out"
is $? 1 'the kanji that were typed stay'

# --- characters: width, case, variants -----------------------------------------------------------
{
    printf '番号\t日付\t取組内容\t概要\n'
    printf '%s\t\t記録\t%s\n' 1 '副市长のＤＶ会議' 2 '副市長のDV会議' 3 '副市長のdv会議である' 4 '国と國の会議'
    for i in $(seq 5 54); do
        printf '%s\t\t記録\t学校の記録%s\n' "$i" "$(((i - 5) % 20 < 10))"
        printf '%sx\t\t記録\t學校の記録%s\n' "$i" "$(((i - 5) % 20 < 10))"
    done
} >c.tsv
"$HIKU" index --quiet --db c.db c.tsv
is "$(marked --db c.db --all ＤＶ)" $'1 ＤＶ\n2 DV\n3 dv' 'the width typed comes first'
is "$(marked --db c.db --all --without width ＤＶ)" '1 ＤＶ' '--without width'
is "$(marked --db c.db --all --without case DV)" $'2 DV\n1 ＤＶ' '--without case'
is "$(marked --db c.db --all --without width,case,synonyms dv)" '3 dv' '--without width and case'
is "$(marked --db c.db --all --without variants 国)" '4 国' '--without variants: what is marked'
is "$(marked --db c.db --all --without variants '国 國')" '4 国 國' 'two words of one normal form'
is "$(marked --db c.db --without variants '副市长の会議' | sort)" $'1 副 市长 会議\n2 副 会議\n3 副 会議\n4 会議' \
    'partial matches follow, written as typed'
is "$(marked --db c.db --all --without variants '会議 -副市长')" $'4 会議\n2 会議\n3 会議' 'likewise what is excluded'
is "$(marked --db c.db --all --exact --without case '"DV会議"')" $'2 DV会議\n1 ＤＶ会議' 'likewise in quotes'
is "$(marked --db c.db --all --without variants --limit 0 'title:学校 OR body:學校の記録0' | wc -l)" 20 'in one field'
is "$(marked --db c.db --words --all --limit 0 --without variants 學校 | wc -l)" 50 'whole words'
run "$HIKU" search --db c.db --explain --all ＤＶ
like "$out" 'dv (width+case): title 0, body 1' '--explain names width and case'
run "$HIKU" explain --db c.db --without variants 'c#1' 副市長
like "$out" "body 0-9 '副市长' would match by 'variants', which is switched off" 'explain tells which rule would find it'
pages() { # pages N: the keys of the first hundred hits, N at a time
    for ((at = 0; at < 100; at += $1)); do
        "$HIKU" search --db c.db --all --format tsv --limit "$1" --offset $at 学校 | tail -n +2 | cut -f 1
    done
}
all=$(pages 100)
is "$(head -n 10 <<<"$all" | grep -c x)" 0 'literal spellings first'
is "$(wc -l <<<"$all")" 100 'a hundred hits'
is "$(pages 5)" "$all" 'pages of five make the same order'
is "$(pages 25)" "$all" 'pages of twenty-five too'

# --- synonyms ------------------------------------------------------------------------------------
printf '番号\t日付\t取組内容\t概要\n1\t\t会議\t取組みと児童相談所の話\n2\t\t会議\t取り組みと児相の話\n3\t\t会議\t架空院の話\n' >s.tsv
"$HIKU" index --quiet --db s.db s.tsv
is "$(marked --db s.db --all 児相)" $'2 児相\n1 児童相談所' 'a synonym is marked as written'
is "$(marked --db s.db --all 取り組み)" $'2 取り組み\n1 取組み' 'okurigana are marked as written'
run "$HIKU" search --db s.db --explain --all 児相
like "$out" "'児童相談所' (synonyms)" '--explain names synonyms'
mkdir own && cp "$HIKU" "$(dirname "$HIKU")"/hiku.{dic,lex} own/
printf '%s\n' '000001,1,0,1,0,0,0,(),架空院,,' '000001,1,0,1,0,2,0,(),架院,,' >sudachi.txt
run own/hiku search --db s.db --all 架院
is "$status" 1 'a synonym that is not known'
run own/hiku synonyms import sudachi.txt
is "$status $err" "0 1 group in '$PWD/own/imported.lex'" 'hiku synonyms import'
run own/hiku search --db s.db --all --format tsv 架院
like "$out" 's#3' 'an imported synonym finds'
run own/hiku search --db s.db --all --format tsv 児相
like "$out" 's#1' 'the others are still there'
printf 'a\n' >bad.tsv
run own/hiku synonyms import bad.tsv
is "$status $err" "2 hiku: one term is no group: 'bad.tsv', line 1; separate terms by tabs" 'a bad file'
run own/hiku search --db s.db --all --format tsv 架院
like "$out" 's#3' 'what was imported stays'
run own/hiku synonyms import missing.tsv
is "$status" 2 'a missing file'
run own/hiku synonyms --output nowhere/x.lex import sudachi.txt
is "$status" 3 'a place that cannot be written'
cp sudachi.txt again.txt
run own/hiku synonyms --output again.txt import again.txt
like "$status $err" "2 hiku: 'again.txt' is no lexicon of hiku's, and would be lost; name another place" 'a file that is no lexicon is not overwritten'
cmp -s sudachi.txt again.txt
is "$?" 0 'it stays as it is'
run own/hiku synonyms export x
is "$status $err" '2 hiku: what to import is missing; write: hiku synonyms import FILE' 'an unknown action'
echo damaged >own/imported.lex
run own/hiku search --db s.db 児相
is "$status" 3 'a damaged lexicon is an error'
like "$err" 'hiku synonyms import' 'that says what to do'
run own/hiku synonyms import sudachi.txt
is "$status" 0 'which mends it'
finish
