"""Random queries over one small algebra, each written three times: in KQL, in SPL and in SQL.

An expression carries its three texts. Conditions are two-valued (numbers are asked for null first), because what a
comparison with null gives differs among the languages by design; golden cases hold those rules.
"""
import tables

KQL, SPL, SQL = range(3)


class E:
    def __init__(self, kind, kql, spl, sql, is_constant=False):
        self.kind, self.texts, self.is_constant = kind, (kql, spl, sql), is_constant

    @staticmethod
    def each(kind, patterns, *parts):
        """One pattern for all languages, or three; {0} is the first part."""
        patterns = (patterns,) * 3 if isinstance(patterns, str) else patterns
        return E(kind, *(p.format(*(part.texts[i] for part in parts)) for i, p in enumerate(patterns)))


def text(value):
    quoted = '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t") + '"'
    spl = '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return E("string", quoted, spl, "'" + value.replace("'", "''") + "'")


def number(value):
    written = repr(value) if value >= 0 else f"({value!r})"
    return E("real" if isinstance(value, float) else "long", written, written, written, is_constant=True)


class Query:
    """Stages over a set of columns; `texts` are the three queries."""

    def __init__(self, random, spl):
        self.random, self.spl, self.made = random, spl, 0
        self.kql, self.splText, self.sql = ["T"], ["| inputlookup T"], "SELECT * FROM T"
        self.columns = {"k": "string", "s": "string", "n": "long", "m": "long", "x": "real"}
        self.splText.append('| fillnull value="" k s')
        large = "" if spl else ", w"
        self.stage("project k, s, n, m, x, t" + large, '| eval t=strptime(t, "%Y-%m-%dT%H:%M:%SZ") | fields k s n m x t',
                   f"SELECT k, s, n, m, x, t{large} FROM ({{0}})")
        self.columns["t"] = "datetime"
        if large: self.columns["w"] = "big"

    # -- expressions

    def column(self, *kinds):
        names = [n for n, t in self.columns.items() if t in kinds]
        if not names: return None
        name = self.random.choice(names)
        return E(self.columns[name], name, name, f'"{name}"')

    def numeric(self, depth=2):
        r = self.random
        column = self.column("long", "real")
        if column is None or r.random() < 0.2: return number(r.choice([0, 1, 2, 3, -5, 10, 0.25, 2.5]))
        if depth == 0 or r.random() < 0.4: return column
        left = self.numeric(depth - 1)
        # SPL gives arithmetic of literals alone in the digits of the literals: 2.5/4.0 is 0.63.
        if left.is_constant: left = column
        kind = r.randint(0, 6)
        if kind < 3:
            right = self.numeric(depth - 1)
            result = "real" if "real" in (left.kind, right.kind) else "long"
            if max(self.size(left), self.size(right)) > 60: return left
            return E.each(result, "({0} %s {1})" % "+-*"[kind], left, right)
        if kind == 3: return E.each("real", "({0} / 4.0)", left)
        if kind == 4: return E.each(left.kind, "abs({0})", left)
        if kind == 5:
            return E.each(left.kind, ("iff({0}, {1}, {2})", "if({0}, {1}, {2})", "CASE WHEN {0} THEN {1} ELSE {2} END"),
                          self.condition(depth - 1), left, E.each(left.kind, "({0} + 1)", left))
        return E.each("long", ("strlen({0})", "len({0})", "length({0})"), self.string(depth - 1))

    @staticmethod
    def size(expression): return len(expression.texts[KQL])

    def string(self, depth=2):
        r = self.random
        column = self.column("string")
        if column is None or r.random() < 0.15: return text(r.choice(tables.PLAIN))
        if depth == 0 or r.random() < 0.4: return column
        inner = self.string(depth - 1)
        kind = r.randint(0, 4)
        if kind == 0: return E.each("string", ("tolower({0})", "lower({0})", "lower({0})"), inner)
        if kind == 1: return E.each("string", ("toupper({0})", "upper({0})", "upper({0})"), inner)
        if kind == 2:
            return E.each("string", ("strcat({0}, {1})", "({0} . {1})", "({0} || {1})"), inner, text(r.choice(["-", "a", "é"])))
        if kind == 3:
            return E.each("string", ("iff({0}, {1}, {2})", "if({0}, {1}, {2})", "CASE WHEN {0} THEN {1} ELSE {2} END"),
                          self.condition(depth - 1), inner, self.string(depth - 1))
        start, length = r.randint(0, 3), r.randint(1, 4)
        return E.each("string", (f"substring({{0}}, {start}, {length})", f'coalesce(substr({{0}}, {start + 1}, {length}), "")',
                                 f"substring({{0}}, {start + 1}, {length})"), inner)

    def condition(self, depth=2):
        r = self.random
        kind = r.randint(0, 9)
        large = self.column("big")
        if large is not None and r.random() < 0.1:
            return E.each("bool", "({0} %s {1})" % r.choice(["==", "!=", "<", ">="]), large, number(r.choice(tables.LARGE)))
        if depth > 0 and kind < 3:
            left, right = self.condition(depth - 1), self.condition(depth - 1)
            if kind == 2: return E.each("bool", ("not({0})", "(NOT {0})", "(NOT {0})"), left)
            return E.each("bool", ("({0} and {1})", "({0} AND {1})", "({0} AND {1})") if kind else
                          ("({0} or {1})", "({0} OR {1})", "({0} OR {1})"), left, right)
        if kind < 6:
            left, right = self.numeric(1), self.numeric(0)
            guard = ("(isnotnull({0}) and isnotnull({1}) and {0} %s {1})", "(isnotnull({0}) AND isnotnull({1}) AND {0} %s {1})",
                     "({0} IS NOT NULL AND {1} IS NOT NULL AND {0} %s {1})")
            operator = r.choice(["==", "!=", "<", "<=", ">", ">="])
            guard = tuple(g % operator for g in guard)
            return E.each("bool", guard, left, right)
        subject = self.string(1)
        if kind == 6: return E.each("bool", "({0} %s {1})" % r.choice(["==", "!="]), subject, self.string(0))
        if kind == 7:
            values = [text(v) for v in r.sample(tables.PLAIN, 3)]
            return E.each("bool", ("({0} in ({1}, {2}, {3}))", "({0} IN ({1}, {2}, {3}))", "({0} IN ({1}, {2}, {3}))"), subject, *values)
        part = r.choice(["a", "b", "ab", "b", "slash", "é", "z", " "])
        like = {"contains_cs": f"%{part}%", "startswith_cs": f"{part}%", "endswith_cs": f"%{part}"}
        sql = {"contains_cs": "contains({0}, {1})", "startswith_cs": "starts_with({0}, {1})", "endswith_cs": "ends_with({0}, {1})"}
        operator = r.choice(list(like))
        if kind == 8:
            return E.each("bool", ("({0} %s {1})" % operator, 'like({0}, "%s")' % like[operator], sql[operator]), subject, text(part))
        folded = part.lower()
        return E.each("bool", ("({0} %s {1})" % operator[:-3], 'like(lower({0}), "%s")' % like[operator].lower(),
                               sql[operator].replace("{0}", "lower({0})")), subject, text(folded))

    # -- stages

    def stage(self, kql, spl, sql):
        self.kql.append("| " + kql)
        self.splText.append(spl)
        self.sql = sql.format(f"{self.sql}")

    def name(self, kind):
        self.made += 1
        name = f"c{self.made}"
        self.columns[name] = kind
        return name

    def where(self):
        c = self.condition()
        self.stage(f"where {c.texts[KQL]}", f"| where {c.texts[SPL]}", f"SELECT * FROM ({{0}}) WHERE {self.safe(c)}")

    @staticmethod
    def safe(expression): return expression.texts[SQL].replace("{", "{{").replace("}", "}}")

    def extend(self):
        e = self.random.choice([self.numeric, self.string])()
        sql = self.safe(e)
        name = self.name(e.kind)
        cast = {"long": "BIGINT", "real": "DOUBLE", "string": "VARCHAR"}[e.kind]
        self.stage(f"extend {name} = {e.texts[KQL]}", f"| eval {name}={e.texts[SPL]}",
                   f"SELECT *, CAST({sql} AS {cast}) AS {name} FROM ({{0}})")

    def project(self):
        kept = [n for n in self.columns if self.random.random() < 0.7] or list(self.columns)[:1]
        self.columns = {n: self.columns[n] for n in kept}
        self.stage("project " + ", ".join(kept), "| fields " + " ".join(kept), f"SELECT {', '.join(kept)} FROM ({{0}})")

    def bins(self):
        source = self.column("long")
        if source is None: return self.extend()
        width = self.random.choice([2, 5, 10])
        name = self.name("long")
        s = source.texts[KQL]
        self.stage(f"extend {name} = bin({s}, {width})", f"| eval {name}=floor({s}/{width})*{width}",
                   f"SELECT *, CAST(floor({s} / {width}.0) * {width} AS BIGINT) AS {name} FROM ({{0}})")

    def hours(self):
        if self.columns.get("t") != "datetime": return self.extend()
        name = self.name("long")
        self.stage(f"extend {name} = tolong((bin(t, 1h) - datetime(1970-01-01)) / 1s)", f"| eval {name}=floor(t/3600)*3600",
                   f"SELECT *, CAST(epoch(date_trunc('hour', t)) AS BIGINT) AS {name} FROM ({{0}})")

    def summarize(self):
        r = self.random
        keys = r.sample([n for n, t in self.columns.items() if t == "string"], 1) if \
            any(t == "string" for t in self.columns.values()) and r.random() < 0.8 else []
        items = []
        numbers = [n for n, t in self.columns.items() if t in ("long", "real")]
        texts = [n for n, t in self.columns.items() if t == "string"]
        kinds = {k: self.columns[k] for k in keys}
        for _ in range(r.randint(1, 3)):
            self.made += 1
            name, kind = f"c{self.made}", r.randint(0, 6)
            if kind == 0 or (kind < 5 and not numbers): items.append((name, "long", "count()", "count", "count(*)"))
            elif kind == 1:
                c = self.condition(1)
                items.append((name, "long", f"countif({c.texts[KQL]})", f"count(eval({c.texts[SPL]}))",
                              f"count(*) FILTER (WHERE {self.safe(c)})"))
            elif kind in (2, 3) and "w" in self.columns and r.random() < 0.3:
                f = "min" if kind == 2 else "max"
                items.append((name, "big", f"{f}(w)", "", f"{f}(w)"))
            elif kind in (2, 3, 4):
                n = r.choice(numbers)
                f = {2: "min", 3: "max", 4: "sum"}[kind]
                items.append((name, self.columns[n], f"{f}({n})", f"{f}({n})", f"{f}({n})"))
            elif texts:
                s = r.choice(texts)
                if kind == 5: items.append((name, "long", f"dcount({s})", f"dc({s})", f"count(DISTINCT {s})"))
                else: items.append((name, "string", f"strcat_array(array_sort_asc(make_set({s})), '|')", f"values({s})",
                                    f"coalesce(array_to_string(list_sort(list(DISTINCT {s})), '|'), '')"))
            else: items.append((name, "long", "count()", "count", "count(*)"))
        by = f" by {', '.join(keys)}" if keys else ""
        after = ""
        for name, kind, kql, _, _ in items:
            if "make_set" in kql: after += f' | eval {name}=coalesce(mvjoin({name}, "|"), "")'
            elif kql.startswith("sum("): after += f" | eval {name}=coalesce({name}, 0)"
        group = f" GROUP BY {', '.join(keys)}" if keys else ""
        picks = keys + [f"coalesce({q}, 0) AS {n}" if q.startswith("sum(") else f"{q} AS {n}" for n, _, _, _, q in items]
        self.stage("summarize " + ", ".join(f"{n} = {q}" for n, _, q, _, _ in items) + by,
                   "| stats " + ", ".join(f"{q} AS {n}" for n, _, _, q, _ in items) + by + after,
                   f"SELECT {', '.join(picks)} FROM ({{0}}){group}")
        self.columns = {**kinds, **{n: k for n, k, _, _, _ in items}}

    def distinct(self):
        names = [n for n, t in self.columns.items() if t == "string"][:2]
        if not names: return self.where()
        self.columns = {n: self.columns[n] for n in names}
        self.stage("distinct " + ", ".join(names), f"| dedup {' '.join(names)} | fields {' '.join(names)}",
                   f"SELECT DISTINCT {', '.join(names)} FROM ({{0}})")

    def top(self):
        """By all columns, so that ties are equal rows."""
        count = self.random.randint(1, 9)
        kql, spl, evals, sql = [], [], [], []
        for name, kind in self.columns.items():
            down = self.random.random() < 0.5
            direction = "desc" if down else "asc"
            if kind == "string":
                kql.append(f"{name} {direction}"), spl.append(("-" if down else "+") + f"str({name})")
                sql.append(f"{name} {direction}")
            elif kind in ("datetime", "big"):
                kql.append(f"{name} {direction}"), spl.append(("-" if down else "+") + f"num({name})")
                sql.append(f"{name} {direction}")
            else:
                kql.append(f"coalesce(todouble({name}), -7777.0) {direction}, isnull({name}) asc")
                evals.append(f"o_{name}=coalesce({name}, -7777), p_{name}=if(isnull({name}), 1, 0)")
                spl += [("-" if down else "+") + f"num(o_{name})", f"+num(p_{name})"]
                sql.append(f"coalesce({name}, -7777) {direction}, {name} IS NULL")
        made = f"| eval {', '.join(evals)} " if evals else ""
        gone = " | fields - o_* p_*" if evals else ""
        self.stage("sort by " + ", ".join(kql) + f" | take {count}", f"{made}| sort 0 {' '.join(spl)} | head {count}{gone}",
                   f"SELECT * FROM ({{0}}) ORDER BY {', '.join(sql)} LIMIT {count}")

    def join(self):
        if self.columns.get("k") != "string" or self.columns.keys() & {"s2", "m2"}: return self.where()
        kind = self.random.choice(["inner", "leftouter", "leftsemi", "leftanti"])
        if kind in ("leftsemi", "leftanti") and not self.spl or kind in ("inner", "leftouter"):
            pass
        else: kind = "inner"
        right = "T2 | where isnotnull(m2) and m2 > 0 | project k = k2, s2, m2"
        splRight = '| inputlookup T2 | fillnull value="" k2 s2 | where isnotnull(m2) AND m2 > 0 | eval k=k2 | fields k s2 m2'
        sqlRight = "(SELECT k2, s2, m2 FROM T2 WHERE m2 > 0)"
        if kind in ("leftsemi", "leftanti"):
            self.stage(f"join kind={kind} ({right}) on k", "", "SELECT * FROM ({0}) l WHERE k %sIN (SELECT k2 FROM %s)" % (
                "NOT " if kind == "leftanti" else "", sqlRight))
            return
        names = ", ".join(self.columns)
        self.stage(f"join kind={kind} ({right}) on k | project {names}, s2, m2",
                   f'| join type={"inner" if kind == "inner" else "left"} max=0 k [{splRight}] | fillnull value="" s2',
                   f"SELECT {', '.join('l.' + n for n in self.columns)}, coalesce(r.s2, '') AS s2, r.m2 FROM ({{0}}) l "
                   f"{'JOIN' if kind == 'inner' else 'LEFT JOIN'} {sqlRight} r ON l.k = r.k2")
        self.columns.update({"s2": "string", "m2": "long"})

    def union(self):
        names = [n for n in self.columns if n in ("k", "s", "n", "m")]
        if len(names) < 2: return self.where()
        self.columns = {n: self.columns[n] for n in names}
        pairs = [(n, n + "2") for n in names]
        nulls = " ".join(f"{n}2" for n in names if n in ("k", "s"))
        fill = f'| fillnull value="" {nulls} ' if nulls else ""
        self.stage(f"project {', '.join(names)} | union (T2 | project {', '.join(f'{a} = {b}' for a, b in pairs)})",
                   f"| fields {' '.join(names)} | append [| inputlookup T2 {fill}| rename {', '.join(f'{b} as {a}' for a, b in pairs)} "
                   f"| fields {' '.join(names)}]",
                   f"SELECT {', '.join(names)} FROM ({{0}}) UNION ALL SELECT {', '.join(b for _, b in pairs)} FROM T2")

    @staticmethod
    def random_query(random, spl):
        query = Query(random, spl)
        stages = [query.where, query.where, query.extend, query.extend, query.project, query.bins, query.hours,
                  query.summarize, query.distinct, query.top, query.join, query.union]
        for _ in range(random.randint(1, 6)): random.choice(stages)()
        if "t" in query.columns:
            rest = [n for n in query.columns if n != "t"]
            if not rest: return Query.random_query(random, spl)
            del query.columns["t"]
            query.stage("project-away t", "| fields - t", f"SELECT {', '.join(rest)} FROM ({{0}})")
        names = list(query.columns)
        query.splText.append("| table " + " ".join(names))
        query.texts = ("\n".join(query.kql), "\n".join(t for t in query.splText if t), query.sql)
        return query
