# Many small files, files that several roots have, names that come again.
. "$(dirname "$0")/../lib.sh"

table() { printf '番号\t取組内容\n1\t%s\n2\t窓口\n' "$1"; }
rows() { sqlite3 hiku.db "$1"; }
summary() { sed -E 's/ \([0-9.]+ s\)$//' <<<"$out"; }

# --- more of them than the analysers take at a time, many with one name
for folder in $(seq 1 40); do
    mkdir -p "many/$folder"
    for file in $(seq 1 30); do table "夜間$folder-$file" >"many/$folder/t$file.tsv"; done
done
run "$HIKU" index many
is "$(summary)$err" '2400 records: 2400 added, 0 changed, 0 removed, 0 unchanged; 1200 sources, 0 problems' '1,200 files'
is "$(rows "SELECT count(DISTINCT name) FROM sources WHERE name GLOB '[0-9]*/t[0-9]*'")" 1200 'each has a name of its own'
is "$(rows "SELECT count(*) FROM documents d JOIN sources s ON s.id = d.source_id WHERE d.number = '1' AND
    'many/' || replace(replace(d.title, '夜間', ''), '-', '/t') || '.tsv' = s.path")" 1200 'each record is known to be of its file'
"$HIKU" check >log
ok $? 'the index is sound'
digest=$("$HIKU" check --digest | tail -n 1)
"$HIKU" index --quiet --threads 1 --db one.db many
is "$("$HIKU" check --db one.db --digest | tail -n 1)" "$digest" 'one thread makes the same'
rm -r many/7 many/39/t1.tsv
table 休日 >many/8/t3.tsv
table 休日 >many/8/t31.tsv
run "$HIKU" index
is "$(summary)$err" '2340 records: 2 added, 1 changed, 62 removed, 2337 unchanged; 1170 sources, 0 problems' \
    'what is gone is removed, what changed is read'
"$HIKU" check >log
ok $? 'soundly'
rm hiku.db
run "$HIKU" index many/*/t1.tsv
is "$(summary)$err" '76 records: 76 added, 0 changed, 0 removed, 0 unchanged; 38 sources, 0 problems' '38 roots of one name'
is "$(rows 'SELECT name FROM sources ORDER BY id' | tr '\n' ' ')" \
    "t1 $(seq 2 38 | sed 's/^/t1~/' | tr '\n' ' ')" 'get numbers'
table 夜間 >many/1/t1~5.tsv
"$HIKU" index --quiet many/1/t1~5.tsv
is "$(rows "SELECT name FROM sources WHERE path = 'many/1/t1~5.tsv'")" 't1~5~2' 'and none is given twice'

# --- a folder, and a file in it
rm hiku.db
mkdir -p two/below
printf '番号,件名,概要\n1,夜間,休日\n' >two/a.csv
table 窓口 >two/b.tsv
table 窓口 >two/below/c.tsv
run "$HIKU" index two two/a.csv two/below
is "$status $(summary)$err" '0 5 records: 5 added, 0 changed, 0 removed, 0 unchanged; 3 sources, 0 problems' 'each file is read once'
"$HIKU" index --quiet --columns id=番号,title=概要,body=件名 two/a.csv
is "$(rows "SELECT title FROM documents WHERE key = 'a#1'")" 休日 'read as is said for it'
for root in two two/a.csv two/below; do
    is "$(rows "SELECT count(*) FROM sources s JOIN roots r ON r.id = s.root_id WHERE r.path = '$root'")" 1 "$root has one"
done
printf '2,夜間,平日\n' >>two/a.csv
"$HIKU" index --quiet
is "$(rows "SELECT title FROM documents WHERE key = 'a#2'")" 平日 'also by what the folder stands for'
sleep 2.1 # a file that changed just now is read again
"$HIKU" index --quiet
before=$(md5sum hiku.db)
"$HIKU" index --quiet
is "$(md5sum hiku.db)" "$before" 'a run that finds nothing changed writes nothing'
rm two/a.csv
run "$HIKU" index
is "$status" 2 'a file that was named and is gone: exit 2'
is "$(rows 'SELECT count(*) FROM documents')" 6 'its records stay'
"$HIKU" check >log
ok $? 'soundly'

# --- keys are told apart where names have their sign
rm -r hiku.db two/below
printf '番号\t取組内容\n1#2\t夜間\n' >two/b.tsv
printf '番号\t取組内容\n2\t休日\n' >'two/b#1.tsv'
run "$HIKU" index two
is "$status$err" 0 'names with a # beside numbers with one'
is "$(rows 'SELECT key, number FROM documents ORDER BY key')" $'b#1#2|1#2\nb_1#2|2' 'are told apart'
finish
