#!/usr/bin/env python3
"""Opens the pages of trawl in a real browser without a window, and reads its Arrow streams with other readers.

    browser.py --install VENV                     makes a venv with the pinned packages (about 150 MB)
    browser.py --trawl PATH [--shots DIR]

Run it with that venv's python. The browser is Chromium from the system (`chromium` on the path, or $CHROMIUM). Each page must
render, ask for nothing, log no error, name all that can be used, sort and filter, and stay inert whatever the logs hold.
"""
import argparse, datetime, json, os, shutil, subprocess, sys, tempfile, time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Environment"))
from pinned import install

PACKAGES = ["playwright==1.65.2", "pyarrow==26.0.1", "polars==2.1.0"]
HOSTILE = ['<script>window.broken=1</script>', '<img src=x onerror="window.broken=2">', '"><svg onload=window.broken=3>',
           "javascript:window.broken=4", "</style><style>body{display:none}</style>", "\u202egnp.exe\u0007\u001b[31m",
           "{{7*7}}${7*7}", "' onmouseover='window.broken=5", "\ud83d\ude00 \u65e5\u672c\u8a9e", "]]>-->"]


def event(number, name, user, address, error=None):
    moment = datetime.datetime(2026, 3, 2) + datetime.timedelta(seconds=number)
    record = {"eventVersion": "1.09", "eventTime": moment.strftime("%Y-%m-%dT%H:%M:%SZ"), "eventSource": "ses.amazonaws.com",
              "eventName": name, "eventID": f"{number:08d}-0000-4000-8000-000000000001", "awsRegion": "us-east-1",
              "sourceIPAddress": address, "userAgent": HOSTILE[number % len(HOSTILE)],
              "userIdentity": {"type": "IAMUser", "arn": user, "userName": user}, "recipientAccountId": "111122223333"}
    if error: record["errorCode"] = error
    return record


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file: file.write(text)


class Pages:
    def __init__(self, program, folder): self.program, self.folder = program, folder

    def make(self, name, *arguments, codes=(0, 1)):
        path = os.path.join(self.folder, name + ".html")
        result = subprocess.run([self.program, *arguments, "--html", path, "-q"], cwd=self.folder, capture_output=True, text=True)
        assert result.returncode in codes, (arguments, result.returncode, result.stderr[:2000])
        return path


def inputs(folder):
    events = [event(n, HOSTILE[n % len(HOSTILE)] if n % 7 == 0 else "SendEmail", HOSTILE[n % len(HOSTILE)] + str(n % 5),
                    HOSTILE[(n + 3) % len(HOSTILE)], "AccessDenied" if n % 11 == 0 else None) for n in range(600)]
    write(os.path.join(folder, "logs/events.json"), json.dumps({"Records": events}))
    write(os.path.join(folder, "rules/a.kql"), """// title: Mail <b>bold</b> & "quotes"
// severity: high
// technique: T1496.004
// entities: Account=UserIdentityArn, IP=SourceIpAddress
// playbook: PLAYBOOK.md
// frequency: 1h
// period: 1d
AWSCloudTrail
| where EventName == "SendEmail" and isempty(ErrorCode)
| summarize Sent = count(), TimeGenerated = max(TimeGenerated) by UserIdentityArn, SourceIpAddress, UserAgent
""")
    write(os.path.join(folder, "rules/b.kql"), "// severity: low\nAWSCloudTrail | where isnotempty(ErrorCode) | project TimeGenerated, UserIdentityArn, ErrorCode\n")
    write(os.path.join(folder, "rules/silent.kql"), 'AWSCloudTrail | where EventName == "Nothing"\n')
    write(os.path.join(folder, "rules/PLAYBOOK.md"), "# Steps\n<script>window.broken=9</script>\n")
    write(os.path.join(folder, "old.kql"), 'let T = 3;\nAWSCloudTrail | summarize n = count() by UserIdentityArn, EventName | where n > T\n')
    write(os.path.join(folder, "new.kql"), 'let T = 12;\nAWSCloudTrail | summarize n = count() by UserIdentityArn, EventName | where n > T\n')
    many = [event(n, "SendEmail", f"arn:aws:iam::1:user/u{n % 900}", f"203.0.113.{n % 250}") for n in range(10_000)]
    write(os.path.join(folder, "many/events.json"), "\n".join(json.dumps(record) for record in many))
    write(os.path.join(folder, "all.kql"), "// severity: medium\nAWSCloudTrail | project TimeGenerated, EventName, UserIdentityArn, SourceIpAddress, AwsEventId\n")


