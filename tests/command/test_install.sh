# make install and make uninstall, below another folder.
. "$(dirname "$0")/../lib.sh"

unset MAKEFLAGS MAKELEVEL MFLAGS
# The build is there already, whatever its flags were.
quiet_make() { make -C "$ROOT" -s --no-print-directory B="$BUILD" -o "$BUILD/flags" PREFIX=/usr DESTDIR="$tmp/root" "$@"; }
files() { (cd "$tmp/root" && find . ! -type d | LC_ALL=C sort); }

mkdir -p root/usr/share/hiku/ours && touch root/usr/share/hiku/ours/file root/usr/lib.keep
run quiet_make install
is "$status $err" '0 ' 'install'
is "$(files)" './usr/bin/hiku
./usr/include/hiku.h
./usr/lib.keep
./usr/lib/hiku.so
./usr/lib/hiku/hiku-readers.so
./usr/lib/libhiku.a
./usr/lib/libhiku.so
./usr/lib/libhiku.so.0
./usr/lib/pkgconfig/hiku.pc
./usr/share/hiku/hiku.dic
./usr/share/hiku/hiku.lex
./usr/share/hiku/ours/file
./usr/share/hiku/result.schema.json
./usr/share/locale/ja/LC_MESSAGES/hiku.mo
./usr/share/man/man1/hiku.1
./usr/share/man/man3/libhiku.3
./usr/share/man/man5/hiku.db.5
./usr/share/man/man7/hiku-extension.7
./usr/share/man/man7/hiku-query.7' 'what is installed'
is "$(root/usr/bin/hiku --version)" "hiku $(cat "$ROOT/VERSION")" 'the installed program runs'
is "$(find root -type f -perm /022 -o -type f ! -perm -444)" '' 'all can read, nobody else can write'
run quiet_make uninstall
is "$status $(files)" $'0 ./usr/lib.keep\n./usr/share/hiku/ours/file' 'uninstall takes what it installed'
test ! -e root/usr/lib/hiku
ok $? 'and its own folder'

# --- another PREFIX than before
for prefix in /usr/local /opt/hiku; do
    make -C "$ROOT" -s --no-print-directory B="$tmp/b" PREFIX=$prefix "$tmp/b/hiku.pc"
    is "$(sed -n 's/^prefix=//p' b/hiku.pc)" $prefix "hiku.pc: $prefix"
done
finish
