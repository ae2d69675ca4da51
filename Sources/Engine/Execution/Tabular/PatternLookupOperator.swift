/// Finds rows of a table whose keys are patterns, networks, or texts in any case: `lookup` with rules of its own.
///
/// The output has the columns of the input, then a mark (1 where something was found) and the table's columns.
///
/// ```
///   table            key     lookup by domain, WILDCARD
///   *.example.com    bad     a.example.com -> bad
/// ```
package struct PatternLookupOperator: PassingOperator {
  package enum Match: String, Hashable, Sendable, CaseIterable {
    case exact, wildcard, cidr
  }

  package struct Key: Sendable {
    /// A column of the input.
    var input: Int
    /// A column of the table.
    var column: Int
    var match: Match

    package init(input: Int, column: Int, match: Match) {
      self.input = input
      self.column = column
      self.match = match
    }
  }

  package struct Rules: Hashable, Sendable {
    package var isCaseSensitive = true
    package var minimumMatches = 0
    package var maximumMatches = 100
    /// Fills up to `minimumMatches`.
    package var defaultMatch = ""

    package init() {}
  }

  let name: String
  let table: Table
  let keys: [Key]
  /// Columns of the table.
  let outputs: [Int]
  let rules: Rules

  package init(name: String, table: Table, keys: [Key], outputs: [Int], rules: Rules) {
    self.name = name
    self.table = table
    self.keys = keys
    self.outputs = outputs
    self.rules = rules
  }

  package var label: String { "lookup \(name)" }

  package func run(_ inputs: [Table], context: ExecutionContext) throws(ExecutionFailure) -> [Column] {
    guard let input = inputs.first else { return [] }
    let index = Index(table, keys, rules)
    var known: [[String]: Int] = [:]
    /// What was found for each combination of keys; the first entry stands for a row without all keys.
    var results: [Found] = [Found(mark: .null, values: outputs.map { _ in .null })]
    var places: [Int] = []
    places.reserveCapacity(input.rowCount)
    for row in 0..<input.rowCount {
      if row % 16_384 == 0 { try context.checkpoint() }
      let texts = keys.map { SPLValues.texts(of: input.value(row: row, column: $0.input)) }
      if texts.contains(where: \.isEmpty) {
        places.append(0)
        continue
      }
      let key = texts.map { $0.joined(separator: "\u{1F}") }
      if let place = known[key] {
        places.append(place)
        continue
      }
      known[key] = results.count
      places.append(results.count)
      results.append(found(index.rows(for: texts)))
    }
    let mark = Column.of(.long, places.map { results[$0].mark })
    let values = outputs.indices.map { output in
      Column.of(.dynamic, places.map { results[$0].values[output] })
    }
    return input.columns + [mark] + values
  }

  private struct Found {
    var mark: Value
    var values: [Value]
  }

  private func found(_ rows: [Int]) -> Found {
    let missing = max(0, rules.minimumMatches - rows.count)
    let mark: Value = rows.isEmpty && missing == 0 ? .null : .long(1)
    let values = outputs.map { output -> Value in
      var texts = rows.map { table.value(row: $0, column: output).splText }.filter { !$0.isEmpty }
      texts += Array(repeating: rules.defaultMatch, count: missing)
      return SPLValues.value(of: texts.map { .string($0) })
    }
    return Found(mark: mark, values: values)
  }
}

extension PatternLookupOperator {
  /// The rows of a table by the texts of those keys that must be equal; the other keys are tested one by one.
  private struct Index {
    private let keys: [Key]
    private let rules: Rules
    private var rowsByText: [[String]: [Int]] = [:]
    /// For each row the tests of the keys that are patterns.
    private var tests: [[@Sendable (String) -> Bool]] = []
    private let exact: [Int]
    private let patterns: [Int]

    init(_ table: Table, _ keys: [Key], _ rules: Rules) {
      self.keys = keys
      self.rules = rules
      exact = keys.indices.filter { keys[$0].match == .exact }
      patterns = keys.indices.filter { keys[$0].match != .exact }
      for row in 0..<table.rowCount {
        let texts = keys.map { table.value(row: row, column: $0.column).splText }
        rowsByText[exact.map { Index.folded(texts[$0], rules) }, default: []].append(row)
        tests.append(patterns.map { Index.test(texts[$0], keys[$0].match, rules) })
      }
    }

    private static func folded(_ text: String, _ rules: Rules) -> String {
      rules.isCaseSensitive ? text : text.lowercased()
    }

    private static func test(
      _ pattern: String, _ match: Match, _ rules: Rules
    ) -> @Sendable (String) -> Bool {
      switch match {
      case .exact: return { $0 == pattern }
      case .wildcard:
        let wildcard = WildcardText(pattern, ignoresCase: !rules.isCaseSensitive)
        return { wildcard.matches($0) }
      case .cidr:
        guard let subnet = SubnetText(pattern) else { return { _ in false } }
        return { subnet.contains($0) }
      }
    }

    /// The first rows that fit, in the table's order. Of several values of a key one is enough.
    func rows(for texts: [[String]]) -> [Int] {
      var combinations: [[String]] = [[]]
      for key in exact {
        combinations = combinations.flatMap { head in texts[key].map { head + [Index.folded($0, rules)] } }
        if combinations.count > 1000 { combinations = Array(combinations.prefix(1000)) }
      }
      var result: [Int] = []
      var seen: Set<[String]> = []
      for combination in combinations where seen.insert(combination).inserted {
        for row in rowsByText[combination] ?? [] {
          let fits = zip(patterns, tests[row]).allSatisfy { key, test in texts[key].contains(where: test) }
          if fits { result.append(row) }
          if result.count >= rules.maximumMatches, combinations.count == 1 { return result }
        }
      }
      return Array(result.sorted().prefix(rules.maximumMatches))
    }
  }
}
