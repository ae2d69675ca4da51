"""A fresh process, from gzip files to the rows of a rule."""
import json, os
from .measuring import ROOT, RULES, engine_table, in_turn, measured

TITLE = "Cold: a fresh process from files to the rows of a rule"


def measure(setting):
    results = {}
    for rule, path in RULES.items():
        commands = {"trawl": [setting.trawl, "query", "--file", os.path.join(ROOT, path), setting.logs,
                              "--now", setting.expected["now"], "--format", "typed-json"]}
        for peer in ("duckdb", "chdb"):
            commands[peer] = setting.peer(peer, "cold", rule, setting.logs)
        wanted = expected_rows(setting.expected, rule)
        for name, command in commands.items():
            document = json.loads(measured(command)[1] if name == "trawl" else measured(command)[1].splitlines()[-1])
            got = (rule_rows([column["name"] for column in document["columns"]], document["rows"])
                   if name == "trawl" else sorted((row[0], row[1]) for row in document["rows"]))
            if got != wanted:
                raise SystemExit("%s: %s gives another answer: %d rows, not %d" % (rule, name, len(got), len(wanted)))
        results[rule] = in_turn(commands, setting.runs)
        engine_table(rule, results[rule])
    return results


def rule_rows(columns, rows):
    """(service, calls) of each row, for comparison with expected.json."""
    place, count = columns.index("ServiceAbused"), columns.index("EventCount")
    return sorted((row[place], int(row[count])) for row in rows)


def expected_rows(expected, rule):
    rows = expected["kql" if rule == "rule-kql" else "spl"]
    # The rows are (service, calls, identity), or a whole row of the rule.
    place = {3: (0, 1)}.get(len(rows[0]), (1, 4) if rule == "rule-kql" else (1, 3)) if rows else (0, 1)
    return sorted((row[place[0]], int(row[place[1]])) for row in rows)
