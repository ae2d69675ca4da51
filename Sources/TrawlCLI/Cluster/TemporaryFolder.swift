#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A folder of the program's own, for as long as it needs it.
struct TemporaryFolder: Sendable {
  let path: String

  /// Why a folder or a file of it could not be made.
  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  init(named name: String) throws(Failure) {
    let place = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(place)/trawl-\(name)-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw Failure(description: "no folder can be made in `\(place)`: \(String(cString: strerror(errno)))")
    }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Writes a file below it, with the folders that its name has.
  func keep(_ bytes: [UInt8], as name: String) throws(Failure) {
    let parts = name.split(separator: "/")
    guard !name.hasPrefix("/"), !parts.contains(".."), let last = parts.last else {
      throw Failure(description: "`\(name)` names no file below a folder")
    }
    var folder = path
    for part in parts.dropLast() {
      folder += "/\(part)"
      _ = mkdir(folder, 0o700)
    }
    let place = "\(folder)/\(last)"
    guard let file = fopen(place, "wb") else {
      throw Failure(description: "`\(place)` can't be written: \(String(cString: strerror(errno)))")
    }
    let count = bytes.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) }
    guard fclose(file) == 0, count == bytes.count else {
      throw Failure(description: "`\(place)` can't be written: no space is left")
    }
  }

  /// What cannot be removed stays: it is nobody's result.
  func remove() { try? FileManager.default.removeItem(atPath: path) }
}
