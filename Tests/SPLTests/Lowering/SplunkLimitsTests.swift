import Engine
import SPL
import Testing

@Suite struct SplunkLimitsTests {
  private func run(_ text: String, applied: Bool) throws -> SearchResult {
    try SPLTests.run(text, events: [event(0, ["n": "1"])]) { $0.appliesSplunkLimits = applied }
  }

  @Test(arguments: [
    ("| makeresults count=10001 | sort _time | stats count", "10001", "10000"),
    ("| makeresults count=10001 | sort 0 _time | stats count", "10001", "10001"),
    ("| makeresults count=10001 | sort 10001 _time | stats count", "10001", "10001"),
    ("| makeresults | append [| makeresults count=10001] | stats count", "10002", "10001"),
    ("| makeresults | append maxout=10001 [| makeresults count=10001] | stats count", "10002", "10002"),
    (
      "| makeresults | eval k=1 | join max=0 k [| makeresults count=50001 | eval k=1] | stats count", "50001",
      "50000"
    ),
    ("| makeresults | appendcols [| makeresults count=10001] | stats count", "10001", "10000"),
    ("| union [| makeresults count=10001] | stats count", "10001", "10000"),
    ("| makeresults count=101 | stats list(_time) as l | eval c=mvcount(l) | table c", "101", "100"),
    (
      "| makeresults count=101 | eventstats list(_time) as l | eval c=mvcount(l) | head 1 | table c", "101",
      "100"
    ),
    (
      "| makeresults count=101 | streamstats count as n | stats values(n) as v | eval c=mvcount(v) | table c",
      "101", "101"
    ),
  ]) func `rows are cut only on demand`(text: String, whole: String, cut: String) throws {
    let all = try run(text, applied: false)
    let some = try run(text, applied: true)
    #expect(all.rows == [whole])
    #expect(some.rows == [cut])
    #expect(
      all.notes.contains { $0.contains("the setting that applies Splunk's limits") } == (whole != cut),
      "\(all.notes)")
    #expect(some.notes.contains { $0.contains("left out") } == (whole != cut), "\(some.notes)")
  }

  @Test func `a subsearch as a condition gives 10,000 rows`() throws {
    let text =
      "n=1 [| makeresults count=10001 | streamstats count as row | eval n=if(row=10001, 1, 0) | table n]"
    let all = try run(text, applied: false)
    #expect(all.table.rowCount == 1)
    #expect(all.warnings.contains("splunk-limit"))
    let some = try run(text, applied: true)
    #expect(some.table.rowCount == 0)
    #expect(some.warnings.contains("splunk-limit"))
  }

  @Test func `fillnull says which fields no event has`() throws {
    let result = try run("* | fillnull | stats count by n, gone", applied: false)
    #expect(result.rows == ["1|0|1"])
    #expect(result.notes.count == 1 && result.notes[0].contains("`gone`"))
    #expect(try run("* | fillnull | stats count by n", applied: false).notes.isEmpty)
    #expect(try run("* | fillnull value=x gone | stats count by n, gone", applied: false).notes.isEmpty)
  }
}
