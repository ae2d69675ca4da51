import Engine
import Testing

/// What a function is, is said on its record: what reads calls asks the record and never a name.
@Suite struct MeaningTests {
  /// Where calls are read after lowering.
  private static let folders = [
    "Sources/Engine/Plan", "Sources/Engine/Optimizer", "Sources/Engine/Execution",
    "Sources/Engine/Expressions", "Sources/Engine/Ingest", "Sources/Engine/Output", "Sources/Session",
    "Sources/Rules", "Sources/Trawl", "Sources/TrawlCLI",
  ]

  /// What prints expressions knows how they are written.
  private static let printers: Set<String> = [
    "Sources/Engine/Expressions/Expression+Explain.swift", "Sources/Rules/Funnel/StageOutline.swift",
  ]

  private static let names: Set<String> = {
    let scalars = FunctionCatalog.scalars.flatMap(\.names).map(\.text)
    let aggregates = AggregateCatalog.all.flatMap(\.names).map(\.text)
    // Single signs are too many other things.
    return Set((scalars + aggregates).filter { $0.count > 1 })
  }()

  private static let readers = [
    "FunctionCall", "AggregateCall", ".function.", ".function ", "case .call(", ".calls", "Predicate(",
  ]

  /// What stands before a literal that decides: a `case`, a comparison, a list, what asks for it.
  private static let deciders = ["case", "==", "!=", "~=", "[", ",", "hasPrefix(", "hasSuffix(", "contains("]

  /// The literals of a line that are names and decide something.
  private static func decisions(in line: Substring) -> [Substring] {
    guard line.utf8.contains(UInt8(ascii: "\"")), !line.drop(while: { $0 == " " }).hasPrefix("//") else {
      return []
    }
    let parts = line.split(separator: "\"", omittingEmptySubsequences: false)
    return stride(from: 1, to: parts.count, by: 2).compactMap { index in
      let before = String(String(parts[index - 1]).reversed().drop { $0 == " " }.reversed())
      let decides = before.isEmpty || deciders.contains { before.hasSuffix($0) }
      return decides && names.contains(String(parts[index])) ? parts[index] : nil
    }
  }

  @Test func `no name of a function decides anything where calls are read`() throws {
    #expect(MeaningTests.decisions(in: #"      case "isempty", "isnull":"#) == ["isempty", "isnull"])
    var looked = 0
    for folder in MeaningTests.folders {
      for file in try SourceTree.swiftFiles(below: folder)
      where MeaningTests.readers.contains(where: { file.text.contains($0) })
        && !MeaningTests.printers.contains(file.path)
      {
        looked += 1
        for (index, line) in file.lines.enumerated() {
          let found = MeaningTests.decisions(in: line)
          #expect(found.isEmpty, "\(file):\(index + 1) asks for \(found)")
        }
      }
    }
    #expect(looked > 30)
  }
}
