"""Running what is measured: how long it takes, how much memory it needs."""
import os
import re
import resource
import subprocess
import sys
import tempfile
import time

NOTHING_FOUND = 1
prefix = []  # a command under which each other runs: chrt, taskset, nice


def start(command, **options):
    return subprocess.Popen([*prefix, *command], stdout=subprocess.DEVNULL, **options)


def run(command, **options):
    """Seconds, the peak memory in MB, and what the command wrote on stderr."""
    with tempfile.TemporaryFile() as err:
        began = time.monotonic()
        child = start(command, stderr=err, **options)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.monotonic() - began
        child.returncode = os.waitstatus_to_exitcode(status)
        err.seek(0)
        message = err.read().decode()
    if child.returncode not in (0, NOTHING_FOUND):
        sys.exit("bench: %s: %s" % (" ".join(command), message))
    return seconds, usage.ru_maxrss / 1024, message


def together(commands, **options):
    """Seconds that they take side by side."""
    began = time.monotonic()
    children = [start(command, **options) for command in commands]
    for child in children:
        child.wait()
    return time.monotonic() - began


def latencies(message):
    """Of a line with `mean MS … p99 MS`."""
    return {name: float(value) for name, value in re.findall(r"(mean|p99) ([0-9.]+)", message)}


def report_latencies(report, name, message):
    for measure, value in latencies(message).items():
        report("%s, %s" % (name, measure), value, "ms")


def folder_bytes(folder):
    """What its files take of the disk: some are sparse."""
    return sum(os.stat(os.path.join(folder, name)).st_blocks * 512 for name in os.listdir(folder))


def open_files():
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]
