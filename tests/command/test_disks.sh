# Disks that are full or read-only, folders that may not be written, sources that go away while they are read.
. "$(dirname "$0")/../lib.sh"

skip() { ok 0 "$1 # SKIP $2"; }
table() { seq "$2" | awk 'BEGIN { print "番号\t件名\t概要" } { print $1 "\t夜間の窓口" $1 "\t児童相談所の休日・夜間の体制" $1 }' >"$1"; }
count() { "$HIKU" search --db "$1" --format tsv --limit 0 夜間 | tail -n +2 | wc -l; }
table few.tsv 20
table many.tsv 20000
export -f count table
mkdir disk

# --- a small disk of its own, in a namespace where this user may mount
cat >small <<'EOF'
mount -t tmpfs -o size=1M tmpfs disk || exit 9
"$HIKU" index --quiet --db disk/a.db many.tsv 2>err
echo "first build: $? $(grep -c '^hiku: .*disk/a.db' err), $(ls disk | wc -l) files"
"$HIKU" index --quiet --db disk/a.db few.tsv
"$HIKU" index --quiet --db disk/a.db many.tsv 2>err
echo "update: $? $(grep -c '^hiku: .*disk/a.db' err), $(count disk/a.db) records, $(ls disk)"
"$HIKU" check --db disk/a.db | grep -c 'no problems'
mount -o remount,size=64M disk
"$HIKU" index --quiet --db disk/a.db many.tsv
echo "with space: $?, $(count disk/a.db) records"
head -c 100M /dev/zero >disk/filler 2>err
"$HIKU" index --quiet --full --db disk/a.db 2>err
echo "rebuild: $? $(grep -c '^hiku: .*disk/a.db' err), $(count disk/a.db) records, $(ls disk | xargs)"
rm disk/filler
mount -o remount,size=64M,ro disk
table few.tsv 30
for option in '' --full --compact; do
    "$HIKU" index --quiet $option --db disk/a.db 2>err
    echo "read-only, index $option: $? $(grep -c '^hiku: .*disk/a.db' err)"
done
"$HIKU" index --quiet --db disk/new.db few.tsv 2>err
echo "read-only, new: $? $(grep -c '^hiku: .*disk/new.db' err)"
echo "search: $(count disk/a.db) records, $(ls disk)"
EOF
wanted='first build: 3 1, 0 files
update: 3 1, 20 records, a.db
1
with space: 0, 20020 records
rebuild: 3 1, 20020 records, a.db filler
read-only, index : 3 1
read-only, index --full: 3 1
read-only, index --compact: 3 1
read-only, new: 3 1
search: 20020 records, a.db'
if HIKU=$HIKU unshare -rm mount -t tmpfs tmpfs disk 2>/dev/null; then
    is "$(HIKU=$HIKU unshare -rm bash small 2>&1)" "$wanted" 'a full disk, and a read-only one: messages, and the old index'
else
    skip 'a full disk' 'no mounting here'
fi

# --- a folder that may not be written, by a user who is not root
as_user() { "$@"; }
if [ "$(id -u)" -eq 0 ]; then
    as_user() { setpriv --reuid 65534 --regid 65534 --clear-groups "$@"; }
    chmod 755 .
fi
if as_user "$HIKU" --version >log 2>&1; then
    mkdir locked
    table few.tsv 20
    "$HIKU" index --quiet --db locked/a.db few.tsv
    table few.tsv 25
    chmod 555 locked
    for option in '' --full --compact; do
        run as_user "$HIKU" index --quiet $option --db locked/a.db
        is "$status" 3 "index $option in a folder that may not be written: exit 3"
        has "$err" "'locked/a.db'" 'and which index'
    done
    run as_user "$HIKU" index --quiet --db locked/b.db few.tsv
    is "$status $(ls locked)" '3 a.db' 'no new index there either'
    run as_user "$HIKU" search --db locked/a.db --format tsv --limit 0 夜間
    is "$status $(wc -l <<<"$out")" '0 21' 'but it is searched'
    chmod 755 locked
    "$HIKU" index --quiet --db locked/a.db
    is "$(count locked/a.db)" 25 'and updated later'
else
    skip 'a folder that may not be written' 'another user cannot run this program'
fi

# --- sources that go away after they were found: the run waits at a pipe, which is read before them, until they are gone
mkdir src
mkfifo first.tsv
begin() { # begin ARGUMENT...: starts a run, and returns when it waits at first.tsv
    rm -rf src gone
    mkdir src
    table src/b.tsv 10
    table src/c.tsv 10
    "$HIKU" index --quiet "$@" 2>err &
    exec 8>first.tsv # which waits until it is opened to be read
}
end() { # end: lets the run go on to its end
    printf '番号\t件名\n1\t夜間の家\n' >&8
    exec 8>&-
    wait $!
    status=$?
}
begin first.tsv src
rm src/b.tsv
end
is "$status $(count hiku.db)" '2 11' 'a source that is gone when its turn comes, in a first build: the others are there'
has "$(cat err)" 'src/b.tsv' 'and it is named'
rm hiku.db
begin first.tsv src
mv src gone
end
is "$status $(count hiku.db)" '2 1' 'all of its folder likewise'
begin first.tsv src
end
is "$status $(count hiku.db)" '0 21' 'both are there again'
for option in '' --full; do
    begin $option
    rm src/b.tsv
    end
    is "$status $(count hiku.db)" '2 21' "gone in an update ${option:-alone}: its records stay"
    has "$(cat err)" 'src/b.tsv' 'and it is named'
    begin $option
    mv src gone
    end
    is "$status $(count hiku.db)" '2 21' 'all of its folder likewise'
done
"$HIKU" check >log
ok $? 'the index is sound'
finish
