/// The columns that the events of a log have in packed files, and where their values stand in an event.
///
/// ```
///   EventName        ["eventName"]             text
///   UserIdentityArn  ["userIdentity", "arn"]   text
///   UserIdentity     ["userIdentity"]          json: the object as it stands
///   RawEvent         the whole event            SourceFile   the file that it was in
///   PackedForm       how the event differs from what the columns say, as `null:ResponseElements`
/// ```
/// Every event can be had back from its row, whatever it was: where the columns do not tell all, the raw event is read.
package struct PackLayout: Sendable, Hashable {
  package enum Kind: String, Sendable, Hashable {
    case text, bool, time
    /// An object or a list, as it stands.
    case json
  }

  package struct Column: Sendable, Hashable {
    package var name: String
    package var path: [String]
    package var kind: Kind

    package init(_ name: String, _ path: [String], _ kind: Kind) {
      (self.name, self.path, self.kind) = (name, path, kind)
    }
  }

  package static let rawEvent = "RawEvent"
  package static let sourceFile = "SourceFile"
  package static let form = "PackedForm"
  /// What packed files say of themselves.
  static let note = "trawl.pack"
  private static let version: Int64 = 1

  package var table: String
  package var columns: [Column]

  package init(table: String, columns: [Column]) {
    (self.table, self.columns) = (table, columns)
  }

  /// The time of an event: its first column of that kind.
  var timeColumn: Int? { columns.firstIndex { $0.kind == .time } }

  /// The time of the first event of a packed file; nil for other files.
  static func firstTime(of path: String) -> Int64? {
    guard let input = ParquetInput(path: path), let file = try? ParquetFile(input),
      let layout = file.metadata.notes[note].flatMap({ PackLayout(document: $0) }),
      let name = layout.timeColumn.map({ layout.columns[$0].name }),
      let leaf = file.schema.leaves.firstIndex(where: { $0.path == [name] })
    else { return nil }
    var first: Int64?
    for group in file.metadata.groups.indices {
      guard let known = try? file.chunk(group, leaf).statistics,
        let bounds = ParquetStatistics.times(known, file.schema.leaves[leaf].type)
      else { return nil }
      first = min(first ?? bounds.lowerBound, bounds.lowerBound)
    }
    return first
  }

  // MARK: - As files carry it

  var document: String {
    let listed = columns.map { column in
      JSONValue.object([
        .init("name", .string(column.name)), .init("path", .array(column.path.map { .string($0) })),
        .init("kind", .string(column.kind.rawValue)),
      ])
    }
    var bytes: [UInt8] = []
    JSONValue.object([
      .init("version", .long(PackLayout.version)), .init("table", .string(table)),
      .init("columns", .array(listed)),
    ]).write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Nil for what this version did not write.
  init?(document: String) {
    guard let value = JSONValue(parsing: document), value["version"] == .long(PackLayout.version),
      case .string(let table)? = value["table"], case .array(let listed)? = value["columns"]
    else { return nil }
    self.init(table: table, columns: [])
    for column in listed {
      guard case .string(let name)? = column["name"], case .array(let parts)? = column["path"],
        case .string(let word)? = column["kind"], let kind = Kind(rawValue: word)
      else { return nil }
      let path = parts.map(\.scalarText)
      guard !path.isEmpty else { return nil }
      columns.append(Column(name, path, kind))
    }
  }
}
