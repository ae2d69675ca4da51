"""A fresh process for questions that want whole events or the nested JSON, in each engine's best way of asking."""
import json
from .measuring import engine_table, in_turn, measured

TITLE = "Wide: whole events and nested JSON, a fresh process"
# name: language, text; every answer but that of take-10 is a number or sums to one.
QUERIES = {
    "take-10": ("kql", "AWSCloudTrail | take 10"),
    "has-in-request": ("kql", 'AWSCloudTrail | where RequestParameters has "table" | summarize c = count() by EventSource'),
    "bucket-names": ("kql", "AWSCloudTrail | summarize c = count() by b = tostring(parse_json(RequestParameters).bucketName)"),
    "raw-word": ("spl", "sourcetype=aws:cloudtrail AccessDenied | stats count as c by eventName"),
}


def measure(setting):
    results = {}
    for name, (language, text) in QUERIES.items():
        commands = {"trawl": [setting.trawl, "query", "-l", language, text, setting.logs, "--format", "typed-json"],
                    "duckdb": setting.peer("duckdb", "wide", name, setting.logs)}
        answers = {engine: summary(json.loads(measured(command)[1]), last=name != "take-10") for engine, command in commands.items()}
        if len(set(answers.values())) != 1:
            raise SystemExit("%s: different answers: %s" % (name, answers))
        results[name] = in_turn(commands, setting.runs)
        engine_table(name, results[name])
    return results


def summary(document, last):
    """The number of rows, and the sum of the counts at their ends."""
    counts = [int(row[document["columns"].index("c") if isinstance(document["columns"][0], str) else
                  [column["name"] for column in document["columns"]].index("c")]) for row in document["rows"]] if last else []
    return len(document["rows"]), sum(counts)
