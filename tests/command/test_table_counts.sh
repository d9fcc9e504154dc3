# Every table that the project has is read without a row lost, and tests/tables adds it all up.
. "$(dirname "$0")/../lib.sh"

run "$ROOT/tests/tables" "$ROOT/corpus"
is "$status" 0 'what the project holds'
is "$(head -n 1 <<<"$out" | cut -f 1-10)" $'sapporo/sapporo-measures.txt\tcsv\tUTF-8\t39 rows\t26 records\t0 skipped\t6 headings\t7 blank\t0 joined\t0 problems' 'a line for each'
has "$(tail -n 1 <<<"$out")" $'39 rows\t26 records' 'and their sum'

# A program that loses a row, or leaves one out in silence, is found out.
mkdir bin
printf '#!/bin/sh\nprintf "d/a.csv\\tcsv\\tUTF-8\\t9 rows\\t%%s\\t0 blank\\t0 joined\\t%%s\\t0.00 s\\n" "$COUNTS" "$PROBLEMS"\n' >bin/hiku
chmod +x bin/hiku
balance() { # balance COUNTS PROBLEMS STATUS NAME
    COUNTS=$1 PROBLEMS=$2 BUILD=$PWD/bin run "$ROOT/tests/tables" d
    is "$status" "$3" "$4"
}
export COUNTS PROBLEMS
balance $'7 records\t1 skipped\t1 headings' '1 problems' 0 'the rows add up'
balance $'6 records\t1 skipped\t1 headings' '1 problems' 1 'a row that is lost'
has "$err" 'a.csv: rows are lost' 'is named'
balance $'7 records\t1 skipped\t1 headings' '0 problems' 1 'a row left out in silence'
mkdir mixed
cat "$ROOT"/tests/fuzz/seeds/csv/* >mixed/a.csv
printf '一覧\n番号,取組,,課\n,件名,概要,\n1,窓,本文,課\n,,続き,\n2,"戸,本文\n' >mixed/b.csv
printf '園,面積\n石津浜,3\n元焼津,4,5\n' >mixed/c.csv
printf 'a\nb\n' >mixed/d.csv
run "$ROOT/tests/tables" mixed
is "$status$err" 0 'rows of every kind'

# Tables of the wild are no part of the project; where they are, the counts that are known hold.
tables=${HIKU_TABLES:-}
known() { # known FILE RECORDS
    is "$("$ROOT/tests/tables" "$tables/$1" | head -n 1 | cut -f 5)" "$2 records" "$1"
}
if [ -n "$tables" ]; then
    known gyosei_jigyo_review.tsv.xz 47597
    known civichat_support.tsv 320
    known vscovid19/vscovid19-data.csv.xz 518
    known vscovid19/vscovid19-data2-20210617135509.json.xz 223
    run "$ROOT/tests/tables" "$tables"
    is "$status$err" 0 'the rows of all add up'
    is "$(grep -c $'\t0 records\t.*\t0 problems' <<<"$out")" 0 'what gives no record says why'
else
    ok 0 'tables of the wild # SKIP HIKU_TABLES names no folder'
fi
finish
