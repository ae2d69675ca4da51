#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A folder that a run needs and does not keep: nobody else reads it, and it goes away with this object.
package final class ScratchFolder: Sendable {
  package let path: String

  /// - Parameter purpose: stands in its name.
  package init(for purpose: String) throws(UnreadableInput) {
    path =
      FileManager.default.temporaryDirectory.appending(path: "trawl-\(purpose)-\(UUID().uuidString)").path
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw UnreadableInput(path: path, reason: "no folder can be made there")
    }
  }

  deinit { remove() }

  package func remove() {
    do { try FileManager.default.removeItem(atPath: path) } catch { /* Whoever took it away was first. */  }
  }

  package func path(of name: String) -> String { "\(path)/\(name)" }

  /// Writes a file below it, in place of one of that name, with the folders that the name has.
  ///
  /// - Returns: its path.
  @discardableResult
  package func write(_ bytes: [UInt8], to name: String) throws(UnreadableInput) -> String {
    let file = path(of: name)
    let parts = name.split(separator: "/")
    guard !parts.isEmpty, !parts.contains("..") else {
      throw UnreadableInput(path: name, reason: "it names no file below a folder")
    }
    do {
      if parts.count > 1 {
        try FileManager.default.createDirectory(
          atPath: path(of: parts.dropLast().joined(separator: "/")), withIntermediateDirectories: true)
      }
      try Data(bytes).write(to: URL(filePath: file))
    } catch {
      throw UnreadableInput(path: file, reason: "it cannot be written; is there space left?")
    }
    return file
  }

  @discardableResult
  package func write(_ text: String, to name: String) throws(UnreadableInput) -> String {
    try write(Array(text.utf8), to: name)
  }
}
