#!/usr/bin/env python3
"""Packs logs and reads the packed files with pyarrow, DuckDB and Polars: they must say what trawl says.

    check.py --trawl PATH LOGS…      run it with the python of the venv that `make.py --install` made
"""
import argparse, csv, glob, io, os, subprocess, sys, tempfile

COLUMNS = ["EventName", "EventSource", "AWSRegion", "UserIdentityArn", "ReadOnly", "AwsEventId", "RequestParameters"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--trawl", default=".build/debug/trawl")
    parser.add_argument("logs", nargs="+")
    options = parser.parse_args()
    import duckdb, polars, pyarrow.parquet
    with tempfile.TemporaryDirectory() as folder:
        packed = os.path.join(folder, "packed")
        subprocess.run([options.trawl, "pack", *options.logs, "--out", packed, "--allow-partial", "-q"], check=True)
        query = "AWSCloudTrail | project TimeGenerated, " + ", ".join(COLUMNS)
        text = subprocess.run([options.trawl, "query", query, packed, "--format", "csv", "-q"], check=True, capture_output=True, text=True).stdout
        csv.field_size_limit(1 << 30)
        wanted = rows([row[0][:19], *row[1:]] for row in list(csv.reader(io.StringIO(text)))[1:])
        files = sorted(glob.glob(f"{packed}/day=*/*.parquet"))
        names = ["TimeGenerated", *COLUMNS]
        asked = f"select strftime(TimeGenerated, '%Y-%m-%dT%H:%M:%S'), {', '.join(COLUMNS)} from read_parquet('{packed}/*/*.parquet')"
        connection = duckdb.connect()
        connection.execute("set timezone='UTC'")
        answers = {
            "duckdb": connection.execute(asked.replace("TimeGenerated,", "TimeGenerated::timestamp,", 1)).fetchall(),
            "polars": polars.read_parquet(f"{packed}/**/*.parquet", hive_partitioning=False).select(names).rows(),
            "pyarrow": [tuple(row[n] for n in names) for file in files for row in pyarrow.parquet.ParquetFile(file).read(columns=names).to_pylist()],
        }
        failed = False
        for engine, answer in answers.items():
            found = rows(answer)
            same = found == wanted
            failed |= not same
            print(f"{engine}: {len(found)} rows, {'the same' if same else 'OTHERS than trawl has'}")
            for left, right in zip(found, wanted):
                if left != right:
                    print("  ", left, "\n  ", right)
                    break
        sys.exit(failed or not wanted)


def rows(records): return sorted(tuple(cell(value) for value in record) for record in records)


def cell(value):
    if value is None: return ""
    if isinstance(value, bool): return str(value).lower()
    return value.strftime("%Y-%m-%dT%H:%M:%S") if hasattr(value, "strftime") else str(value)


main()
