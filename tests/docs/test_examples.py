#!/usr/bin/python3
"""Every example of the READMEs and manuals prints what the document shows."""
import difflib
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import examples  # noqa: E402
from tap import finish, report  # noqa: E402


def main():
    for name in ("hiku", "hiku.dic", "hiku.so", "libhiku.so", "locale/ja/LC_MESSAGES/hiku.mo"):
        report(os.path.exists(os.path.join(examples.BUILD, name)), "there is build/" + name)
    for path in examples.DOCUMENTS:
        n_steps = 0
        for _, step, output in examples.run_document(path):
            n_steps += 1
            good = examples.same(step.shown, output)
            diff = difflib.unified_diff(step.shown, output, "document", "output", lineterm="")
            report(good, "%s:%d: %s" % (path, step.line + 1, step.source[-1]), *diff)
        report(n_steps > 0, "%s has examples" % path)
    finish()


if __name__ == "__main__":
    main()
