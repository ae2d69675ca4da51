import Session

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Files that a verb writes where the user said so.
enum OutputFile {
  /// The path without `.` and `..`, so that two spellings of one are the same.
  static func standardized(_ path: String) -> String { URL(filePath: path).standardizedFileURL.path }

  static func write(_ text: String, to path: String) throws { try write(Array(text.utf8), to: path) }

  /// Folders on the way are made. Only a plain file is overwritten: no link, pipe or device.
  static func write(_ bytes: [UInt8], to path: String) throws {
    let manager = FileManager.default
    if let slash = path.lastIndex(of: "/"), slash > path.startIndex {
      try? manager.createDirectory(atPath: String(path[..<slash]), withIntermediateDirectories: true)
    }
    if let attributes = try? manager.attributesOfItem(atPath: path),
      attributes[.type] as? FileAttributeType != .typeRegular
    {
      throw UnreadableInput(path: path, reason: "it is no plain file, and was not overwritten")
    }
    do {
      try Data(bytes).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw UnreadableInput(path: path, reason: "it cannot be written")
    }
  }
}
