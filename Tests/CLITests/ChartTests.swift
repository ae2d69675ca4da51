import Foundation
import Testing

/// Pictures of results: where they are drawn, and where the rows are shown instead.
@Suite struct ChartTests {
  private func query(_ text: String, _ options: String...) throws -> TrawlProcess {
    try TrawlProcess.run(["query", text, "--width", "40"] + options)
  }

  private static let bars = #"datatable(who:string, n:long)["a", 2, "b", 1] | render barchart"#

  @Test func `a pipe gets the rows, and is told how to draw them`() throws {
    let result = try query(ChartTests.bars)
    #expect(result.output.hasPrefix("who  n\n---  -\na    2\n"))
    #expect(
      result.error.contains(
        "note: `render barchart` asks for a picture, which --chart draws; these are its rows"))
    #expect(try query(ChartTests.bars, "-q").error.isEmpty)
    #expect(try query("print 1 | render table").error.isEmpty)
  }

  @Test func `a picture is drawn where it is wanted, and the numbers can be had`() throws {
    let result = try query(ChartTests.bars, "--chart")
    #expect(result.output.contains("n by who\na  ") && result.output.contains("█"))
    #expect(result.output.hasSuffix("\n2 rows (--format table shows the numbers)\n"))
    #expect(try query(ChartTests.bars, "--format", "csv").output == "who,n\na,2\nb,1\n")
    #expect(
      try query(ChartTests.bars, "--chart", "--format", "csv").error.hasPrefix("error[conflicting-options]"))
  }

  @Test func `rows that ask for nothing are drawn by what they are`() throws {
    #expect(try query("print n = 3", "--chart").output.hasPrefix("n  3\n"))
    #expect(
      try query("print x = 1 | where x > 1", "--chart").error.contains("note: there are no rows to draw"))
    #expect(try query("print x = 'a'", "--chart").error.contains("note: no column of the rows holds numbers"))
    let search = "| makeresults count=3 | streamstats count as n | top n"
    #expect(try query(search, "--chart", "-l", "spl").output.hasPrefix("count by n\n"))
  }

  @Test func `a plain terminal gets ASCII`() throws {
    let folder = try TemporaryFolder()
    for setting in ["TERM=dumb", "LC_ALL=C", "LC_ALL= LANG=de_DE.ISO-8859-1"] {
      let result = try TrawlProcess.shell(
        "\(setting) $0 query -q --chart '\(ChartTests.bars)'", in: folder.path)
      #expect(result.output.utf8.allSatisfy { $0 < 0x80 } && result.output.contains("###"), "\(setting)")
    }
  }
}
