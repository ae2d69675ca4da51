import Engine
import Foundation
import KQL
import LogSources
import SPL
import Testing

/// The catalogs are complete, and their records say what a reader needs.
@Suite struct CatalogTests {
  struct Record {
    var kind: String
    var names: [FunctionName]
    var summary: String
    var exampleCount: Int
  }

  static let records: [Record] =
    FunctionCatalog.scalars.map {
      Record(kind: "scalar", names: $0.names, summary: $0.summary, exampleCount: $0.examples.count)
    }
    + AggregateCatalog.all.map {
      Record(kind: "aggregate", names: $0.names, summary: $0.summary, exampleCount: $0.examples.count)
    }
    + WindowFunctionCatalog.all.map {
      Record(kind: "window", names: $0.names, summary: $0.summary, exampleCount: $0.examples.count)
    }
    + (KQLSpecialFunctions.all + SPLSpecialFunctions.all + KQLPluginReference.all).map {
      Record(kind: "special", names: $0.names, summary: $0.summary, exampleCount: $0.examples.count)
    }

  /// The names that a record in the sources begins with: `ScalarFunction([.kql("a"), .spl("b")]`.
  private static func namesInSources(of type: String) throws -> [(
    file: String, language: Language, name: String
  )] {
    let record = try Regex<(Substring, Substring)>("\\b\(type)\\(\\s*\\[([^\\]]*)\\]")
    let name = try Regex<(Substring, Substring, Substring)>(#"\.(kql|spl)(?:Alias)?\("([^"\\]+)"\)"#)
    var result: [(file: String, language: Language, name: String)] = []
    for file in try SourceTree.swiftFiles(below: "Sources/Engine") {
      for found in file.text.matches(of: record) {
        for entry in found.output.1.matches(of: name) {
          result.append((file.path, Language(String(entry.output.1)), String(entry.output.2)))
        }
      }
    }
    return result
  }

  @Test func `every scalar function of the sources is in the catalog`() throws {
    let names = try CatalogTests.namesInSources(of: "ScalarFunction")
    #expect(names.count > 100)
    for entry in names {
      let isKnown =
        FunctionCatalog.scalar(entry.name, in: entry.language) != nil
        || PlanFunctions.scalars["\(entry.language.name):\(entry.name)"] != nil
      #expect(isKnown, "`\(entry.name)` (\(entry.language.name)) of \(entry.file)")
    }
  }

  @Test func `every function has a name by which a written plan calls it`() throws {
    let nameless = try Regex<Substring>("(?:ScalarFunction|AggregateFunction|WindowFunction)\\(\\s*\\[\\]")
    for file in try SourceTree.swiftFiles(below: "Sources") {
      #expect(file.text.matches(of: nameless).isEmpty, "\(file.path)")
    }
    let inner = try Regex<(Substring, Substring)>(#"\.(?:kql|spl)\("(\[[a-z][a-z -]*\])"\)"#)
    for file in try SourceTree.swiftFiles(below: "Sources/Engine/Functions") {
      for found in file.text.matches(of: inner) {
        let isKnown = ["kql", "spl"].contains { language in
          PlanFunctions.scalars["\(language):\(found.output.1)"] != nil
        }
        #expect(isKnown, "`\(found.output.1)` of \(file.path)")
      }
    }
    #expect(
      PlanFunctions.scalars.count == FunctionCatalog.scalars.count + InnerFunctions.scalars.count
        && PlanFunctions.aggregates.count == AggregateCatalog.all.count
        && PlanFunctions.windows.count == WindowFunctionCatalog.all.count + InnerFunctions.windows.count,
      "two functions share the name by which a plan calls them")
  }

  @Test func `every aggregate and window function of the sources is in the catalog`() throws {
    for entry in try CatalogTests.namesInSources(of: "AggregateFunction") {
      let isKnown = AggregateCatalog.function(entry.name, in: entry.language) != nil
      #expect(isKnown, "`\(entry.name)` (\(entry.language.name)) of \(entry.file)")
    }
    for entry in try CatalogTests.namesInSources(of: "WindowFunction") {
      let isKnown = WindowFunctionCatalog.function(entry.name, in: entry.language) != nil
      #expect(isKnown, "`\(entry.name)` (\(entry.language.name)) of \(entry.file)")
    }
  }

  @Test func `every operator on tables can be written in a plan`() throws {
    let declared = try Regex<(Substring, Substring)>(#"struct (\w+): TabularOperator \{"#)
    let listed = Set(TabularOperators.all.map { "\($0)" })
    for file in try SourceTree.swiftFiles(below: "Sources") {
      for found in file.text.matches(of: declared) {
        #expect(listed.contains(String(found.output.1)), "\(found.output.1) of \(file.path)")
      }
    }
    #expect(Set(TabularOperators.all.map { $0.planName }).count == TabularOperators.all.count)
  }

  @Test(arguments: ["scalar", "aggregate", "window", "special"])
  func `no name is taken twice in a language`(_ kind: String) {
    var taken: Set<String> = []
    for record in CatalogTests.records where record.kind == kind {
      for name in record.names {
        let key = "\(name.language.name) \(name.text)"
        #expect(taken.insert(key).inserted, "\(key) stands twice")
      }
    }
  }

  @Test func `every summary is one short sentence`() {
    for record in CatalogTests.records {
      let name = record.names.first?.text ?? "?"
      let isSentence = record.summary.hasSuffix(".") || record.summary.hasSuffix("…")
      let isShort = record.summary.count <= 150
      #expect(isSentence && isShort, "\(record.kind) \(name): \(record.summary)")
      #expect(!record.summary.contains("\n"))
    }
  }

  /// Not records that no query names (parts of a search, outputs of one function together).
  private static func isNamed(_ record: Record) -> Bool {
    guard let name = record.names.first?.text else { return false }
    return !name.hasPrefix("[") && !name.hasPrefix("search ")
      && !["search=", "search!=", "search<", "search<=", "search>", "search>="].contains(name)
  }

  @Test func `every function has an example`() {
    for record in CatalogTests.records where CatalogTests.isNamed(record) {
      #expect(record.exampleCount > 0, "\(record.kind) \(record.names.map(\.text))")
    }
  }

  @Test func `no function is both run and refused`() {
    for family in KQLRefusedFunctions.families {
      for name in family.names {
        let isRun = FunctionCatalog.scalar(name, in: .kql) != nil
        #expect(!isRun, "`\(name)`")
      }
    }
  }

  @Test func `every table file is in the catalog of tables`() throws {
    let declared = try Regex<(Substring, Substring)>(#"static let (\w+) = SourceTable(?:\.flat)?\("#)
    let catalog = try #require(
      SourceTree.swiftFiles(below: "Sources/LogSources").first { $0.path.hasSuffix("/SourceCatalog.swift") })
    for file in try SourceTree.swiftFiles(below: "Sources/LogSources/Tables") {
      for found in file.text.matches(of: declared) {
        #expect(catalog.text.contains(".\(found.output.1)"), "\(found.output.1) of \(file)")
      }
    }
    #expect(Set(SourceCatalog.tables.map(\.name)).count == SourceCatalog.tables.count)
  }

  @Test func `every column of a table has a name of its own`() {
    for table in SourceCatalog.tables {
      var taken: Set<String> = []
      for column in table.columns {
        #expect(taken.insert(column.name).inserted, "\(table.name).\(column.name)")
      }
    }
  }
}
