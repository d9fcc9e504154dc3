# Sourced by the scripts below tests/: TAP output, a folder of its own for each script.
#
# HIKU names the program to be tested (default: the one in $BUILD or build/), ROOT the checkout.
set -u
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
BUILD=${BUILD:-$ROOT/build}
HIKU=${HIKU:-$BUILD/hiku}
unset HIKU_DB HIKU_DICDIR NO_COLOR COLUMNS LANGUAGE
export LC_ALL=C.UTF-8
n_tests=0 n_failed=0
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp" || exit 1

# ok STATUS NAME: one test; STATUS 0 is a pass.
ok() {
    n_tests=$((n_tests + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $n_tests - $2"
    else
        echo "not ok $n_tests - $2"
        n_failed=$((n_failed + 1))
    fi
}

# is ACTUAL EXPECTED NAME: passes when the two are the same text.
is() {
    if [ "$1" = "$2" ]; then
        ok 0 "$3"
    else
        ok 1 "$3"
        diff -u <(printf '%s\n' "$2") <(printf '%s\n' "$1") | sed 's/^/# /'
    fi
}

# run COMMAND...: runs it; $out, $err and $status are what came of it.
run() {
    out=$("$@" 2>"$tmp/.err" </dev/null)
    status=$?
    err=$(cat "$tmp/.err")
}

# has TEXT PART NAME: passes when TEXT contains PART.
has() {
    case "$1" in
    *"$2"*) ok 0 "$3" ;;
    *)
        ok 1 "$3"
        printf '# wanted: %s\n# in: %s\n' "$2" "$1"
        ;;
    esac
}

# wait_for FILE: until something has been written there, ten seconds at most.
wait_for() {
    local i
    for i in $(seq 200); do
        [ -s "$1" ] && return
        sleep .05
    done
}

# Ends the script: the plan, and exit 1 when a test failed.
finish() {
    echo "1..$n_tests"
    [ "$n_failed" -eq 0 ]
    exit
}
