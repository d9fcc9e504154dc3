# hiku check, and what the others say of an index that is not as it should be.
. "$(dirname "$0")/../lib.sh"

"$HIKU" index --quiet --db good.db "$ROOT/corpus"
fresh() { cp good.db hiku.db; rm -f hiku.db-*; }
sql() { sqlite3 hiku.db "$1"; }
finds() { # finds PART NAME: check must end with 3 and say PART
    run "$HIKU" check
    is "$status" 3 "$2: check ends with 3"
    has "$out" "$1" "$2: is found"
    has "$err" "hiku index --full --db 'hiku.db'" "$2: how to mend it"
}
fails() { # fails COMMAND CODE PART NAME: COMMAND (a line) must end with CODE and say PART
    run "$HIKU" $1
    is "$status" "$2" "$4: hiku ${1%% *}: exit $2"
    has "$err" "$3" "$4: hiku ${1%% *}: message"
    is "$out" '' "$4: hiku ${1%% *}: prints no result"
}

fresh
run "$HIKU" check
is "$status $err" '0 ' 'a sound index'
run "$HIKU" check --quick
is "$status $out" '0 quick check: no problems' '--quick'

# --- changes behind hiku's back
sql "UPDATE documents SET title = '夜間の窓口' WHERE id = 7"
finds 'record 7:' 'a title changed by SQL'
fresh
sql "UPDATE documents SET body = replace(body, '休日', '平日') WHERE id = 4"
finds 'places differ from the texts' 'a word of the same length changed by SQL'
fresh
sql "UPDATE documents SET date_text = '令和3年1月1日' WHERE id = 4"
finds 'record 4: its date differs' 'a date changed by SQL'
fresh
sql 'DELETE FROM postings WHERE id = (SELECT max(id) FROM postings)'
finds 'places differ from the texts' 'a row of lists deleted'
fresh
sql 'DELETE FROM documents WHERE id = 9'
finds 'record 9: in the index, but not there' 'a record deleted'
fresh
sql 'UPDATE postings SET data = CAST(substr(data, 1, 40) || x'"'ff'"' || substr(data, 42) AS BLOB) WHERE id = (SELECT min(id) FROM postings)'
run "$HIKU" check
is "$status" 3 'a changed byte in a list is found'
fresh
sql 'UPDATE postings SET data = CAST(substr(data, 1, length(data) - 1) || x'"'7f'"' AS BLOB) WHERE id = (SELECT max(id) FROM postings)'
finds 'lists of frequencies differ' 'a changed byte in a list of frequencies'
fresh
sql "DELETE FROM documents_fts_data WHERE id = (SELECT max(id) FROM documents_fts_data)"
run "$HIKU" check
is "$status" 3 'a damaged FTS5 table is found'

flips=$(/usr/bin/python3 - "$HIKU" <<'PY'
import shutil, sqlite3, subprocess, sys
missed = []
for at in range(0, 2000, 97):
    shutil.copy("good.db", "flip.db")
    db = sqlite3.connect("flip.db")
    row = db.execute("SELECT id, data FROM postings WHERE length(data) > ? LIMIT 1", (at,)).fetchone()
    if row is None:
        break
    data = bytearray(row[1])
    data[at] ^= 0x10
    db.execute("UPDATE postings SET data = ? WHERE id = ?", (bytes(data), row[0]))
    db.commit()
    db.close()
    code = subprocess.run([sys.argv[1], "check", "--db", "flip.db"], capture_output=True).returncode
    # Searching it must not crash.
    search = subprocess.run([sys.argv[1], "search", "--db", "flip.db", "児童相談所"], capture_output=True).returncode
    if code != 3 or search not in (0, 1, 3):
        missed.append((at, code, search))
print(missed)
PY
)
is "$flips" '[]' 'every flipped bit in lists is found'

# --- lists of frequencies that lack
lacks() { # lacks RECORDS: of 300 so many hold the one character that has a list, and it is taken away
    /usr/bin/python3 - "$1" <<'PY' >bridges.tsv
import sys
print("番号\t事業名\t概要")
for i in range(300):
    rare = "".join(chr(0x5000 + (i * 12 + k) % 1500) for k in range(12))
    print("%d\t%s\t%s%s" % (i, rare[:5], rare[5:], "橋" if i < int(sys.argv[1]) else ""))
PY
    rm -f hiku.db && "$HIKU" index --quiet bridges.tsv
    /usr/bin/python3 - <<'PY'
import sqlite3
db = sqlite3.connect("hiku.db")
row, data = db.execute("SELECT id, data FROM lists ORDER BY id DESC LIMIT 1").fetchone()
def ends(data): # of its varints
    return [i + 1 for i, byte in enumerate(data) if byte < 0x80]
def number(data):
    return sum((byte & 0x7F) << 7 * i for i, byte in enumerate(data))
cuts = [0] + ends(data)
n_bytes = number(data[cuts[-2]:])
db.execute("UPDATE lists SET data = ? WHERE id = ?", (data[:cuts[-3]], row))
row, data = db.execute("SELECT id, data FROM postings ORDER BY id DESC LIMIT 1").fetchone()
db.execute("UPDATE postings SET data = ? WHERE id = ?", (data[:-n_bytes], row))
db.commit()
PY
}
lacks 300
finds 'lists of frequencies differ' 'the list of a character that stands in all records'
lacks 100
run "$HIKU" check
is "$status $err" '0 ' 'the list of a character that stands in a third of the records may lack'
is "$("$HIKU" search --format tsv --limit 0 橋 | wc -l)" 101 'it is found without'

