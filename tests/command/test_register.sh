# What the Sapporo register must show.
. "$(dirname "$0")/../lib.sh"

"$HIKU" index --quiet "$ROOT/corpus"
keys() { # keys QUERY...: numbers of the hits that have all words, in order
    "$HIKU" search --format tsv --limit 0 "$@" | awk -F '\t' 'NR > 1 && $4 != "partial" { printf "%s ", $2 }'
}
all() { "$HIKU" search --format tsv --limit 0 "$@" | awk -F '\t' 'NR > 1 { printf "%s ", $2 }'; }

is "$(all 夜間)" '4 2 ' '夜間'
is "$("$HIKU" 夜間 --format tsv | cut -f 1 | tr '\n' ' ')" 'key sapporo#4 sapporo#2 ' 'hiku 夜間: with keys'
is "$(keys 家庭児童相談室 | xargs)" '25 16 11' '家庭児童相談室, last where it is misprinted, though in a title'
is "$(keys --exact 家庭児童相談室 | xargs -n 1 | sort | xargs)" '16 25' '家庭児童相談室 as it is spelled'
is "$(all '休日 夜間')" '4 2 ' '休日 夜間'
is "$(all '夜間　休日')" '4 2 ' '夜間　休日 with a wide blank'
is "$(all '"協働の視点"')" '14 26 ' '"協働の視点"'
is "$(all 検索機能)" '10 ' '検索機能'
is "$(all date:令和元年度)" '1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 ' 'date:令和元年度'
is "$(all 'since:2020-04 until:2020-06')" '16 17 18 19 20 ' 'since:2020-04 until:2020-06'
is "$(all --since 令和2年4月 --until R2.6)" '16 17 18 19 20 ' '--since and --until alone'
is "$(keys 第２回)" "$(keys 第2回)" '第２回 = 第2回'
is "$(keys 第2回)" '5 21 ' '第2回'
is "$(all 副市長)" '2 ' '副市長 finds 副市长'
is "$(keys １歳６か月児健診)" '6 ' '１歳６か月児健診'
is "$(keys 1歳6ヶ月児健診)" '6 ' '1歳6ヶ月児健診'
is "$(all --sort date 児童相談所)" '2 4 8 10 11 16 25 ' '--sort date'
is "$(all --sort -date 児童相談所)" '25 16 11 10 8 4 2 ' '--sort -date'
is "$(all --field title 夜間)" '4 ' '--field title'
is "$(all 夜間 -休日)" '' 'a word excluded'

scan=$(/usr/bin/python3 - "$ROOT" <<'PY'
import sqlite3, sys
sys.path.insert(0, sys.argv[1] + "/tests/oracle")
import os
here = os.getcwd()
from oracle import normalize
rows = sqlite3.connect(here + "/hiku.db").execute("SELECT CAST(number AS INTEGER), title, body FROM documents").fetchall()
word = normalize("児童相談所")
title = sorted(n for n, t, b in rows if word in normalize(t))
body = sorted(n for n, t, b in rows if word in normalize(b) and word not in normalize(t))
print(*title, "|", *body)
PY
)
found=$(keys 児童相談所)
n=$(wc -w <<<"${scan%%|*}")
first=$(tr ' ' '\n' <<<"$found" | head -n "$n" | sort -n | xargs)
rest=$(tr ' ' '\n' <<<"$found" | tail -n +$((n + 1)) | sort -n | xargs)
is "$first | $rest" "$scan" '児童相談所: what a scan finds, titles first'
is "$(sqlite3 hiku.db 'SELECT count(*) FROM documents')" 26 '26 records'
is "$(sqlite3 hiku.db "SELECT count(*) FROM documents WHERE title LIKE '%取組内容%'")" 0 'headings are no records'
is "$(sqlite3 hiku.db "SELECT count(*) FROM documents WHERE body LIKE '%<p>%' OR title LIKE '%<p>%'")" 0 'no tags'
is "$("$HIKU" check)" '26 records, 1 segment, '"$("$HIKU" check | grep -o '[0-9]* lists')"': no problems' 'check'
finish
