# hiku index --compact: everything stays but what was deleted, of which no byte is left. Then --memory, and stopping.
. "$(dirname "$0")/../lib.sh"
export HIKU

table() { # table FILE ROW...: number|title|body
    printf '番号\t日付\t取組内容\t概要\t担当課\n' >"$1"
    local row
    local -A date=([1]=～令和元年7月1日 [2]=令和元年7月2日 [3]=令和元年7月3日～ [4]=随時)
    for row in "${@:2}"; do
        IFS='|' read -r number title body <<<"$row"
        printf '%s\t%s\t%s\t%s\t市民課\n' "$number" "${date[$number]}" "$title" "$body" >>"$1"
    done
}
everything() { sqlite3 "$1" "SELECT key, number, line, date_text, date, date_end, title, body, columns, hash, path FROM records JOIN sources ON sources.id = source_id ORDER BY key; SELECT path, name, label, size, mtime_ns, inode FROM sources ORDER BY path; SELECT path, columns FROM roots ORDER BY path"; }
traces() { # traces FILE: how often it has the deleted words, as UTF-8 or UTF-16
    /usr/bin/python3 - "$1" <<'PY'
import sys
data = open(sys.argv[1], "rb").read()
words = ("鹿威し", "撤去済", "機密ABC", "抹消表", "kesareta", "秘匿の列", "隠すべき値", "シシオドシ")
print(sum(data.count(word.encode(code)) for word in words for code in ("utf-8", "utf-16-le", "utf-16-be")))
PY
}

table a.tsv '1|夜間の窓|' '2|鹿威しの撤去済|機密ABC' '3|平日の窓|安心' '4|古い鹿威し|kesareta'
table 抹消表.tsv '1|抹消表の鹿威し|機密ABC'
sed -i '1s/$/\t秘匿の列/; 2,$s/$/\t隠すべき値/' 抹消表.tsv
mkdir folder gone && mv 抹消表.tsv folder && table folder/c.tsv '1|夜間の駅|' && cp folder/抹消表.tsv gone && table gone/d.tsv '1|夜間の町|'
"$HIKU" index --quiet a.tsv folder gone
preload=$(ldd "$BUILD/hiku.so" | awk '$1 ~ /^libasan/ { print $3 }')
# All that FTS5 knows, whose terms stand in the file without what they share with the one before.
terms() { ASAN_OPTIONS=detect_leaks=0 LD_PRELOAD=$preload sqlite3 "$1" -cmd ".load $BUILD/hiku" "CREATE VIRTUAL TABLE temp.v USING fts5vocab(main, documents_fts, row); SELECT term FROM v"; }
[ "$(traces hiku.db)" -gt 9 ]
ok $? 'the words that will be deleted are in the file'
has "$(terms hiku.db)" kesareta 'and among the terms of FTS5'
table a.tsv '1|夜間の窓|' '3|平日の窓|安心' '4|新しい窓|'
rm folder/抹消表.tsv gone/抹消表.tsv
"$HIKU" index --quiet
before=$(everything hiku.db)
run "$HIKU" index --compact
is "$status$err" 0 '--compact'
is "$(sed -E 's/ \([0-9.]+ s\)$//' <<<"$out")" '5 records: 0 added, 0 changed, 0 removed, 5 unchanged; 3 sources, 0 problems' 'its summary'
is "$(everything hiku.db)" "$before" 'all else is as it was'
is "$(traces hiku.db)" 0 'nothing deleted is left in the file'
is "$(terms hiku.db | sort)" "$(rm -f again.db && "$HIKU" index --quiet --db again.db a.tsv folder gone && terms again.db | sort)" 'nor among the terms of FTS5'
is "$(sqlite3 hiku.db "SELECT reading, surface FROM vocabulary UNION ALL SELECT name, '' FROM column_names")" \
    "$(sqlite3 again.db "SELECT reading, surface FROM vocabulary UNION ALL SELECT name, '' FROM column_names")" 'nor among the words and names of columns'
