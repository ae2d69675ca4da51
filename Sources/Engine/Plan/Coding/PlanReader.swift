/// Reads the parts of a plan, and knows where in the document it is.
package final class PlanReader {
  /// Expressions and plans that may stand inside each other.
  private let depthLimit: Int
  private var path: [String] = []
  private var entries: [Entry] = []
  /// How deep the part is that is being read, and how deep and large what was read of it.
  private var level = 0
  private var deepest = 0
  private var count = 0

  /// A part that other places of the document name.
  private struct Entry {
    var expression: Expression?
    var plan: LogicalPlan?
    var depth: Int
    var count: Int
  }

  init(depthLimit: Int) { self.depthLimit = depthLimit }

  func failure(_ message: String, id: String = "invalid-plan") -> PlanReadingFailure {
    PlanReadingFailure(id, message, path: path.joined(separator: "."))
  }

  func within<Part>(
    _ name: String, _ read: () throws(PlanReadingFailure) -> Part
  ) throws(PlanReadingFailure) -> Part {
    path.append(name)
    defer { path.removeLast() }
    return try read()
  }

  func expression(
    _ json: JSONValue, _ read: () throws(PlanReadingFailure) -> Expression
  ) throws(PlanReadingFailure) -> Expression {
    try nested(json, \.expression, read)
  }

  func plan(
    _ json: JSONValue, _ read: () throws(PlanReadingFailure) -> LogicalPlan
  ) throws(PlanReadingFailure) -> LogicalPlan {
    try nested(json, \.plan, read)
  }

  private func nested<Part>(
    _ json: JSONValue, _ part: (Entry) -> Part?, _ read: () throws(PlanReadingFailure) -> Part
  ) throws(PlanReadingFailure) -> Part {
    if case .object(let members) = json, members.count == 1, members[0].key == PlanWriter.partKey,
      case .long(let index) = members[0].value
    {
      guard let place = Int(exactly: index), entries.indices.contains(place), let known = part(entries[place])
      else { throw failure("part \(index) is none that stands before this place") }
      try add(entries[place].count, depth: entries[place].depth)
      return known
    }
    level += 1
    defer { level -= 1 }
    try add(1, depth: 0)
    return try read()
  }

  private func add(_ more: Int, depth: Int) throws(PlanReadingFailure) {
    deepest = max(deepest, level + depth)
    count += more
    if deepest > depthLimit {
      throw failure("parts nest deeper than \(depthLimit) levels", id: "plan-too-deep")
    }
    if count > Expression.nodeLimit {
      throw failure("it has more than \(Expression.nodeLimit) parts", id: "plan-too-large")
    }
  }

  /// The list of parts that others name.
  func readParts(_ list: [JSONValue]) throws(PlanReadingFailure) {
    for (index, json) in list.enumerated() {
      try within("parts.\(index)") { () throws(PlanReadingFailure) in
        guard case .object(let members) = json, members.count == 1, let member = members.first else {
          throw failure("this is no part of a plan")
        }
        var entry = Entry(depth: 0, count: 0)
        switch member.key {
        case PlanWriter.expressionKey: entry.expression = try Expression.form.read(member.value, self)
        case PlanWriter.planKey: entry.plan = try LogicalPlan.form.read(member.value, self)
        default: throw failure("`\(member.key)` is no part of a plan")
        }
        (entry.depth, entry.count) = (deepest, count)
        entries.append(entry)
        (deepest, count) = (0, 0)
      }
    }
  }
}
