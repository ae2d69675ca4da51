package import Engine
import LogSources

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file that was named by the user and cannot be read.
package struct UnreadableInput: Error, Hashable, Sendable {
  package var path: String
  package var reason: String

  package init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }
}

/// Files other than logs.
package enum InputFile {
  package static func text(_ path: String) throws(UnreadableInput) -> String {
    let bytes = try bytes(path)
    return String(
      decoding: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...], as: UTF8.self)
  }

  package static func bytes(_ path: String) throws(UnreadableInput) -> [UInt8] {
    guard let file = fopen(path, "rb") else {
      throw UnreadableInput(path: path, reason: String(cString: strerror(errno)).lowercased())
    }
    defer { fclose(file) }
    let bytes = read(file)
    // A folder opens, and cannot be read.
    if ferror(file) != 0 { throw UnreadableInput(path: path, reason: "it is no readable file") }
    return bytes
  }

  package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  private static func read(_ file: UnsafeMutablePointer<FILE>) -> [UInt8] {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = fread(&block, 1, block.count, file)
      if count == 0 { return bytes }
      bytes.append(contentsOf: block[..<count])
    }
  }

  /// A file, or those of a folder with some endings.
  package static func files(_ path: String, endings: [String]) throws(UnreadableInput) -> [String] {
    let found = FileDiscovery.files(below: [path])
    if let problem = found.unreadable.first {
      throw UnreadableInput(path: problem.path, reason: problem.reason)
    }
    let files = found.files.map(\.path)
    if files == [path] { return files }
    return files.filter { file in endings.contains { file.hasSuffix(".\($0)") } }
  }

  /// `FILE`, or `FILE:COLUMN` where the search key is not the first column.
  package static func watchlist(_ text: String) throws(UnreadableInput) -> Table {
    guard !exists(text), let colon = text.lastIndex(of: ":") else { return try csv(text) }
    let path = String(text[..<colon])
    let name = String(text[text.index(after: colon)...])
    let table = try csv(path)
    guard let key = table.fields.firstIndex(where: { $0.name == name }) else {
      throw UnreadableInput(path: path, reason: "it has no column \(name)")
    }
    let order = [key] + table.fields.indices.filter { $0 != key }
    return Table(
      fields: order.map { table.fields[$0] }, columns: order.map { table.columns[$0] },
      rowCount: table.rowCount)
  }

  package static func csv(_ path: String) throws(UnreadableInput) -> Table {
    guard let table = CSVTable.parse(try text(path)) else {
      throw UnreadableInput(path: path, reason: "it is no CSV with a header")
    }
    return table
  }
}
