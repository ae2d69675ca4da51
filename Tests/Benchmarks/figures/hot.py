"""Columns in memory, the engine's own time."""
import json, os
from .measuring import ROOT, RULES, lines, table

TITLE = "Hot: columns in memory, the engine's own time"
PEERS = ["duckdb", "chdb", "polars"]
# Queries whose answers end with a count: its sum is compared too.
SUMMED = {"count-by-name", "count-by-hour-arn", "top-ips", "self-join", "contains", "regex", "json-field", "has-distinct",
          "regex-distinct"}


def measure(setting):
    answers = os.path.join(setting.work, "answers")
    os.makedirs(answers, exist_ok=True)
    command = setting.benchmark("hot", setting.logs, "--now", setting.expected["now"], "--answers", answers)
    for path in RULES.values():
        command += ["--rule", os.path.join(ROOT, path)]
    engines = {"trawl": lines(command)}
    for peer in PEERS:
        engines[peer] = lines(setting.peer(peer, "hot", str(setting.runs), setting.logs))
    results, rows = {}, []
    for name in engines["duckdb"]:
        key = name if name in engines["trawl"] else os.path.basename(RULES.get(name, ""))
        if key not in engines["trawl"]:
            raise SystemExit("%s: not measured here" % name)
        ours, others = engines["trawl"][key], {peer: engines[peer][name] for peer in PEERS if name in engines[peer]}
        compare(name, ours, others, os.path.join(answers, key + ".json"))
        results[name] = {"trawl": ours["ms"], **{peer: one["ms"] for peer, one in others.items()}}
        best = min(one["ms"] for one in others.values())
        rows.append([name, str(ours["rows"]), "%.2f" % ours["ms"],
                     *["%.1f" % others[peer]["ms"] if peer in others else "-" for peer in PEERS], "%.1f" % (best / ours["ms"])])
    table(TITLE, ["query", "rows", "trawl ms", *[peer + " ms" for peer in PEERS], "best peer / trawl"], rows)
    return results


def compare(name, ours, others, path):
    counts = {peer: one["rows"] for peer, one in others.items()}
    if set(counts.values()) != {ours["rows"]}:
        raise SystemExit("%s: different answers: trawl %d rows, %s" % (name, ours["rows"], counts))
    if name not in SUMMED:
        return
    with open(path) as file:
        mine = sum(int(row[-1]) for row in json.load(file))
    sums = {peer: one["sum"] for peer, one in others.items()}
    if set(sums.values()) != {mine}:
        raise SystemExit("%s: different answers: trawl sums to %s, %s" % (name, mine, sums))