def check(page, path, seen):
    """One page: rendered, inert, named, quiet."""
    page.goto("file://" + path)
    assert page.locator("h1").inner_text(), path
    assert page.evaluate("window.broken") is None, f"{path}: a value of the logs ran"
    assert page.locator("main section").count() > 0
    assert page.locator("main script, main style, main img, main iframe").count() == 0, f"{path}: a value of the logs is markup"
    assert page.evaluate("getComputedStyle(document.body).display") == "block"
    nameless = page.evaluate("""() => [...document.querySelectorAll('button,input,select,a,summary,svg[role=img],[role=region]')]
      .filter(e => !(e.getAttribute('aria-label') || e.textContent.trim() || (e.labels && e.labels.length && e.labels[0].textContent.trim())))
      .map(e => e.outerHTML.slice(0, 200))""")
    assert not nameless, (path, nameless[:3])
    assert page.locator("table.data").evaluate_all("ts => ts.every(t => t.caption && t.caption.textContent.trim())"), path
    assert page.locator("html[lang]").count() == 1 and page.title()
    assert not seen["requests"] and not seen["messages"], (path, seen)


def use(page, path):
    """Searches, sorts, hides a column."""
    page.goto("file://" + path)
    table = page.locator("table.data").first
    total = table.locator("tbody tr").count()
    search = page.locator("input[type=search]").first
    search.fill("no such text anywhere")
    assert table.locator("tbody tr:visible").count() == 0
    search.fill("")
    assert table.locator("tbody tr:visible").count() == total > 1
    head = table.locator("thead th").first
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    first = table.locator("tbody tr").first.locator("td").first.inner_text()
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    assert table.locator("tbody tr").first.locator("td").first.inner_text() >= first
    page.locator("details.columns summary").first.click()
    page.locator("details.columns input").first.uncheck()
    assert not head.is_visible()
    severity = page.locator("select").first
    if severity.count():
        severity.select_option(index=1)
        assert 0 < table.locator("tbody tr:visible").count() < total


def browse(folder, pages, shots):
    from playwright.sync_api import sync_playwright
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"), args=["--no-sandbox"])
        for scheme in ("light", "dark"):
            context = browser.new_context(color_scheme=scheme, viewport={"width": 1280, "height": 900})
            page, seen = context.new_page(), {"requests": [], "messages": []}
            page.on("request", lambda r: seen["requests"].append(r.url) if not r.url.startswith(("file:", "data:")) else None)
            page.on("console", lambda m: seen["messages"].append(m.text))
            page.on("pageerror", lambda e: seen["messages"].append(str(e)))
            for name, path in pages.items():
                check(page, path, seen)
                if shots: page.screenshot(path=os.path.join(shots, f"{name}-{scheme}.png"))
            if scheme == "light": use(page, pages["run"])
            assert not seen["requests"] and not seen["messages"], seen
            context.close()
        # Without scripts all is there but the tools.
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        for path in pages.values():
            page.goto("file://" + path)
            assert page.locator("main section").count() > 0 and page.locator("input").count() == 0
        context.close()
        context = browser.new_context()
        page = context.new_page()
        start = time.monotonic()
        page.goto("file://" + pages["many"])
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        took = time.monotonic() - start
        assert page.locator("table.data tbody tr").count() >= 10_000
        print(f"a page of 10,000 alerts opens in {took:.2f} s")
        # Wanted are 2 s; a busy machine takes longer, and none takes so long unless something grows with the rows.
        assert took < 10, took
        if shots:
            page.goto("file://" + pages["run"])
            page.pdf(path=os.path.join(shots, "run.pdf"), print_background=True)
        context.close()
        browser.close()


