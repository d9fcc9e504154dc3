# Sources that got another name, or are given up: hiku index --moved, --forget.
. "$(dirname "$0")/../lib.sh"

summary() { sed -E 's/ \([0-9.]+ s\)$//' <<<"$out"; }
records() { sqlite3 hiku.db "SELECT key, title, label, s.path, r.path, coalesce(r.columns, '') FROM documents AS d JOIN sources AS s ON s.id = source_id JOIN roots AS r ON r.id = root_id ORDER BY key"; }

mkdir -p data/below data2
printf '番号\t取組内容\n1\t夜間の窓\n2\t休日の窓\n' >data/a.tsv
printf '番号\t取組内容\n1\t夜間の家\n' >data/below/b.tsv
printf '番号\t取組内容\n1\t昼間の店\n' >data2/other.tsv
"$HIKU" index --quiet --label 札幌市 --columns title=取組内容 data
"$HIKU" index --quiet data2
before=$(records)

# --- a folder that is not there keeps its records, and says so
mv data moved
run "$HIKU" index
is "$status $(records)" "2 $before" 'a folder that is gone keeps its records: exit 2'
has "$err" "cannot read 'data'" 'and is told of'
has "$err" "hiku index --moved 'data' NEW" 'with the command for another name'
has "$err" "hiku index --forget 'data'" 'and the one to give it up'
run "$HIKU" index data2 nowhere
is "$status $(grep -c -e --forget <<<"$err")" '2 0' 'a name that was given now is only misspelt'

# --- it moved
run "$HIKU" index --moved data/ moved/
is "$status$err$(summary)" '04 records: 0 added, 0 changed, 0 removed, 4 unchanged; 3 sources, 0 problems' '--moved: nothing is read anew'
is "$(records)" "$(sed 's#|data\([|/]\)#|moved\1#g' <<<"$before")" 'keys, labels and ways of being read stay'
"$HIKU" check >/dev/null
ok $? 'soundly'
mv moved/below moved/deep
run "$HIKU" index --moved moved/below moved/deep
is "$status$(summary)" '04 records: 0 added, 0 changed, 0 removed, 4 unchanged; 3 sources, 0 problems' 'a folder below one'
is "$(records | grep -c '^b#1|.*|moved/deep/b.tsv|moved|title=取組内容$')" 1 'still belongs to that'
mv moved/a.tsv moved/c.tsv
run "$HIKU" index --moved moved/a.tsv moved/c.tsv
is "$status $(records | cut -d '|' -f 1 | xargs)" '0 a#1 a#2 b#1 other#1' 'a file'
mv moved again
run "$HIKU" index --moved moved again --full
is "$status $(records | cut -d '|' -f 1,3 | xargs)" '0 b#1|札幌市 c#1|札幌市 c#2|札幌市 other#1|' 'with --full, which calls records by the new names'
mv again moved
"$HIKU" index --quiet --moved again moved

# --- what cannot be
now=$(records)
refused() { # refused STATUS MESSAGE NAME ARGUMENT...
    run "$HIKU" index "${@:4}"
    is "$status$out" "$1" "$3: exit $1"
    has "$err" "$2" "$3: why"
}
refused 2 '--moved OLD NEW' '--moved without the new name' --moved moved
refused 2 '--moved OLD NEW' '--moved with two names' --moved moved a b
refused 2 "'nowhere'" '--moved to where nothing is' --moved moved nowhere
refused 2 "no such source: 'data'" 'a source that is not known' --moved data moved
refused 2 "--forget 'moved'" 'the new name is known, too' --moved moved data2
refused 2 'name none beside it' '--forget beside a source' --forget moved data2
refused 2 "no such source: 'moved/deep'" '--forget what was never given' --forget moved/deep
refused 2 '--compact reads no sources' '--compact' --compact --forget moved
refused 3 "there is no index: 'none.db'" 'no index' --db none.db --forget moved
is "$(records)" "$now" 'all that changes nothing'

# --- it will not come back
rm -r moved
run "$HIKU" index --forget moved
is "$status$err$(summary)" '01 record: 0 added, 0 changed, 3 removed, 1 unchanged; 1 source, 0 problems' '--forget: its records go'
is "$(records)" 'other#1|昼間の店||data2/other.tsv|data2|' 'and those alone'
"$HIKU" check >/dev/null
ok $? 'soundly'
run "$HIKU" index
is "$status$err" 0 'the next run does not ask for it'
refused 2 "remove the file 'hiku.db'" '--forget all that there is' --forget data2
finish
