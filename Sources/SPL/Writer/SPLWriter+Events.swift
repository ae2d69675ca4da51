import Diagnostics
import Engine

/// Finding events: the terms of the search, and conditions.
extension SPLWriter {
  func events(_ scan: Scan) throws(WritingRefusal) -> SPLPipeline {
    origin = scan.origin
    guard let table = tables.first(where: { $0.table == scan.table }) else {
      throw refusal("the table `\(scan.table)`, of which no source type is known")
    }
    for source in scan.sources { fields[source.column.id] = try field(source, table) }
    return SPLPipeline(
      terms: ["index=*", "sourcetype=\(SPLSpelling.text(table.sourcetype))"], hasEvents: true)
  }

  private func field(_ source: Scan.Source, _ table: TableTwin) throws(WritingRefusal) -> SPLField {
    if source.field == table.timeColumn { return SPLField(.field("_time"), .moment, mayBeMissing: false) }
    guard let column = table.column(source.field) else {
      throw refusal("the column `\(source.column.name)`, which no event has")
    }
    if case .constant(let text) = column.form {
      return SPLField(.constant(SPLSpelling.text(text)), .text, mayBeMissing: false)
    }
    // What a workspace alone sets is nowhere in an event.
    guard let path = column.paths.first else {
      return SPLField(.constant("null()"), SPLField.Kind(column.type), mayBeMissing: true)
    }
    if case .paths(let paths, let otherwise?)? = table.addonFields[path], paths == [path] {
      remark(
        "Splunk's add-on for AWS gives `\(path)` the value `\(otherwise)` where an event has none; the search reads the event's own"
      )
    }
    switch column.form {
    case .constant: throw refusal("the column `\(source.column.name)`")
    case .json: return SPLField(.event(path: path), .json, mayBeMissing: true)
    case .value:
      if path.contains("[") {
        return SPLField(.event(path: path.bracesForBrackets), .json, mayBeMissing: true)
      }
      return SPLField(
        .field(path), column.type == .datetime ? .text : SPLField.Kind(column.type), mayBeMissing: true)
    }
  }

  func filtered(_ filter: Filter) throws(WritingRefusal) -> SPLPipeline {
    if let join = memberJoin(filter) { return try joined(join) }
    var result = try pipeline(filter.input)
    origin = filter.origin
    let isSearch = result.hasEvents && result.stages.count == result.conditionCount
    var kept: [String] = []
    for part in filter.predicate.conjuncts {
      if isSearch, let found = term(part) {
        result.terms.append(found.text)
        if found.saysAll { continue }
      }
      kept.append(try condition(part, exact: false).operand(.and))
    }
    flush(&result)
    if !kept.isEmpty { result.stages.append("where \(kept.joined(separator: " AND "))") }
    if isSearch { result.conditionCount = result.stages.count }
    return result
  }

  /// A condition as a term of the search, which finds all that it holds for; `saysAll` if nothing else.
  private func term(_ condition: Expression) -> (text: String, saysAll: Bool)? {
    if let span = earliest(condition) { return span }
    guard let predicate = Predicate(condition), predicate.meaning.test == .equals,
      !predicate.meaning.isNegated,
      case .column(let column) = predicate.subject, let field = fields[column.id], field.kind == .text,
      let name = field.name, let texts = predicate.texts, !texts.isEmpty, texts.count <= 200
    else { return nil }
    var terms: [String] = []
    for text in texts {
      guard let term = SPLSpelling.term(text) else { return nil }
      terms.append(term)
    }
    let saysAll = predicate.meaning.ignoresCase
    let fieldName = SPLSpelling.argument(name)
    if terms.count == 1 { return ("\(fieldName)=\(terms[0])", saysAll) }
    return ("\(fieldName) IN (\(terms.joined(separator: ", ")))", saysAll)
  }

  /// `TimeGenerated > ago(1d)` is `earliest=-1d`, which begins with that instant.
  private func earliest(_ condition: Expression) -> (text: String, saysAll: Bool)? {
    guard let predicate = Predicate(condition), case .bound(let bound) = predicate.meaning.test,
      bound.isLower,
      case .column(let column) = predicate.subject, fields[column.id]?.name == "_time",
      case .call(let call)? = predicate.others.first, call.function === CurrentTimeFunctions.ago,
      case .timespan(let ticks)? = call.arguments.first?.constantValue, let span = SPLSpelling.span(ticks)
    else { return nil }
    // The search finds an event at the instant itself too.
    return ("earliest=-\(span)", saysAll: bound.isIncluded)
  }
}

extension String {
  /// `a.items[0].b` is `a.items{0}.b` in SPL.
  fileprivate var bracesForBrackets: String {
    replacing("[", with: "{").replacing("]", with: "}")
  }
}
