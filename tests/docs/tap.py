"""The results of a test in TAP, the Test Anything Protocol."""
import sys

_results = []


def report(good, name, details=()):
    """One test; the details are printed when it fails."""
    _results.append(bool(good))
    print("%s %d - %s" % ("ok" if good else "not ok", len(_results), name))
    for line in () if good else details:
        print("# " + line)


def finish():
    print("1..%d" % len(_results))
    sys.exit(0 if all(_results) else 1)
