# hiku export: all records back, and the same again after a round trip.
. "$(dirname "$0")/../lib.sh"

printf '番号,日付,取組内容,概要,担当課,発表日\n1,令和元年7月8日,夜間の窓,"【内容】
・体制 <強化> & ""整備""
・安心",子ども未来課,H31.4.1\n2,令和元年6月～令和2年3月,休日,"a,b|c",,\n3,未定,=1+1, x,健康課,5\n' >a.csv
"$HIKU" index --quiet --db a.db a.csv
run "$HIKU" export --db a.db
is "$status" 0 'jsonl'
is "$(head -n 1 <<<"$out")" '{"id":"1","date":"2019-07-08","title":"夜間の窓","body":"【内容】\n・体制 <強化> & \"整備\"\n・安心","担当課":"子ども未来課","発表日":"H31.4.1"}' 'a record as JSON'
has "$out" '"date":"2019-06-01～2020-03-31"' 'a period'
has "$out" '"date":"未定"' 'what is no date stays'
is "$("$HIKU" export --db a.db --format csv | head -n 1)" 'id,date,title,body,担当課,発表日' 'the heading line of CSV'
is "$("$HIKU" export --db a.db --format tsv | sed -n 2p)" $'1\t2019-07-08\t夜間の窓\t【内容】<br>・体制 &lt;強化> &amp; "整備"<br>・安心\t子ども未来課\tH31.4.1' 'a record as TSV'

again() { # again NAME INDEX FORMAT
    local first=$tmp/1.$3 second=$tmp/2.$3
    "$HIKU" export --db "$2" --format "$3" >"$first"
    rm -f again.db
    run "$HIKU" index --quiet --db again.db "$first"
    is "$status$err" 0 "$1, $3: is read"
    "$HIKU" export --db again.db --format "$3" >"$second"
    cmp "$first" "$second"
    ok $? "$1, $3: the same again"
}
"$HIKU" index --quiet --db r.db "$ROOT/corpus"
for format in jsonl csv tsv; do
    again 'a table' a.db "$format"
    again 'the register' r.db "$format"
done
is "$("$HIKU" export --db r.db | wc -l)" 26 'all of the register'
run "$HIKU" export --db none.db
is "$status" 3 'no index'
# What cannot be read is told before a heading that lacks names is written.
cp a.db spoilt.db && sqlite3 spoilt.db "UPDATE documents SET columns = '{\"a' WHERE id = (SELECT max(id) FROM documents)"
run "$HIKU" export --db spoilt.db --format csv
is "$status$out" 3 'names of columns that cannot be read'
run "$HIKU" export --db a.db x
is "$status" 2 'an argument'

printf '番号,日付,取組内容,概要\n1,H30.4～,公園,整備\n2,～R2.3.31,道路,補修\n' >o.csv
"$HIKU" index --quiet --db o.db o.csv
has "$("$HIKU" export --db o.db)" '"date":"2018-04-01～"' 'a period without an end'
has "$("$HIKU" export --db o.db)" '"date":"～2020-03-31"' 'a period without a start'
has "$("$HIKU" search --db o.db 公園)" 'H30.4～ (2018-04-01/..)' 'a period without an end, found'
has "$("$HIKU" show --db o.db 2)" '～R2.3.31 (../2020-03-31)' 'a period without a start, shown'
again 'periods that are open' o.db csv
printf '番号\t取組内容\t概要\n1\t"夜間"\t"a"と"b"\n2\t"a,b"\t"c\td"\n3\t"""甲""、乙"\t丙\n' >q.tsv
"$HIKU" index --quiet --db q.db q.tsv
is "$("$HIKU" export --db q.db --format tsv)" $'id\tdate\ttitle\tbody\n1\t\t"""夜間"""\t"""a""と""b"""\n2\t\ta,b\tc d\n3\t\t"""甲""、乙"\t丙' 'quotes as TSV'
for format in jsonl csv tsv; do
    again 'quotes' q.db "$format"
done
printf '番号,日付,date,取組内容,概要\n1,R5.4.1,R6.1.1,公園,整備\n' >d.csv
"$HIKU" index --quiet --db d.db d.csv
is "$("$HIKU" export --db d.db)" '{"id":"1","date":"2023-04-01","title":"公園","body":"整備","date~2":"R6.1.1"}' 'a column with the name of another'
for format in jsonl csv tsv; do
    again 'a column with the name of another' d.db "$format"
done
finish
