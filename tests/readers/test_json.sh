# JSON and NDJSON: what becomes a record, and what is told of the rest.
. "$(dirname "$0")/../lib.sh"

records() { # records: number|date|title|body|columns of each record, / for a line end
    sqlite3 hiku.db "SELECT number || '|' || date_text || '|' || title || '|' || replace(body, char(10), '/') || '|' || columns FROM records ORDER BY id" |
        sed -e 's/\\n/\//g' -e 's/{}$//' | tr '\n' ' ' | sed 's/ $//'
}
read_() { # read_ FILE [OPTION...]: indexes it alone; $err and $status
    rm -f hiku.db
    run "$HIKU" index --quiet "$@"
}

printf '[{"番号":1,"件名":"夜間の窓口","概要":"相談を受ける","担当":{"課":"子ども課","電話":"1"}},\n{"番号":2,"件名":"休日","担当":{"課":null}},\n{"番号":3.50,"件名":"朝","概要":["一つ","二つ",["三つ"]],"有料":true}]' >a.json
read_ a.json
is "$status$err" 0 'a list of objects'
is "$(records)" '1||夜間の窓口|相談を受ける|{"担当.課":"子ども課","担当.電話":"1"} 2||休日|| 3.50||朝|一つ/二つ/三つ|{"有料":"true"}' 'objects inside by path, lists line by line, null as nothing, numbers as they are written'
is "$(sqlite3 hiku.db 'SELECT group_concat(line) FROM records')" 1,2,3 'the lines on which the objects begin'

printf '{"help":"x","result":{"total":2,"records":[{"id":"a","title":"窓"},{"id":"b","title":"戸"}]}}' >a.json
read_ a.json
is "$status$err$(records)" '0a.json:1: texts beside the records, not takena||窓|| b||戸||' 'a list inside an object'

printf '{"title":"一件だけ","body":"本文","tags":["い","ろ"]}' >a.json
read_ a.json
is "$status$err$(sqlite3 hiku.db 'SELECT title, body, columns FROM records')" '0一件だけ|本文|{"tags":"い\nろ"}' 'one object alone'

printf '[["番号","件名","概要"],[1,"窓",null],[2,null,"戸の話"]]' >a.json
read_ a.json
is "$status$err$(records)" '01||窓|| 2|||戸の話|' 'a list of lists: the first is the heading'

printf '[{"備":"夜間の窓"},{"備":"休日の窓","面積":3}]' >a.json
read_ a.json
has "$err" "a.json:1: no usual names of columns; by what they hold, title is '備'; see --columns" 'unknown names'
is "$(records)" '||夜間の窓|| ||休日の窓||{"面積":"3"}' 'are guessed'
printf '[{"名称":"窓"},{"名称":"戸"}]' >a.json
read_ a.json
is "$status$err$(records)" '0||窓|| ||戸||' 'one column'
printf '[{"件名":"窓","概要":"一"},{"件名":"戸"}]' >a.json
read_ a.json
is "$status$err$(records)" '0||窓|一| ||戸||' 'a record of the first column alone'
# More columns come after the first megabyte: the same one is the title.
python3 - <<'PY'
import json
rows = [{"園": f"みどりの園{i}", "話": "長い話" * 40} for i in range(4000)] + [{"所": "町の東の外れの丘の上", "園": "砂場", "話": "長" * 99, "年": 5}]
json.dump(rows, open("a.json", "w"))
PY
read_ a.json
is "$(sqlite3 hiku.db "SELECT count(*) FROM documents WHERE title LIKE 'みどりの園%'")|$(sqlite3 hiku.db "SELECT title, columns FROM documents ORDER BY id DESC LIMIT 1")" '4000|砂場|{"所":"町の東の外れの丘の上","年":"5"}' 'guessed once for all'

printf '[{"title":"a","body":"x","body":"y","":"z"}]' >a.json
read_ a.json
has "$err" 'a.json:1: a name that comes twice in an object' 'a name that comes twice is told'
is "$(sqlite3 hiku.db 'SELECT replace(body, char(10), "/"), columns FROM records')" 'x/y|{"3":"z"}' 'both values are kept; an empty name'

printf '[{"id":"1","title":"a\\u0000b\\ud800c\\ud83d\\ude00"},5]' >a.json
read_ a.json
has "$err" 'a.json:1: a value that is no object' 'a value beside the objects'
is "$(sqlite3 hiku.db 'SELECT hex(title) FROM records')" 61623F63F09F9880 'escapes: no control characters, no half surrogates'

printf '[{"title":"一"},\n{"title":"二"},\n{"title":"三" oops' >a.json
read_ a.json
has "$err" "'a.json' cannot be read as JSON beyond line 3" 'a broken document: where'

/usr/bin/python3 -c 'print("[" * 100000)' >a.json
read_ a.json
has "$err" 'nested too deep' 'deep nesting'
/usr/bin/python3 -c 'print("{\"a\":" * 100000)' >a.json
read_ a.json
has "$err" 'nested too deep' 'deep nesting of objects'
/usr/bin/python3 -c 'import json; print(json.dumps([{"title": "x", **{"c%d" % i: 1 for i in range(5000)}}]))' >a.json
read_ a.json
has "$err" 'too many columns' 'too many columns'

/usr/bin/python3 - <<'PY' >a.json
import json
print(json.dumps([{"id": i, "title": "題%d" % i, **({"新しい列": "x" * 40} if i > 30000 else {})} for i in range(40000)]))
PY
read_ a.json
is "$status$err$(sqlite3 hiku.db 'SELECT count(*), sum(columns IS NOT NULL AND columns <> "{}") FROM records')" '040000|9999' 'columns that come late'

/usr/bin/python3 -c 'print("[{\"件名\": \"長\", \"概要\": \"%s\"}]" % ("x" * (48 << 20)))' >a.json
"$HIKU" index --preview --quiet a.json >preview.txt 2>err.txt
is "$?$(<err.txt)" 0 'a text of 48 MiB'
is "$(wc -c <preview.txt | awk '{print ($1 > 0)}')" 1 'a text of 48 MiB is shown'

printf '{"番号":1,"件名":"夜","予算":[{"年":2020,"額":5},{"年":2021}]}\n\n{"番号":2,"件名":oops}\n[1]\n{"番号":3,"件名":"朝"}\n' >a.ndjson
read_ a.ndjson
is "$status" 0 'NDJSON'
is "$err" "a.ndjson:3: a line that is not valid JSON
a.ndjson:4: a value that is no object" 'NDJSON: broken lines are told, the others taken'
is "$(records)" '1||夜||{"予算.年":"2020/2021","予算.額":"5"} 3||朝||' 'NDJSON: lists of objects by path'
cp a.ndjson a.txt
read_ a.txt
is "$(sqlite3 hiku.db 'SELECT count(*) FROM records')" 2 'NDJSON is known by its content'
finish
