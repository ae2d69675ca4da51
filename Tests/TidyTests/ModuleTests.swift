import Foundation
import Testing

/// Imports go one way.
@Suite struct ModuleTests {
  /// What each module may import of the others.
  static let allowed: [String: Set<String>] = [
    "Diagnostics": [],
    "Engine": ["Diagnostics"],
    "Formats": ["Diagnostics"],
    "KQL": ["Diagnostics", "Formats", "Engine"],
    "SPL": ["Diagnostics", "Formats", "Engine"],
    "LogSources": ["Diagnostics", "Formats", "Engine"],
    "Session": ["Diagnostics", "Formats", "Engine", "KQL", "SPL", "LogSources"],
    "Rules": [
      "Diagnostics", "Formats", "Engine", "KQL", "SPL", "LogSources", "Session",
    ],
    "Reports": [
      "Diagnostics", "Formats", "Engine", "KQL", "SPL", "LogSources", "Session", "Rules",
    ],
    "Trawl": [
      "CBuild", "Diagnostics", "Formats", "Engine", "KQL", "SPL", "LogSources", "Session", "Rules", "Reports",
    ],
    "TrawlCLI": [
      "Diagnostics", "Formats", "Engine", "KQL", "SPL", "LogSources", "Session", "Rules", "Reports",
      "Trawl",
    ],
    "CBuild": [],
    "CZlib": [],
  ]

  /// What comes with the toolchain and the system.
  static let system: Set<String> = [
    "Foundation", "FoundationEssentials", "Glibc", "Darwin", "Dispatch", "Synchronization", "Builtin",
  ]

  @Test func `no module imports one above it`() throws {
    for file in try SourceTree.swiftFiles(below: "Sources") {
      let permitted = try #require(
        ModuleTests.allowed[file.module], "\(file) is in a module that has no place")
      for line in file.lines {
        var words = line.split(separator: " ").map(String.init)
        while let first = words.first,
          ["package", "internal", "public", "private", "fileprivate"].contains(first)
        {
          words.removeFirst()
        }
        guard words.first == "import", words.count == 2 else { continue }
        let name = words[1]
        #expect(permitted.contains(name) || ModuleTests.system.contains(name), "\(file) imports \(name)")
      }
    }
  }

  @Test func `only the command line prints, reads the environment or exits`() throws {
    let pattern = try Regex(#"(^|[^A-Za-z_.`])(print|debugPrint|exit|getenv)\(|ProcessInfo\."#)
    for file in try SourceTree.swiftFiles(below: "Sources") where file.module != "TrawlCLI" {
      let found = file.lines(matching: pattern).filter {
        !file.lines[$0 - 1].contains("func ") && !file.lines[$0 - 1].contains("case ")
      }
      #expect(found.isEmpty, "\(file) at \(found)")
    }
  }

  @Test func `nothing that traps on input, and nothing left for later`() throws {
    let pattern = try Regex(#"\bfatalError\(|\btry!|\bas!|\bTODO\b|\bFIXME\b"#)
    for file in try SourceTree.swiftFiles(below: "Sources") {
      let found = file.lines(matching: pattern)
      #expect(found.isEmpty, "\(file) at \(found)")
    }
  }
}
