"""From ten thousand events to ten million: time and memory for each event stay flat."""
import os, sys
from .measuring import HERE, ROOT, RULES, in_turn, measured, run, table

TITLE = "Growth: a fresh process from files to the rows of a rule"
STEPS = [10_000, 100_000, 1_000_000, 10_000_000]
PART = 1_000_000


def measure(setting):
    results, rows = {}, []
    for events in STEPS:
        folders = [logs(setting, min(events, PART), seed) for seed in range(1, 1 + max(1, events // PART))]
        for rule, path in RULES.items():
            command = [setting.trawl, "query", "--file", os.path.join(ROOT, path), *folders, "--now", setting.expected["now"]]
            one = in_turn({"trawl": command}, max(1, min(setting.runs, 3 * PART * 10 // events)))["trawl"]
            results["%s-%d" % (rule, events)] = one
            rows.append([rule, "%d" % events, "%.3f" % one["wall"], "%.3f" % one["cpu"], "%.0f" % one["peak"],
                         "%.2f" % (one["wall"] * 1e6 / events), "%.0f" % (one["peak"] * 2**20 / events)])
    table(TITLE, ["rule", "events", "wall s", "CPU s", "peak MiB", "wall us per event", "bytes per event"], sorted(rows, key=lambda row: (row[0], int(row[1]))))
    return results


def logs(setting, events, seed):
    """Generated once: millions are parts of their own seeds, so that identities and texts differ."""
    folder = os.path.join(setting.work, "growth", "%d-%d" % (events, seed))
    if not os.path.exists(os.path.join(folder, "expected.json")):
        run([sys.executable, os.path.join(HERE, "generate.py"), "--events", str(events), "--seed", str(seed), "--out", folder])
    return folder
