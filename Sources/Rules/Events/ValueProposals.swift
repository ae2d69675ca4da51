import Engine

/// Values that may pass a test, or fail it, the likeliest first. They are tried, so they need not be right.
struct ValueProposals {
  let predicate: Predicate
  /// What it is compared with, in this row.
  let others: [Value]
  /// What the subject is now.
  let current: Value
  /// The test itself is to hold, whether the predicate denies it or not.
  let isWanted: Bool

  private var meaning: PredicateMeaning { predicate.meaning }
  private var known: String { current.kqlText }
  private var numeric: Bool {
    switch predicate.subject.type {
    case .int, .long, .real, .decimal: true
    case .bool, .datetime, .timespan, .guid, .string, .dynamic: false
    }
  }

  var values: [Value] { isWanted ? passing : failing }

  private var texts: [String] { others.map(\.kqlText) }

  private var passing: [Value] {
    switch meaning.test {
    case .equals: return others.flatMap { filledWildcards($0) }
    case .prefix: return texts.flatMap { [$0 + tail(of: known), $0, $0 + "example"] }.map { .string($0) }
    case .suffix: return texts.flatMap { [$0, known + $0, "example" + $0] }.map { .string($0) }
    case .contains, .term, .termPrefix, .termSuffix: return holding
    case .matches(let pattern): return texts.flatMap { matching($0, pattern) }
    case .empty: return [.null, .string("")]
    case .present: return ValueProposals.something
    case .bound(let bound): return others.flatMap { beyond($0, bound) }
    case .between: return others.flatMap { [$0] + stepped($0, by: 1) + stepped($0, by: -1) }
    }
  }

  private var failing: [Value] {
    switch meaning.test {
    case .equals, .prefix, .suffix, .contains, .term, .termPrefix, .termSuffix, .matches:
      var result = otherCase
      if numeric { result += others.flatMap { stepped($0, by: 1) + stepped($0, by: -1) } }
      switch predicate.subject.type {
      case .bool: result += [.bool(true), .bool(false)]
      case .datetime, .timespan: result += others.flatMap { stepped($0, by: 1) }
      case .int, .long, .real, .decimal, .guid, .string, .dynamic: break
      }
      result += [
        .string(without(texts)), .string("example"), .string("other"), .string("198.51.100.23"), .null,
      ]
      return result
    case .empty: return ValueProposals.something
    case .present: return [.null, .string("")]
    case .bound(let bound): return others.flatMap { beyond($0, bound.opposite) } + [.null]
    case .between:
      return (others.first.map { stepped($0, by: -1) } ?? []) + (others.last.map { stepped($0, by: 1) } ?? [])
    }
  }

  /// What a field may hold of which only is asked that it is there.
  static let something: [Value] = [
    .string("example"), .long(1), .bool(true), .dynamic(.array([.string("example")])),
    .dynamic(.object([JSONValue.Member("name", .string("example"))])),
    .string("example of a longer text"),
  ]

  /// One that anybody may have, and a private one.
  static let addresses: [Value] = [.string("198.51.100.23"), .string("10.0.0.23")]

  // MARK: - Texts

  /// `*` stands for any characters, and for none.
  private func filledWildcards(_ value: Value) -> [Value] {
    guard meaning.hasWildcards, case .string(let text) = value, text.contains("*") else { return [value] }
    if text == "*" { return current.isNull || known.isEmpty ? ValueProposals.something : [current] }
    let isEdge = text.hasPrefix("*") || text.hasSuffix("*")
    return [text.replacing("*", with: ""), text.replacing("*", with: isEdge ? "Example" : "-")].map {
      .string($0)
    }
  }

  private func tail(of text: String) -> String {
    text.unicodeScalars.allSatisfy { $0.properties.isAlphabetic } ? text : ""
  }

