# hiku index: what a second run changes, which sources it knows, how columns are named.
. "$(dirname "$0")/../lib.sh"

day=0
head='番号\t日付\t取組内容\t概要\n'
table() { # table FILE ROW...: a register; ROW: number|title|body
    printf "$head" >"$1"
    local row
    for row in "${@:2}"; do
        IFS='|' read -r number title body <<<"$row"
        printf '%s\t\t%s\t%s\n' "$number" "$title" "$body" >>"$1"
    done
    day=$((day + 1))
    touch -d "2020-01-01 + $day days" "$1"
}
db() { sqlite3 -separator ' ' hiku.db "$1"; }
ids() { db 'SELECT id, key, title FROM documents ORDER BY key'; }
summary() { sed -E 's/ \([0-9.]+ s\)$//' <<<"$out"; }
keys() { "$HIKU" search --format tsv --limit 0 "$@" | tail -n +2 | cut -f 1 | tr '\n' ' '; }

# --- one source, changed in every way
table a.tsv '1|夜間の窓|' '2|休日の窓|' '3|平日の窓|'
run "$HIKU" index a.tsv
is "$status" 0 'a new index'
is "$(summary)" '3 records: 3 added, 0 changed, 0 removed, 0 unchanged; 1 source, 0 problems' 'its summary'
is "$err" '' 'nothing on standard error'
before=$(ids)
run "$HIKU" index a.tsv
is "$(summary)" '3 records: 0 added, 0 changed, 0 removed, 3 unchanged; 1 source, 0 problems' 'twice changes nothing'
is "$(ids)" "$before" 'nor the records'
dump=$(sqlite3 hiku.db .dump | grep -v 'INTO sources')
"$HIKU" index --quiet
is "$(sqlite3 hiku.db .dump | grep -v 'INTO sources')" "$dump" 'nor anything else in the file'

table a.tsv '1|夜間の窓|' '2|休日の家|' '3|平日の窓|'
run "$HIKU" index a.tsv
is "$(summary)" '3 records: 0 added, 1 changed, 0 removed, 2 unchanged; 1 source, 0 problems' 'a changed row'
is "$(ids)" $'1 a#1 夜間の窓\n4 a#2 休日の家\n3 a#3 平日の窓' 'changes its record alone'
is "$(keys 休日の窓 --all)" '' 'its old text is gone'
is "$(keys 家)" 'a#2 ' 'its new text is found'

table a.tsv '1|夜間の窓|' '2|休日の家|' '3|平日の窓|' '4|祝日の窓|'
run "$HIKU" index a.tsv
is "$(summary)" '4 records: 1 added, 0 changed, 0 removed, 3 unchanged; 1 source, 0 problems' 'an added row'
is "$(ids | grep -c '^[134] ')" 3 'leaves the others'
is "$(keys 祝日)" 'a#4 ' 'and is found'

table a.tsv '1|夜間の窓|' '3|平日の窓|' '4|祝日の窓|'
run "$HIKU" index a.tsv
is "$(summary)" '3 records: 0 added, 0 changed, 1 removed, 3 unchanged; 1 source, 0 problems' 'a removed row'
is "$(keys 家 --all)" '' 'is not found any more'

before=$(ids)
table a.tsv '4|祝日の窓|' '1|夜間の窓|' '3|平日の窓|'
run "$HIKU" index a.tsv
is "$(summary)" '3 records: 0 added, 0 changed, 0 removed, 3 unchanged; 1 source, 0 problems' 'rows in another order'
is "$(ids)" "$before" 'keep their records'
is "$(db 'SELECT key, line FROM records ORDER BY line')" $'a#4 2\na#1 3\na#3 4' 'but for the lines'
"$HIKU" check >/dev/null
ok $? 'the index is sound after all that'

run "$HIKU" index --full
is "$(summary)" '3 records: 3 added, 0 changed, 0 removed, 0 unchanged; 1 source, 0 problems' '--full builds anew'
is "$(ids)" $'2 a#1 夜間の窓\n3 a#3 平日の窓\n1 a#4 祝日の窓' 'with new ids'

# --- a file is read again after any change
table a.tsv '1|夜間の窓|' '3|平日の窓|'
"$HIKU" index --quiet
touch -r a.tsv stamp
sed -i 's/夜間/昼間/' a.tsv && touch -r stamp a.tsv
"$HIKU" index --quiet
is "$(keys 昼間)" 'a#1 ' 'another file of the same size and time'
printf '番号\t日付\t取組内容\t概要\n1\t\t朝方の窓\t\n3\t\t平日の窓\t\n' >a.tsv && touch -r stamp a.tsv
"$HIKU" index --quiet
is "$(keys 朝方)" 'a#1 ' 'other contents in the same file, with the same size and time'
touch -d '2019-01-02' a.tsv
sed -i 's/朝方/昼/' a.tsv && touch -d '2019-01-02' a.tsv
"$HIKU" index --quiet
is "$(keys 昼)" 'a#1 ' 'another size'
table a.tsv '1|一回目|' && touch a.tsv
"$HIKU" index --quiet
sed -i 's/一回目/二回目/' a.tsv
"$HIKU" index --quiet
is "$(keys 二回目)" 'a#1 ' 'changed twice within an instant'

