# What cannot be read, written or understood: exit code and message of each.
. "$(dirname "$0")/../lib.sh"

table() { printf '番号\t取組内容\t概要\n1\t夜間の窓\t安心\n' >"$1"; }
fails() { # fails CODE PART NAME COMMAND...
    run "$HIKU" "${@:4}"
    is "$status" "$1" "$3: exit $1"
    has "$err" "$2" "$3: message"
    [ "$(wc -l <<<"$err")" -le 3 ]
    ok $? "$3: is short"
}
no_index() {
    test ! -e hiku.db
    ok $? "$1: no index is made"
    ls -A | grep -q '^hiku.db'
    is $? 1 "$1: nothing is left behind"
}

# --- sources
fails 2 "'none.tsv'" 'a missing file' index none.tsv
no_index 'a missing file'
: >empty.tsv
fails 2 "empty.tsv" 'an empty file' index empty.tsv
no_index 'an empty file'
head -c 20000 "$HIKU" >binary.tsv
fails 2 "binary.tsv" 'a binary file' index binary.tsv
no_index 'a binary file'
mkdir folder
fails 2 "folder" 'an empty folder' index folder
no_index 'an empty folder'
printf '番号\t取組内容\n' >heading.tsv
run "$HIKU" index heading.tsv
is "$status $(cut -d ' ' -f 1-2 <<<"$out")" '0 0 records:' 'a heading without rows'
rm -f hiku.db
if [ "$(id -u)" -eq 0 ]; then
    ok 0 'an unreadable file # SKIP root reads everything'
else
    table secret.tsv && chmod 000 secret.tsv
    fails 2 "secret.tsv" 'an unreadable file' index secret.tsv
fi
table good.tsv
run "$HIKU" index good.tsv none.tsv
is "$status" 2 'one source of two is missing: exit 2'
has "$err" "none.tsv: " 'it is named'
is "$("$HIKU" search --format trec 夜間 | cut -d ' ' -f 3)" 1 'the other is indexed'
before=$(sqlite3 hiku.db .dump)
fails 2 'stays as it was' 'no source can be read' index none.tsv
is "$(sqlite3 hiku.db .dump)" "$before" 'the index stays'
rm -f hiku.db

# --- rows
printf '番号\t取組内容\t概要\n1\t夜間の窓\t安心\n2\n3\t夜間の家\t安心\t余分\n4\t夜間の駅\n4\t夜間の寺\t安心\n' >rows.tsv
run "$HIKU" index rows.tsv
is "$status" 0 'bad rows do not stop the run'
is "$err" $'rows.tsv:3: a line that is not cut into cells\nrows.tsv:4: 4 cells, 3 expected\nrows.tsv:6: number \'4\' comes again; the record is kept as \'rows#4~2\'' 'each is told with its line'
is "$(sed -E 's/ \(.*//' <<<"$out")" '3 records: 3 added, 0 changed, 0 removed, 0 unchanged; 1 source, 3 problems' 'and counted'
printf '番号,取組内容\n1,"夜間\n2,休日\n' >open.csv
run "$HIKU" index --db open.db open.csv
has "$err" 'open.csv:2' 'a quote without an end is told'
is "$("$HIKU" search --db open.db --format tsv 休日 | cut -f 2 | tail -n 1)" 2 'and swallows nothing'
printf '番号\t取組内容\n1\t夜\xff間\n' >bytes.tsv
run "$HIKU" index --db bytes.db bytes.tsv
has "$err" 'bytes.tsv:2' 'damaged UTF-8 is told'
printf '番号\t取組内容\n1\t夜間\n' | iconv -f UTF-8 -t CP932 >sjis.tsv
run "$HIKU" index --db sjis.db sjis.tsv
is "$err" '' 'Shift_JIS is read'
is "$("$HIKU" search --db sjis.db --format tsv 夜間 | cut -f 6 | tail -n 1)" 夜間 'and found'

# --- the index cannot be written
table good.tsv
fails 3 "/proc/hiku.db" 'a folder that cannot be written' index --db /proc/hiku.db good.tsv
fails 3 "'nowhere/hiku.db': No such file or directory; its folder must be there" 'no such folder' index --db nowhere/hiku.db good.tsv
mkdir taken.db
fails 3 "the index is a folder: 'taken.db'" 'a folder in its place' index --db taken.db good.tsv
fails 3 "the index is a folder: 'taken.db'" 'a folder to be searched' search --db taken.db 夜間
test -d taken.db
ok $? 'the folder stays'
mkfifo pipe.db
for full in '' --full; do
    fails 3 "a device or pipe: 'pipe.db'" "a pipe in its place $full" index --db pipe.db $full good.tsv
    fails 3 "a device or pipe: '/dev/null'" "a device $full" index --db /dev/null $full good.tsv
