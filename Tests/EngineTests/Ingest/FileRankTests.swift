import Foundation
import Testing

@testable import Engine

@Suite struct FileRankTests {
  private static let files: [String] = [
    "{\"Records\":[\(TemporaryLogs.event("C", minute: 3)),\(TemporaryLogs.event("Early", minute: 0))]}",
    TemporaryLogs.event("A", minute: 1) + "\n" + TemporaryLogs.event("Late", minute: 9),
    TemporaryLogs.event("B", minute: 2), TemporaryLogs.event("B2", minute: 2),
    TemporaryLogs.event("B3", minute: 2),
  ]

  /// The rows in order, with the files under names that turn their order round, and in other orders of arguments.
  private static func rows(_ names: [String], gzip: Bool, limit: Int?) throws -> [String] {
    var contents: [String: [UInt8]] = [:]
    for (name, text) in zip(names, files) {
      contents[name] = gzip ? ZlibReference.deflate(Array(text.utf8), level: 6) : Array(text.utf8)
    }
    let logs = try TemporaryLogs(contents)
    var request = LoadRequest(source: TemporaryLogs.cloudTrail, fields: TemporaryLogs.fields)
    request.rowLimit = limit
    var options = LoadOptions()
    options.stopsWhenFull = limit != nil
    let found = FileDiscovery.files(below: names.map(logs.path))
    return load(found, requests: [request], options: options).tables[0].texts("EventName")
  }

  @Test(arguments: [false, true])
  func `rows come in one order whatever files are called`(gzip: Bool) throws {
    let expected = try Self.rows(["a", "b", "c", "d", "e"], gzip: gzip, limit: nil)
    #expect(expected.first == "A" && expected.suffix(2) == ["C", "Early"] && expected.count == 7)
    for names in [["e", "d", "c", "b", "a"], ["x/3", "y/1", "a", "q", "b"]] {
      #expect(try Self.rows(names, gzip: gzip, limit: nil) == expected)
      // What is read only until there are enough rows comes in the same order.
      for limit in 1...7 {
        #expect(try Self.rows(names, gzip: gzip, limit: limit) == Array(expected.prefix(limit)))
      }
    }
  }

  @Test func `files without events keep the order in which they were named`() throws {
    let logs = try TemporaryLogs(text: ["b.csv": "a\n1\n", "a.csv": "a\n2\n"])
    let source = LogSource(name: "T", columns: [], shapes: [], time: [])
    let column = LogColumn("a", .string, [.field([.key("a")])]).request
    let found = FileDiscovery.files(below: [logs.path("b.csv"), logs.path("a.csv")])
    let table = load(found, requests: [LoadRequest(source: source, fields: [column])]).tables[0]
    #expect(table.texts("a") == ["1", "2"])
  }
}
