#!/usr/bin/env bash
# `make bench` works on a small table. What it measures is not looked at.
. "${0%/*}/../lib.sh"
run env BUILD="$BUILD" /usr/bin/python3 "$ROOT/tests/bench/bench.py" --records 60 --sizes 0.5,2 --out . --peers ''
is "$status$err" 0 'bench.py'
for figure in 'hiku index, file / table' '8 readers / one' 'one row changed / all' 'hiku index, a file of ten rows'; do
    has "$out" "$figure" "a table with '$figure'"
done
is "$(sed -n 1p <<<"$out" | xargs)" 'records 30 120' 'of two sizes'
run /usr/bin/python3 -c '
import json, xml.dom.minidom
lines = [json.loads(line) for line in open("bench.jsonl")]
names = {line["figure"] for line in lines}
bars = xml.dom.minidom.parse("bench.svg").getElementsByTagName("rect")
print(len(lines) == 2 * len(names), len(bars) == len(lines) + 1, all(line["value"] > 0 for line in lines),
      all(line["machine"]["processors"] > 0 for line in lines), sorted({line["unit"] for line in lines}))'
is "$out$err" "True True True True ['MB', 'ms', 's', 'x']" 'figures as JSON lines, a bar for each'
finish
