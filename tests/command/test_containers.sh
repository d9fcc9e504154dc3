# Compressed files, archives and standard input.
. "$(dirname "$0")/../lib.sh"

register=$ROOT/corpus/sapporo/sapporo-measures.txt
"$HIKU" index --quiet --db plain.db "$register"
"$HIKU" search --db plain.db --format tsv 相談 | cut -f 2,6 >want

same() { # same DB NAME: the register's 26 records and the same answers
    is "$("$HIKU" search --db "$1" --format tsv 相談 | cut -f 2,6)" "$(cat want)" "$2: the same answers"
}

python3 - "$register" <<'PY'
import bz2, gzip, lzma, sys, zipfile
data = open(sys.argv[1], "rb").read()
open("r.txt.gz", "wb").write(gzip.compress(data))
open("r.txt.bz2", "wb").write(bz2.compress(data))
open("r.txt.xz", "wb").write(lzma.compress(data))
open("cut.txt.gz", "wb").write(gzip.compress(data)[:1000])
with zipfile.ZipFile("r.zip", "w", zipfile.ZIP_DEFLATED) as z:
    z.writestr("札幌/取組.txt", data.decode().encode("cp932", "replace"))
    z.writestr("readme.md", "no table")
    z.writestr("b.csv", "title,body\n夜間,あ\n")
data = open("r.zip", "rb").read()
open("cut.zip", "wb").write(data[: len(data) // 2])
with zipfile.ZipFile("bomb.zip", "w", zipfile.ZIP_DEFLATED) as z:
    for name in ("取組.csv", "b.csv"):
        z.writestr(name, b"title,body\n" + b"a" * (48 << 20))
open("bomb.csv.gz", "wb").write(gzip.compress(b"title,body\n" + b"a" * (100 << 20)))
PY
for ending in gz bz2 xz; do
    run "$HIKU" index --quiet --db "$ending.db" "r.txt.$ending"
    is "$status$err" 0 "$ending is read"
    same "$ending.db" "$ending"
done
run "$HIKU" index --db zip.db r.zip
has "$out" '27 records' 'both tables of a zip archive'
is "$("$HIKU" search --db zip.db --format tsv 休日 | sed -n 2p | cut -f 1)" '取組#4' 'a member has its own name'
has "$("$HIKU" index --db zip.db)" '27 unchanged' 'an archive that did not change is not read again'
run "$HIKU" index --db member.db r.zip/b.csv
has "$out" '1 record:' 'a member alone'
run "$HIKU" index --db none.db r.zip/c.csv
is "$status" 2 'a member that is not there'
has "$err" "there is no file 'c.csv' in" 'is told'

python3 - <<'PY'
import gzip, zipfile
table = "title,body\n夜間,あ\n".encode()
with zipfile.ZipFile("inner.zip", "w") as z:
    z.writestr("a.csv", table)
with zipfile.ZipFile("outer.zip", "w") as z:
    z.write("inner.zip", "sub/inner.zip")
    z.writestr("b.csv.gz", gzip.compress(table))
    z.writestr("__MACOSX/._b.csv", b"\0\5")
with zipfile.ZipFile("many.zip", "w") as z:
    for i in range(10001):
        z.writestr(f"{i}.txt" if i > 9999 else f"{i}.png", table)
    z.writestr("z.csv", table)
PY
run "$HIKU" index --db outer.db outer.zip
has "$out" '1 record:' 'a compressed table in an archive'
is "$status" 2 'an archive in an archive: exit 2'
has "$err" "'outer.zip/sub/inner.zip' is an archive that" 'is told'
run "$HIKU" index --db many.db many.zip
has "$err" "has more than 10000 files" 'an archive of too many files'

python3 - <<'PY'
import io, tarfile
def put(tar, name, data):
    info = tarfile.TarInfo(name)
    info.size = len(data)
    tar.addfile(info, io.BytesIO(data))
for name, form in (("t.tar", ""), ("t.tar.gz", "gz"), ("t.txz", "xz")):
    with tarfile.open(name, "w:" + form) as tar:
        put(tar, "./市/a.csv", "番号,件名\n1,夜間\n".encode("cp932"))
        put(tar, "b.csv", "番号,件名\n1,休日\n".encode())
        put(tar, "c.png", b"\0")
with tarfile.open("bomb.tar.gz", "w:gz") as tar:
    put(tar, "z.png", b"a" * (100 << 20))
    put(tar, "b.csv", "番号,件名\n1,休日\n".encode())
with tarfile.open("png.tar.gz", "w:gz") as tar:
    put(tar, "c.png", b"\0")
PY
for tar in t.tar t.tar.gz t.txz; do
    run "$HIKU" index --db "$tar.db" "$tar"
    has "$status$err$out" '02 records' "the tables in $tar"
    is "$("$HIKU" search --db "$tar.db" --format tsv 夜間 | sed -n 2p | cut -f 1)" 'a#1' "$tar: a file in a folder inside"
done
run "$HIKU" index --db tar.db t.tar.gz/b.csv
has "$out" '1 record:' 'a file of a tar alone'
mkdir tars && cp t.tar.gz tars/
has "$("$HIKU" index --db tars.db tars)" '2 records' 'a tar in a folder'
for tar in bomb png; do
    run "$HIKU" index --db none.db "$tar.tar.gz"
    is "$status" 2 "$tar.tar.gz"
    has "$err" "'$tar.tar.gz' is an archive that" 'is told'
done

gzip -c <"$register" | "$HIKU" index --quiet --db in.db -
same in.db 'standard input'
has "$("$HIKU" index --db in.db </dev/null)" '26 records' 'standard input is not asked for again'
has "$("$HIKU" index --full --db in.db </dev/null)" '26 records' 'and survives a rebuild'

run "$HIKU" index --db bad.db cut.txt.gz cut.zip bomb.zip bomb.csv.gz
is "$status" 2 'damaged files: exit 2'
has "$err" "'cut.txt.gz' is damaged" 'a file that is cut off'
has "$err" "'bomb.csv.gz' grows to more than 500 times" 'a file that grows without end'
has "$err" "'bomb.zip' is an archive that" 'an archive of files that do so together'
has "$err" "the compressed file 'cut.zip" 'an archive that is cut off'
test ! -e bad.db
ok $? 'no index is made of them'
finish
