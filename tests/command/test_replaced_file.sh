# What stands where the index belongs: links, owners and permissions survive a rebuild; what no user may write stays.
. "$(dirname "$0")/../lib.sh"

printf '番号\t件名\n1\t夜間の窓\n' >a.tsv
rows() { "$HIKU" search --db "$1" --format trec --limit 0 夜間 | wc -l; }

# --- symbolic links
mkdir disk far
ln -s disk/real.db link.db
"$HIKU" index --quiet --db link.db a.tsv
is "$(readlink link.db) $(ls disk) $(rows disk/real.db)" 'disk/real.db real.db 1' 'a first build through a link makes the file that it leads to'
printf '2\t夜間の家\n' >>a.tsv
ln -s ../link.db far/link.db
for option in --full --compact ''; do
    "$HIKU" index --quiet $option --db far/link.db
    is "$? $(readlink link.db far/link.db | xargs) $(ls disk)" '0 disk/real.db ../link.db real.db' "index $option: the links stay"
    is "$(rows disk/real.db)" 2 'and the file that they lead to is the new index'
done
ln -s loop.db loop.db
run "$HIKU" index --quiet --db loop.db a.tsv
is "$status" 3 'links in a circle: exit 3'
has "$err" "'loop.db'" 'with a message'
test -L loop.db
ok $? 'they stay'

# --- owner and permissions
chmod 600 disk/real.db
for option in --full --compact; do
    (umask 022 && "$HIKU" index --quiet $option --db disk/real.db)
    is "$? $(stat -c %a disk/real.db)" '0 600' "$option: who could not read the old file cannot read the new one"
done
chmod 664 disk/real.db
(umask 077 && "$HIKU" index --quiet --full --db disk/real.db)
is "$(stat -c %a disk/real.db)" 664 'who could can'
as_other() { setpriv --reuid 65534 --regid 65534 --clear-groups "$@"; }
chmod 755 .
if [ "$(id -u)" -eq 0 ] && as_other "$HIKU" --version >log 2>&1; then
    chown 65534:65533 disk/real.db
    "$HIKU" index --quiet --full --db disk/real.db
    is "$(stat -c '%u %g %a' disk/real.db)" '65534 65533 664' 'a rebuild by root leaves the file to its owner'
    chmod 777 . disk
    as_other "$HIKU" index --quiet --full --db disk/real.db
    is "$? $(stat -c '%u %g %a' disk/real.db)" '0 65534 65534 644' 'where the group cannot be kept, another one may no more than all others'
    chmod 444 disk/real.db
    before=$(cksum <disk/real.db)
    printf '3\t夜間の駅\n' >>a.tsv
    run as_other "$HIKU" index --db disk/real.db
    is "$status $(cksum <disk/real.db)" "3 $before" 'an index that is read-only is not updated'
    has "$err" "the index cannot be written: 'disk/real.db'; check the permissions" 'which is told'
    is "$(as_other "$HIKU" search --db disk/real.db --format trec 夜間 | wc -l)" 2 'but it is searched'
else
    ok 0 'files of another owner # SKIP only root has them'
fi
finish
