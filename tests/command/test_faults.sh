# Nothing is lost: hiku index killed, with failing reads and writes, without power, memory or space, beside other writers; damaged
# indexes. A few of each; `make faults` disturbs every operation.
. "$(dirname "$0")/../lib.sh"
export HIKU ROOT

# A preloaded library comes before that of the sanitizers.
export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0
${CC:-cc} -shared -fPIC -O1 -o shim.so "$ROOT/tests/faults/shim.c" -ldl 2>log
ok $? "tests/faults/shim.c is built $(cat log)"
${CC:-cc} -shared -fPIC -O1 -o alloc.so "$ROOT/tests/faults/alloc.c" -ldl 2>log
ok $? "tests/faults/alloc.c is built $(cat log)"
alloc=alloc.so
grep -q -e -fsanitize= "$BUILD/flags" && alloc= && echo '# SKIP memory that fails: the sanitizer has its own'
count() { # count COMMAND...: takes over the results of another script
    "$@" >log 2>&1
    local status=$?
    grep -A 9 '^not ok' log | sed 's/^not ok/# &/'
    grep -q '^1\.\.' log || { status=1 && tail -n 5 log | sed 's/^/# /'; }
    ok "$status" "${*:2:1}: $(grep -c '^ok' log) passed, $(grep -c '^not ok' log) failed"
}
count /usr/bin/python3 "$ROOT/tests/faults/faults.py" shim.so --kills 6 --errors 6 --cuts 2
count /usr/bin/python3 "$ROOT/tests/faults/inputs.py" shim.so "$alloc" --faults 5 --first 70 --last 60
count /usr/bin/python3 "$ROOT/tests/faults/moments.py" --kills 3 --records 400
count /usr/bin/python3 "$ROOT/tests/faults/damage.py"

# --- no space, by the limit of a file's size
seq 1 400 | awk 'BEGIN { print "番号\t取組内容\t概要" } { print $1 "\t夜間の窓口" $1 "\t児童相談所の休日・夜間の体制" }' >a.tsv
head -n 20 a.tsv >b.tsv
limited() { (ulimit -f 64 && exec "$HIKU" "$@"); }
run limited index --quiet a.tsv
is "$status" 3 'a file size limit: exit 3'
has "$err" 'hiku: ' 'with a message'
is "$(ls)" "$(printf 'a.tsv\nalloc.so\nb.tsv\nlog\nshim.so')" 'and nothing is left behind'
"$HIKU" index --quiet b.tsv
before=$(sqlite3 hiku.db 'SELECT key, title FROM documents')
run limited index --quiet a.tsv
is "$status" 3 'an update beyond the limit: exit 3'
is "$(sqlite3 hiku.db 'SELECT key, title FROM documents')" "$before" 'the index is as it was'
"$HIKU" check >log
ok $? 'and sound'

# --- another writer
hold() { # hold SECONDS: has the index locked for so long, once it prints a line
    /usr/bin/python3 -uc 'import sqlite3, sys, time
db = sqlite3.connect("hiku.db", isolation_level=None)
db.execute("BEGIN IMMEDIATE"); print(); time.sleep(float(sys.argv[1]))' "$1"
}
# patient ARGUMENT...: hiku, again as long as it says "try again"
patient() { while "$HIKU" "$@" 2>log; [ $? -eq 75 ]; do :; done; }
coproc hold 1
read -r _ <&"${COPROC[0]}"
run "$HIKU" index --quiet a.tsv
is "$status$err" 0 'a second writer waits for the first'
wait
run "$HIKU" index --quiet --full & first=$!
run "$HIKU" index --quiet --full
ok $((status != 0 && status != 75)) "two rebuilds at once: exit 0 or 75 ($status)"
wait "$first"
"$HIKU" check >log
ok $? 'the index is sound'
exec 9>hiku.db.new && flock 9
run "$HIKU" index --quiet --full
is "$status" 75 'while another program builds the index: exit 75'
has "$err" 'try again' 'which is told'
exec 9>&-
rm -f hiku.db.new
for n in 1 2 3 4 5; do
    cp a.tsv "s$n.tsv"
    patient index --quiet "s$n.tsv" & patient index --quiet --full
    wait
done
is "$(sqlite3 hiku.db 'SELECT count(*) FROM sources')" 7 'an update and a rebuild at once: no source is lost'
"$HIKU" check >log
ok $? 'soundly'

# --- an index that another program has given a write-ahead log
sqlite3 hiku.db 'PRAGMA journal_mode = WAL' >log
holder='import sqlite3, subprocess, sys
db = sqlite3.connect("hiku.db", isolation_level=None)
db.execute("UPDATE meta SET value = value"); db.execute("BEGIN"); db.execute("SELECT * FROM meta").fetchall()
sys.exit(subprocess.run(sys.argv[1:], stderr=subprocess.DEVNULL).returncode)'
/usr/bin/python3 -c "$holder" "$HIKU" index --quiet --full
is $? 75 'in use: a rebuild says 75'
run "$HIKU" index --quiet --full
is "$status$err$(ls hiku.db-* 2>/dev/null)" 0 'else it is rebuilt, and no log is left for the new file'
"$HIKU" check >log
ok $? 'which is sound'
finish