is "$(echo hiku.db*)" hiku.db 'nor is there a file beside it'
is "$(sqlite3 hiku.db 'SELECT count(*) FROM dead; SELECT count(*) FROM segments; PRAGMA freelist_count' | tr '\n' ' ')" '0 1 0 ' 'one segment, no dead record, no free page'
"$HIKU" check >log
ok $? 'and is sound'
run "$HIKU" index
is "$(sed -E 's/ \([0-9.]+ s\)$//' <<<"$out")" '5 records: 0 added, 0 changed, 0 removed, 5 unchanged; 3 sources, 0 problems' 'the next run changes nothing'
rm -r a.tsv folder gone
run "$HIKU" index --compact
is "$status$err" 0 '--compact does not need the sources'
run "$HIKU" index --compact --full
is "$status" 2 '--compact --full: exit 2'
run "$HIKU" index --compact a.tsv
is "$status" 2 '--compact SOURCE: exit 2'
run "$HIKU" index --compact --db none.db
is "$status" 3 '--compact without an index: exit 3'
has "$err" "no index to compact: 'none.db'" 'is told'
test ! -e none.db
ok $? 'and none is made'

# --- --memory changes how much is kept in memory, not what is indexed
seq 1 4000 | awk 'BEGIN { print "番号\t取組内容\t概要" } { print $1 "\t夜間の窓口" $1 "\t児童相談所の休日・夜間の体制を整備し、市民の安心を図る。" $1 }' >m.tsv
for size in 1M 256K 64M 64K 1G; do
    "$HIKU" index --quiet --full --memory $size --db m$size.db m.tsv && "$HIKU" check --db m$size.db >log
    ok $? "--memory $size"
    is "$(sqlite3 m$size.db 'SELECT key, title, body FROM documents' | cksum)" "$(sqlite3 m1M.db 'SELECT key, title, body FROM documents' | cksum)" "--memory $size: the same records"
    is "$("$HIKU" search --db m$size.db --format tsv --limit 3 窓口 | cut -f 1,3)" "$("$HIKU" search --db m1M.db --format tsv --limit 3 窓口 | cut -f 1,3)" "--memory $size: the same answers"
done
[ "$(sqlite3 m256K.db 'SELECT count(*) FROM segments')" -gt "$(sqlite3 m1G.db 'SELECT count(*) FROM segments')" ]
ok $? 'less memory makes smaller segments'
is "$(sqlite3 m256K.db 'SELECT count(DISTINCT segid) <= 6 FROM documents_fts_idx')" 1 'of 15 lists that FTS5 writes each four are merged'
is "$(sqlite3 m256K.db 'SELECT k, v FROM documents_fts_config' | sort | xargs)" 'automerge|4 crisismerge|16 hashsize|1048576 version|4' 'an update is written as FTS5 does by itself'
# Texts that are given back, and wait for one another: a long one, one that goes on in the next row, short ones.
long=$(seq -f '夜間の窓口%.0f番。' 40000 | tr -d '\n')
{
    printf '番号\t取組内容\t概要\n1\t長い\t%s\n2\t続く\t%s\n\t\t末尾の行\n' "$long" "$long"
    seq 3 299 | sed 's/.*/&\t短い\t児童相談所&/'
    printf '300\t長い\t%s\n' "$long"
} >long.tsv
for option in '--memory 256K --threads 3' '--memory 256K --threads 1' '--memory 4G'; do
    "$HIKU" index --quiet --full $option --db long.db long.tsv && "$HIKU" check --db long.db >log
    is "$? $("$HIKU" search --db long.db --format tsv --any 末尾の行 '"40000番"' | tail -n +2 | cut -f 1 | sort | xargs)" \
        "0 long#1 long#2 long#300" "$option: long texts are whole"
    sqlite3 long.db 'SELECT key, title, body FROM documents ORDER BY id' | cksum
