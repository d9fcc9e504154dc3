# Texts without a table: a record for each section.
. "$(dirname "$0")/../lib.sh"

sections() { sqlite3 hiku.db "SELECT title || '|' || replace(body, char(10), '/') || '|' || line FROM records ORDER BY id" | tr '\n' ' ' | sed 's/ $//'; }
read_() { rm -f hiku.db; run "$HIKU" index --quiet "$@"; }

printf '前文。\n\n第一章　総則\n目的を定める。\n続き、そのもの。\n■夜間\n・窓口\n・電話\n【休日】\n開く。\n' >a.txt
read_ a.txt
is "$status$err$(sections)" '0|前文。|1 第一章　総則|目的を定める。/続き、そのもの。|3 ■夜間|・窓口/・電話|6 【休日】|開く。|9' 'marked headings'
printf '夜間の窓口\n\n相談を受ける。\nいつでも。\n\n休日\n\n開かない。\n' >a.txt
read_ --type text a.txt
is "$status$err$(sections)" '0夜間の窓口|相談を受ける。/いつでも。|1 休日|開かない。|6' 'lines alone between blank lines'
printf '番号,件名,概要\n1,■夜間,窓口\n2,休日,本文\n' >a.csv
read_ a.csv
is "$status$err$(sections)" '0■夜間|窓口|2 休日|本文|3' 'a table stays a table'
finish
