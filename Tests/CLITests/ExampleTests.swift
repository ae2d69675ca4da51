import Foundation
import Testing

/// Runs every example and compares with what `examples/README.md` says of it.
@Suite struct ExampleTests {
  /// A row of a table of the README: its first cell, and how many rows each rule gives.
  struct Expectation: CustomTestStringConvertible {
    var subject: String
    var rows: [String: Int]

    var testDescription: String { subject }
  }

  /// The tables of the page, one list of rows for each heading.
  static func expectations(heading: String) throws -> [Expectation] {
    let page = try String(contentsOfFile: Repository.path("examples/README.md"), encoding: .utf8)
    var result: [Expectation] = []
    var isInside = false
    for line in page.split(separator: "\n") {
      if line.hasPrefix("## ") { isInside = line == "## \(heading)" }
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard isInside, let first = cells.first, first.hasPrefix("`"), let last = cells.last, cells.count > 1
      else {
        continue
      }
      var rows: [String: Int] = [:]
      for part in last == "none" ? [] : last.components(separatedBy: ", ") {
        let words = part.split(separator: " ")
        let count = try #require(words.count == 2 ? Int(words[1]) : nil, "`\(part)` is a rule and a number")
        rows[words[0].replacingOccurrences(of: "`", with: "")] = count
      }
      result.append(Expectation(subject: first.replacingOccurrences(of: "`", with: ""), rows: rows))
    }
    return result
  }

  /// The rows of each rule, by the name of its file.
  static func firing(_ arguments: [String]) throws -> (rows: [String: Int], process: TrawlProcess) {
    let process = try TrawlProcess.run(["run", Repository.path("rules"), "--format", "ndjson"] + arguments)
    var rows: [String: Int] = [:]
    for line in process.output.split(separator: "\n") {
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      let file = try #require(object?["file"] as? String)
      rows[URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent, default: 0] += 1
    }
    return (rows, process)
  }

  @Test(arguments: try expectations(heading: "What must fire"))
  func `the rules that the page names fire on an example, and no other`(_ expected: Expectation) throws {
    let (rows, process) = try ExampleTests.firing(["--logs", Repository.path("examples/\(expected.subject)")])
    #expect(rows == expected.rows)
    #expect(process.exitCode == 0, "\(process.error)")
    #expect(process.error.contains("0 rejected"))
  }

  @Test(arguments: try expectations(heading: "The validation tests and `--set`"))
  func `a lowered threshold makes the validation tests fire`(_ expected: Expectation) throws {
    let (rows, process) = try ExampleTests.firing([
      "--logs", Repository.path("examples/validation"), "--set", expected.subject,
    ])
    #expect(rows == expected.rows)
    #expect(process.exitCode == 0, "\(process.error)")
  }

  @Test func `the page names every folder of logs`() throws {
    let folders = try ExampleTests.expectations(heading: "What must fire").map { $0.subject + "/" }
    #expect(folders.count > 20)
    for file in try Repository.files(below: "examples")
    where file != "README.md" && !file.hasPrefix("queries/") {
      #expect(folders.contains { file.hasPrefix($0) }, "\(file) is in no folder that the page names")
    }
  }

  @Test(arguments: try Repository.files(below: "examples/queries"))
  func `every query of the examples finds something in them`(_ name: String) throws {
    let result = try TrawlProcess.run(
      "query", "--file", Repository.path("examples/queries/\(name)"), "--format", "ndjson",
      Repository.path("examples"))
    #expect(result.exitCode == 0, "\(result.error)")
    #expect(!result.output.isEmpty)
  }

  @Test func `the watchlist and the lookup approve the same regions`() throws {
    func regions(_ file: String) throws -> [String] {
      let folder = "rules/T1496.004-cloud-service-hijacking"
      let text = try String(contentsOfFile: Repository.path("\(folder)/\(file)"), encoding: .utf8)
      return text.split(separator: "\n").dropFirst().compactMap {
        $0.split(separator: ",").first.map(String.init)
      }
    }
    let approved = try regions("watchlists/ApprovedRegions.csv")
    #expect(try approved == regions("lookups/approved_regions.csv"))
    #expect(!approved.isEmpty)
  }

  @Test func `every rule has a title, an identifier of its own, a severity and a technique`() throws {
    var identifiers: Set<String> = []
    let files = try Repository.files(below: "rules").filter { $0.hasSuffix(".kql") || $0.hasSuffix(".spl") }
    #expect(files.count >= 11)
    for file in files {
      let text = try String(contentsOfFile: Repository.path("rules/\(file)"), encoding: .utf8)
      for key in [
        "title", "id", "description", "severity", "technique", "data source", "false positives", "entities",
      ] {
        #expect(text.contains("\(key):"), "\(file) has no \(key)")
      }
      let id = text.split(separator: "\n").first { $0.contains("id: ") }
      let uuid = try #require(id?.split(separator: " ").last.map(String.init))
      #expect(UUID(uuidString: uuid) != nil, "\(file)")
      #expect(identifiers.insert(uuid).inserted, "\(file) shares its id")
    }
  }
}