# Long enough after a change, only the time of the last change of any kind tells of contents that were replaced with size
# and date kept; where a disk keeps no such time (the index is told the new one), nothing does.
for name in copied written unknown; do printf '番号\t取組内容\n1\t夜間の%s\n' $name >$name.tsv && touch -r stamp $name.tsv; done
sleep 2.1
"$HIKU" index --quiet --db times.db copied.tsv written.tsv unknown.tsv
for name in copied written unknown; do sed 's/夜間/昼間/' $name.tsv >new && touch -r stamp new && cp -p new $name.tsv; done
cat new >unknown.tsv && touch -r stamp unknown.tsv && sed 's/unknown/written/' new >written.tsv && touch -r stamp written.tsv
sleep 2.1
sqlite3 times.db "UPDATE sources SET ctime_ns = $(stat -c %.9Z unknown.tsv | tr -d .) WHERE name = 'unknown'"
"$HIKU" index --quiet --db times.db
is "$(sqlite3 times.db 'SELECT title FROM documents ORDER BY key' | xargs)" '昼間のcopied 夜間のunknown 昼間のwritten' 'contents replaced with size and time kept'
"$HIKU" index --quiet --full --db times.db
is "$(sqlite3 times.db 'SELECT title FROM documents ORDER BY key' | xargs)" '昼間のcopied 昼間のunknown 昼間のwritten' 'which --full reads in any case'

# --- several sources, folders
rm -f hiku.db
mkdir -p folder/deep
table folder/b.tsv '1|夜間の窓|'
table folder/deep/c.tsv '1|夜間の家|'
table d.tsv '1|夜間の駅|'
run "$HIKU" index folder d.tsv
is "$(summary)" '3 records: 3 added, 0 changed, 0 removed, 0 unchanged; 3 sources, 0 problems' 'a folder and a file'
is "$(db 'SELECT key FROM documents ORDER BY key' | tr '\n' ' ')" 'b#1 c#1 d#1 ' 'their keys'
table folder/e.tsv '1|夜間の寺|'
run "$HIKU" index
is "$(summary)" '4 records: 1 added, 0 changed, 0 removed, 3 unchanged; 4 sources, 0 problems' 'a new file in the folder'
rm folder/b.tsv
run "$HIKU" index
is "$status" 0 'a file that is gone from the folder'
is "$(summary)" '3 records: 0 added, 0 changed, 1 removed, 3 unchanged; 3 sources, 0 problems' 'takes its records along'
is "$(db 'SELECT count(*) FROM sources')" 3 'and its source'
mv d.tsv gone.tsv
run "$HIKU" index
is "$status" 2 'a named source that is gone: exit 2'
has "$err" "'d.tsv'" 'is named'
is "$(keys 駅)" 'd#1 ' 'and its records stay'
mv gone.tsv d.tsv
mkdir -p other && table other/d.tsv '1|夜間の橋|'
"$HIKU" index --quiet other/d.tsv
is "$(keys 橋)$(keys 駅)" 'd~2#1 d#1 ' 'two files of one name'
"$HIKU" check >/dev/null
ok $? 'sound'

# --- a source that changes while it is part of a larger index keeps the others as they are
before=$(db "SELECT id FROM documents WHERE key <> 'd#1' ORDER BY id")
table d.tsv '1|夜間の港|'
"$HIKU" index --quiet d.tsv
is "$(db "SELECT id FROM documents WHERE key <> 'd#1' ORDER BY id")" "$before" 'naming one source leaves the others'

# --- columns
printf '7,夜間の窓,安心\n8,休日の窓,安全\n' >plain.csv
touch -d 2020-01-01 plain.csv
printf '備考\n見回り\n' >list.csv
run "$HIKU" index --db plain.db list.csv
is "$status" 2 'neither a heading line nor columns: exit 2'
has "$err" "--columns id,title,body" 'tells how to name the columns'
test ! -e plain.db
ok $? 'and makes no index'
run "$HIKU" index --db guess.db plain.csv
is "$status" 0 'a table without a heading line is taken'
is "$err" "plain.csv:1: no heading line; by what they hold, title is '2' and body '3'; see --columns" 'and told'
is "$(keys --db guess.db title:夜間 body:安心)" 'plain#7 ' 'its columns are what they hold'
run "$HIKU" index --db strict.db --strict plain.csv
is "$status" 2 '--strict takes no guess'
has "$("$HIKU" index --preview plain.csv)" $'  id\t1\n  title\t2\n  body\t3\n' '--preview shows it'
"$HIKU" index --quiet --db plain.db --columns id,title,body plain.csv
is "$(keys --db plain.db 夜間)" 'plain#7 ' '--columns by position'
run "$HIKU" index --db plain.db
is "$(summary)" '2 records: 0 added, 0 changed, 0 removed, 2 unchanged; 1 source, 0 problems' 'remembered'
printf '9,平日の窓,安寧\n' >>plain.csv
run "$HIKU" index --db plain.db
is "$(summary)" '3 records: 1 added, 0 changed, 0 removed, 2 unchanged; 1 source, 0 problems' 'remembered when the file changes'
run "$HIKU" index --db plain.db --columns id,body,title plain.csv
is "$(summary)" '3 records: 0 added, 3 changed, 0 removed, 0 unchanged; 1 source, 0 problems' 'other columns: read again'
is "$(keys --db plain.db title:安心)" 'plain#7 ' 'with them'
run "$HIKU" index --db plain.db --full
is "$(keys --db plain.db title:安心)" 'plain#7 ' '--full remembers them too'
printf '記号,呼称,趣旨\n5,夜間の窓,安心\n' >named.csv
run "$HIKU" index --db plain.db --columns id,title plain.csv
is "$status" 2 'columns that fit no row: exit 2'
has "$err" 'no row of it could be read' 'columns that fit no row: said'
is "$(keys --db plain.db 夜間)" 'plain#7 ' 'columns that fit no row: the records stay'
"$HIKU" index --quiet --db named.db --columns 'id=記号,title=呼称,body=趣旨' named.csv
is "$(keys --db named.db body:安心)" 'named#5 ' '--columns by name'
run "$HIKU" index --db named.db --columns 'title=なし' named.csv
is "$status" 2 'a name that no column has: exit 2'
has "$err" "'なし'" 'is told'
is "$(keys --db named.db body:安心)" 'named#5 ' 'and the index stays'

