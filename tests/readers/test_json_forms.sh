# The forms that tables have in JSON: objects of objects, lists by columns, rows with names beside them, maps, what
# portals and libraries write; and what stands beside a table.
. "$(dirname "$0")/../lib.sh"

records() { # records: number|date|title|body|columns of each record, in their order, / for a line end
    sqlite3 hiku.db "SELECT number || '|' || date_text || '|' || title || '|' || replace(body, char(10), '/') || '|' || columns FROM records ORDER BY id" |
        sed -e 's/\\n/\//g' -e 's/{}$//' | tr '\n' ' ' | sed 's/ $//'
}
reads() { # reads NAME JSON RECORDS [PROBLEMS]
    rm -f hiku.db a.json
    printf '%s' "$2" >a.json
    run "$HIKU" index --quiet --report report.tsv a.json
    is "$status $(records)" "0 $3" "$1"
    is "$(tail -n +2 report.tsv | cut -f 2,4,5)" "${4-}" "$1: what is told"
}
two='1||夜間の窓口|相談を受ける| 2||休日の窓口|日曜に開く|'

# Beside a list
reads 'a title beside a list' '{"title":"取組の一覧","更新日":"2020-01-02","items":[{"件名":"窓"},{"件名":"戸"}]}' \
    '||窓|| ||戸|| |2020-01-02|取組の一覧||'
reads 'a title after a list' '{"items":[{"件名":"窓"}],"更新日":"2020-01-02","title":"取組の一覧"}' '||窓|| |2020-01-02|取組の一覧||'
reads 'a title of an object inside' '{"meta":{"名称":"一覧","作成":"市"},"data":[{"件名":"窓"}]}' '||窓|| ||一覧||{"作成":"市"}'
reads 'no title beside a list' $'{"ok":true,\n"result":{"total":2,"items":[{"件名":"窓"}]},"url":"/api"}' '||窓||' \
    $'1\ttexts beside the records, not taken\tok: true; result.total: 2; url: /api'
reads 'texts in a list of objects' '{"items":["い",{"件名":"窓"},"ろ"]}' '||窓||' \
    $'1\ttexts beside the records, not taken\titems: い; items: ろ'
run "$HIKU" index --quiet --strict --db strict.db a.json
is "$status" 2 'what is not taken is a failure with --strict'

# Objects of objects
reads 'keys that are numbers of records' '{"A1":{"件名":"窓","概要":"い"},"A2":{"件名":"戸"}}' 'A1||窓|い| A2||戸||'
reads 'keys that are titles' '{"夜間保育":{"概要":"い"},"病児保育":{"概要":"ろ","課":"子ども課"}}' '||夜間保育|い| ||病児保育|ろ|{"課":"子ども課"}'
reads 'keys beside numbers and titles' '{"x":{"番号":1,"件名":"窓"},"y":{"番号":2,"件名":"戸"}}' '1||窓||{"key":"x"} 2||戸||{"key":"y"}'
reads 'objects of objects inside' '{"result":{"A1":{"件名":"窓"},"A2":{"件名":"戸","担当":{"課":"い"},"語":["ろ","は"]}}}' \
    'A1||窓|| A2||戸||{"担当.課":"い","語":"ろ/は"}'
is "$(sqlite3 hiku.db 'SELECT DISTINCT part FROM records')" result 'the table is called by its path'
reads 'objects that are parts of one record' '{"件名":"夜","担当":{"主":{"名":"a","電":"1"},"副":{"名":"b","電":"2"}}}' \
    '||夜||{"担当.主.名":"a","担当.主.電":"1","担当.副.名":"b","担当.副.電":"2"}'
reads 'objects that have nothing in common' '{"基本":{"件名":"夜","概要":"い"},"担当":{"課":"a","電":"1"}}' \
    '||夜|い|{"担当.課":"a","担当.電":"1"}' $'1\tno usual names of columns; by what they hold, title is '"'基本.件名' and body '基本.概要'; see --columns"$'\t基本.件名 基本.概要 担当.課 担当.電'
reads 'one object in another' '{"data":{"件名":"夜","概要":"い"}}' '||夜|い|'

# Lists of texts, lists by columns
reads 'a list of texts' '["夜間の窓口","休日の窓口"]' '||夜間の窓口|| ||休日の窓口||' \
    $'1\tno heading line; by what they hold, title is \'1\'; see --columns\t夜間の窓口'
