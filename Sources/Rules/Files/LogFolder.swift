import Diagnostics
import Session

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A folder of logs that are made for a run and not kept: it goes away with this object.
final class LogFolder {
  let path: String

  /// - Parameter purpose: stands in its name.
  init(for purpose: String) throws(UnreadableInput) {
    path =
      FileManager.default.temporaryDirectory.appending(path: "trawl-\(purpose)-\(UUID().uuidString)").path
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw UnreadableInput(path: path, reason: "a folder for made logs cannot be made there")
    }
  }

  deinit {
    do { try FileManager.default.removeItem(atPath: path) } catch { /* Whoever took it away was first. */  }
  }

  func path(of name: String) -> String { "\(path)/\(name)" }

  /// Writes a file, in place of one of that name.
  ///
  /// - Returns: its path.
  @discardableResult
  func write(_ bytes: [UInt8], to name: String) throws(UnreadableInput) -> String {
    let file = path(of: name)
    do {
      try Data(bytes).write(to: URL(filePath: file))
    } catch {
      throw UnreadableInput(path: file, reason: "a made log cannot be written")
    }
    return file
  }

  @discardableResult
  func write(_ text: String, to name: String) throws(UnreadableInput) -> String {
    try write(Array(text.utf8), to: name)
  }
}
