# make relevance on a small collection: the table, what is kept, what is left out.
. "$(dirname "$0")/../lib.sh"

relevance() {
    BUILD="$BUILD" /usr/bin/python3 "$ROOT/tests/relevance/relevance.py" --work work "$@"
}
own=$ROOT/tests/relevance/own
row() { # row SYSTEM: the figures in its row, but for the time
    awk -v name="$1" '{ for (i = 1; i <= NF; i++) if ($i == name) { print $(i+1), $(i+2), $(i+3), $(i+4); exit } }'
}
run relevance --peers bigrams "$ROOT/tests/relevance"
is "$status$err" 0 'with bigrams'
is "$(head -n 1 <<<"$out" | xargs)" 'set queries system nDCG@10 MRR@10 R@10 R@100 ms/query' 'a table'
"$HIKU" index --quiet --db own.db --columns id,title,body "$own/docs.tsv"
is "$(row hiku <<<"$out")" "$("$HIKU" eval --db own.db "$own/queries.tsv" "$own/qrels.tsv" | tail -n 1 | awk '{ print $1, $2, $3, $4 }')" 'the figures of hiku eval'
is "$(row bigrams <<<"$out")" '0.8998 0.8750 1.0000 1.0000' 'bigrams'
mean=$(awk '/mean gain/ { print $(NF-1) }' <<<"$out")
is "$(awk '$1 == "gain" { print $2 }' <<<"$out")" "$mean" 'the mean gain of one set'
case $mean in +*) ok 0 "hiku is above bigrams ($mean %)" ;; *) ok 1 "hiku is above bigrams ($mean %)" ;; esac

touch -d '2001-01-01' work/own/bigrams.run
before=$(stat -c %Y work/own/bigrams.run)
again=$(relevance --peers bigrams "$ROOT/tests/relevance")
is "$(row bigrams <<<"$again")|$(stat -c %Y work/own/bigrams.run)" "$(row bigrams <<<"$out")|$before" "a peer's run is kept"
halves=$(relevance --halves --peers bigrams "$ROOT/tests/relevance" | awk '/^own/ { print $1, $2, $3 }')
is "$halves" $'own odd 4\nown even 4' '--halves'
run relevance --peers '' "$ROOT/tests/relevance"
is "$(grep -c gain <<<"$out")" 0 'without peers no gain'

mkdir nothing
run relevance nothing
is "$status $err" "1 relevance: no set in 'nothing'; give a folder with SET/docs.tsv, SET/queries.tsv and SET/qrels.tsv" 'no sets'
mkdir bin && ln -s /usr/bin/python3 bin/
run env PATH="$PWD/bin" BUILD="$BUILD" /usr/bin/python3 "$ROOT/tests/relevance/relevance.py" --work work2 --peers lucene "$ROOT/tests/relevance"
is "$(head -n 1 <<<"$out")" 'Lucene is left out: its packages (liblucene8-java, default-jdk-headless) are not installed' 'Lucene is not there'
is "$(row hiku <<<"$out")" "$(row hiku <<<"$again")" 'the rest of the table is'
if ! command -v javac >/dev/null || ! ls /usr/share/java/lucene-analyzers-kuromoji-*.jar >/dev/null 2>&1; then
    echo "ok $((++n_tests)) - Lucene # skip: its packages are not installed"
else
    out=$(relevance --peers lucene "$ROOT/tests/relevance")
    is "$(row lucene <<<"$out")" '0.9338 1.0000 0.8750 0.8750' 'Lucene'
fi
finish