reads 'a list of numbers' '[10,20]' '||10|| ||20||' $'1\tno heading line; by what they hold, title is \'1\'; see --columns\t10'
reads 'a list of texts with a name' '{"施策":["夜間の窓口","休日の窓口"]}' '||夜間の窓口|| ||休日の窓口||'
reads 'lists by columns' '{"番号":[1,2],"件名":["夜間の窓口","休日の窓口"],"概要":["相談を受ける","日曜に開く"]}' "$two"
reads 'lists by columns with a gap' '{"番号":[1,2],"件名":["窓",null]}' '1||窓|| 2||||'
reads 'lists of other lengths are one record' '{"件名":"夜","語":["い","ろ"],"人":["a"]}' '||夜||{"語":"い/ろ","人":"a"}'

# What pandas writes
reads 'pandas: columns' '{"番号":{"0":1,"1":2},"件名":{"0":"夜間の窓口","1":"休日の窓口"},"概要":{"0":"相談を受ける","1":"日曜に開く"}}' "$two"
reads 'pandas: columns, rows that do not count' '{"件名":{"3":"窓","7":"戸"},"概要":{"7":"い","3":null,"9":"ろ"}}' '3||窓|| 7||戸|い| 9|||ろ|'
reads 'pandas: columns, a row that comes twice' '{"件名":{"3":"窓","3":"戸"},"課":{"3":"い"}}' '||件名||{"3":"窓/戸"} ||課||{"3":"い"}'
reads 'pandas: index' '{"0":{"番号":1,"件名":"夜間の窓口","概要":"相談を受ける"},"1":{"番号":2,"件名":"休日の窓口","概要":"日曜に開く"}}' "$two"
reads 'pandas: split' '{"columns":["番号","件名","概要"],"index":[0,1],"data":[[1,"夜間の窓口","相談を受ける"],[2,"休日の窓口","日曜に開く"]]}' "$two"
reads 'pandas: split, rows with names' '{"columns":["件名","概要"],"index":["い","ろ"],"data":[["窓","a"],["戸","b"]]}' '||窓|a| ||戸|b|' \
    $'1\ttexts beside the records, not taken\tindex: い; index: ろ'
reads 'pandas: values' '[[1,"夜間の窓口","相談を受ける"],[2,"休日の窓口","日曜に開く"]]' "$two" \
    $'1\tno heading line; by what they hold, title is \'2\' and body \'3\'; see --columns\t1 夜間の窓口 相談を受ける'
reads 'pandas: table' '{"schema":{"fields":[{"name":"番号"},{"name":"件名"}]},"data":[{"番号":1,"件名":"窓"},{"番号":2,"件名":"戸"}]}' \
    '1||窓|| 2||戸||' $'1\ttexts beside the records, not taken\tschema.fields.name: 番号; schema.fields.name: 件名'

# Rows with names beside them
reads 'names after the rows' '{"rows":[[1,"窓"],[2,"戸"]],"header":["番号","件名"]}' '1||窓|| 2||戸||'
reads 'names in no list of a usual name' '{"列":["番号","件名"],"行":[[1,"窓"],[2,"戸"]]}' '1||窓|| 2||戸||'
reads 'rows whose first names the columns' '{"一覧":[["番号","件名"],[1,"窓"],[2,"戸"]]}' '1||窓|| 2||戸||'
reads 'two tables with names of their own' '{"い":{"columns":["番号","件名"],"data":[[1,"窓"]]},"ろ":{"columns":["件名","番号"],"data":[["戸",2]]}}' '1||窓|| 2||戸||'

# CKAN, GeoJSON, JSON-LD
reads 'CKAN: records as objects' '{"help":"h","result":{"fields":[{"type":"int","id":"_id"},{"type":"text","id":"件名"}],"records":[{"_id":1,"件名":"窓"}]}}' \
    '||窓||{"_id":"1"}' $'1\ttexts beside the records, not taken\thelp: h; result.fields.type: int; result.fields.id: _id; result.fields.type: text; result.fields.id: 件名'
