#!/bin/sh
# Compares what the gate reads of ranges of a repository with what git says of them: files, renames, lines added and
# deleted, and those of each file. Independent of the gate's own readers: git's output is summed by Python.
#
#   src/engine/parity.sh CHANGE_GATE_JAR REPOSITORY [RANGES]
#
# The ranges (40 unless told) begin and end at commits of HEAD's first-parent history, some short, some long, the same
# ones each time. Ends with 1 if anything differs. A range of more files than the gate lists is compared by its sums.
set -eu
exec python3 - "$@" <<'PYTHON'
import json, random, subprocess, sys

jar, repository = sys.argv[1:3]
wanted = int(sys.argv[3]) if len(sys.argv) > 3 else 40

def git(*arguments):
    return subprocess.run(["git", "-C", repository, *arguments], check=True, stdout=subprocess.PIPE).stdout

def by_git(base, head):
    fields = git("diff", "--numstat", "-M", "-z", base, head).split(b"\0")[:-1]
    files, at = {}, 0
    while at < len(fields):
        added, deleted, path = fields[at].split(b"\t", 2)
        old = None
        if path == b"":
            old, path = fields[at + 1], fields[at + 2]
            at += 2
        at += 1
        binary = added == b"-"
        files[path.decode("utf-8", "replace")] = (
            None if old is None else old.decode("utf-8", "replace"),
            0 if binary else int(added), 0 if binary else int(deleted), binary)
    return files

def by_gate(base, head):
    out = subprocess.run(
        ["java", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-jar", jar, "assess", "--repo", repository, "--base", base,
         "--head", head, "--environment", "production", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if out.returncode not in (0, 10, 20):
        raise SystemExit("%s..%s: %s" % (base, head, out.stderr.decode()))
    return json.loads(out.stdout)["delta"]

history = git("rev-list", "--first-parent", "--max-count=4000", "HEAD").decode().split()
chance = random.Random(2718)
steps = [1, 1, 2, 5, 10, 20, 50, 100, 200, 400]
different = cut = files = added = deleted = renamed = largest = 0
for number in range(wanted):
    step = min(steps[number % len(steps)], len(history) - 1)
    at = chance.randrange(len(history) - step)
    base, head = history[at + step], history[at]
    truth, delta = by_git(base, head), by_gate(base, head)
    sums = (len(truth), sum(f[0] is not None for f in truth.values()), sum(f[3] for f in truth.values()),
            sum(f[1] for f in truth.values()), sum(f[2] for f in truth.values()))
    totals = delta["totals"]
    told = tuple(totals[key] for key in ("files", "renamed", "binary", "added", "deleted"))
    listed = {f["path"]: (f.get("oldPath"), f["added"], f["deleted"], f["binary"]) for f in delta["files"]}
    whole = len(listed) == len(truth)
    cut += not whole
    same = sums == told and (listed == truth if whole else all(truth.get(p) == f for p, f in listed.items()))
    if not same:
        different += 1
        print("DIFFERENT %s..%s: git %s, gate %s" % (base, head, sums, told))
    files, renamed, added, deleted = files + sums[0], renamed + sums[1], added + sums[3], deleted + sums[4]
    largest = max(largest, sums[0])
print("%s: %d ranges, %d different, %d listed in part; %d files (%d in the largest), %d renamed, +%d -%d"
      % (repository.rstrip("/").rsplit("/", 1)[-1], wanted, different, cut, files, largest, renamed, added, deleted))
sys.exit(1 if different else 0)
PYTHON
