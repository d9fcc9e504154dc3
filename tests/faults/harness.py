"""What the scripts of this folder share: running hiku, and their results. HIKU names the program, ROOT the checkout."""
import os
import subprocess
import sys

HIKU = os.environ["HIKU"]
ROOT = os.environ["ROOT"]
sys.path.insert(0, os.path.join(ROOT, "tests"))
from tap import finish, report  # noqa: E402,F401  (for those that import this)


def run(folder, *args, **environment):
    return subprocess.run([HIKU, *args], cwd=folder, env=dict(os.environ, **environment), capture_output=True, text=True)