reads 'CKAN: records as lists' '{"result":{"records":[[1,"窓"]],"fields":[{"id":"番号"},{"id":"件名"}]}}' '1||窓||'
reads 'fields that are the table' '{"fields":[{"name":"畑A","面積":3},{"name":"畑B"}]}' '||畑A||{"面積":"3"} ||畑B||'
reads 'GeoJSON' '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"名称":"園","type":"公立"},"geometry":{"type":"Point","coordinates":[141.3,43.0]}}]}' \
    '||園||{"type":"公立","geometry.type":"Point","geometry.coordinates":"141.3/43.0"}'
reads 'Socrata: names in an object in another' '{"meta":{"view":{"name":"一覧","columns":[{"id":-1,"name":"sid"},{"id":2,"name":"事業名"},{"id":3,"name":"概要"}]}},"data":[["r-1","見守り","訪問する"]]}' \
    '||見守り|訪問する|{"sid":"r-1"} ||一覧||{"columns.id":"-1/2/3"}' ''
reads 'OpenDataSoft: fields inside records' '{"nhits":1,"records":[{"recordid":"a1","fields":{"事業名":"見守り","概要":"訪問する"}}]}' \
    '||見守り|訪問する|{"recordid":"a1"}' $'1\ttexts beside the records, not taken\tnhits: 1'
reads 'GeoJSON: the name of a layer' '{"type":"FeatureCollection","name":"layer","features":[{"type":"Feature","properties":{"名称":"園"}}]}' '||園||' \
    $'1\ttexts beside the records, not taken\tname: layer'
reads 'GeoJSON: one feature' '{"type":"Feature","properties":{"名称":"園"},"geometry":{"coordinates":[[[1,2],[3,4]]]}}' '||園||{"geometry.coordinates":"1/2/3/4"}'
reads 'JSON-LD' '{"@context":{"name":"http://schema.org/name"},"@graph":[{"@id":"x:1","schema:name":"窓","http://purl.org/dc/terms/description":{"@value":"い","@language":"ja"}}]}' \
    '||窓|い|{"@id":"x:1","http://purl.org/dc/terms/description.@language":"ja"}' $'1\ttexts beside the records, not taken\t@context.name: http://schema.org/name'

# JSON-stat
dimensions='"dimension":{"y":{"label":"年","category":{"index":["a","b"],"label":{"b":"令和2年","a":"令和元年"}}},"s":{"label":"性別","category":{"index":{"f":1,"m":0},"label":{"m":"男","f":"女"}}},"p":{"category":{"label":{"x":"札幌"}}}}'
cube='"class":"dataset","label":"人口","id":["y","s","p"],"size":[2,2,1]'
cells='||人口||{"年":"令和元年","性別":"男","p":"札幌","value":"10"} ||人口||{"年":"令和元年","性別":"女","p":"札幌","value":"11"}'
reads 'JSON-stat: a record for each cell' "{$cube,$dimensions,\"value\":[10,11,null,21]}" \
    "$cells"' ||人口||{"年":"令和2年","性別":"男","p":"札幌"} ||人口||{"年":"令和2年","性別":"女","p":"札幌","value":"21"}' \
    $'1\ttexts beside the records, not taken\tclass: dataset'
reads 'JSON-stat: only some cells, inside another object' "{\"d\":{$cube,$dimensions,\"value\":{\"1\":11,\"3\":21}}}" \
    '||人口||{"年":"令和元年","性別":"女","p":"札幌","value":"11"} ||人口||{"年":"令和2年","性別":"女","p":"札幌","value":"21"}' \
    $'1\ttexts beside the records, not taken\td.class: dataset'

# Many rows, and rows in another order in each column, take a time that does not grow with their square.
python3 - <<'PY' >a.json
import json
n = 60000
print(json.dumps({"件名": {str(i): f"題{i}" for i in range(5, n)}, "概要": {str(i): f"文{i}" for i in reversed(range(5, n))}}))
PY
rm -f hiku.db
run timeout 60 "$HIKU" index --quiet a.json
is "$status$err $(sqlite3 hiku.db "SELECT count(*), sum(substr(title, 2) = substr(body, 2)), sum(title = '題' || number) FROM records")" '0 59995|59995|59995' 'columns in another order'

# What is kept until the object ends is bounded.
python3 -c 'print("{\"a\":{" + ",".join(["\"b\":{}"] * 3800000) + "}}")' >a.json
run "$HIKU" index --quiet --db large.db a.json
has "$status$err" "2a.json: 'a.json' cannot be read as JSON beyond line 1: an object of too many bytes" 'an object of too many bytes'
finish
