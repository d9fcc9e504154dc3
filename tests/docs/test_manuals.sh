#!/usr/bin/env bash
# The manuals: free of faults for mandoc, and hiku(1) has what `hiku help` has, no more, no less.
. "$(dirname "$0")/../lib.sh"

manuals=$(sed -n 's/^MANUALS := //p' "$ROOT/Makefile")
[ -n "$manuals" ]
ok $? 'the Makefile names the manuals'
for manual in $manuals; do
    run mandoc -T lint -W warning "$ROOT/$manual"
    is "$out" '' "mandoc finds no fault in $manual"
    # Only text that the locale can show, so that C.UTF-8 must do for the Japanese in it.
    run mandoc -T utf8 "$ROOT/$manual"
    is "$status" 0 "mandoc shows $manual"
done

page=$ROOT/cli/hiku.1
commands=$("$HIKU" help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p')

# section HEADING: the lines of the page below this line, up to the next heading.
section() {
    awk -v heading="$1" '/^\.S[hs] / { inside = $0 == heading; next } inside' "$page"
}

# part COMMAND: what the page says of one command, and what holds for all.
part() {
    section '.Sh DESCRIPTION'
    section ".Ss hiku $1"
}

# documented COMMAND: the options in its part, as --name and -n, sorted.
documented() {
    part "$1" | grep '^\.It Fl ' | tr ',' '\n' | sed -n 's/^\(\.It\)\{0,1\} *Fl \([^ ]*\).*/-\2/p' |
        LC_ALL=C sort -u
}

# printed COMMAND: the options that `hiku help` prints, likewise, but for -h, which all have.
printed() {
    "$HIKU" help "$1" | sed -n '/^Options:/,$p' | grep -oE '^ +(-[a-z], )?--[a-z-]+' |
        grep -oE -e '--?[a-z][a-z-]*' | grep -vx -e '-h' -e '--help' | LC_ALL=C sort -u
}

common='--db --dicdir' # explained once for the commands that have them
ok "$([ -n "$commands" ]; echo $?)" 'hiku help lists commands'
for command in $commands; do
    grep -q "^\.Ss hiku $command\$" "$page"
    ok $? "hiku(1) explains $command"
    wanted=$(printed "$command")
    have=$(documented "$command")
    for option in $common; do
        grep -qx -e "$option" <<<"$wanted" || have=$(grep -vx -e "$option" <<<"$have")
    done
    is "$have" "$wanted" "hiku(1) has the options of $command"
done
# The page's own commands, the other way round.
is "$(sed -n 's/^\.Ss hiku //p' "$page" | LC_ALL=C sort)" "$(LC_ALL=C sort <<<"$commands")" \
    'hiku(1) explains the commands that there are'

# Values of options: those of `hiku help search` stand in the page.
for choice in $("$HIKU" help search | grep -oE -e '--[a-z]+ [a-z]+\|[-a-z|]+' | cut -d' ' -f2 | tr '|' ' '); do
    part search | grep -qw -e "$choice"
    ok $? "hiku(1) has the value $choice"
done

# Exit codes: those of the source, each documented.
codes=$(awk '/^enum exit_code/ { inside = 1; code = -1; next } /^}/ { inside = 0 }
    inside { code = match($0, /= [0-9]+/) ? substr($0, RSTART + 2, RLENGTH - 2) : code + 1; print code }' \
    "$ROOT/cli/exit_code.h")
is "$(section '.Sh EXIT STATUS' | sed -n 's/^\.It //p')" "$codes" 'hiku(1) has the exit codes'

# Environment: what the command reads, but for the locale.
for variable in $(grep -rhoE '(getenv|from_environment)\("[A-Z_]+"' "$ROOT"/cli/*.c | grep -oE '[A-Z_]+"' |
    tr -d '"' | sort -u); do
    grep -q "^\.It Ev $variable\$" "$page"
    ok $? "hiku(1) has \$$variable"
done
finish
