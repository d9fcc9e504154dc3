# How tables are read: options, reports, previews, the manifest.
. "$(dirname "$0")/../lib.sh"

printf '番号;取組内容;概要\n1;夜間の窓;"安心;安全"\n2;休日の家\n3;駅;"x"y\n' >a.csv
run "$HIKU" index --db a.db --report report.tsv a.csv
is "$status" 0 'semicolons cut a table'
is "$("$HIKU" search --db a.db --format tsv '安心;安全' | sed -n 2p | cut -f 1)" 'a#1' 'a quoted one does not'
is "$(head -n 1 report.tsv)" $'file\tline\tseverity\tproblem\texcerpt' 'the report has a heading line'
is "$(sed -n 2p report.tsv)" $'a.csv\t4\tdoubt\ttext after a closing quote\t3;駅;"x"y' 'and each problem with its row'
printf '番号|取組内容\n1|夜間\n2|休日\n' >bar.csv
has "$("$HIKU" index --db bar.db bar.csv)" '2 records' 'bars cut a table'

printf '番号,日付,件名,概要,金額\n1,令和元年6月3日、7月8日,夜間,窓口,"1,200"\n,,小　計,,"1,200"\n2,令和2年4月1日,合計の見直し,本文,300\n合計,,,,"1,500千円"\n,,計,説明が続く,\n' >total.csv
run "$HIKU" index --quiet --db total.db --report total.tsv total.csv
is "$(cut -f 2-4 total.tsv | tail -n +2 | tr '\t\n' '| ')" '2|doubt|several dates, taken for the time from the first to the last 3|skipped|a row of totals 5|skipped|a row of totals ' 'rows of totals and cells of several dates are told of'
is "$("$HIKU" export --db total.db --format tsv | cut -f 1-3 | tail -n +2 | tr '\t\n' '| ')" '1|2019-06-03～2019-07-08|夜間 2|2020-04-01|合計の見直し ||計 ' 'and what is more than a total is a record'

printf '番号,所管課,日付,件名,概要\n1,子ども課,R1.6.1,夜間,窓口を開く\n2,〃,”,休日,同　上\n〃,同上,,朝,〃から\n番号,所管,年月日,事業名,内容\n4,〃,,昼,\n5,,,〃,〃\n※ 見込みである。,,,,\n（注）４月現在,,,,\n6,,,※印,\n' >ditto.csv
"$HIKU" index --quiet --db ditto.db --report ditto.tsv ditto.csv
is "$(sqlite3 ditto.db "SELECT group_concat(number || '|' || date_text || '|' || title || '|' || body || '|' || coalesce(columns ->> '所管課', columns ->> '所管', ''), ' ') FROM records")" '1|R1.6.1|夜間|窓口を開く|子ども課 2|R1.6.1|休日|窓口を開く|子ども課 〃||朝|〃から|子ども課 4||昼||〃 5||昼|〃| 6||※印||' 'ditto marks mean what stands above, but in numbers and below another heading'
is "$(cut -f 2-4 ditto.tsv | tail -n +2 | tr '\t\n' '| ')" '8|skipped|a note on the table 9|skipped|a note on the table ' 'notes on a table are told of'

mkdir named && cp a.csv named
for name in named ./named named/ "$PWD/named" "$PWD/./named/"; do
    "$HIKU" index --quiet --db named.db "$name" 2>log
done
is "$(sqlite3 named.db 'SELECT path FROM roots UNION ALL SELECT path FROM sources UNION ALL SELECT count(*) FROM documents' | xargs)" 'named named/a.csv 3' 'a folder is the same by whatever name'
run "$HIKU" index --quiet --db twice.db ./named "$PWD/named"
is "$(sqlite3 twice.db 'SELECT path FROM roots' | xargs)" './named' 'in one run too'

run "$HIKU" index --db strict.db --strict a.csv
is "$status" 2 'a doubt fails a strict run'
has "$err" '--strict' 'and says why'
test ! -e strict.db
ok $? 'and makes no index'

{
    printf 'title,body\ngood,one\n'
    for i in $(seq 30); do printf 'a%s,b,c\n' "$i"; done
} >many.csv
run "$HIKU" index --db many.db many.csv
is "$(grep -c 'cells' <<<"$err")" 20 'only the first problems of a source are shown'
has "$err" '10 more problems' 'the others are counted'
run "$HIKU" index --db many.db --full --report many.tsv many.csv
is "$(wc -l <many.tsv)" 31 'the report has them all'

