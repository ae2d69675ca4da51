import Testing

@testable import Engine

@Suite struct FileShareTests {
  private func span(_ name: String, _ first: Int64, _ last: Int64? = nil, size: Int = 10) -> FileSpan {
    FileSpan(
      file: LogFile(path: name, size: size), first: FileRank(words: (first, 0)),
      last: FileRank(words: (last ?? first, 0)))
  }

  private func shares(_ spans: [FileSpan], _ count: Int) -> [[String]] {
    FileSpan.shares(of: spans, count: count).map { $0.map(\.path) }
  }

  @Test func `shares are in the order of what the files hold`() {
    let spans = [span("d", 4), span("a", 1), span("c", 3), span("b", 2)]
    #expect(shares(spans, 2) == [["a", "b"], ["d", "c"]])
    #expect(shares(spans, 4) == [["a"], ["b"], ["c"], ["d"]])
    #expect(shares(spans, 1) == [["d", "a", "c", "b"]])
    #expect(shares([], 3) == [])
  }

  @Test func `an archive stays with the files between whose rows its own lie`() {
    let spans = [span("a", 1), span("zip", 2, 8), span("b", 4), span("c", 9)]
    #expect(shares(spans, 4) == [["a"], ["zip", "b"], ["c"]])
  }

  @Test func `a large file leaves the others to other shares`() {
    #expect(shares([span("a", 1, size: 90), span("b", 2), span("c", 3)], 2) == [["a"], ["b", "c"]])
  }
}
