import Diagnostics
import Engine

/// Fields whose names only the text of the events tells: `extract`, `xmlkv`, `multikv`.
extension SPLLowering {
  /// Whether `_raw` is still the text of the events, whose fields are read by their names.
  func readsOwnText(_ relation: Relation) -> Bool {
    guard relation.isOpen, let raw = relation.existing("_raw") else { return relation.isOpen }
    return relation.plan.scans.contains { scan in
      scan.sources.contains { $0.field == "_raw" && $0.column.id == raw.id }
    }
  }

  /// Makes a field of each name that the texts of `_raw` have.
  func makeFields(
    of command: String, in relation: inout Relation, at span: SourceSpan, names: (String) -> [String],
    value: (PlanColumn, String) -> Expression
  ) {
    guard let column = read("_raw", in: &relation, at: span) else { return }
    fetchFollowing(in: &relation)
    let distinct = LogicalPlan.aggregate(
      Aggregate(
        input: relation.plan,
        keys: [Assignment(column: makeColumn("text", column.type), expression: column.reference)], items: [],
        dropsNullKeys: true, origin: origin(span)))
    var found: [String] = []
    if let table = ask(distinct, "the fields that `\(command)` makes", isAboutNames: true, at: span) {
      var seen: Set<String> = []
      for row in 0..<table.rowCount {
        for text in SPLValues.texts(of: table.value(row: row, column: 0)) {
          for name in names(text) where seen.insert(name).inserted { found.append(name) }
        }
      }
      found = withinLimit(found, of: command, at: span)
    } else {
      // What later commands mention is looked for by its name.
      relation.isOpaque = true
      found = MentionedFields.names(in: Array(following)).filter {
        !$0.contains("*") && !$0.hasPrefix("_") && relation.existing($0) == nil
      }
    }
    for name in found where name != "_raw" { _ = self.column(name, in: &relation) }
    let assignments = found.map { name -> Assignment in
      let made = value(column, name)
      let kept = relation.existing(name).map { firstPresent([made, plain($0.reference)]) } ?? made
      return Assignment(column: makeColumn(name, kept.type), expression: kept)
    }
    if !assignments.isEmpty { assign(assignments, in: &relation, at: span) }
  }

  /// Those names that later commands read come first where there are too many.
  func withinLimit(_ names: [String], of command: String, at span: SourceSpan) -> [String] {
    guard names.count > SPLLowering.composedLimit else { return names }
    let mentioned = MentionedFields.names(in: Array(following))
    let wanted = Set(mentioned)
    let read = names.filter(wanted.contains)
    if !mentioned.contains(where: { $0.contains("*") }), read.count <= SPLLowering.composedLimit {
      return read
    }
    report(SPLMessages.tooManyFieldsMade(command, names.count, at: span))
    return Array((read + names.filter { !wanted.contains($0) }).prefix(SPLLowering.composedLimit))
  }
}

extension SPLMessages {
  static func tooManyFieldsMade(_ command: String, _ count: Int, at span: SourceSpan) -> Diagnostic {
    .warning(
      "too-many-fields",
      "`\(command)` makes \(SPLLowering.composedLimit) fields at most, and this text has \(count)", at: span,
      notes: ["the first of them are made"], suggestions: [.init("`rex` reads single fields")])
  }
}