printf '番号,取組内容\n1,夜間\n' | iconv -t EUC-JP-MS >euc.csv
printf '番号,取組内容,概要\n1,夜間,体制\n' >plain.csv
run "$HIKU" index --db p.db --preview plain.csv
test ! -e p.db
ok $? 'a preview writes no index'
has "$out" $'plain.csv\tcsv\tUTF-8\t2 rows\t1 records\t0 skipped\t1 headings\t0 blank\t0 joined\t0 problems' 'it counts'
has "$out" $'  title\t取組内容' 'it tells what the columns are'
has "$out" '    body: 体制' 'it shows records'
printf '日付,件名\n夏頃,甲\n3/2/2020,乙\n令和2年,丙\n随時,丁\n' >when.csv
# What a table, or an archive's names, hold may not command the terminal.
mkdir hostile
printf '番号,件名,列\u202e\n1,夜間\u202e,a\n' >hostile/$'a\033[31m.csv'
run "$HIKU" index --preview hostile
is "$(grep -c $'\033\|\u202e' <<<"$out") $(wc -l <<<"$out")" '0 8' 'a preview is safe for a terminal'
rm -r hostile
run "$HIKU" index --preview when.csv
has "$(head -n 2 <<<"$out" | tail -c +10)" $'2 problems' 'doubtful dates count among its problems'
has "$out" '  2 doubtful dates' 'and by themselves'
run "$HIKU" index --db p.db --preview --columns body=取組内容 plain.csv
has "$out" $'  body\t取組内容' 'as they would be read with --columns'
run "$HIKU" index --db e.db --encoding EUC-JP euc.csv
is "$("$HIKU" search --db e.db --format tsv 夜間 | wc -l)" 2 '--encoding'
printf '2,休日\n' | iconv -t EUC-JP-MS >>euc.csv
touch -d 2020-01-01 euc.csv
run "$HIKU" index --db e.db --type tsv --encoding Shift_JIS euc.csv
run "$HIKU" index --db e.db --type csv --encoding EUC-JP euc.csv
touch -d 2020-01-02 euc.csv
run "$HIKU" index --db e.db
is "$status$err$(sqlite3 e.db 'SELECT columns, type, encoding FROM roots')" '0|csv|EUC-JP' '--type and --encoding are remembered'
is "$("$HIKU" search --db e.db --format tsv 休日 | wc -l)" 2 'and followed when the file changes'
run "$HIKU" index --db e.db --encoding Shift_JIS
is "$(sqlite3 e.db "SELECT count(*) FROM documents WHERE title = '夜間'")" 0 'others given later are taken for all sources'
run "$HIKU" index --db e.db --encoding EUC-JP
"$HIKU" index --quiet --db full.db --columns title,-,id --type csv --encoding EUC-JP --label 札幌市 euc.csv
run "$HIKU" index --db full.db --full euc.csv
is "$status$err$(sqlite3 full.db 'SELECT columns, type, encoding, label FROM roots, sources')" '0title,-,id|csv|EUC-JP|札幌市' '--full of a source by name remembers how it is read'
fails_with() { # fails_with PART NAME ARGUMENT...
    run "$HIKU" index --db none.db "${@:3}" plain.csv
    is "$status" 2 "$2"
    has "$err" "$1" "$2: message"
}
fails_with "unknown encoding 'x'" 'an unknown encoding' --encoding x
fails_with "unknown format 'x'" 'an unknown format' --type x

mkdir folder
cp euc.csv folder/e.csv
printf 'a\tb\n夜間\t窓口\n' >folder/t.dat
printf 'x,夜間の家,y\n' >folder/c.csv
printf 'file\tname\tlabel\tencoding\tcolumns\ne.csv\t札幌\t札幌市\tEUC-JP\t\nc.csv\tc\t\t\t-,title,body\n' >folder/hiku.sources.tsv
run "$HIKU" index --db f.db folder
is "$status$err" 0 'a manifest says how tables are read'
is "$("$HIKU" search --db f.db --format tsv 夜間 | sed 1d | cut -f 1 | sort | sed 's/#x.*//' | tr '\n' ' ')" 'c 札幌#1 ' 'each its own way'
is "$(sqlite3 f.db "SELECT label FROM sources WHERE name = '札幌'")" 札幌市 'and whose they are'
"$HIKU" index --quiet --db l.db --label 焼津市 plain.csv
"$HIKU" index --quiet --db l.db
is "$(sqlite3 l.db 'SELECT label FROM sources')" 焼津市 '--label is remembered'
is "$("$HIKU" search --db l.db --format tsv 夜間 label:焼津 | wc -l)" 2 'and searched by label:'
is "$("$HIKU" search --db l.db --format tsv 夜間 ラベル:札幌 | wc -l)" 1 'another label is not found'