# --- names of columns, of which an update brings new ones
printf '番号\t取組内容\t担当\n1\t夜間\t東部\n' >staff.tsv
printf '番号\t取組内容\t所管 課\n1\t休日\t西部\n' >office.tsv
"$HIKU" index --quiet --db columns.db staff.tsv
"$HIKU" index --quiet --db columns.db office.tsv
is "$(sqlite3 columns.db 'SELECT group_concat(name) FROM column_names')" '所管 課,担当' 'names of columns, also of an update'
is "$("$HIKU" search --db columns.db --format tsv 課:西部 | cut -f 1 | tail -n 1)" 'office#1' 'are looked at'
fresh && mv columns.db hiku.db
sql "DELETE FROM column_names WHERE name = '担当'"
finds 'column_names lacks 1 names' 'a name of a column that lacks'

# --- lists and dates that no writer makes, with lengths that fit
fresh
/usr/bin/python3 - <<'PY'
import sqlite3
def varint(value):
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(out + bytes([value]))
def plant(db, segment, pair, position):
    entry = varint(1) + varint(position)
    row = segment << 33 | ord(pair[0]) << 16 | ord(pair[1])
    end = db.execute("SELECT sum(length(data)) FROM postings").fetchone()[0]
    db.execute("UPDATE postings SET data = CAST(data || ? AS BLOB) WHERE id = (SELECT max(id) FROM postings)", (entry,))
    db.execute("INSERT INTO lists VALUES(?, ?)", (row, varint(end) + varint(0) + varint(len(entry))))
db = sqlite3.connect("hiku.db")
segment, n_units = db.execute("SELECT id, n_units FROM segments").fetchone()
text = "xyzxyzxyzxyzxyzxyzxyz"
for i in range(len(text) - 1):
    if text.index(text[i:i + 2]) == i:
        plant(db, segment, text[i:i + 2], n_units - 2 + i)
db.commit()
PY
fails 'search --all xyz' 3 "the index is damaged: 'hiku.db'" 'a list beyond the end'
fresh
sql "UPDATE segments SET dates = x'010401feffffffffffffffff0101fdffffffffffffffff01'"
fails 'search since:2019' 3 "the index is damaged: 'hiku.db'" 'dates beyond all days'

fresh
sql "UPDATE documents SET title = CAST(x'e5a49cff' AS TEXT) WHERE id = 4"
"$HIKU" search --format json 休日 | iconv -f UTF-8 -t UTF-8 | grep -c '夜�' >count
is "$(cat count)" 1 'damaged UTF-8 written by SQL comes out as U+FFFD'

# --- sources
fresh
mkdir src && printf '番号\t取組内容\n1\t夜間\n' >src/a.tsv
"$HIKU" index --quiet --db src.db src/a.tsv
printf '2\t休日\n' >>src/a.tsv
run "$HIKU" check --db src.db
is "$status" 0 'a source that has changed is no damage'
has "$out" 'note: the source has changed' 'but is told'
rm src/a.tsv
has "$("$HIKU" check --db src.db)" "note: the source is gone: 'src/a.tsv'" 'a source that is gone'

# --- files that are no index
for command in 'search 夜間' 'show sapporo#4' check stats; do
    rm -f hiku.db*
    fails "$command" 3 "there is no index: 'hiku.db'" 'missing'
    test ! -e hiku.db
    ok $? "missing: hiku ${command%% *} makes none"
    head -c 5000 "$HIKU" >hiku.db
    fails "$command" 3 "no hiku index: 'hiku.db'" 'not a database'
    : >hiku.db
    fails "$command" 3 "there is no index: 'hiku.db'" 'empty'
    rm hiku.db && sqlite3 hiku.db 'CREATE TABLE meta(a); INSERT INTO meta VALUES(1)'
    fails "$command" 3 "no hiku index: 'hiku.db'" 'another database'
    fresh && sql 'PRAGMA user_version = 99'
    fails "$command" 3 "'hiku.db'" 'newer format'
    fresh && sql 'PRAGMA user_version = 0'
    fails "$command" 3 "'hiku.db'" 'older format'
    fresh && sql "UPDATE meta SET value = '0123' WHERE name = 'fingerprint'"
    [ "$command" = stats ] || fails "$command" 3 'hiku index --full' 'other dictionary'
