import Diagnostics
import Engine

/// Commands that make rows by themselves, and those that make text of rows.
extension SPLLowering {
  static let resultLimit = 1_000_000

  func lower(_ command: MakeResultsCommandSyntax, in relation: Relation, at span: SourceSpan) {
    if let format = command.format, let data = command.data {
      let table = format == "csv" ? MakeResultsData.csv(data.value) : MakeResultsData.json(data.value)
      guard let table else {
        report(SPLMessages.badResultsData(format, data.span))
        return
      }
      relation.close(inline(table, label: "makeresults").plan)
      return
    }
    let count = min(max(0, command.count), SPLLowering.resultLimit)
    let row = makeColumn("", .long)
    let table = Table(
      fields: [Field("", .long)], columns: [.constant(.long(0), .long, count: count).materialized],
      rowCount: count)
    let rows = LogicalPlan.inline(Inline(columns: [row], table: table, origin: origin(span)))
    var assignments: [Assignment] = []
    if let now = FunctionCatalog.scalar("now", in: .kql) {
      assignments.append(
        Assignment(column: makeColumn("_time", .datetime), expression: call(now, [], as: .datetime)))
    }
    if command.annotates {
      for name in ["_raw", "host", "source", "sourcetype", "splunk_server", "splunk_server_group"] {
        assignments.append(
          Assignment(column: makeColumn(name, .string), expression: .literal(.null, .string)))
      }
    }
    relation.close(.project(Project(input: rows, assignments: assignments, origin: origin(span))))
  }

  /// All rows as the text of one search.
  func lower(_ command: FormatCommandSyntax, in relation: Relation, at span: SourceSpan) {
    var frame = SearchTextOperator.Frame()
    let parts = command.parts.map(\.value)
    if parts.count == 6 {
      frame.rowPrefix = parts[0] + " "
      frame.columnPrefix = parts[1] + " "
      frame.columnSeparator = " \(parts[2]) "
      frame.columnEnd = " " + parts[3]
      frame.rowSeparator = " \(parts[4]) "
      frame.rowEnd = " " + parts[5]
    }
    frame.valueSeparator = command.multivalueSeparator
    frame.emptyText = command.emptyText
    let columns = relation.columns.enumerated().filter { !$1.name.hasPrefix("_") }
    searchText(
      columns.map { SearchTextOperator.Part(column: $0, name: $1.name) }, frame,
      limit: command.maximumResults > 0 ? command.maximumResults : nil, in: relation, at: span)
  }

  /// The first rows as the text of a search: `(a="x") OR (a="y")`, or bare values.
  func lower(_ command: ReturnCommandSyntax, in relation: Relation, at span: SourceSpan) {
    var parts: [SearchTextOperator.Part] = []
    var names: [String] = []
    for item in command.items {
      let source: FieldNameSyntax
      let name: String?
      switch item {
      case .field(let field): (source, name) = (field, field.name)
      case .value(let field): (source, name) = (field, nil)
      case .alias(let alias, let field): (source, name) = (field, alias.name)
      }
      guard let column = read(source, in: relation) else { continue }
      names.append(column.name)
      if let place = relation.columns.firstIndex(where: { $0.id == column.id }) {
        parts.append(SearchTextOperator.Part(column: place, name: name))
      }
    }
    var frame = SearchTextOperator.Frame()
    (frame.rowPrefix, frame.rowEnd, frame.columnPrefix, frame.columnEnd) = ("", "", "(", ")")
    frame.columnSeparator = " "
    frame.emptyText = "NOT()"
    searchText(parts, frame, limit: max(0, command.count), in: relation, at: span)
  }

  private func searchText(
    _ parts: [SearchTextOperator.Part], _ frame: SearchTextOperator.Frame, limit: Int?, in relation: Relation,
    at span: SourceSpan
  ) {
    relation.close(
      .tabular(
        TabularCall(
          inputs: [relation.plan], operator: SearchTextOperator(parts: parts, frame: frame, limit: limit),
          columns: [makeColumn("search", .string)], origin: origin(span))))
  }