done
fails 3 "a device or pipe: 'pipe.db'" 'a pipe to be searched' search --db pipe.db 夜間
test -p pipe.db -a -c /dev/null
ok $? 'both stay'
: >zero.db
fails 3 "there is no index: 'zero.db'" 'an empty file to be searched' search --db zero.db 夜間
fails 3 "no index to compact: 'zero.db'" 'an empty file to be compacted' index --compact --db zero.db
run "$HIKU" index --quiet --db zero.db good.tsv
is "$status$err $("$HIKU" search --db zero.db --format trec 夜間 | wc -l)" '0 1' 'an empty file has nothing to lose: it becomes an index'
sqlite3 theirs.db 'CREATE TABLE documents(a); INSERT INTO documents VALUES(1)'
for option in '' --full --compact; do
    fails 3 "no hiku index: 'theirs.db'" "another program's database ${option:-updated}" index --db theirs.db $option
done
is "$(sqlite3 theirs.db 'SELECT a FROM documents')" 1 'which stays as it is'
cp zero.db newer.db && sqlite3 newer.db 'PRAGMA user_version = 99'
fails 3 'has format 99' 'a newer format' index --db newer.db
fails 3 'has format 99' 'a newer format to be searched' search --db newer.db 夜間
seq 1 20000 | awk 'BEGIN { print "番号\t取組内容" } { print $1 "\t夜間の窓口" $1 }' >many.tsv
run bash -c 'ulimit -f 100; trap "" XFSZ; exec "$0" index --db full.db many.tsv' "$HIKU"
is "$status" 3 'disk full: exit 3'
has "$err" "larger than a file may be here: 'full.db'; raise the limit" 'disk full: message'
ls -A | grep -q '^full.db'
is $? 1 'disk full: nothing is left behind'
"$HIKU" index --quiet --db full.db good.tsv
run bash -c 'ulimit -f 200; trap "" XFSZ; exec "$0" index --db full.db many.tsv' "$HIKU"
is "$status" 3 'disk full during an update: exit 3'
has "$err" "larger than a file may be here: 'full.db'; raise the limit" 'disk full during an update: message'
is "$("$HIKU" search --db full.db --format trec --limit 0 夜間 | wc -l)" 1 'the old index answers'
"$HIKU" check --db full.db >/dev/null
ok $? 'and is sound'
run bash -c 'exec "$0" search --db full.db 夜間 >/dev/full' "$HIKU"
is "$status" 3 'results cannot be written: exit 3'
has "$err" 'No space left' 'results cannot be written: message'
if [ "$(id -u)" -ne 0 ]; then
    chmod a-w full.db
    fails 3 'full.db' 'a read-only file' index --db full.db many.tsv
    chmod u+w full.db
fi

# --- an index that another program cuts short while it is searched
"$HIKU" index --quiet --db cut.db good.tsv
mkfifo asked
"$HIKU" search --db cut.db --queries asked --format trec >answered 2>log <&- &
searcher=$!
exec 3>asked
printf 'q1\t夜間\n' >&3
wait_for answered
: >cut.db
printf 'q2\t夜間\n' >&3
exec 3>&-
wait "$searcher"
is "$?" 3 'an index cut short under a search: exit 3, not a signal'
grep -Eq "^hiku: the index (was cut short|is damaged)" log
ok $? 'which is told'

# --- dictionaries
"$HIKU" index --quiet --db words.db good.tsv
fails 3 "MeCab cannot open the dictionary '$tmp/taken.db'; install" 'a folder that is no dictionary' \
    search --db words.db --dicdir "$tmp/taken.db" 夜間
fails 3 "'$tmp/good.tsv' is no user dictionary" 'a user dictionary that is none' \
    index --db other.db --userdic good.tsv good.tsv

# --- arguments
fails 2 "'1025' is too many for '--threads'" 'too many threads' index --threads 1025 good.tsv
fails 2 "did you mean '--format'?" 'a misspelt option' search --fromat json 夜間
fails 2 "see: hiku help search" 'an unknown option' search --qqqqqq 夜間
fails 2 'missing' 'no query' search
fails 2 "'--limit'" 'no number' search --limit x 夜間
fails 2 "'--limit'" 'a negative number' search --limit -1 夜間
fails 2 "'--limit'" 'a number too large' search --limit 99999999999999999999 夜間
fails 2 'text|json' 'an unknown form' search --format xml 夜間
fails 2 "'since'" 'no date' search --db full.db --since きのう 夜間
fails 2 "wants a value" 'an option without its value' search --format
fails 2 "takes no value" 'a value too many' search --any=1 夜間
fails 2 'exclude' 'options that exclude each other' search --any --all 夜間
fails 2 'exclude' 'a query and --queries' search --queries x 夜間
fails 2 'too many' 'check with an argument' check full.db
fails 2 "nosuch" 'help for no command' help nosuch
fails 1 "'rows#99'" 'show: no such record' show rows#99
finish