  /// Texts that hold one of the others, or all.
  private var holding: [Value] {
    let wanted = meaning.asksForAll ? [texts.joined(separator: " ")] : texts
    return wanted.flatMap { text -> [Value] in
      var result: [Value] = []
      if case .object(let members)? = JSONValue(parsing: known) {
        // A text that is JSON stays JSON.
        let isName = text.unicodeScalars.allSatisfy {
          $0.properties.isAlphabetic || $0.properties.numericType != nil
        }
        if isName, !text.isEmpty {
          result.append(tree(members + [JSONValue.Member(text, .string("example"))]))
        }
        result.append(tree(members + [JSONValue.Member("value", .string(text))]))
        if case .object(let more)? = JSONValue(parsing: "{\(text)}") ?? JSONValue(parsing: text) {
          result.append(tree(members + more))
        }
      }
      result += [.string(text)]
      if !known.isEmpty {
        result += ["\(known) \(text)", "\(known)\(text)", "\(text)/\(known)"].map { .string($0) }
      }
      result += [.dynamic(.array([.string(text)]))]
      return result
    }
  }

  private func tree(_ members: [JSONValue.Member]) -> Value {
    let tree = JSONValue.object(members)
    return predicate.subject.type == .dynamic ? .dynamic(tree) : .string(tree.text)
  }

  private func without(_ texts: [String]) -> String {
    texts.filter { !$0.isEmpty }.reduce(known) { text, part in
      var rest = text
      while let found = rest.lowercased().firstRange(of: part.lowercased()) {
        let start = rest.lowercased().distance(from: rest.lowercased().startIndex, to: found.lowerBound)
        rest = String(rest.prefix(start)) + String(rest.dropFirst(start + part.count))
      }
      return rest
    }
  }

  /// The text in another case: a near miss wherever case counts.
  private var otherCase: [Value] {
    guard !meaning.ignoresCase, !known.isEmpty, case .string = current else { return [] }
    return [known.lowercased(), known.uppercased()].filter { $0 != known }.map { .string($0) }
  }

  private func matching(_ text: String, _ pattern: PredicateMeaning.Pattern) -> [Value] {
    switch pattern {
    case .regularExpression:
      let dialects: [RegularExpression.Dialect] = [.perl, .rust]
      let made = dialects.compactMap {
        RegularExpression.example(of: text, options: RegularExpression.Options(dialect: $0))
      }
      return made.flatMap { known.isEmpty ? [$0] : [$0, known + $0, $0 + known] }.map { .string($0) }
    case .like:
      return [text.replacing("%", with: "").replacing("_", with: "a"), text.replacing("%", with: "example")]
        .map {
          .string($0)
        }
    case .subnet:
      let network = text.prefix { $0 != "/" }
      let parts = network.split(separator: ".")
      let host = parts.count == 4 ? parts.dropLast().joined(separator: ".") + ".7" : String(network)
      return [.string(host), .string(String(network))]
    }
  }

  // MARK: - Sizes

  private func beyond(_ limit: Value, _ bound: PredicateMeaning.Bound) -> [Value] {
    let next = stepped(limit, by: bound.isLower ? 1 : -1)
    return bound.isIncluded ? [limit] + next : next
  }

  /// One more, or less: of times a second.
  private func stepped(_ value: Value, by step: Int64) -> [Value] {
    switch value {
    case .long(let number): [.long(number.addingReportingOverflow(step).partialValue)]
    case .real(let number): [.real(number + Double(step))]
    case .decimal: value.number.map { [.real($0 + Double(step))] } ?? []
    case .datetime(let ticks): [.datetime(ticks.addingReportingOverflow(step * Ticks.perSecond).partialValue)]
    case .timespan(let ticks): [.timespan(ticks.addingReportingOverflow(step * Ticks.perSecond).partialValue)]
    case .string(let text), .dynamic(.string(let text)):
      Int64(text).map { [.string(String($0.addingReportingOverflow(step).partialValue))] }
        ?? Double(text).map { [.string(Value.splText(of: $0 + Double(step)))] } ?? []
    case .null, .bool, .guid, .dynamic: []
    }
  }
}
