# Indexes of older formats: what each command says of them, and that hiku index brings them up to date, from the
# sources or, where those are gone, from their own records. Fixtures: one index of corpus/sapporo for each released format.
. "$(dirname "$0")/../lib.sh"

"$HIKU" index --quiet --db now.db "$ROOT/corpus/sapporo"
format=$(sqlite3 now.db 'PRAGMA user_version')
records='SELECT key, number, line, date_text, date, date_end, title, body, columns FROM records ORDER BY key'
wanted=$(sqlite3 now.db "$records")

refuses() { # refuses FILE NAME: the readers say that it is old, and how to mend that
    local command
    for command in 'search 夜間' 'show sapporo#4' stats check; do
        run "$HIKU" ${command%% *} --db "$1" ${command#* }
        [ "$command" = stats ] || [ "$command" = check ] && run "$HIKU" "$command" --db "$1"
        is "$status$out" 3 "$2: hiku ${command%% *}: exit 3, no result"
        has "$err" "old format" "$2: hiku ${command%% *}: why"
        has "$err" "hiku index --db '$1'" "$2: hiku ${command%% *}: how to mend it"
    done
}
is_sound() { # is_sound FILE NAME: an index of today's format with the fixture's records
    is "$(sqlite3 "$1" 'PRAGMA user_version')" "$format" "$2: has today's format"
    is "$(sqlite3 "$1" "$records")" "$wanted" "$2: has every record as it was"
    is "$("$HIKU" search --format tsv --db "$1" 夜間 | cut -f 1 | tr '\n' ' ')" 'key sapporo#4 sapporo#2 ' "$2: finds"
    "$HIKU" check --db "$1" >/dev/null
    ok $? "$2: is sound"
}
fixture() { # fixture NUMBER FILE: the index of that format
    gzip -dc "$ROOT/tests/fixtures/format-$1.db.gz" >"$2"
}

everything='SELECT key, number, date_text, date, date_end, title, body, d.columns, hash, s.path, name, label, r.path, r.columns
    FROM documents AS d JOIN sources AS s ON s.id = source_id JOIN roots AS r ON r.id = root_id ORDER BY key'
# What an older hiku may have written: a label, options, columns, periods without a start or end, no number.
add_records() { # add_records FILE
    local number=number line=line
    sqlite3 "$1" 'SELECT own_number FROM documents LIMIT 0' 2>/dev/null && number=own_number line=first_line
    sqlite3 "$1" "INSERT INTO roots(id, path, columns) VALUES(70, 'kept.tsv', 'title=取組');
        CREATE TEMP TABLE old AS SELECT * FROM sources LIMIT 1;
        UPDATE temp.old SET id = 70, root_id = 70, path = 'kept.tsv', name = 'kept', label = '小樽市 \"旧\"';
        INSERT INTO sources SELECT * FROM temp.old;
        INSERT INTO documents(id, key, source_id, $number, $line, date_text, date, date_end, title, body, columns, hash) VALUES
            (100, 'kept#1', 70, '1', 2, '令和元年', '2019-01-01', '2019-12-31', '題', '本文' || char(10) || '・二', '{}', 123),
            (101, 'kept#1~2', 70, '1', 3, '～R1.7', '0001-01-01', '2019-07-31', '題', '夜間', '{\"担当課\":\"保健課\",\"費\\\"用\":\"1,000\"}', -5),
            (102, 'kept#x00000000000000aa', 70, '', 4, 'R1.7～', '2019-07-01', '9999-12-31', '', '本文', '{\"備考\":\"\"}', 170),
            (103, 'kept#9', 70, '9', 5, '夏頃', NULL, NULL, '題', '', '{}', 99)"
}

for path in "$ROOT"/tests/fixtures/format-*.db.gz; do
    number=${path##*/format-}
    number=${number%%.*} name="format $number"
    mkdir "$number" && cd "$number" || exit 1
    fixture "$number" hiku.db
    [ "$number" -eq "$format" ] || refuses hiku.db "$name"
    [ "$number" -eq "$format" ] && is_sound hiku.db "$name as it is"

    run "$HIKU" index
    has "$err" "'corpus/sapporo'" "$name without its source: which one is missing"
    has "$status" 2 "$name without its source: exit 2"
    [ "$number" -eq "$format" ] || is_sound hiku.db "$name without its source"

    # The same file again, now with the source; and as if it were of a format before all others.
    mkdir -p corpus && cp -r "$ROOT/corpus/sapporo" corpus/
    fixture "$number" hiku.db
    run "$HIKU" index
    is "$status$err" 0 "$name with its source"
    is_sound hiku.db "$name with its source"
    fixture "$number" old.db && sqlite3 old.db 'PRAGMA user_version = 0'
    refuses old.db "$name called 0"
    run "$HIKU" index --db old.db
    is "$status$err" 0 "$name called 0: brought up to date"
    is_sound old.db "$name called 0"

    # What stands nowhere but in the old index, which has no source any more.
    fixture "$number" kept.db && add_records kept.db
    kept=$(sqlite3 kept.db "$everything")
    for options in '' --full --compact --compact; do
        "$HIKU" index --quiet $options --db kept.db >/dev/null 2>&1
        is "$(sqlite3 kept.db "$everything")" "$kept" "$name: hiku index $options keeps labels, columns, dates, places and options"
        "$HIKU" check --db kept.db >/dev/null
        ok $? "$name: hiku index $options: is sound"
    done
    is "$("$HIKU" search --db kept.db --format tsv '担当課:保健課 label:小樽 date:2018' | cut -f 1 | xargs)" 'key kept#1~2' "$name: and they are found"
    cd ..
done

# --- a rebuild takes over the records of a source that cannot be read, and only of that
printf '番号\t取組内容\n1\t夜間の窓\n2\t休日の窓\n' >a.tsv
printf '番号\t取組内容\n1\t夜間の家\n' >b.tsv
mkdir folder && printf '番号\t取組内容\n1\t夜間の駅\n' >folder/c.tsv && cp folder/c.tsv folder/d.tsv
"$HIKU" index --quiet a.tsv b.tsv folder
rm a.tsv folder/d.tsv
sed -i 's/夜間の家/昼間の家/' b.tsv
run "$HIKU" index --full
is "$status" 2 '--full without a source: exit 2'
is "$(sed -E 's/ \([0-9.]+ s\)$//' <<<"$out")" '4 records: 2 added, 0 changed, 0 removed, 2 unchanged; 3 sources, 1 problem' '--full without a source: the summary'
is "$(sqlite3 hiku.db 'SELECT key, title FROM documents ORDER BY key' | tr '\n' ' ')" 'a#1|夜間の窓 a#2|休日の窓 b#1|昼間の家 c#1|夜間の駅 ' 'keeps its records, and drops those of a file that is gone from a folder'
"$HIKU" check >/dev/null
ok $? 'soundly'
printf '番号\t取組内容\n1\t夜間の窓\n' >a.tsv
run "$HIKU" index
is "$(sed -E 's/ \([0-9.]+ s\)$//' <<<"$out")" '3 records: 0 added, 0 changed, 1 removed, 3 unchanged; 3 sources, 0 problems' 'and the source is read once it is back'
rm -r a.tsv b.tsv folder
run "$HIKU" index --full
is "$(sqlite3 hiku.db 'SELECT count(*) FROM documents')" 3 '--full without any source keeps all'
python3 - <<'PY'
import sqlite3
db = sqlite3.connect("hiku.db")
page = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'documents'").fetchone()[0]
size = db.execute("PRAGMA page_size").fetchone()[0]
db.close()
with open("hiku.db", "r+b") as file:
    file.seek((page - 1) * size)
    file.write(b"\xff" * size)
PY
cp hiku.db damaged.db
run "$HIKU" index --full
is "$status" 3 '--full, where neither the source nor the index can be read: exit 3'
has "$err" 'neither there nor in the old index' 'tells so'
cmp -s hiku.db damaged.db
ok $? 'and changes nothing'
finish
