import Engine

/// Why none of a test's literals is met by the values of its field.
struct LiteralMisses {
  /// So many literals are looked at one by one.
  private static let maximumLiterals = 3

  let predicate: Predicate
  let literals: [String]
  let name: String
  /// What the field holds in the rows that come in.
  let counts: ValueCounts
  let knowledge: FunnelKnowledge

  var misses: [NearestMiss] {
    var found: [NearestMiss] = []
    var absent: [String] = []
    for literal in literals {
      if let miss = nearSpelling(of: literal) {
        found.append(miss)
      } else if let miss = droppedEarlier(literal) {
        found.append(miss)
      } else {
        absent.append(literal)
      }
    }
    if !found.isEmpty { return Array(found.prefix(LiteralMisses.maximumLiterals)) }
    return [absence(of: absent)]
  }

  /// The same text but for case, or for blanks around it.
  private func nearSpelling(of literal: String) -> NearestMiss? {
    let wanted = literal.lowercased()
    let isWhole = predicate.meaning.test == .equals
    for (value, count) in counts.values {
      let lowered = value.lowercased()
      let rows = FunnelMisses.rows(count)
      if isWhole, lowered == wanted {
        if value == literal { continue }
        let insensitive = anyCaseName.map { "; \($0) takes any case" } ?? ""
        return NearestMiss(
          .differsInCase,
          "`\(name)` has \(ValueCounts.quoted(value)) in \(rows): \(ValueCounts.quoted(literal)) differs only in case"
            + insensitive, field: name)
      }
      if isWhole, withoutBlanks(lowered) == withoutBlanks(wanted), !withoutBlanks(wanted).isEmpty {
        return NearestMiss(
          .differsInBlanks,
          "`\(name)` has \(ValueCounts.quoted(value)) in \(rows): \(ValueCounts.quoted(literal)) differs in blanks",
          field: name)
      }
      if !isWhole, !wanted.isEmpty, lowered.contains(wanted) {
        let isCase = !value.contains(literal)
        return NearestMiss(
          isCase ? .differsInCase : .values,
          "`\(name)` has \(ValueCounts.quoted(literal)) inside \(ValueCounts.quoted(value)) in \(rows)"
            + (isCase ? ", in another case" : ", which `\(predicate.call.name)` does not take"), field: name)
      }
    }
    return nil
  }

  /// The operator that asks the same in any case.
  private var anyCaseName: String? {
    guard let meaning = predicate.call.function.meaning, !meaning.ignoresCase else { return nil }
    let language = predicate.call.dialect.language
    return FunctionCatalog.scalar(
      meaning: meaning.ignoringCase(true), takesList: predicate.call.function.takesList, in: language
    )?.name(in: language)
  }

  private func withoutBlanks(_ text: String) -> String { String(text.filter { !$0.isWhitespace }) }

  /// The logs hold the literal, but not in the rows that come here.
  private func droppedEarlier(_ literal: String) -> NearestMiss? {
    guard case .column(let column) = predicate.subject, let loaded = knowledge.loaded[column.id] else {
      return nil
    }
    let all = ValueCounts(loaded.column)
    let wanted = literal.lowercased()
    guard all.rowCount > counts.rowCount,
      let value = all.values.first(where: { $0.text.lowercased() == wanted })
    else { return nil }
    let here = ValueCounts.list(counts.values.prefix(3))
    return NearestMiss(
      .droppedEarlier,
      "`\(name)` is \(ValueCounts.quoted(value.text)) in \(FunnelMisses.rows(value.count)) of `\(loaded.table)`, "
        + "none of which comes this far; here it is \(here)", field: name)
  }

  private func absence(of literals: [String]) -> NearestMiss {
    let quoted = literals.prefix(LiteralMisses.maximumLiterals).map(ValueCounts.quoted)
    let more = literals.count > quoted.count ? ", … (\(literals.count) in all)" : ""
    var near: [(text: String, count: Int)] = []
    for literal in literals {
      for value in counts.closest(to: literal) where !near.contains(where: { $0.text == value.text }) {
        near.append(value)
      }
    }
    let values =
      near.isEmpty
      ? "; it holds \(ValueCounts.list(counts.values.prefix(3)))"
        + (counts.values.count > 3 ? " and \(counts.values.count - 3) more values" : "")
      : "; closest: \(ValueCounts.list(near.prefix(3)))"
    return NearestMiss(
      .absentLiteral, "`\(name)` is never \(quoted.joined(separator: ", "))\(more)\(values)", field: name)
  }
}
