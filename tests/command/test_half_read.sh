# A source that can be read only in part: nothing of the part is taken, its records stay, the others are indexed.
. "$(dirname "$0")/../lib.sh"

/usr/bin/python3 - <<'PY'
import json
rows = [{"番号": str(i), "件名": "夜間の窓口%d" % i, "概要": "整備"} for i in range(1, 300)]
text = json.dumps(rows, ensure_ascii=False)
open("whole", "w").write(text)
open("half", "w").write(text[:len(text) * 2 // 3])
open("changed", "w").write(text[:len(text) * 2 // 3].replace("夜間", "昼間"))
PY
printf '番号\t取組内容\n1\t夜間の窓\n2\t休日の窓\n2\t平日の窓\n' >a.tsv
summary() { sed -E 's/ \([0-9.]+ s\)$//' <<<"$out"; }
titles() { sqlite3 hiku.db "SELECT count(*), sum(title LIKE '%夜間%'), sum(title LIKE '%昼間%') FROM documents"; }

cp half m.json
run "$HIKU" index m.json
is "$status" 2 'alone, in a first build: exit 2'
test ! -e hiku.db
ok $? 'and no index'
run "$HIKU" index a.tsv m.json
is "$status" 2 'beside another: exit 2'
is "$(summary)" '3 records: 3 added, 0 changed, 0 removed, 0 unchanged; 2 sources, 2 problems' 'the other is indexed, nothing of it is'
is "$(sort <<<"$err" | cut -d : -f 1 | uniq -c | sed 's/^ *//')" $'1 a.tsv\n1 m.json' 'each problem is told once'
cp whole m.json
"$HIKU" index >log 2>&1
is "$(titles)" '302|300|0' 'whole, it is taken'

for file in half changed; do
    cp $file m.json
    sed -i 's/夜間の窓$/夜間の家/' a.tsv
    run "$HIKU" index
    is "$status" 2 "$file, in an update: exit 2"
    has "$err" "m.json: " "$file: which one is told"
    is "$(titles)" '302|300|0' "$file: its records are as they were"
    "$HIKU" check >log
    ok $? "$file: the index is sound"
    run "$HIKU" index --full
    is "$status" 2 "$file, in a rebuild: exit 2"
    is "$(titles)" '302|300|0' "$file: its records are taken over"
    "$HIKU" check >log
    ok $? "$file: the new index is sound"
done
is "$("$HIKU" search --format tsv 夜間の家 | tail -n +2 | cut -f 1)" 'a#1' 'and the others have their changes'

# --- what is read from a pipe is there once: when the run begins again, its records stay as they were
rm hiku.db
printf '番号\t取組内容\n5\t夜間の駅\n' >b.tsv
mkfifo pipe.tsv
read_pipes() { # read_pipes SOURCE...: with b.tsv in standard input and in a pipe before them
    cat b.tsv >pipe.tsv &
    run timeout 60 bash -c '"$0" index - pipe.tsv "$@" <b.tsv' "$HIKU" "$@"
    found=$(sqlite3 hiku.db "SELECT name, title FROM documents JOIN sources ON sources.id = source_id WHERE name IN ('stdin', 'pipe')" | xargs)
}
read_pipes a.tsv
is "$status $found" '0 stdin|夜間の駅 pipe|夜間の駅' 'two pipes'
printf '番号\t取組内容\n5\t夜間の道\n' >b.tsv
cp half m.json
read_pipes m.json
is "$status $found" '2 stdin|夜間の駅 pipe|夜間の駅' 'beside a source that breaks: they have the records that they had'
is "$(grep -c 'it was read before another source' <<<"$err")" 2 'and that is told of both'
read_pipes a.tsv
is "$status $found" '0 stdin|夜間の道 pipe|夜間の道' 'given again, they are taken'
finish