done >long.log
grep -v '^[0-9]' long.log
is "$(grep -c '^[0-9]' long.log) $(grep '^[0-9]' long.log | sort -u | wc -l)" '3 1' 'and the same'
for size in 0 3x M 12MB -1 99999999999999G 1 63K 65G 999999999G; do
    run "$HIKU" index --memory $size m.tsv
    is "$status" 2 "--memory $size: exit 2"
done
has "$err" "out of range for '--memory'; give 64K to 64G" 'and what is accepted is told'

# --- progress and stopping, on a terminal and elsewhere
/usr/bin/python3 - <<'PY'
import os, pty, signal, sqlite3, subprocess, threading, time

hiku = os.environ["HIKU"]
n = 0


def report(good, name):
    global n
    n += 1
    print("%s - %s" % ("ok" if good else "not ok", name), flush=True)


def start(*args, **options):
    return subprocess.Popen([hiku, "index", "--threads", "1", *args], stdout=subprocess.PIPE, **options)


with open("big.tsv", "w", encoding="utf-8") as file:
    file.write("番号\t取組内容\t概要\n")
    for i in range(30000):
        file.write("%d\t夜間の窓口%d\t%s\n" % (i, i, "児童相談所の休日・夜間の体制を整備し、市民の安心を図る。" * 6))


def feed():
    """Rows without an end, so that the run is under way however quick the machine is."""
    try:
        with open("endless.tsv", "w", encoding="utf-8") as pipe:
            pipe.write("番号\t取組内容\n")
            while True:
                pipe.write("\t夜間の窓口\n" * 100)
    except BrokenPipeError:
        pass


signal.signal(signal.SIGINT, signal.default_int_handler)  # which a job in the background ignores, with all it starts
os.mkfifo("endless.tsv")
threading.Thread(target=feed, daemon=True).start()
master, slave = pty.openpty()
run = start("--db", "big.db", "big.tsv", "endless.tsv", stderr=slave)
os.close(slave)
text = b""
while b" left" not in text:
    text += os.read(master, 4096)
run.send_signal(signal.SIGINT)
try:
    while True:
        more = os.read(master, 4096)
        text += more
        if not more:
            break
except OSError:
    pass
code = run.wait()
report(b" % of " in text and b" MB, " in text and b" a second, " in text, "progress: what, how much of how much, rate, time left")
report(code == -signal.SIGINT, "Ctrl-C ends it as its parent expects (%d)" % code)
report(b"stopped; there is no index yet: 'big.db'" in text, "and it says so")
report(not os.path.exists("big.db") and not os.path.exists("big.db.new"), "nothing is left of a first build")

for command, stop in ((("big.tsv",), signal.SIGTERM), (("--full", "big.tsv"), signal.SIGTERM), (("big.tsv",), signal.SIGHUP)):
    if os.path.exists("big.db"):
        os.remove("big.db")  # one that was quicker than its signal left all of big.tsv in it
    subprocess.run([hiku, "index", "--quiet", "--db", "big.db", "m.tsv"], check=True)
    run = start("--db", "big.db", *command, stderr=subprocess.PIPE)
    time.sleep(0.3)  # anywhere in the middle: what is looked at does not depend on where
    run.send_signal(stop)
    out, err = run.communicate()
    done = run.returncode == 0
    records = sqlite3.connect("big.db").execute("SELECT count(*) FROM documents").fetchone()[0]
    report(done and records == 34000 or run.returncode == -stop and records == 4000,
           "%s in %s: all or nothing (%d records)" % (stop.name, " ".join(command), records))
    report(done or err.startswith(b"hiku: stopped; the index is as it was before: 'big.db'"), "no progress in a pipe, only the message")
    report(not os.path.exists("big.db.new"), "nothing half built is left")
report(subprocess.run([hiku, "check", "--db", "big.db"], capture_output=True).returncode == 0, "sound")
PY
finish