def read_arrow(program, folder):
    import polars, pyarrow.ipc
    query = ('datatable(n:long, i:int, r:real, s:string, b:bool, t:datetime, d:timespan, j:dynamic, g:guid)'
             '[1, 2, 1.5, "x", true, datetime(2026-03-02T10:00:00.1234567Z), 1h, dynamic({"a":1}), guid(74be27de-1e4e-49d9-b579-fe0b331d3642),'
             ' long(null), int(null), real(null), "\u65e5\u672c", bool(null), datetime(null), time(null), dynamic(null), guid(null)]')
    stream = subprocess.run([program, "query", "-q", "--format", "arrow", query], capture_output=True, check=True).stdout
    table = pyarrow.ipc.open_stream(stream).read_all()
    table.validate(full=True)
    assert table.schema.field("t").type == pyarrow.timestamp("ns", "UTC") and table.schema.field("d").type == pyarrow.duration("ns")
    times = [[cell.value for cell in table[name]] for name in ("t", "d")]
    assert times == [[1772445600123456700, None], [3_600_000_000_000, None]], times
    rows = table.drop_columns(["t", "d"]).to_pylist()
    assert rows[0]["n"] == 1 and rows[0]["i"] == 2 and rows[0]["r"] == 1.5 and rows[0]["b"] is True and rows[0]["j"] == '{"a":1}', rows
    assert rows[1] == {"n": None, "i": None, "r": None, "s": "\u65e5\u672c", "b": None, "j": None, "g": None}, rows
    frame = polars.read_ipc_stream(stream)
    assert frame.shape == (2, 9) and frame["s"].to_list() == ["x", "\u65e5\u672c"] and frame["n"].to_list() == [1, None]
    far = subprocess.run([program, "query", "-q", "--format", "arrow", "print t = datetime(0001-01-01)"], capture_output=True, check=True).stdout
    assert pyarrow.ipc.open_stream(far).read_all().schema.field("t").type == pyarrow.timestamp("us", "UTC")
    many = subprocess.run([program, "query", "-q", "--format", "arrow", "range n from 1 to 200000 step 1 | extend s = tostring(n)"],
                          capture_output=True, check=True).stdout
    table = pyarrow.ipc.open_stream(many).read_all()
    assert table.num_rows == 200_000 and table["s"][199_999].as_py() == "200000"
    assert polars.read_ipc_stream(many)["n"].sum() == 200_000 * 200_001 // 2
    none = subprocess.run([program, "query", "-q", "--format", "arrow", "print x = 1 | where x > 1"], capture_output=True, check=True).stdout
    assert pyarrow.ipc.open_stream(none).read_all().num_rows == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--install", metavar="VENV")
    parser.add_argument("--trawl", default=os.path.join(".build", "release", "trawl"))
    parser.add_argument("--shots", metavar="DIR", help="where pictures of the pages go")
    arguments = parser.parse_args()
    if arguments.install: return install(arguments.install, PACKAGES)
    program = os.path.abspath(arguments.trawl)
    if arguments.shots: os.makedirs(arguments.shots, exist_ok=True)
    shots = arguments.shots and os.path.abspath(arguments.shots)
    read_arrow(program, ".")
    print("pyarrow and polars read the streams")
    if not (os.environ.get("CHROMIUM") or shutil.which("chromium")):
        print("there is no chromium here: the pages were not opened", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory(prefix="pages-") as folder:
        inputs(folder)
        make = Pages(program, folder).make
        pages = {
            "run": make("run", "run", "rules", "--logs", "logs"),
            "query": make("query", "query", "AWSCloudTrail | summarize n = count() by bin(TimeGenerated, 1m), EventName | render timechart", "logs"),
            "stacked": make("stacked", "query", "AWSCloudTrail | summarize n = count() by bin(TimeGenerated, 1m), ErrorCode | render columnchart with (kind=stacked)", "logs"),
            "bars": make("bars", "query", "AWSCloudTrail | summarize n = count() by UserAgent | render barchart", "logs"),
            "empty": make("empty", "query", "AWSCloudTrail | where false", "logs"),
            "summary": make("summary", "summary", "logs"),
            "why": make("why", "why", "rules/a.kql", "--logs", "logs"),
            "coverage": make("coverage", "coverage", "rules", "--logs", "logs"),
            "diff": make("diff", "diff", "old.kql", "new.kql", "--logs", "logs"),
            "replay": make("replay", "run", "rules/a.kql", "--replay", "--every", "5m", "--period", "10m", "--logs", "logs"),
            "sweep": make("sweep", "sweep", "old.kql", "--set", "T=1..20:1", "--logs", "logs"),
            "many": make("many", "run", "all.kql", "--logs", "many"),
        }
        browse(folder, pages, shots)
    print(f"{len(pages)} passed, 0 failed")


if __name__ == "__main__": main()
