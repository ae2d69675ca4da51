"""Random tables: the same rows as CSV with typed headers, CSV for lookups, JSON lines, and in DuckDB."""
import csv, json, os

# What a hostile field may hold. Texts that read as numbers are apart: SPL compares them as numbers.
PLAIN = ["", "a", "A", "ab", "Ab", "b", "B", "abc", "a b", "a.b", "a-b", "x_y", "%", "_", "*", "a*", "é", "É", "日本",
         "a'b", 'q"q', "back\\slash", "tab\there", "null", "none", "true", "-", "a,b", "[1]", "{}", "<x>", "ZZ", "zz",
         "verylongtextthatgoesonandonandon", "ａ", "🙂", "a\u0301"]
SPACED = [" a", "a ", " "]
NUMERIC = ["1", "01", "1.0", "1e3", "-1", "0x10", "+1", "NaN", "inf"]
# Whole numbers that doubles do not tell apart; nothing is worked out of them.
LARGE = [2 ** 53 + 1, 2 ** 53, -2 ** 53 - 1, 2 ** 62, 2 ** 63 - 1, -2 ** 63 + 1, 0]
SQL_TYPES = {"big": "BIGINT", "long": "BIGINT", "real": "DOUBLE", "string": "VARCHAR", "datetime": "TIMESTAMP"}


class Table:
    """Columns as (name, type), rows as lists; None is a missing number. A text is never missing."""

    def __init__(self, name, columns, rows):
        self.name, self.columns, self.rows = name, columns, rows

    @staticmethod
    def random(random, name, spl):
        """Columns that a query can rely on: texts k and s, whole numbers n and m, fractions x, times t,
        large numbers w."""
        suffix = "" if name == "T" else "2"
        columns = [(c + suffix, t) for c, t in
                   [("k", "string"), ("s", "string"), ("n", "long"), ("m", "long"), ("x", "real"), ("t", "datetime"), ("w", "big")]]
        texts = random.sample(PLAIN + ([] if spl else SPACED + NUMERIC), random.randint(2, 14))
        keys = random.sample(texts, min(len(texts), random.randint(1, 5)))
        few = [random.randint(-9, 9) for _ in range(4)]
        def number(p=0.25):
            if random.random() < p: return None
            return random.choice(few + [random.randint(-1000, 1000)])

        rows = [[random.choice(keys), random.choice(texts), number(), number(0.05),
                 None if random.random() < 0.2 else random.randint(-400, 400) / 4,
                 1704067200 + random.choice([0, 1, 59, 60, 3599, 3600, 86399, 86400, random.randint(0, 200000)]),
                 random.choice(LARGE)]
                for _ in range(random.choice([0, 1, 2, 7, 30, 30, 80, 200]))]
        return Table(name, columns, rows)

    def write(self, folder):
        os.makedirs(os.path.join(folder, "lookups"), exist_ok=True)
        cells = [[self.cell(v, t) for v, (_, t) in zip(row, self.columns)] for row in self.rows]
        for path, header in [(f"{self.name}.csv", [f"{n}:{'long' if t == 'big' else t}" for n, t in self.columns]),
                             (f"lookups/{self.name}.csv", [n for n, _ in self.columns])]:
            with open(os.path.join(folder, path), "w", newline="") as file:
                writer = csv.writer(file)
                writer.writerows([header] + cells)

    @staticmethod
    def cell(value, kind):
        if value is None: return ""
        return Table.time(value) if kind == "datetime" else value

    @staticmethod
    def time(seconds):
        from datetime import datetime, timezone
        return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")

    def load(self, connection):
        columns = ", ".join(f"{n} {SQL_TYPES[t]}" for n, t in self.columns)
        connection.execute(f"CREATE OR REPLACE TABLE {self.name} ({columns})")
        if not self.rows: return
        marks = ", ".join("to_timestamp(?)::TIMESTAMP" if t == "datetime" else "?" for _, t in self.columns)
        connection.executemany(f"INSERT INTO {self.name} VALUES ({marks})", self.rows)
