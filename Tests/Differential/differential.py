#!/usr/bin/env python3
"""Asks random questions three times over the same random rows: KQL and SPL of trawl, SQL of DuckDB. All must agree.

    differential.py --install VENV                      makes a venv with the pinned packages (about 60 MB)
    differential.py --trawl PATH [--triples 2000] [--seed 1] [--keep DIR]

Run it with that venv's python. For each difference the three texts, the rows and the folder to repeat it are printed;
exits with 1 if there is any. KQL is asked again without the optimizer, on one thread, and alone beside no other query.
"""
import argparse, json, math, os, random, shutil, subprocess, sys, tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Environment"))
from pinned import install

PACKAGES = ["duckdb==2.0.0"]
# One table and one process for so many queries.
BATCH = 100


def cell(value):
    """One spelling for what the engines say differently: numbers as text, null beside "", NaN of nothing."""
    if value is None or isinstance(value, float) and math.isnan(value): return ""
    if isinstance(value, bool): return str(value).lower()
    if isinstance(value, int): return str(value)
    if isinstance(value, float): return str(int(value)) if value == int(value) and abs(value) < 1e15 else f"{value:.12g}"
    try:
        number = float(value)
        if value.strip() == value and value.replace("-", "", 1).replace(".", "", 1).isdigit() and "." in value:
            return cell(number)
    except ValueError: pass
    return value


def rows(records): return sorted(tuple(cell(v) for v in record) for record in records)


class Trawl:
    def __init__(self, program, folder): self.program, self.folder = program, folder

    def ask(self, rules, *options):
        """Rows by rule, and what was said of rules that did not run."""
        result = subprocess.run(
            [self.program, "run", rules, "--table", "T=T.csv", "--table", "T2=T2.csv", "--lookups", "lookups", "--format", "ndjson",
             *options], cwd=self.folder, capture_output=True, text=True, errors="surrogateescape")
        answers = {}
        for line in result.stdout.splitlines():
            alert = json.loads(line)
            answers.setdefault(os.path.basename(alert["file"]), []).append(list(alert["row"].values()))
        return {name: rows(records) for name, records in answers.items()}, result.stderr, result.returncode


def write(path, text):
    with open(path, "w") as file: file.write(text)


def batch(program, seed, size, connection, keep):
    from queries import Query
    from tables import Table
    source = random.Random(seed)
    folder = tempfile.mkdtemp(prefix="differential-")
    asks_spl = source.random() < 0.6
    both = [Table.random(source, name, asks_spl) for name in ("T", "T2")]
    for table in both: table.write(folder), table.load(connection)
    os.makedirs(os.path.join(folder, "rules"))
    queries = [Query.random_query(source, asks_spl) for _ in range(size)]
    for number, query in enumerate(queries):
        for language, ending in [(0, "kql"), (1, "spl")][: 2 if asks_spl else 1]:
            write(os.path.join(folder, "rules", f"{number}.{ending}"), query.texts[language])
    trawl = Trawl(program, folder)
    runs = [("", *trawl.ask("rules"))]
    runs.append(("without the optimizer", *trawl.ask("rules", "--optimizer", "off")))
    runs.append(("on one thread", *trawl.ask("rules", "--threads", "1")))
    alone = f"{source.randrange(size)}.kql"
    runs.append(("alone", *trawl.ask(os.path.join("rules", alone))))
    found, filled = [], 0
    for number, query in enumerate(queries):
        expected = rows(connection.execute(query.texts[2]).fetchall())
        filled += bool(expected)
        for ending in ("kql", "spl")[: 2 if asks_spl else 1]:
            name = f"{number}.{ending}"
            for how, answers, said, code in runs:
                if how == "alone" and name != alone: continue
                got = answers.get(name, [])
                if got != expected: found.append((name, how, query, expected, got, said if code not in (0,) else ""))
    for name, how, query, expected, got, said in found[:2]:
        print(f"\n## seed {seed}, {name} {how}\n" + "\n--\n".join(query.texts))
        print(f"DuckDB {len(expected)} rows, trawl {len(got)}")
        print("only DuckDB:", [r for r in expected if r not in got][:4], "\nonly trawl: ", [r for r in got if r not in expected][:4])
        if said: print(said[:600])
    if found and keep: shutil.copytree(folder, os.path.join(keep, str(seed)), dirs_exist_ok=True)
    shutil.rmtree(folder)
    return len(found), filled


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--install", metavar="VENV")
    parser.add_argument("--trawl", default=os.path.join(".build", "release", "trawl"))
    parser.add_argument("--triples", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", metavar="DIR", help="where the files of differences stay")
    arguments = parser.parse_args()
    if arguments.install: return install(arguments.install, PACKAGES)
    sys.dont_write_bytecode = True
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    import duckdb
    connection = duckdb.connect()
    program, differences, filled = os.path.abspath(arguments.trawl), 0, 0
    for number in range(-(-arguments.triples // BATCH)):
        size = min(BATCH, arguments.triples - number * BATCH)
        result = batch(program, arguments.seed + number, size, connection, arguments.keep)
        differences, filled = differences + result[0], filled + result[1]
    print(f"{arguments.triples} queries from seed {arguments.seed}, {filled} with rows: {differences} differences")
    sys.exit(1 if differences else 0)


if __name__ == "__main__": main()
