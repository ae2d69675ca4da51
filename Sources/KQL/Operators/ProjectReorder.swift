package import Diagnostics
import Engine

/// `project-reorder a, b* asc`: puts columns first.
package struct ProjectReorderSyntax: Hashable, Sendable {
  package enum Order: String, Hashable, Sendable, CaseIterable {
    case asc, desc
    case grannyAsc = "granny-asc"
    case grannyDesc = "granny-desc"
  }

  package struct Column: Hashable, Sendable {
    package var name: NamePatternSyntax
    package var order: Order?
  }

  package var columns: [Column]
  package var span: SourceSpan

  static let record = KQLOperatorRecord(
    ["project-reorder"],
    syntax: "T | project-reorder COLUMN|PATTERN [asc|desc|granny-asc|granny-desc], …",
    summary: "Puts columns first; the others follow in their order.",
    examples: [
      .kqlQuery(
        "print a = 1, b = 2 | project-reorder b, a",
        gives: "1")
    ],
    stage: { .projectReorder($0.parseProjectReorder($1)) })
}

extension KQLParser {
  func parseProjectReorder(_ start: SourceSpan) -> ProjectReorderSyntax {
    let columns = commaSeparated { parser in
      ProjectReorderSyntax.Column(name: parser.namePattern(), order: parser.reorderOrder())
    }
    return ProjectReorderSyntax(columns: columns, span: span(from: start))
  }

  private func reorderOrder() -> ProjectReorderSyntax.Order? {
    if at("granny"), at(.minus, ahead: 1), let direction = cursor.peek(2).word,
      let order = ProjectReorderSyntax.Order(rawValue: "granny-" + direction)
    {
      cursor.rewind(to: cursor.index + 3)
      return order
    }
    guard let word = current.word, let order = ProjectReorderSyntax.Order(rawValue: word) else { return nil }
    cursor.advance()
    return order
  }
}

extension KQLLowering {
  func lower(_ node: ProjectReorderSyntax, on input: Relation) -> Relation? {
    var rest = input.columns
    var ordered: [PlanColumn] = []
    // A later, more exact name wins over an earlier wildcard.
    let exact = Set(node.columns.filter { !$0.name.hasWildcard }.map(\.name.text))
    for (position, element) in node.columns.enumerated() {
      var matched: [PlanColumn]
      if element.name.hasWildcard {
        let laterExact = Set(node.columns[position...].filter { !$0.name.hasWildcard }.map(\.name.text))
        matched = rest.filter {
          element.name.matches($0.name) && !(exact.contains($0.name) && laterExact.contains($0.name))
        }
        if let order = element.order { matched = sorted(matched, by: order) }
      } else {
        let name = NameSyntax(element.name.text, element.name.span, isBracketed: element.name.isBracketed)
        guard let column = column(name, of: input) else { return nil }
        matched = rest.filter { $0.id == column.id }
      }
      ordered.append(contentsOf: matched)
      rest.removeAll { column in matched.contains { $0.id == column.id } }
    }
    return keeping(ordered + rest, of: input, at: node.span)
  }

  private func sorted(_ columns: [PlanColumn], by order: ProjectReorderSyntax.Order) -> [PlanColumn] {
    switch order {
    case .asc: columns.sorted { $0.name.lowercased() < $1.name.lowercased() }
    case .desc: columns.sorted { $0.name.lowercased() > $1.name.lowercased() }
    case .grannyAsc: columns.sorted { GrannyOrder.isBefore($0.name, $1.name) }
    case .grannyDesc: columns.sorted { GrannyOrder.isBefore($1.name, $0.name) }
    }
  }
}

/// Orders names with their numbers as numbers: `a20` before `a100`.
enum GrannyOrder {
  static func isBefore(_ left: String, _ right: String) -> Bool {
    let first = parts(left)
    let second = parts(right)
    for (one, other) in zip(first, second) where one != other {
      if let number = Int(one), let otherNumber = Int(other) { return number < otherNumber }
      return one < other
    }
    return first.count < second.count
  }

  /// Runs of digits and of other characters.
  private static func parts(_ name: String) -> [String] {
    var result: [String] = []
    for character in name.lowercased() {
      if let last = result.last?.last, last.isNumber == character.isNumber {
        result[result.count - 1].append(character)
      } else {
        result.append(String(character))
      }
    }
    return result
  }
}
