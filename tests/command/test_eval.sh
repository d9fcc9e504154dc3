# hiku eval: figures of a search and of a run, forms of judgements, what is wrong with them.
. "$(dirname "$0")/../lib.sh"

printf '番号\t日付\t取組内容\t概要\n1\t\t夜間保育\t\n2\t\t夜間\t窓口\n3\t\t休日\t窓口\n' >t.tsv
printf '番号\t取組内容\n1\t休日保育\n' >u.tsv
"$HIKU" index --quiet t.tsv u.tsv
printf 'q1\t夜間\nq2\t休日の窓口\nq3\tzzz\nq4\t保育\n' >queries.tsv
printf 'q1\t1\t2\nq1\t2\t1\nq2\tt#3\t1\nq2\t9\t0\nq3\t1\t1\nq4\t1\t1\n' >qrels.tsv

figures() { # figures ARG…: the mean as text, with one blank between the figures
    "$HIKU" eval "$@" 2>&1 | tail -n 1 | tr -s ' '
}

# q1 has 2 before 1 (the shorter title), q2 the only one first, q3 nothing; of q4 two records have
# the number that is judged, which counts once.
run "$HIKU" eval queries.tsv qrels.tsv
is "$status $out" '0 nDCG@10  MRR@10    R@10   R@100
 0.7149  0.7500  0.7500  0.7500  mean of 4 queries' 'a search'
run "$HIKU" eval queries.tsv qrels.tsv --per-query
is "$out" 'nDCG@10  MRR@10    R@10   R@100
 0.8597  1.0000  1.0000  1.0000  q1  夜間
 1.0000  1.0000  1.0000  1.0000  q2  休日の窓口
 0.0000  0.0000  0.0000  0.0000  q3  zzz
 1.0000  1.0000  1.0000  1.0000  q4  保育
 0.7149  0.7500  0.7500  0.7500  mean of 4 queries' '--per-query'
"$HIKU" eval queries.tsv qrels.tsv --per-query --format json | /usr/bin/python3 -c '
import json, sys
r = json.load(sys.stdin)
print("nDCG@10  MRR@10    R@10   R@100")
for q in r["per_query"] + [r]:
    print(" %.4f  %.4f  %.4f  %.4f " % (q["ndcg_10"], q["mrr_10"], q["r_10"], q["r_100"]),
          "%s  %s" % (q["qid"], q["query"]) if "qid" in q else "mean of %d queries" % q["queries"])' >json
is "$(cat json)" "$out" 'as JSON'
is "$("$HIKU" eval queries.tsv qrels.tsv --format json)" '{"queries":4,"ndcg_10":0.7149,"mrr_10":0.7500,"r_10":0.7500,"r_100":0.7500}' 'JSON without queries'
is "$(figures queries.tsv qrels.tsv --field title --all)" ' 0.4649 0.5000 0.5000 0.5000 mean of 4 queries' 'options of the search count'
run "$HIKU" eval queries.tsv qrels.tsv --timing
grep -q '^queries 4 mean ' <<<"$err"
ok $? '--timing'

# --- judgements ----------------------------------------------------------------------------------
printf '\xEF\xBB\xBFquery-id\tcorpus-id\tscore\r\nq1\t1\t2\r\nq1\t2\t1\r\n' >beir.tsv
awk -F '\t' 'BEGIN { OFS = " " } { print $1, 0, $2, $3 }' qrels.tsv >trec.qrels
awk -F '\t' 'BEGIN { OFS = "\t" } { print $1, "Q0", $2, $3 }' qrels.tsv >tabs.qrels
is "$(figures queries.tsv trec.qrels)" "$(figures queries.tsv qrels.tsv)" "TREC's four columns"
is "$(figures queries.tsv tabs.qrels)" "$(figures queries.tsv qrels.tsv)" "TREC's four columns, cut at tabs"
is "$(figures queries.tsv - <qrels.tsv)" "$(figures queries.tsv qrels.tsv)" 'standard input'
run "$HIKU" eval queries.tsv beir.tsv
is "$(tail -n 1 <<<"$out")" ' 0.8597  1.0000  1.0000  1.0000  mean of 1 query' 'a heading, a byte order mark, line ends of DOS'
is "$err" 'hiku: 3 queries are left out: nothing is judged relevant for them' 'queries without judgements are counted'
run "$HIKU" eval <(head -n 2 queries.tsv) qrels.tsv
is "$(tail -n 1 <<<"$out")" ' 0.9299  1.0000  1.0000  1.0000  mean of 2 queries' 'some of the queries'
is "$err" 'hiku: 2 judged queries are left out: they are not among the queries' 'judged queries that are not asked are counted'

