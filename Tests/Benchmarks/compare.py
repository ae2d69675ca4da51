#!/usr/bin/env python3
"""Compares Trawl with DuckDB, chDB and Polars on the same logs: one command repeats every figure.

    compare.py [--events 1000000] [--runs 5] [--work DIR] [--logs DIR] [--only cold|hot|micro] [--no-build]

Makes a virtual environment with the pinned engines, builds the release, generates logs (or takes --logs, a folder with
AWSLogs and expected.json), checks that all engines give the same answers, then measures them in turn. Prints tables
with ratios and writes everything to DIR/results.json. Wall time is the median; CPU is user and system time.
Needs Python 3.10 and the network once, for the packages.
"""
import argparse, collections, glob, json, os, statistics, subprocess, sys, time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PACKAGES = ["duckdb==2.0.0", "chdb==4.4.0", "polars==2.1.0"]
PEERS = ["duckdb", "chdb", "polars"]
RULES = {"rule-kql": "rules/T1496.004-cloud-service-hijacking/sentinel-cloud-service-hijacking.kql",
         "rule-spl": "rules/T1496.004-cloud-service-hijacking/splunk-cloud-service-hijacking.spl"}


def run(command, **options):
    return subprocess.run(command, check=True, text=True, **options)


def prepare(arguments):
    work = os.path.abspath(arguments.work)
    os.makedirs(work, exist_ok=True)
    python = os.path.join(work, "venv", "bin", "python")
    if not os.path.exists(python):
        run([sys.executable, "-m", "venv", os.path.join(work, "venv")])
        run([python, "-m", "pip", "install", "--quiet", *PACKAGES])
    scratch = os.path.abspath(arguments.scratch or os.path.join(work, "build"))
    if not arguments.no_build:
        run(["swift", "build", "-c", "release", "--package-path", ROOT, "--scratch-path", scratch])
    logs = os.path.abspath(arguments.logs or os.path.join(work, "logs-%d" % arguments.events))
    if not os.path.exists(os.path.join(logs, "expected.json")):
        run([sys.executable, os.path.join(HERE, "generate.py"), "--events", str(arguments.events), "--out", logs])
    return python, os.path.join(scratch, "release"), logs


def measured(command):
    """One fresh process: seconds of wall and CPU, peak MiB, and what it printed."""
    start = time.perf_counter()
    with open(os.devnull, "w") as nowhere:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=nowhere, text=True)
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 4):
        raise SystemExit("failed (%d): %s" % (process.returncode, " ".join(command)))
    return dict(wall=wall, cpu=usage.ru_utime + usage.ru_stime, peak=usage.ru_maxrss / 1024), output


def rule_rows(columns, rows):
    """(service, calls) of each row, for comparison with expected.json of either generator."""
    place, count = columns.index("ServiceAbused"), columns.index("EventCount")
    return sorted((row[place], int(row[count])) for row in rows)


def expected_rows(expected, rule):
    rows = expected["kql" if rule == "rule-kql" else "spl"]
    # The rows are (service, calls, identity), or a whole row of the rule.
    place = {3: (0, 1)}.get(len(rows[0]), (1, 4) if rule == "rule-kql" else (1, 3)) if rows else (0, 1)
    return sorted((row[place[0]], int(row[place[1]])) for row in rows)


def cold(arguments, python, release, logs, expected):
    print("\n# Cold: a fresh process from files to the rows of a rule\n")
    results = {}
    for rule, path in RULES.items():
        commands = {"trawl": [os.path.join(release, "trawl"), "query", "--file", os.path.join(ROOT, path), logs,
                              "--now", expected["now"], "--format", "typed-json"]}
        for peer in ("duckdb", "chdb"):
            commands[peer] = [python, os.path.join(HERE, "peers.py"), peer, "cold", rule, logs]
        wanted = expected_rows(expected, rule)
        for name, command in commands.items():
            document = json.loads(measured(command)[1].splitlines()[-1]) if name != "trawl" else json.loads(measured(command)[1])
            got = (rule_rows([column["name"] for column in document["columns"]], document["rows"])
                   if name == "trawl" else sorted((row[0], row[1]) for row in document["rows"]))
            if got != wanted:
                raise SystemExit("%s: %s gives another answer: %d rows, not %d" % (rule, name, len(got), len(wanted)))
        figures = collections.defaultdict(list)
        for _ in range(arguments.runs):
            for name, command in commands.items():
                figures[name].append(measured(command)[0])
        results[rule] = {name: {key: round(statistics.median(one[key] for one in all), 3) for key in ("wall", "cpu", "peak")}
                         for name, all in figures.items()}
        table(rule, ["engine", "wall s", "CPU s", "peak MiB", "wall ratio", "CPU ratio"], [
            [name, "%.2f" % one["wall"], "%.2f" % one["cpu"], "%.0f" % one["peak"],
             "%.1f" % (one["wall"] / results[rule]["trawl"]["wall"]), "%.1f" % (one["cpu"] / results[rule]["trawl"]["cpu"])]
            for name, one in results[rule].items()])
    return results