mkdir kept
printf '1,夜間,窓口\n' | iconv -t CP932 >kept/s.csv
printf 'x' >kept/note.dat
"$HIKU" index --quiet --db k.db --save --label 札幌市 --columns id,title,body --encoding sjis kept/s.csv
is "$(cat kept/hiku.sources.tsv)" $'file\tname\tlabel\tcolumns\tencoding\ttype\thidden\ns.csv\ts\t札幌市\tid,title,body\tShift_JIS\tcsv\t' '--save writes the manifest'
run "$HIKU" index --db k2.db kept
is "$("$HIKU" search --db k2.db --format tsv 夜間 label:札幌 | sed -n 2p | cut -f 1)" 's#1' 'and the next run follows it'
printf 'title,body\na,b\n' >kept/t.csv
"$HIKU" index --quiet --db k2.db --save kept/t.csv
is "$(sed -n '2p;3p' kept/hiku.sources.tsv | cut -f 1,5)" $'s.csv\tShift_JIS\nt.csv\tUTF-8' 'other lines stay'

mkdir public
cp plain.csv public/
run "$HIKU" index --db r.db --report public/problems.tsv public
cp public/problems.tsv public/another.txt
run "$HIKU" index --db r.db --report public/problems.tsv public
is "$status$err$(sqlite3 r.db 'SELECT name FROM sources')" 0plain 'reports among the tables are no tables'
run "$HIKU" index --quiet --db n.db --hidden --no-hidden plain.csv
is "$status$err" "2hiku: '--hidden' and '--no-hidden' exclude each other; leave one out" '--hidden and --no-hidden'
# A report takes the place of a report, and of nothing else.
cp plain.csv named.csv
"$HIKU" index --quiet --db n.db named.csv
for file in named.csv n.db; do
    cp $file before
    run "$HIKU" index --quiet --db n.db --report $file named.csv
    is "$status$err" "2hiku: '$file' is no report, and would be lost; name another file for --report" "--report $file"
    cmp -s $file before
    ok $? 'which stays as it is'
done
: >empty.tsv
printf 'file\tline' >torn.tsv
for file in empty.tsv torn.tsv /dev/null; do
    run "$HIKU" index --quiet --db n.db --report $file named.csv
    is "$status$err" 0 "--report $file"
done
# A file below a folder that was named before is read as it was said then.
mkdir -p own/below
printf 'x,夜間の家,y\n' | iconv -t EUC-JP-MS >own/below/o.csv
printf '件名\n休日\n' >own/p.csv
"$HIKU" index --quiet --db o.db --columns -,title,body --encoding EUC-JP --label 札幌市 own/below/o.csv
touch -d 2020-01-01 own/below/o.csv
run "$HIKU" index --db o.db own
is "$status$err$(sqlite3 o.db 'SELECT title, body, label FROM records JOIN sources s ON s.id = source_id ORDER BY title')" $'0休日||\n夜間の家|y|札幌市' 'a folder leaves a file in it as it was told to be read'
is "$(sqlite3 o.db 'SELECT r.path FROM sources s JOIN roots r ON r.id = s.root_id ORDER BY 1' | tr '\n' ' ')" 'own own/below/o.csv ' 'the file is its own source'
rm own/below/o.csv
run "$HIKU" index --db o.db own
is "$status$err$(sqlite3 o.db 'SELECT count(*) FROM documents')" 02 'without it the folder is read all the same'

for name in a.xls a.doc; do printf '\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1%0600d' 0 >"public/$name"; done
python3 - <<'PY'
import zipfile
for name, parts in (("a.odt", {"mimetype": "application/vnd.oasis.opendocument.text"}), ("a.docx", {"[Content_Types].xml": "", "word/document.xml": ""})):
    with zipfile.ZipFile("public/" + name, "w") as book:
        for part, text in parts.items():
            book.writestr(part, text)