done

# --- indexing over them: never destroyed without being asked
head -c 5000 "$HIKU" >hiku.db && sum=$(cksum <hiku.db)
fails "index $ROOT/corpus" 3 "'hiku.db'" 'not a database'
is "$(cksum <hiku.db)" "$sum" 'not a database: index leaves it'
rm hiku.db && sqlite3 hiku.db 'CREATE TABLE precious(a)' && sum=$(cksum <hiku.db)
fails "index $ROOT/corpus" 3 "'hiku.db'" 'another database'
is "$(cksum <hiku.db)" "$sum" 'another database: index leaves it'
run "$HIKU" index --full "$ROOT/corpus"
is "$status $(cksum <hiku.db)" "3 $sum" 'another database: --full leaves it too'
fresh && sql "UPDATE meta SET value = '0123' WHERE name = 'fingerprint'"
fails 'index' 3 '--full' 'other dictionary'
run "$HIKU" index --full --quiet
is "$status" 0 'other dictionary: --full mends it'
fresh && sql 'PRAGMA user_version = 0'
run "$HIKU" index --full --quiet
is "$status" 0 'older format: --full mends it'
unidic=
for dir in /var/lib/mecab/dic/unidic /usr/share/mecab/dic/unidic; do [ -e $dir/sys.dic ] && unidic=$dir; done
if [ -n "$unidic" ]; then
    fresh
    fails "search --dicdir $unidic 夜間" 3 "'hiku.db'" 'unidic'
    "$HIKU" index --quiet --full --dicdir "$unidic" --db uni.db "$ROOT/corpus"
    is "$("$HIKU" search --db uni.db --format tsv 夜間 | tail -n +2 | cut -f 1 | xargs)" 'sapporo#4 sapporo#2' 'an index made with unidic'
else
    ok 0 'unidic # SKIP not installed'
fi
fresh
fails 'search --dicdir /nonexistent 夜間' 3 "'/nonexistent'" 'no dictionary'

# --- damaged files: an error or an answer, never a crash
size=$(stat -c %s good.db)
for part in 0 100 4096 5000 30000 $((size / 2)) $((size - 4096)) $((size - 1)); do
    head -c "$part" good.db >hiku.db
    "$HIKU" search 夜間 >/dev/null 2>&1
    code=$?
    [ $code -le 1 ] || [ $code -eq 3 ]
    ok $? "cut to $part bytes: search ends with $code"
    "$HIKU" check >/dev/null 2>&1
    is $? 3 "cut to $part bytes: check"
done
page_size=$(sqlite3 good.db 'PRAGMA page_size')
for page in $(seq 0 1 $((size / page_size - 1))); do
    fresh
    dd if="$HIKU" of=hiku.db bs="$page_size" seek="$page" skip=9 count=1 conv=notrunc status=none
    "$HIKU" search 児童相談所 --limit 0 --format json >/dev/null 2>&1
    one=$?
    "$HIKU" check >/dev/null 2>&1
    two=$?
    { [ $one -le 1 ] || [ $one -eq 3 ]; } && [ $two -eq 3 ]
    ok $? "garbage in page $page: search $one, check $two"
done

# --- beside updates: what is read is one state of the index
for i in $(seq 30000); do echo "$i	件名$i	児童相談所の休日・夜間の体制を整備する"; done >busy.tsv
"$HIKU" index --quiet --db busy.db --columns id,title,body busy.tsv
"$HIKU" check --db busy.db >busy.out 2>&1 &
checker=$!
while kill -0 $checker 2>/dev/null; do
    sed -i "s/^\(2[0-9]*[$((RANDOM % 10))]\t\)件名/\1題/" busy.tsv
    "$HIKU" index --quiet --db busy.db
done
wait $checker
is "$?$(grep -v '^note' busy.out | cut -d , -f 1)" '030000 records' 'a check beside updates'

# --- locked
fresh
mkfifo hold
/usr/bin/python3 -c '
import sqlite3, sys
db = sqlite3.connect("hiku.db", isolation_level=None)
db.execute("BEGIN EXCLUSIVE")
print("locked", flush=True)
open("hold").read()' >locked.out &
locker=$!
wait_for locked.out
fails 'search 夜間' 75 "'hiku.db'" 'locked'
fails "index $ROOT/corpus" 75 "'hiku.db'" 'locked'
echo >hold
wait $locker
run "$HIKU" search 夜間
is "$status" 0 'unlocked again'
finish
