"""How processes are measured, and how a table of figures is printed."""
import collections, dataclasses, json, os, statistics, subprocess, time

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ROOT = os.path.dirname(os.path.dirname(HERE))
RULES = {"rule-kql": "rules/T1496.004-cloud-service-hijacking/sentinel-cloud-service-hijacking.kql",
         "rule-spl": "rules/T1496.004-cloud-service-hijacking/splunk-cloud-service-hijacking.spl"}


@dataclasses.dataclass
class Setting:
    """What every figure is measured with."""
    python: str      # the interpreter that has the other engines
    release: str     # the folder of the release build
    logs: str        # a folder with AWSLogs and expected.json
    work: str        # where generated files go
    runs: int
    expected: dict

    @property
    def trawl(self):
        return os.path.join(self.release, "trawl")

    def peer(self, *arguments):
        return [self.python, os.path.join(HERE, "peers.py"), *arguments]

    def benchmark(self, *arguments):
        return [os.path.join(self.release, "Benchmarks"), *arguments, "--runs", str(self.runs)]


def run(command, **options):
    return subprocess.run(command, check=True, text=True, **options)


def lines(command):
    """The JSON lines that a command prints, by their name."""
    return {one["name"]: one for one in map(json.loads, run(command, stdout=subprocess.PIPE).stdout.splitlines())}


def measured(command):
    """One fresh process: seconds of wall and CPU, peak MiB, and what it printed."""
    start = time.perf_counter()
    with open(os.devnull, "w") as nowhere:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=nowhere, text=True)
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit("failed (%d): %s" % (process.returncode, " ".join(command)))
    return dict(wall=wall, cpu=usage.ru_utime + usage.ru_stime, peak=usage.ru_maxrss / 1024), output


def in_turn(commands, runs):
    """Medians of each command by name; the commands take turns, so that a slow minute is shared."""
    figures = collections.defaultdict(list)
    for _ in range(runs):
        for name, command in commands.items():
            figures[name].append(measured(command)[0])
    return {name: {key: round(statistics.median(one[key] for one in all), 3) for key in ("wall", "cpu", "peak")}
            for name, all in figures.items()}


def engine_table(title, results):
    """One row for each engine, with ratios to Trawl's."""
    table(title, ["engine", "wall s", "CPU s", "peak MiB", "wall ratio", "CPU ratio"], [
        [name, "%.2f" % one["wall"], "%.2f" % one["cpu"], "%.0f" % one["peak"],
         "%.1f" % (one["wall"] / results["trawl"]["wall"]), "%.1f" % (one["cpu"] / results["trawl"]["cpu"])]
        for name, one in results.items()])


def table(title, header, rows):
    widths = [max(len(str(row[column])) for row in [header, *rows]) for column in range(len(header))]
    print("## " + title + "\n")
    for index, row in enumerate([header, *rows]):
        print("| " + " | ".join(str(cell).ljust(width) for cell, width in zip(row, widths)) + " |")
        if index == 0:
            print("|" + "|".join("-" * (width + 2) for width in widths) + "|")
    print(flush=True)