  /// Without a table of places no address has one: the fields stay null.
  func lower(_ command: IPLocationCommandSyntax, in relation: Relation, at span: SourceSpan) {
    guard let field = command.field else { return }
    let address = read(field, in: relation)
    var fields: [(name: String, expression: Expression)] = []
    if let places = environment.places, let address {
      for (name, function) in AddressPlaceFunctions.fields(places) {
        guard
          let value = try? FunctionBinder.bind(function, [.column(address)], language: .spl, span: span)
        else { continue }
        fields.append((name, value))
      }
    } else {
      fields = ["City", "Country", "Region"].map { ($0, .literal(.null, .string)) }
      fields += ["lat", "lon"].map { ($0, .literal(.null, .real)) }
    }
    if command.allFields {
      fields += ["Continent", "MetroCode", "Timezone"].map { ($0, .literal(.null, .string)) }
    }
    assign(
      fields.map { field in
        Assignment(
          column: makeColumn(command.prefix + field.name, field.expression.type), expression: field.expression
        )
      }, in: relation, at: span)
    if environment.places != nil {
      fillPartialPlaces(fields.map { command.prefix + $0.name }, in: relation, at: span)
    }
    if environment.places == nil {
      report(SPLMessages.noLocations(span))
    } else if command.allFields {
      report(SPLMessages.fewLocationFields(span))
    }
  }

  /// An address that is known in part has empty texts for the rest, so that it stays in its groups.
  private func fillPartialPlaces(_ names: [String], in relation: Relation, at span: SourceSpan) {
    let columns = names.compactMap { relation.existing($0) }
    let isKnown = balanced(columns.map { isThere($0.reference) }[...], Logical.or)
    let texts = columns.filter { $0.type == .string }
    assign(
      texts.map { column in
        Assignment(
          column: makeColumn(column.name, .string),
          expression: choose(
            [(isThere(column.reference), column.reference), (isKnown, literal(""))],
            otherwise: .literal(.null, .string)))
      }, in: relation, at: span)
  }
}

/// The rows of `makeresults format=… data=…`.
enum MakeResultsData {
  static func csv(_ text: String) -> Table? {
    var rows: [[String]] = [[]]
    var cell = ""
    var isQuoted = false
    var wasQuote = false
    for character in text + "\n" {
      if isQuoted {
        if wasQuote, character == "\"" {
          cell.append("\"")
          wasQuote = false
          continue
        }
        if wasQuote {
          isQuoted = false
          wasQuote = false
        } else if character == "\"" {
          wasQuote = true
          continue
        } else {
          cell.append(character)
          continue
        }
      }
      switch character {
      case "\"": isQuoted = true
      case ",":
        rows[rows.count - 1].append(cell)
        cell = ""
      case "\n", "\r\n":
        rows[rows.count - 1].append(cell)
        cell = ""
        rows.append([])
      default: cell.append(character)
      }
    }
    let lines = rows.filter { !$0.isEmpty && $0 != [""] }
    guard let header = lines.first else { return nil }
    return Table(
      fields: header.map { Field($0, .string) },
      rows: lines.dropFirst().map { $0.map { $0.isEmpty ? .null : .string($0) } })
  }

  static func json(_ text: String) -> Table? {
    guard case .array(let elements)? = SpathFunctions.parse(text) else { return nil }
    var names: [String] = []
    for case .object(let members) in elements {
      for member in members where !names.contains(member.key) { names.append(member.key) }
    }
    return Table(
      fields: names.map { Field($0, .dynamic) },
      rows: elements.map { element in
        names.map { name in
          switch element[name] {
          case .none, .some(.null): .null
          case .some(.array(let values)): SPLValues.value(of: values.map { .string($0.scalarText) })
          case .some(let value): .dynamic(.string(value.scalarText))
          }
        }
      })
  }
}

extension SPLMessages {
  static func badResultsData(_ format: String, _ span: SourceSpan) -> Diagnostic {
    .error("invalid-data", "this text is no \(format.uppercased())", at: span)
  }

  static func noLocations(_ span: SourceSpan) -> Diagnostic {
    .warning(
      "no-locations", "there is no table of places: `iplocation` adds its fields without values", at: span,
      suggestions: [
        .init("`--geoip FILE.csv` gives one: network, country, state, city, latitude, longitude")
      ])
  }

  static func fewLocationFields(_ span: SourceSpan) -> Diagnostic {
    .warning(
      "no-locations", "the table of places has no Continent, MetroCode and Timezone: they have no values",
      at: span)
  }
}
