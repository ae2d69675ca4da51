import Diagnostics

/// Finds rows of a table whose keys are patterns, networks, or texts in any case: `lookup` with rules of its own.
///
/// The first input has the rows, the second is the table. It makes a mark (1 where something was found) and columns
/// with what was found.
///
/// ```
///   table            key     lookup by domain, WILDCARD
///   *.example.com    bad     a.example.com -> bad
/// ```
package struct PatternLookupOperator: TabularOperator {
  package static let planName = "lookup"
  package enum Match: String, Hashable, Sendable, CaseIterable {
    case exact, wildcard, cidr
  }

  package struct Key: Equatable, Sendable {
    /// Of the rows.
    var value: Expression
    /// Of the table.
    var pattern: Expression
    var match: Match

    package init(value: Expression, pattern: Expression, match: Match) {
      self.value = value
      self.pattern = pattern
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
  let keys: [Key]
  let mark: PlanColumn
  /// Columns of the table, and where the values of the rows that were found go.
  private(set) var outputs: [Assignment]
  let rules: Rules

  package init(name: String, keys: [Key], mark: PlanColumn, outputs: [Assignment], rules: Rules) {
    self.name = name
    self.keys = keys
    self.mark = mark
    self.outputs = outputs
    self.rules = rules
  }

  package static let inputCount: Int? = 2

  package static let form = PlanForm<PatternLookupOperator>.record(
    { PatternLookupOperator(name: $0, keys: $1, mark: $2, outputs: $3, rules: $4) },
    Member("name", \.name), Member("keys", \.keys), Member("mark", \.mark), Member("outputs", \.outputs),
    Member("rules", \.rules))

  package var label: String { "lookup \(name)" }
  package var passes: PassedRows { .all }
  package var made: [PlanColumn] { [mark] + outputs.map(\.column) }
  package var expressions: [Expression] {
    keys.map(\.value) + keys.map(\.pattern) + outputs.map(\.expression)
  }

  package func mappingExpressions(_ transform: (Expression) -> Expression) -> PatternLookupOperator {
    PatternLookupOperator(
      name: name,
      keys: keys.map { Key(value: transform($0.value), pattern: transform($0.pattern), match: $0.match) },
      mark: mark, outputs: outputs.map { $0.mapping(transform) }, rules: rules)
  }

  package func keeping(_ wanted: Set<ColumnID>) -> PatternLookupOperator {
    var copy = self
    copy.outputs = outputs.filter { wanted.contains($0.column.id) }
    return copy
  }

  /// What a row finds depends on this row alone.
  package func standsBehindFilter(on columns: Set<ColumnID>) -> Bool { true }

  package func run(_ run: OperatorRun) throws(ExecutionFailure) -> OperatorResult {
    guard run.inputs.count == 2 else {
      preconditionFailure("plan invariant: a lookup of patterns has two inputs")
    }
    let table = run.inputs[1]
    let index = Index(
      try table.columns(keys.map(\.pattern)), count: table.rowCount, keys.map(\.match), rules)
    let sources = try table.columns(outputs.map(\.expression))
    let values = try run.input.columns(keys.map(\.value))
    var known: [[String]: Int] = [:]
    /// What was found for each combination of keys; the first entry stands for a row without all keys.
    var results: [Found] = [Found(mark: .null, values: outputs.map { _ in .null })]
    var places: [Int] = []
    places.reserveCapacity(run.input.rowCount)
    for row in 0..<run.input.rowCount {
      if row % 16_384 == 0 { try run.context.checkpoint() }
      let texts = values.map { SPLValues.texts(of: $0.value(at: row)) }
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
      results.append(found(index.rows(for: texts), in: sources))
    }
    let mark = Column.of(.long, places.map { results[$0].mark })
    let columns = outputs.indices.map { output in
      Column.of(.dynamic, places.map { results[$0].values[output] })
    }
    return .beside(run.input, [mark] + columns)
  }

  private struct Found {
    var mark: Value
    var values: [Value]
  }

  private func found(_ rows: [Int], in sources: [Column]) -> Found {
    let missing = max(0, rules.minimumMatches - rows.count)
    let mark: Value = rows.isEmpty && missing == 0 ? .null : .long(1)
    let values = sources.map { source -> Value in
      var texts = rows.map { source.value(at: $0).splText }.filter { !$0.isEmpty }
      texts += Array(repeating: rules.defaultMatch, count: missing)
      return SPLValues.value(of: texts.map { .string($0) })
    }
    return Found(mark: mark, values: values)
  }
}

extension PatternLookupOperator {
  /// The rows of a table by the texts of those keys that must be equal; the other keys are tested one by one.
  private struct Index {
    private let rules: Rules
    private var rowsByText: [[String]: [Int]] = [:]
    /// For each row the tests of the keys that are patterns.
    private var tests: [[@Sendable (String) -> Bool]] = []
    private let exact: [Int]
    private let patterns: [Int]

    init(_ columns: [Column], count: Int, _ matches: [Match], _ rules: Rules) {
      self.rules = rules
      exact = matches.indices.filter { matches[$0] == .exact }
      patterns = matches.indices.filter { matches[$0] != .exact }
      for row in 0..<count {
        let texts = columns.map { $0.value(at: row).splText }
        rowsByText[exact.map { Index.folded(texts[$0], rules) }, default: []].append(row)
        tests.append(patterns.map { Index.test(texts[$0], matches[$0], rules) })
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

    private static var combinationLimit: Int { 100_000 }

    /// The first rows that fit, in the table's order. Of several values of a key one is enough.
    func rows(for texts: [[String]]) -> [Int] {
      var combinations: [[String]] = [[]]
      for key in exact {
        combinations = combinations.flatMap { head in texts[key].map { head + [Index.folded($0, rules)] } }
        if combinations.count > Self.combinationLimit {
          RunLimits.raise(
            .limit(
              "lookup-limit",
              "one row would be looked up by more than \(Self.combinationLimit) combinations of the values of its keys",
              suggestion: "`mvexpand` makes a row of each value first"))
          return []
        }
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

extension PatternLookupOperator.Match: PlanCodable {
  package static var form: PlanForm<PatternLookupOperator.Match> { named }
}

extension PatternLookupOperator.Key: PlanCodable {
  package static let form = PlanForm<PatternLookupOperator.Key>.record(
    PatternLookupOperator.Key.init(value:pattern:match:),
    Member("value", \.value), Member("pattern", \.pattern), Member("match", \.match))
}

extension PatternLookupOperator.Rules: PlanCodable {
  package static let form = PlanForm<PatternLookupOperator.Rules>.record(
    { isCaseSensitive, least, most, standard in
      var rules = PatternLookupOperator.Rules()
      rules.isCaseSensitive = isCaseSensitive
      rules.minimumMatches = least.value
      rules.maximumMatches = most.value
      rules.defaultMatch = standard
      return rules
    },
    Member("isCaseSensitive", \.isCaseSensitive),
    Member("minimumMatches", { PlanCount(value: $0.minimumMatches) }),
    Member("maximumMatches", { PlanCount(value: $0.maximumMatches) }),
    Member("defaultMatch", \.defaultMatch))
}
