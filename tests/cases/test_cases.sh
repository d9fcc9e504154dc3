# Runs tests/cases/*/: one folder for each Japanese behaviour.
#
# input*    the sources, indexed together (options: columns, the value of --columns)
# args      one command line each, cut as the shell does: the words behind `hiku search`, or
#           `tokens TEXT` (surface and byte range of each token), `show KEY` (as printed)
# expected  for each of them `$ ARGS`, then key and match of each hit in order; - for none
. "$(dirname "$0")/../lib.sh"

search_keys() { # search_keys ARG...: key and match of each hit
    "$HIKU" search --format tsv "$@" | tail -n +2 | cut -f 1,4 | tr '\t' ' '
}

answer() { # answer LINE: what hiku gives for one line of args
    local words
    eval "words=($1)"
    case "${words[0]-}" in
    tokens) "$HIKU" tokens --format tsv "${words[@]:1}" | tail -n +2 | cut -f 2,6,7 | tr '\t' ' ' ;;
    show) "$HIKU" "${words[@]}" ;;
    *) search_keys "${words[@]}" ;;
    esac
}

run_case() { # run_case FOLDER: prints what `expected` should hold
    local options=() line got
    [ -e "$1/columns" ] && options=(--columns "$(cat "$1/columns")")
    rm -rf case && mkdir case && cp "$1"/input* case/ && cd case || return
    "$HIKU" index --quiet "${options[@]}" input* 2>index.log || echo "index: exit $?"
    while IFS= read -r line; do
        got=$(answer "$line" 2>&1)
        printf '$ %s\n%s\n' "$line" "${got:--}"
    done <"$1/args"
    cd ..
}

for folder in "$ROOT"/tests/cases/*/; do
    folder=${folder%/}
    is "$(run_case "$folder")" "$(cat "$folder/expected")" "${folder##*/}"
done
finish