# --- which index, which sources
mkdir default && cd default || exit 1
run "$HIKU" index
is "$status" 2 'no source known, no corpus/: exit 2'
mkdir corpus && cp -r "$ROOT/corpus/sapporo" corpus/
run "$HIKU" index
is "$status$(keys 夜間)" '0sapporo#4 sapporo#2 ' 'no source: corpus/'
is "$(sqlite3 hiku.db 'SELECT DISTINCT label FROM sources')" '札幌市' 'the label of hiku.sources.tsv'
HIKU_DB=other.db "$HIKU" index --quiet ../d.tsv
is "$(HIKU_DB=other.db keys 夜間)" 'd#1 ' '$HIKU_DB names the index'
is "$(HIKU_DB=other.db keys --db hiku.db 夜間)" 'sapporo#4 sapporo#2 ' '--db comes before it'
"$HIKU" index --quiet --db pipe.db <(printf '番号\t取組内容\n9\t夜間の窓\n')
is "$(sqlite3 pipe.db 'SELECT number, title FROM documents')" '9|夜間の窓' 'a pipe is read from its first byte'
for n in 1 2 7; do
    "$HIKU" index --quiet --full --threads $n --db threads$n.db ../d.tsv corpus
done
is "$(keys --db threads1.db 児童)" "$(keys --db threads7.db 児童)" 'threads change nothing'
# But for the sources: the times of a file that was just changed are not kept.
for n in 1 2 7; do sqlite3 threads$n.db .dump | grep -v '^INSERT INTO sources' >threads$n.sql; done
cmp -s threads1.sql threads2.sql && cmp -s threads1.sql threads7.sql && grep -q 'INSERT INTO postings' threads1.sql
ok $? 'not a byte of what the tables hold'
digest() { "$HIKU" check --digest --db "$1" | sed -n 2p; }
is "$(digest threads1.db)" "$(digest threads7.db)" 'and so they have the same digest'
[[ $(digest threads1.db) =~ ^[0-9a-f]{16}$ ]]
ok $? 'of 16 digits'
table e.tsv '1|夜間の窓|' '2|朝|'
"$HIKU" index --quiet --db updated.db e.tsv
before=$(digest updated.db)
table e.tsv '1|夜間の窓|' '2|昼|'
"$HIKU" index --quiet --db updated.db e.tsv
"$HIKU" index --quiet --db built.db e.tsv
is "$(digest updated.db)" "$(digest built.db)" 'an update leads to the same digest as a build'
[ "$(digest updated.db)" != "$before" ]
ok $? 'and another one than before'
run "$HIKU" index --quiet
is "$out$err" '' '--quiet is quiet'
cd ..

# --- killed at any instant: the old index or the new one
"$HIKU" index --quiet --db kill.db d.tsv
seq 1 3000 | awk 'BEGIN { print "番号\t取組内容\t概要" } { print $1 "\t夜間の窓口" $1 "\t児童相談所の休日・夜間の体制" }' >many.tsv
for delay in 0.01 0.03 0.06 0.1 0.2; do
    "$HIKU" index --quiet --db kill.db many.tsv &
    sleep $delay
    kill -9 $! 2>/dev/null
    wait $! 2>/dev/null
    n=$("$HIKU" search --format trec --limit 0 --db kill.db 夜間 | wc -l)
    [ "$n" -eq 1 ] || [ "$n" -eq 3001 ]
    ok $? "killed after $delay s: $n records"
done
"$HIKU" index --quiet --db kill.db many.tsv
is "$("$HIKU" search --format trec --limit 0 --db kill.db 夜間 | wc -l)" 3001 'and the next run ends the work'
"$HIKU" check --db kill.db >/dev/null
ok $? 'soundly'
finish
