/// What a folder of packed logs holds, and which files of logs it was made of. Only what it lists counts: a file that is
/// not listed was left by a pack that did not come to its end.
///
/// ```
///   packed/_trawl_pack.json
///   packed/day=2026-03-01/part-000001.parquet
/// ```
package struct PackManifest: Sendable, Hashable {
  package static let fileName = "_trawl_pack.json"
  /// Since 2 rows name their files of logs by resolved paths.
  private static let version: Int64 = 2
  private static let fileBytes = 1 << 30

  package struct Source: Sendable, Hashable {
    package var size: Int
    package var modified: Int64
    package var checksum: Int64
    package var events: Int
    /// Packed files with events of it.
    package var files: [String]
    /// What was wrong with it when it was packed.
    package var trouble: String?
  }

  package var table = ""
  /// By their resolved paths, as rows name them.
  package var sources: [String: Source] = [:]
  /// Paths within the folder, and how many rows they have.
  package var files: [String: Int] = [:]
  package var next = 1

  package init() {}

  package enum Reading: Sendable {
    case missing
    case damaged
    case found(PackManifest)
  }

  package static func read(_ folder: String) -> Reading {
    let path = "\(folder)/\(fileName)"
    if FilePath.isMissing(path) { return .missing }
    let buffer = PaddedBuffer()
    guard FileReading.load(path, into: buffer, maximum: fileBytes) == nil,
      let value = JSONValue(parsing: buffer.bytes), let manifest = PackManifest(value)
    else { return .damaged }
    return .found(manifest)
  }

  /// The packed files in their order; nil if the manifest cannot be read. What they were made of, which may be far more,
  /// is only stepped over.
  static func listed(in folder: String) -> [String]? {
    let buffer = PaddedBuffer()
    guard FileReading.load("\(folder)/\(fileName)", into: buffer, maximum: fileBytes) == nil,
      buffer.count > 0, buffer.base[0] == 0x7B
    else { return nil }
    var failure: ScanFailure?
    var hasVersion = false
    var files: [String: Int]?
    let isWell = JSONBytes.forEachMember(of: buffer.base, buffer.base + buffer.count, &failure) {
      key, value in
      if key.bytes.elementsEqual("trawlPack".utf8) {
        hasVersion = value.bytes.elementsEqual(String(version).utf8)
      } else if key.bytes.elementsEqual("files".utf8), value.kind == .array {
        files = JSONValue(parsing: value.bytes).flatMap { PackManifest.files($0) }
      }
      return true
    }
    guard isWell, hasVersion else { return nil }
    return files?.keys.sorted { $0.precedes($1) }
  }

  private init?(_ value: JSONValue) {
    guard value["trawlPack"] == .long(PackManifest.version), case .string(let table)? = value["table"],
      let next = PackManifest.count(value["next"]), next > 0, case .array(let sources)? = value["sources"],
      let files = value["files"].flatMap({ PackManifest.files($0) })
    else { return nil }
    (self.table, self.next, self.files) = (table, next, files)
    for source in sources {
      guard case .string(let path)? = source["path"], let size = PackManifest.count(source["size"]),
        case .long(let modified)? = source["modified"], case .long(let checksum)? = source["checksum"],
        let events = PackManifest.count(source["events"]), case .array(let parts)? = source["files"]
      else { return nil }
      var trouble: String?
      if case .string(let text)? = source["trouble"] { trouble = text }
      self.sources[path] = Source(
        size: size, modified: modified, checksum: checksum, events: events, files: parts.map(\.scalarText),
        trouble: trouble)
    }
  }

  private static func files(_ value: JSONValue) -> [String: Int]? {
    guard case .array(let listed) = value else { return nil }
    var files: [String: Int] = [:]
    for file in listed {
      guard case .string(let path)? = file["path"], let rows = count(file["rows"], below: 1 << 36),
        !path.hasPrefix("/"),
        !path.split(separator: "/").contains("..")
      else { return nil }
      files[path] = rows
    }
    return files
  }

  /// Nil for what no folder can have: sums of rows stay in range.
  private static func count(_ value: JSONValue?, below end: Int64 = 1 << 56) -> Int? {
    guard case .long(let number)? = value, (0..<end).contains(number) else { return nil }
    return Int(number)
  }

  var document: [UInt8] {
    let listed = sources.sorted { $0.key.precedes($1.key) }.map { path, source in
      JSONValue.object(
        [
          .init("path", .string(path)), .init("size", .long(Int64(source.size))),
          .init("modified", .long(source.modified)), .init("checksum", .long(source.checksum)),
          .init("events", .long(Int64(source.events))),
          .init("files", .array(source.files.map { .string($0) })),
        ] + (source.trouble.map { [.init("trouble", .string($0))] } ?? []))
    }
    let packed = files.sorted { $0.key.precedes($1.key) }.map { path, rows in
      JSONValue.object([.init("path", .string(path)), .init("rows", .long(Int64(rows)))])
    }
    var bytes: [UInt8] = []
    JSONValue.object([
      .init("trawlPack", .long(PackManifest.version)), .init("table", .string(table)),
      .init("next", .long(Int64(next))), .init("files", .array(packed)), .init("sources", .array(listed)),
    ]).write(to: &bytes)
    return bytes + [0x0A]
  }
}
