#!/usr/bin/env python3
"""Fuzzes by coverage: builds Trawl with libFuzzer and the address sanitizer in a package aside, and feeds it bytes.

    fuzz.py --build                                   builds it (.build/fuzzing; a few minutes)
    fuzz.py TARGET [--runs 1000000] [--seconds 3600] [--seed 1]
    fuzz.py all --runs 2000                           a short run of each by a fixed seed
    fuzz.py TARGET --repeat FILE                      one input again

TARGET: kql, spl, logs, gzip, parquet, csv, json, yaml, regex, dates, plan. Inputs begin with the rules, examples and cases of the
repository; what reaches new code is kept in .build/fuzzing/corpus. A find is left in .build/fuzzing/finds and ends the
run with 1; it becomes a seed in the tests when it is mended. Needs Linux and a Swift toolchain, nothing else.
"""
import argparse, glob, gzip, os, re, subprocess, sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
ASIDE = os.path.join(ROOT, ".build", "fuzzing")
TARGETS = ["kql", "spl", "logs", "gzip", "parquet", "csv", "json", "yaml", "regex", "dates", "plan"]
FUZZER = """    .executableTarget(
      name: "Fuzzing", dependencies: ["Diagnostics", "Engine", "Formats", "Session"], path: "Tests/Fuzzing",
      exclude: ["fuzz.py"],
      swiftSettings: settings + [.unsafeFlags(["-parse-as-library"])]),
"""


def build():
    """The package aside has the same sources and one more target, so that Package.swift needs no flag."""
    package = os.path.join(ASIDE, "package")
    os.makedirs(package, exist_ok=True)
    with open(os.path.join(ROOT, "Package.swift")) as file: manifest = file.read()
    with open(os.path.join(package, "Package.swift"), "w") as file:
        file.write(manifest.replace("  targets: [\n", "  targets: [\n" + FUZZER, 1))
    for name in ("Sources", "Tests"):
        link = os.path.join(package, name)
        if not os.path.lexists(link): os.symlink(os.path.join(ROOT, name), link)
    subprocess.check_call(["swift", "build", "--package-path", package, "--product", "Fuzzing", "--sanitize", "fuzzer",
                           "--sanitize", "address"])


def seeds(target, folder):
    """The repository's own texts, cut to what a mutation can grasp."""
    os.makedirs(folder, exist_ok=True)
    texts = []
    if target in ("kql", "spl"):
        texts = [open(p).read() for p in glob.glob(f"{ROOT}/rules/**/*.{target}", recursive=True)]
        for path in glob.glob(f"{ROOT}/Tests/GoldenTests/Cases/**/*.txt", recursive=True):
            found = re.search(rf"^-- {target}\n(.*?)(?=^-- |\Z)", open(path).read(), re.S | re.M)
            if found: texts.append(found[1])
    elif target == "yaml": texts = [open(p).read() for p in glob.glob(f"{ROOT}/rules/**/*.yml", recursive=True)]
    elif target == "csv": texts = ["a:long,b\n1,x\n,\"q\"\"\"\n"]
    elif target == "dates": texts = ["2024-01-31T12:00:00.123Z", "31 Jan 2024", "1.02:03:04.5", "7d", "01/02/2024 3:04 PM"]
    elif target == "plan": texts = ['{"trawlPlan":1,"plan":{"scan":{"table":"AWSCloudTrail","sources":[],"origin":{"label":"x"}}}}']
    elif target == "parquet":
        texts = [open(p, "rb").read() for p in glob.glob(f"{ROOT}/Tests/ParquetCorpus/*.parquet") if os.path.getsize(p) <= 8000]
    elif target == "regex": texts = ["(?i)a(?:b|c)*?[^\\d\\p{L}]{2,3}$\nabcc", "^(?<n>\\w+)\\s(?=x)(?<!y)\nab x"]
    else:
        logs = glob.glob(f"{ROOT}/examples/**/*.json*", recursive=True)
        raw = [(gzip.open if p.endswith(".gz") else open)(p, "rb").read()[:4000] for p in logs][:20]
        texts = [gzip.compress(r) for r in raw] if target == "gzip" else raw
    for number, text in enumerate(texts):
        with open(os.path.join(folder, f"seed-{number}"), "wb") as file:
            file.write((text if isinstance(text, bytes) else text.encode())[:8000])


def run(target, arguments):
    program = os.path.join(ASIDE, "package", ".build", "debug", "Fuzzing")
    corpus, finds = os.path.join(ASIDE, "corpus", target), os.path.join(ASIDE, "finds", target, "")
    os.makedirs(finds, exist_ok=True)
    seeds(target, corpus)
    environment = dict(os.environ, TRAWL_FUZZ_TARGET=target, ASAN_OPTIONS="detect_leaks=0")
    if arguments.repeat: return subprocess.call([program, arguments.repeat], env=environment)
    options = [f"-seed={arguments.seed}", "-timeout=20", "-rss_limit_mb=4096", "-max_len=8192", f"-artifact_prefix={finds}",
               "-print_final_stats=1", "-verbosity=1"]
    if arguments.runs: options.append(f"-runs={arguments.runs}")
    if arguments.seconds: options.append(f"-max_total_time={arguments.seconds}")
    code = subprocess.call([program, corpus, *options], env=environment)
    print(f"{target}: {'nothing found' if code == 0 else 'a find, see ' + finds}")
    return code


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", nargs="?", choices=TARGETS + ["all"])
    parser.add_argument("--build", action="store_true")
    parser.add_argument("--runs", type=int)
    parser.add_argument("--seconds", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--repeat", metavar="FILE")
    arguments = parser.parse_args()
    if arguments.build: build()
    if not arguments.target: return
    chosen = TARGETS if arguments.target == "all" else [arguments.target]
    sys.exit(1 if any([run(target, arguments) for target in chosen]) else 0)


if __name__ == "__main__": main()
