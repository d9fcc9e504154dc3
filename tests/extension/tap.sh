# Checks in TAP form for the scripts beside this one. Sourced; ends the run with `finish`.
export LC_ALL=C.UTF-8
n_checks=0
n_failed=0
work=$(mktemp -d)

# report NAME STATUS [DETAILS]: one check; STATUS 0 is good.
report() {
    n_checks=$((n_checks + 1))
    if [ "$2" -eq 0 ]; then
        echo "ok $n_checks - $1"
    else
        n_failed=$((n_failed + 1))
        echo "not ok $n_checks - $1"
        printf '%s\n' "${3-}" | sed 's/^/# /'
    fi
}

# same NAME EXPECTED GOT
same() {
    local status=0
    [ "$2" = "$3" ] || status=1
    report "$1" $status "expected: $2
got: $3"
}

# The working folder stays when something failed.
finish() {
    echo "1..$n_checks"
    if [ $n_failed -eq 0 ]; then
        rm -rf "$work"
        exit 0
    fi
    echo "# $n_failed failed; files in $work"
    exit 1
}
