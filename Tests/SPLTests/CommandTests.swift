import Diagnostics
import Engine
import SPL
import Testing

/// What single commands make of their arguments.
struct CommandTests {
  /// The tree of one command without its name, a line a member.
  private func members(_ text: String) throws -> [String] {
    let pipeline = try tree("| " + text)
    return SPL.dump(pipeline).split(separator: "\n").dropFirst().map { line in
      String(line.drop { $0 == " " })
    }
  }

  @Test(arguments: [
    ("stats count", ["aggregates: count"]),
    (
      "stats Values( a ) as \"A b\" count(eval(x = 1)) by c d, e",
      [
        "aggregates: Values(a) as 'A b'", "aggregates: count(eval(x = 1))", "groupings: c", "groupings: d",
        "groupings: e",
      ]
    ),
    (
      "stats p95(x) perc95(y) BY _time span=1h, z",
      ["aggregates: p95(x)", "aggregates: perc95(y)", "groupings: _time span=1h", "groupings: z"]
    ),
    ("stats values(a) as f(b) by c", ["aggregates: values(a) as f(b)", "groupings: c"]),
    ("streamstats current=f window=3 count", ["aggregates: count", "current= f", "window= 3"]),
    ("rename values(src) as src, a AS b", ["renamings: values(src) as src", "renamings: a as b"]),
    ("fields - a(b) c", ["removes: true", "fields: a(b)", "fields: c"]),
    ("fields -a, b", ["removes: true", "fields: a", "fields: b"]),
    (
      "sort 0 -a, +b c", ["limit: 0", "keys: -a auto", "keys: +b auto", "keys: +c auto", "isReversed: false"]
    ),
    ("sort - a, - b", ["keys: -a auto", "keys: -b auto", "isReversed: false"]),
    (
      "sort num(a) -ip(b) count(c) desc",
      ["keys: +a num", "keys: -b ip", "keys: +count(c) auto", "isReversed: true"]
    ),
    ("sort limit=5 d", ["limit: 5", "keys: +d auto", "isReversed: false"]),
    ("dedup 3 a b sortby -c", ["count: 3", "fields: a", "fields: b", "sortKeys: -c auto"]),
    ("bin span=5m _time", ["field: _time", "span= 5m"]),
    ("bucket _time span=1d@d AS day", ["field: _time", "alias: day", "span= 1d@d"]),
    ("head 3", ["count: 3"]),
    ("head (a>1) null=t", ["condition: (> a 1)", "null= t"]),
    (
      "lookup t a as b, c, OUTPUTNEW d as e f",
      ["table: t", "keys: a as b", "keys: c", "output:", "fillMissing: d as e", "fillMissing: f"]
    ),
    (
      "inputlookup append=t seen where a=1 OR b=2",
      ["table: seen", "filter: (or (= a 1) (= b 2))", "append= t"]
    ),
    ("spath input=x a{}.b", ["path: \"a{}.b\"", "input= x"]),
    ("rex \"(?<a>{.+})\"", ["pattern: \"(?<a>{.+})\""]),
    ("rex field=a{}.b .*/(?<i>x|y)| head", ["pattern: \".*/(?<i>x|y)\"", "field= a{}.b", "head"]),
    ("rex mode=sed field=a \"s/\\\"/b/g\"", ["pattern: \"s/\"/b/g\"", "mode= sed", "field= a"]),
    ("regex \"x\"", ["isNegated: false", "pattern: \"x\""]),
    ("makemv delim=, a", ["field: a", "delim= ,"]),
    ("autoregress a p=1-3", ["field: a", "distances: 1-3"]),
    ("chart count over a by b", ["aggregates: count", "row: a", "split: b"]),
    ("chart count by a, b limit=3", ["aggregates: count", "row: a", "split: b", "limit= 3"]),
    ("timechart count by a span=1h", ["aggregates: count", "split: a", "span= 1h"]),
    (
      "transaction a startswith=(b=1 c) endswith=eval(d>2)",
      ["fields: a", "startsWith:", "search: (and (= b 1) c)", "endsWith:", "condition: (> d 2)"]
    ),
    ("return 3 a $b c=d", ["count: 3", "items:", "field: a", "items:", "value: b", "items:", "alias:"]),
    ("replace a with \"b c\" in d", ["replacements:", "pattern: \"a\"", "text: \"b c\"", "fields: d"]),
    ("search", []),
  ]) func `arguments arrive where they belong`(text: String, expected: [String]) throws {
    let found = try members(text)
    #expect(Array(found.prefix(expected.count)) == expected, "\(found)")
  }

  @Test func `tstats reads its parts in order`() throws {
    let text = """
      tstats prestats=f count min(_time) as first from datamodel=Change.All_Changes where nodename=x \
      All_Changes.status="success" OR a=b by All_Changes.user _time span=10m
      """
    guard case .tstats(let tstats) = try command(text) else {
      Issue.record("no tstats")
      return
    }
    #expect(tstats.aggregates.map(\.text) == ["count", "min(_time)"])
    #expect(tstats.source?.name == "Change")
    #expect(tstats.source?.dataset == "All_Changes")
    #expect(
      tstats.filter?.outline == #"(and (= nodename x) (or (= All_Changes.status "success") (= a b)))"#)
    #expect(tstats.groupings.map(\.field.name) == ["All_Changes.user", "_time"])
    #expect(tstats.groupings.last?.timeSpan?.unit == .whole(.minute))
  }

  @Test(arguments: [
    ("5m", "5", TimeSpanSyntax.Unit.whole(.minute), nil as RelativeTime.Step?),
    ("1mon", "1", .whole(.month), nil), ("2hours@h", "2", .whole(.hour), .snap(.hour)),
    ("d", "1", .whole(.day), nil), ("1w@w1", "1", .whole(.week), .snapToWeekday(1)),
    ("500ms", "500", .millisecond, nil),
  ]) func `a span has an amount and a unit`(
    text: String, amount: String, unit: TimeSpanSyntax.Unit, snap: RelativeTime.Step?
  ) throws {
    guard case .bin(let bin) = try command("bin _time span=\(text)") else {
      Issue.record("no bin")
      return
    }
    #expect(bin.timeSpan?.amount == amount)
    #expect(bin.timeSpan?.unit == unit)
    #expect(bin.timeSpan?.snap == snap)
  }

  @Test func `foreach reads its commands again for each field`() throws {
    guard case .foreach(let foreach) = try command("foreach n_* [eval s_<<MATCHSTR>>='<<FIELD>>'+1]") else {
      Issue.record("no foreach")
      return
    }
    let (pipeline, diagnostics) = foreach.instantiate(field: "n_a.b", matches: ["a.b"])
    #expect(diagnostics.isEmpty)
    #expect(SPL.dump(pipeline) == "eval\n  assignments: s_a.b = (+ 'n_a.b' 1)\n")
    #expect(pipeline.stages.first?.span == foreach.template?.span)
  }
}
