#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a folder of packed logs holds, and which files of logs it was made of. Only what it lists counts: a file that is
/// not listed was left by a pack that did not come to its end.
///
/// ```
///   packed/_trawl_pack.json
///   packed/day=2026-03-01/part-000001.parquet
/// ```
package struct PackManifest: Sendable {
  package static let fileName = "_trawl_pack.json"
  private static let version: Int64 = 1

  package struct Source: Sendable, Hashable {
    /// As rows call it.
    package var name: String
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
  /// By their resolved paths.
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
    guard access(path, F_OK) == 0 else { return .missing }
    let buffer = PaddedBuffer()
    guard FileReading.load(path, into: buffer, maximum: 1 << 30) == nil,
      let value = JSONValue(parsing: buffer.bytes), let manifest = PackManifest(value)
    else { return .damaged }
    return .found(manifest)
  }

  private init?(_ value: JSONValue) {
    guard value["trawlPack"] == .long(PackManifest.version), case .string(let table)? = value["table"],
      case .long(let next)? = value["next"], next > 0, case .array(let sources)? = value["sources"],
      case .array(let files)? = value["files"]
    else { return nil }
    self.table = table
    self.next = Int(next)
    for file in files {
      guard case .string(let path)? = file["path"], case .long(let rows)? = file["rows"],
        !path.hasPrefix("/"), !path.split(separator: "/").contains("..")
      else { return nil }
      self.files[path] = Int(rows)
    }
    for source in sources {
      guard case .string(let path)? = source["path"], case .string(let name)? = source["name"],
        case .long(let size)? = source["size"], case .long(let modified)? = source["modified"],
        case .long(let checksum)? = source["checksum"], case .long(let events)? = source["events"],
        case .array(let parts)? = source["files"]
      else { return nil }
      var trouble: String?
      if case .string(let text)? = source["trouble"] { trouble = text }
      self.sources[path] = Source(
        name: name, size: Int(size), modified: modified, checksum: checksum, events: Int(events),
        files: parts.map(\.scalarText), trouble: trouble)
    }
  }

  var document: [UInt8] {
    let listed = sources.sorted { $0.key.precedes($1.key) }.map { path, source in
      JSONValue.object(
        [
          .init("path", .string(path)), .init("name", .string(source.name)),
          .init("size", .long(Int64(source.size))),
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
