"""How long a process takes that has nothing, or next to nothing, to read."""
import glob, os, statistics, subprocess, time
from .measuring import ROOT, RULES, table

TITLE = "Start-up: a fresh process"


def measure(setting):
    sample = os.path.join(setting.work, "sample")
    os.makedirs(sample, exist_ok=True)
    taken = 0
    for path in sorted(glob.glob(setting.logs + "/AWSLogs/**/*.json.gz", recursive=True)):
        if taken >= 1_000_000:
            break
        subprocess.run("gzip -dc '%s' > '%s/%d.json'" % (path, sample, taken), shell=True, check=True)
        taken += os.path.getsize("%s/%d.json" % (sample, taken))
    commands = {"print 1": [setting.trawl, "query", "print 1"],
                "a rule over %.1f MB of JSON" % (taken / 1e6): [setting.trawl, "query", "--file", os.path.join(ROOT, RULES["rule-kql"]), sample]}
    results = {}
    for name, command in commands.items():
        times = []
        for _ in range(max(20, setting.runs)):
            start = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            times.append((time.perf_counter() - start) * 1000)
        results[name] = round(statistics.median(times), 2)
    table(TITLE, ["what", "wall ms"], [[name, "%.1f" % one] for name, one in results.items()])
    return results
