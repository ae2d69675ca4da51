import Diagnostics
import Engine

/// The table that events are in, and where it has their fields.
extension KQLWriter {
  func events(_ scan: Scan) throws(WritingRefusal) -> KQLPipeline {
    origin = scan.origin
    let wanted = sourcetypes
    guard
      let table = tables.first(where: { twin in
        scan.table == twin.table || wanted?.contains { $0.lowercased() == twin.sourcetype } ?? true
      })
    else { throw refusal("events of which no table is known") }
    if wanted == nil, scan.table != table.table {
      remark(
        "the search reads events of any source type; `\(table.table)` alone is read here", changesRows: true)
    }
    self.table = table
    var result = KQLPipeline(source: table.table, names: Set(table.columns.map(\.name)))
    for source in scan.sources {
      if let member = try eachMember(source.field, table, scan) {
        let name = freshName("each")
        result.lists[name] =
          "mv-apply \(member.element) = \(member.list) on (\(member.rows) \(name) = \(member.values))"
        pieces[source.column.id] = .column(name, .list)
      } else {
        var field = try piece(source.field, table, scan)
        field.isField = field.mayBeEmpty
        pieces[source.column.id] = field
      }
    }
    return result
  }

  /// `resources{}.ARN`: a member of each element of a list, which a stage of its own collects.
  private func eachMember(
    _ field: String, _ table: TableTwin, _ scan: Scan
  ) throws(WritingRefusal) -> (element: String, list: String, rows: String, values: String)? {
    guard scan.table != table.table, let end = field.firstRange(of: "{}"), end.upperBound < field.endIndex
    else {
      return nil
    }
    let rest = String(field[end.upperBound...])
    guard let access = KQLWriter.access(rest), !access.isList else {
      throw refusal("`\(field)`, which reads lists within lists")
    }
    let list = try path(String(field[..<end.upperBound]), table)
    guard list.kind == .list else { return nil }
    let element = freshName("element")
    let value = "tostring(\(element)\(access.text))"
    // A list without elements keeps its row.
    return (
      element, "iff(array_length(\(list.text)) > 0, \(list.text), dynamic([null]))", "summarize",
      "make_list_if(\(value), isnotempty(\(value)))"
    )
  }

  private func piece(_ field: String, _ table: TableTwin, _ scan: Scan) throws(WritingRefusal) -> KQLPiece {
    if scan.table == table.table {
      guard let column = table.column(field) else { throw refusal("the column `\(field)`") }
      return .column(field, KQLPiece.Kind(column.type))
    }
    switch field {
    case "_time": return .column(table.timeColumn, .moment, mayBeEmpty: false)
    case "sourcetype", "index", "source", "host", "linecount", "splunk_server":
      var piece =
        field == "sourcetype" ? KQLName.constant(.string(table.sourcetype), .string) : KQLPiece.nothing
      piece.isOfSource = true
      return piece
    case "_raw": return .raw
    default: break
    }
    // A view names what an add-on makes of events.
    if let colon = field.firstIndex(of: ":"),
      let made = table.addonFields[String(field[field.index(after: colon)...])]
    {
      return try addonPiece(made, field, table)
    }
    return try path(field, table)
  }

  private func addonPiece(
    _ made: TableTwin.AddonValue, _ field: String, _ table: TableTwin
  ) throws(WritingRefusal) -> KQLPiece {
    guard case .paths(let paths, let otherwise) = made else {
      throw refusal("the field `\(field)`, which an add-on makes")
    }
    var pieces: [KQLPiece] = []
    for path in paths { if let piece = try? self.path(path, table) { pieces.append(piece.asText) } }
    guard let first = pieces.first, pieces.count == paths.count || paths.count > 1 else {
      if let otherwise { return KQLName.constant(.string(otherwise), .string) }
      throw refusal("the field `\(field)`, of which `\(table.table)` has no column")
    }
    guard let otherwise else {
      if pieces.count == 1 { return first }
      return KQLPiece(
        "coalesce(\(pieces.map(\.text).joined(separator: ", ")))", .text,
        reads: pieces.reduce(into: []) { $0.formUnion($1.reads) })
    }
    var result = KQLPiece(
      "iff(isempty(\(first.text)), \(KQLSourcePrinter.quoted(otherwise)), \(first.text))", .text,
      mayBeEmpty: false,
      reads: first.reads)
    result.standIn = KQLPiece.StandIn(column: first.text, text: otherwise)
    return result
  }