# --- runs ----------------------------------------------------------------------------------------
"$HIKU" search --queries queries.tsv --format trec >hiku.run
# It names the records of two tables by their keys.
sed 's/\t\([0-9]\t[0-9]\)$/\tt#\1/' qrels.tsv >keys.qrels
is "$(figures --run hiku.run queries.tsv keys.qrels)" "$(figures queries.tsv qrels.tsv)" "hiku's own run"
sed 's/ [tu]#/ /' hiku.run >numbers.run
sed 's/t#3/3/' qrels.tsv >numbers.qrels
is "$(figures --run numbers.run queries.tsv numbers.qrels)" "$(figures queries.tsv qrels.tsv)" 'a run of numbers'
# q1: 2, 1, 2 again; of those with one rank the score decides.
printf 'q2 Q0 t#3 2 0.5 x\nq1 Q0 1 2 0.5 x\nq1 Q0 2 2 7 x\nq1 Q0 2 3 0.1 x\n' >other.run
is "$(figures --run other.run qrels.tsv)" ' 0.4649 0.5000 0.5000 0.5000 mean of 4 queries' 'a run in any order, all that are judged'
is "$(figures --run - qrels.tsv <other.run)" "$(figures --run other.run qrels.tsv)" 'a run from standard input'
is "$(figures --run other.run --per-query qrels.tsv | wc -l)" 1 'a run with --per-query'
is "$(HIKU_DB=missing.db figures --run other.run qrels.tsv)" "$(figures --run other.run qrels.tsv)" 'a run needs no index'

# --- what is wrong -------------------------------------------------------------------------------
wrong() { # wrong MESSAGE NAME ARG…: exit code 2, nothing but MESSAGE
    local message=$1 name=$2
    shift 2
    run "$HIKU" eval "$@"
    is "$status|$out|$err" "2||$message" "$name"
}
printf 'q1\t1\t1\nq1\t2\n' >short.tsv
wrong "short.tsv:2: a judgement has three columns: name of the query, document, grade; or TREC's four" 'a missing column' queries.tsv short.tsv
printf 'q1\t1\tyes\nq1\t2\tno\n' >words.tsv
wrong 'words.tsv:2: the grade is no whole number; give 0 for what is not relevant, 1 and more for what is' 'a grade in words' queries.tsv words.tsv
printf 'q1\t1\t1\n\t2\t1\n' >nameless.tsv
wrong 'nameless.tsv:2: a judgement needs the name of a query and of a document' 'no name' queries.tsv nameless.tsv
printf 'q1\t1\t1\nq2\t1\t1\nq1\t1\t0\n' >twice.tsv
wrong 'twice.tsv:3: this document was judged for this query before' 'judged twice' queries.tsv twice.tsv
printf 'q1 Q0 1 1 7 x\nq1 Q0 2 2 7\n' >short.run
wrong 'short.run:2: a line of a run has six columns: name of the query, Q0, document, rank, score, name of the run' 'a short line of a run' --run short.run qrels.tsv
printf 'q1 Q0 1 first 7 x\n' >rank.run
wrong 'rank.run:1: the rank in the fourth column is no whole number' 'a rank in words' --run rank.run qrels.tsv
printf 'q1 Q0 1 1 nan x\n' >score.run
wrong 'score.run:1: the score in the fifth column is no number' 'a score that is none' --run score.run qrels.tsv
printf 'q1\t夜間\nno tab\n' >bad.queries
wrong 'bad.queries:2: no tab between a name and a query; put one there' 'a query without a name' bad.queries qrels.tsv
printf 'q1\t夜間\nq1\t休日\n' >again.queries
wrong 'again.queries:2: the name of this query came before' 'two queries of one name' again.queries qrels.tsv
wrong 'hiku: no query is judged; give the judgements of these queries' 'other judgements' <(printf 'x\t夜間\n') qrels.tsv
wrong "hiku: cannot read 'missing.tsv': No such file or directory; give another file" 'a missing file' queries.tsv missing.tsv
wrong 'hiku: queries or judgements are missing; see: hiku help eval' 'no judgements' queries.tsv
wrong 'hiku: too many arguments; see: hiku help eval' 'too many files' queries.tsv qrels.tsv more.tsv
wrong 'hiku: only one of the files can be standard input' 'standard input twice' - -
wrong "hiku: '--any' and '--all' exclude each other; leave one out" 'options that contradict' --any --all queries.tsv qrels.tsv
run "$HIKU" eval --db missing.db queries.tsv qrels.tsv
is "$status" 3 'no index'
# A line that memory does not hold is not the end of the file.
if ! grep -q -e -fsanitize= "$BUILD/flags"; then
    head -c 80000000 /dev/zero | tr '\0' a >long.run
    run bash -c 'ulimit -v 100000; exec "$0" eval --run long.run qrels.tsv' "$HIKU"
    is "$status$out$err" "2hiku: cannot read 'long.run': Cannot allocate memory; give another file" 'a line without end'
    rm long.run
fi
finish
