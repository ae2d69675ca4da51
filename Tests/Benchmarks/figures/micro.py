"""One operator over many rows in memory, at a tenth of the size and in full: near-linear means the same time per row."""
from .measuring import lines, table

TITLE = "Operators: many rows in memory"


def measure(setting):
    results, rows = {}, []
    for scale in (0.1, 1):
        # A process each, so that the peak memory is that case's own.
        for case in lines(setting.benchmark("cases")):
            one = lines(setting.benchmark("micro", "--scale", str(scale), "--only", case))[case]
            results["%s-%g" % (case, scale)] = one
            rows.append([case, "%d" % one["input_rows"], "%.1f" % one["ms"], "%.1f" % (one["ms"] * 1e6 / one["input_rows"]),
                         "%.0f" % one["peak_mib"]])
    table(TITLE, ["case", "rows", "ms", "ns per row", "peak MiB"], sorted(rows, key=lambda row: (row[0], int(row[1]))))
    return results
