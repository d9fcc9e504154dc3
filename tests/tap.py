"""The results of a test in Python as TAP, the Test Anything Protocol."""
import sys

MOST_LINES = 40  # of the details of one test
_results = []


def report(good, name, *details):
    """One test; the details, texts of one or more lines, are printed when it fails."""
    _results.append(bool(good))
    print("%s %d - %s" % ("ok" if good else "not ok", len(_results), name))
    lines = [] if good else [line for detail in details for line in str(detail).split("\n")]
    for line in lines[:MOST_LINES]:
        print("# " + line)
    sys.stdout.flush()


def finish():
    """Ends the script."""
    print("1..%d" % len(_results))
    sys.exit(not all(_results))