  /// The column of a path into an event, or the JSON of one.
  func path(_ path: String, _ table: TableTwin) throws(WritingRefusal) -> KQLPiece {
    if let column = table.columns.first(where: { $0.paths.contains(path) }) {
      switch column.form {
      case .value: return .column(column.name, KQLPiece.Kind(column.type))
      case .json: return .column(column.name, .text)
      case .constant(let text): return KQLName.constant(.string(text), .string)
      }
    }
    for column in table.columns {
      guard case .json = column.form, let root = column.paths.first, path.hasPrefix(root) else { continue }
      let rest = path.dropFirst(root.count)
      guard rest.first == "." || rest.first == "{" || rest.first == "[" else { continue }
      guard let access = KQLWriter.access(String(rest)) else {
        throw refusal("`\(path)`, which reads a member of each element of a list")
      }
      let base = "parse_json(\(KQLName.text(column.name)))\(access.text)"
      if access.isList { return KQLPiece(base, .list, reads: [column.name]) }
      return KQLPiece("tostring(\(base))", .text, reads: [column.name])
    }
    let roots = Set(table.columns.flatMap(\.paths).map { $0.prefix { !".{[".contains($0) } })
    if !roots.contains(path.prefix { !".{[".contains($0) }) {
      if !madeNames.contains(path) {
        remark("no event of `\(table.sourcetype)` has a field `\(path)`: it is empty here")
      }
      return .nothing
    }
    throw refusal("the field `\(path)`, of which `\(table.table)` has no column")
  }

  /// `.a.b{0}.c` as a path of KQL; nil where a list stands on the way.
  static func access(_ path: String) -> (text: String, isList: Bool)? {
    var result = ""
    var isList = false
    var rest = Substring(path)
    while let first = rest.first {
      if isList { return nil }
      switch first {
      case ".": rest.removeFirst()
      case "{", "[":
        guard let end = rest.firstIndex(where: { $0 == "}" || $0 == "]" }) else { return nil }
        let inside = rest[rest.index(after: rest.startIndex)..<end]
        rest = rest[rest.index(after: end)...]
        if inside.isEmpty {
          isList = true
        } else if let index = Int(inside) {
          result += "[\(index)]"
        } else {
          return nil
        }
      default:
        let name = rest.prefix { !".{[".contains($0) }
        rest = rest.dropFirst(name.count)
        let isPlain = KQLName.text(String(name)) == name
        result += isPlain ? ".\(name)" : "[\(KQLSourcePrinter.quoted(String(name)))]"
      }
    }
    return (result, isList)
  }

  // MARK: - Conditions on events

  func filtered(_ filter: Filter) throws(WritingRefusal) -> KQLPipeline {
    let outer = sourcetypes
    for part in filter.predicate.conjuncts {
      guard let predicate = Predicate(part), predicate.meaning.test == .equals, !predicate.meaning.isNegated,
        case .column(let column) = predicate.subject, column.name == "sourcetype", let texts = predicate.texts
      else { continue }
      sourcetypes = texts
    }
    if let rows = try firstOfEach(filter) {
      sourcetypes = outer
      return rows
    }
    var result = try pipeline(filter.input)
    sourcetypes = outer
    origin = filter.origin
    var kept: [String] = []
    var late: [String] = []
    for part in filter.predicate.conjuncts where !isOfSource(part) {
      let test = try truth(part)
      if test.constant == .bool(true) { continue }
      // What reads a list comes behind the stage that collects it, and that behind all other conditions.
      if test.reads.isDisjoint(with: result.lists.keys) {
        kept.append(test.operand(.and))
      } else {
        late.append(test.operand(.and))
      }
    }
    if !kept.isEmpty { result.keep(KQLWriter.joined(kept)) }
    if !late.isEmpty {
      result.settleLists()
      result.add("where \(KQLWriter.joined(late))")
    }
    return result
  }

  private static func joined(_ tests: [String]) -> String {
    tests.joined(separator: " and ")
  }

  /// Which index, host or source type: the table says it.
  private func isOfSource(_ condition: Expression) -> Bool {
    guard let predicate = Predicate(condition), case .column(let column) = predicate.subject else {
      return false
    }
    return pieces[column.id]?.isOfSource == true
  }
}