def lines(command):
    return {one["name"]: one for one in map(json.loads, run(command, stdout=subprocess.PIPE).stdout.splitlines())}


def hot(arguments, python, release, logs, expected):
    print("\n# Hot: columns in memory, the engine's own time\n")
    answers = os.path.join(os.path.abspath(arguments.work), "answers")
    os.makedirs(answers, exist_ok=True)
    command = [os.path.join(release, "Benchmarks"), "hot", logs, "--now", expected["now"], "--runs", str(arguments.runs),
               "--answers", answers]
    for path in RULES.values():
        command += ["--rule", os.path.join(ROOT, path)]
    engines = {"trawl": lines(command)}
    for peer in PEERS:
        engines[peer] = lines([python, os.path.join(HERE, "peers.py"), peer, "hot", str(arguments.runs), logs])
    results, rows = {}, []
    for name in engines["duckdb"]:
        ours = engines["trawl"].get(name) or engines["trawl"].get(os.path.basename(RULES.get(name, "")))
        if name == "load" or ours is None:
            continue
        counts = {engine: all[name]["rows"] for engine, all in engines.items() if name in all}
        if set(counts.values()) != {ours["rows"]}:
            raise SystemExit("%s: different answers: trawl %d rows, %s" % (name, ours["rows"], counts))
        sums = {engine: all[name]["sum"] for engine, all in engines.items() if name in all and engine != "trawl"}
        mine = checksum(os.path.join(answers, (name if name in engines["trawl"] else os.path.basename(RULES[name])) + ".json"))
        if name in SUMMED and set(sums.values()) != {mine}:
            raise SystemExit("%s: different answers: trawl sums to %s, %s" % (name, mine, sums))
        results[name] = {engine: all[name]["ms"] for engine, all in engines.items() if name in all}
        results[name]["trawl"] = ours["ms"]
        best = min(results[name][peer] for peer in PEERS if peer in results[name])
        rows.append([name, str(ours["rows"]), "%.2f" % ours["ms"],
                     *["%.1f" % results[name][peer] if peer in results[name] else "-" for peer in PEERS], "%.1f" % (best / ours["ms"])])
    table("hot", ["query", "rows", "trawl ms", *[peer + " ms" for peer in PEERS], "best peer / trawl"], rows)
    return results


# Queries whose answers have a count: its sum is compared too.
SUMMED = {"count-by-name", "count-by-hour-arn", "top-ips", "self-join", "contains", "regex", "json-field"}


def checksum(path):
    """The sum of the last column."""
    with open(path) as file:
        return sum(int(row[-1]) for row in json.load(file)) if os.path.basename(path)[:-5] in SUMMED else 0


def micro(arguments, python, release, logs, expected):
    print("\n# Growth: one operator over many rows in memory\n")
    results, rows = {}, []
    for scale in (0.1, 1):
        for name, one in lines([os.path.join(release, "Benchmarks"), "micro", "--runs", "3", "--scale", str(scale)]).items():
            results["%s-%g" % (name, scale)] = one
            rows.append([name, "%d" % one["input_rows"], "%.1f" % one["ms"], "%.1f" % (one["ms"] * 1e6 / one["input_rows"]),
                         "%.0f" % one["peak_mib"]])
    table("micro", ["case", "rows", "ms", "ns per row", "peak MiB"], sorted(rows))
    return results


def table(title, header, rows):
    widths = [max(len(str(row[column])) for row in [header, *rows]) for column in range(len(header))]
    print("## " + title + "\n")
    for index, row in enumerate([header, *rows]):
        print("| " + " | ".join(str(cell).ljust(width) for cell, width in zip(row, widths)) + " |")
        if index == 0:
            print("|" + "|".join("-" * (width + 2) for width in widths) + "|")
    print(flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--work", default=os.path.join(ROOT, ".build", "benchmarks"))
    parser.add_argument("--scratch", help="where the release is built")
    parser.add_argument("--logs")
    parser.add_argument("--only", choices=["cold", "hot", "micro"])
    parser.add_argument("--no-build", action="store_true")
    arguments = parser.parse_args()
    python, release, logs = prepare(arguments)
    with open(os.path.join(logs, "expected.json")) as file:
        expected = json.load(file)
    results = dict(events=expected["events"], runs=arguments.runs, cores=os.cpu_count(), packages=PACKAGES,
                   files=len(glob.glob(logs + "/AWSLogs/**/*.json.gz", recursive=True)), date=time.strftime("%Y-%m-%d"))
    for name, part in (("cold", cold), ("hot", hot), ("micro", micro)):
        if arguments.only in (None, name):
            results[name] = part(arguments, python, release, logs, expected)
    with open(os.path.join(os.path.abspath(arguments.work), "results.json"), "w") as file:
        json.dump(results, file, indent=1)


if __name__ == "__main__":
    main()
