#!/usr/bin/env python3
"""Compares Trawl with DuckDB, chDB and Polars on the same logs: one command repeats every figure.

    compare.py [--events 1000000] [--runs 5] [--work DIR] [--logs DIR] [--only FIGURE,...] [--no-build]

Makes a virtual environment with the pinned engines, builds the release, generates logs (or takes --logs, a folder with
AWSLogs and expected.json), checks that all engines give the same answers, then measures them in turn. Prints tables
with ratios and keeps everything in DIR/results.json. Wall time is the median; CPU is user and system time.
Needs Python 3.10 and the network once, for the packages; `growth` needs 5 GB of disk for ten million events.
"""
import argparse, glob, json, os, sys, time

from figures import cluster, cold, growth, hot, micro, pack, startup, wide
from figures.measuring import HERE, ROOT, Setting, run

FIGURES = {"startup": startup, "cold": cold, "hot": hot, "wide": wide, "pack": pack, "growth": growth, "micro": micro, "cluster": cluster}
PACKAGES = ["duckdb==2.0.0", "chdb==4.4.0", "polars==2.1.0"]


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
    with open(os.path.join(logs, "expected.json")) as file:
        expected = json.load(file)
    return Setting(python=python, release=os.path.join(scratch, "release"), logs=logs, work=work, runs=arguments.runs, expected=expected)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--work", default=os.path.join(ROOT, ".build", "benchmarks"))
    parser.add_argument("--scratch", help="where the release is built")
    parser.add_argument("--logs")
    parser.add_argument("--only", help="figures to measure, of: " + ", ".join(FIGURES))
    parser.add_argument("--no-build", action="store_true")
    arguments = parser.parse_args()
    # Spark is half a gigabyte of packages: its figures are asked for by name.
    names = arguments.only.split(",") if arguments.only else [name for name in FIGURES if name != "cluster"]
    for name in names:
        if name not in FIGURES:
            parser.error("no figure %s; there are: %s" % (name, ", ".join(FIGURES)))
    setting = prepare(arguments)
    path = os.path.join(setting.work, "results.json")
    kept = json.load(open(path)) if os.path.exists(path) else {}
    for name in names:
        print("\n# " + FIGURES[name].TITLE + "\n", flush=True)
        # Each figure says what it was measured with: the figures of a file may come from several runs.
        kept[name] = dict(
            date=time.strftime("%Y-%m-%d"), events=setting.expected["events"], runs=setting.runs, cores=os.cpu_count(), packages=PACKAGES,
            files=len(glob.glob(setting.logs + "/AWSLogs/**/*.json.gz", recursive=True)), results=FIGURES[name].measure(setting))
        with open(path, "w") as file:
            json.dump(kept, file, indent=1)


if __name__ == "__main__":
    main()
