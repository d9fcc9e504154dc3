#!/usr/bin/env bash
# libhiku from outside: a program built against the shared and the static library through the .pc
# file, the exported symbols, the header as C and C++, the manual's example. CC, CXX: compilers.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
cc=${CC:-cc} db=$tmp/corpus.db
here=$ROOT/tests/extension
warnings='-Wall -Wextra -Wpedantic -Werror'
(cd "$ROOT" && "$HIKU" index --db "$db" corpus >"$tmp/log" 2>&1) || cat "$tmp/log"

# Libraries built with sanitizers want programs that are, too.
sanitize=
nm "$BUILD/libhiku.a" 2>/dev/null | grep -q __asan_init && sanitize=-fsanitize=address,undefined

# same NAME EXPECTED ACTUAL
same() {
    is "$3" "$2" "$1"
}

# built STATUS NAME: whether a compiler succeeded; its messages are in the log.
built() {
    ok "$1" "$2"
    sed 's/^/# /' "$tmp/log"
}

# A private installation, so that pkg-config tells what a user is told.
mkdir -p "$tmp/lib/pkgconfig" "$tmp/include" "$tmp/archive"
cp -P "$BUILD"/libhiku.so* "$BUILD/hiku.dic" "$BUILD/hiku.lex" "$tmp/lib/"
cp "$BUILD/libhiku.a" "$tmp/archive/"
cp "$ROOT/search/hiku.h" "$tmp/include/"
sed -e "s,@PREFIX@,$tmp," -e "s,@VERSION@,$(cat "$ROOT/VERSION")," "$ROOT/search/hiku.pc.in" \
    > "$tmp/lib/pkgconfig/hiku.pc"
export PKG_CONFIG_PATH=$tmp/lib/pkgconfig
same 'pkg-config: version' "$(cat "$ROOT/VERSION")" "$(pkg-config --modversion hiku)"
sqlite3 "$tmp/other.db" 'CREATE TABLE t(a)'

# run_program NAME ARGUMENT...: its checks become ours.
run_program() {
    local status line
    while IFS= read -r line; do
        [[ $line == ok* ]]
        ok $? "$1: ${line#*- }"
    done < <("$tmp/$1" "${@:2}" 2>&1; echo "$?" > "$tmp/status")
    status=$(cat "$tmp/status")
    same "$1: exit" 0 "$status"
}

$cc $sanitize -std=c17 $warnings -o "$tmp/shared" "$here/test_lib.c" $(pkg-config --cflags --libs hiku) \
    -pthread -Wl,-rpath,"$tmp/lib" 2> "$tmp/log"
built $? 'links with libhiku.so'
run_program shared "$db" "$tmp/other.db"

cp "$db" "$tmp/spoilt.db"
$cc $sanitize -std=c17 $warnings -o "$tmp/statuses" "$here/test_statuses.c" $(pkg-config --cflags --libs hiku sqlite3) \
    -pthread -Wl,-rpath,"$tmp/lib" 2> "$tmp/log"
built $? 'links with libhiku.so and SQLite'
run_program statuses "$tmp/spoilt.db"

# The static library alone in its folder, so that -lhiku is the archive.
$cc $sanitize -std=c17 $warnings -o "$tmp/static" "$here/test_lib.c" -L"$tmp/archive" \
    $(pkg-config --static --cflags --libs hiku | sed "s,-L$tmp/lib,,") 2> "$tmp/log"
built $? 'links with libhiku.a'
cp "$BUILD/hiku.dic" "$BUILD/hiku.lex" "$tmp/" # beside the program
same 'static: needs no libhiku.so' '' "$(ldd "$tmp/static" | grep hiku)"
run_program static "$db" "$tmp/other.db"

# --- the interface -------------------------------------------------------------------------------
declared=$(tr '\n' ' ' < "$ROOT/search/hiku.h" | grep -o 'HIKU_API [^;]*;' |
    grep -o 'hiku_[a-z_0-9]*(' | tr -d '(' | sort -u)
same 'exports what hiku.h declares' "$declared" \
    "$(nm -D --defined-only "$BUILD/libhiku.so" | awk '$2 == "T" { sub(/@.*/, "", $3); print $3 }' | sort)"
same 'every symbol has its version' '' \
    "$(nm -D --defined-only "$BUILD/libhiku.so" | grep ' T ' | grep -v '@@HIKU_0$')"
same 'soname' 'libhiku.so.0' "$(objdump -p "$BUILD/libhiku.so" | awk '$1 == "SONAME" { print $2 }')"
missing=$(for name in $declared; do grep -q "^\.F[no] $name\b" "$ROOT/search/libhiku.3" || echo "$name"; done)
same 'libhiku.3 has every function' '' "$missing"
same 'hiku.h compiles alone as C' '' "$($cc -std=c99 $warnings -fsyntax-only -x c "$ROOT/search/hiku.h" 2>&1)"
same 'hiku.h compiles as C++' '' \
    "$(${CXX:-c++} -std=c++11 $warnings -fsyntax-only -x c++ "$ROOT/search/hiku.h" 2>&1)"

# --- the manual's example ------------------------------------------------------------------------
awk '/^\.\\" example/ { on = 1; next } /^\.Ed/ { on = 0 } on && !/^\.Bd/ { gsub(/\\e/, "\\"); print }' \
    "$ROOT/search/libhiku.3" > "$tmp/example.c"
$cc $sanitize -std=c17 $warnings -o "$tmp/example" "$tmp/example.c" $(pkg-config --cflags --libs hiku) \
    -Wl,-rpath,"$tmp/lib" 2> "$tmp/log"
built $? 'libhiku.3: the example compiles'
same 'libhiku.3: the example finds' \
    'sapporo#4	児童相談所の休日・夜間の体制を整備
sapporo#2	「第1回札幌市児童虐待防止緊急対策本部会議」を開催 ※本部長：町田副市长' \
    "$("$tmp/example" "$db" 夜間)"
"$tmp/example" /nowhere.db 夜間 > "$tmp/log" 2>&1
same 'libhiku.3: the example fails' '1' $?

finish