PY
printf '番号\t件名\n1\t夜間\n' >public/text.xls
run "$HIKU" index --db r.db public
is "$status" 2 'documents of office programs in a folder: exit 2'
has "$err" "'public/a.xls' is damaged, or of a version before Excel 5; open it" 'a damaged workbook is told, and how to mend it'
for name in a.doc a.docx a.odt; do has "$err" "'public/$name' is a document of an office program" "$name too"; done
is "$(sqlite3 r.db 'SELECT count(*) FROM documents')" 2 'the tables are read; one of text that is called .xls too'

printf '番号,日付,件名\n1,3/2/2020,夜間\n2,随時,休日\n3,R1.7.8,窓口\n4,43631,相談\n5,19999,朝\n6,60000,昼\n' >dates.csv
run "$HIKU" index --db d.db dates.csv
is "$(sed -n '1p;3p;4p' <<<"$err")" $'dates.csv:2: not for certain a date; it stays a text\ndates.csv:6: not for certain a date; it stays a text\ndates.csv:7: not for certain a date; it stays a text' 'a date that is not clear is told'
is "$(sqlite3 d.db "SELECT group_concat(coalesce(date, '-')) FROM documents")" '-,-,2019-07-08,2019-06-15,-,-' 'and no date'
is "$(sed -n 2p <<<"$err")" 'dates.csv:5: a number, taken for a day as Excel counts them' 'a number of Excel is one, and told'
is "$("$HIKU" search --db d.db --format tsv date:2019-06-15 | sed -n 2p | cut -f 1)" 'dates#4' 'and found by its date'
yes '夜間,窓口' | head -n 500000 | sed '1s/.*/件名,概要/' | gzip -1 >long.csv.gz
run "$HIKU" index --preview long.csv.gz
has "$out" $'\t500000 rows\t499999 records\t' 'a long table'
yes '夜間,窓口' | head -n 9 | gzip -1 >>long.csv.gz
run "$HIKU" index --preview long.csv.gz
has "$out" $'\t500000 rows\t499999 records\t0 skipped\t1 headings\t0 blank\t0 joined\t0 problems' 'of a longer one so many rows are read'
has "$out" $'\n  the first 500000 rows alone; more of them follow\n  title\t件名\n' 'and it is told'
printf '番号,元号,年,月,日,件名\n1,令和,元,6,5,夜間\n2,,2,4,1,休日\n3,令和,2,2,30,朝\n' >parts.csv
run "$HIKU" index --db parts.db parts.csv
is "$(sqlite3 parts.db "SELECT group_concat(coalesce(date, '-') || (columns ->> '年'), ' ') FROM records")" '2019-06-05元 -2 -2' 'a date over several columns is one, and they are kept'
is "$err" $'parts.csv:3: not for certain a date; it stays a text\nparts.csv:4: not for certain a date; it stays a text' 'one that is not clear is told'
has "$("$HIKU" index --preview parts.csv)" $'  date\t元号\n  date\t年\n  date\t月\n  date\t日\n  title\t件名' 'and a preview shows what it is made of'
{
    printf 'title,body\n'
    yes 'a,b' | head -n 60000
} >same.csv
run "$HIKU" index --db same.db same.csv
has "$out" '60000 records' 'a record that comes 60,000 times'
is "$(sqlite3 same.db "SELECT count(*) FROM documents WHERE key LIKE '%~60000'")" 1 'each has a key of its own'

# --- each name of a day has the same without its day
mkdir months
for name in $(grep -P '^date\t.+年月日$' "$ROOT/dict/columns.tsv" | cut -f 2); do
    printf '番号,件名,内容,%s\n1,公園,遊具を直す,令和2年5月\n' "${name%日}" >"months/$name.csv"
done
rm months/年月日.csv # 年月 alone is also that of a count
"$HIKU" index --quiet --db months.db months
is "$(sqlite3 months.db "SELECT count(*), count(DISTINCT key), min(date_text = '令和2年5月') FROM documents")" "$(ls months | wc -l)|$(ls months | wc -l)|1" 'names of months are names of dates'
finish
