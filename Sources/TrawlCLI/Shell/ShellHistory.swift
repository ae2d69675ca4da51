import Engine

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

/// What was typed before, in this run and in earlier ones. One text a line, its line ends spelt `\n`; only its owner
/// may read the file.
final class ShellHistory {
  /// The oldest go first.
  static let mostEntries = 2000

  private(set) var entries: [String] = []
  /// Nil keeps nothing.
  private let path: String?
  /// Why nothing is kept though it should be.
  private(set) var failure: String?

  init(path: String?) {
    self.path = path
    guard let path else { return }
    guard let data = FileManager.default.contents(atPath: path) else {
      if FileManager.default.fileExists(atPath: path) { failure = "`\(path)` cannot be read" }
      return
    }
    // The file may have been written elsewhere: a carriage return at the end of a line is no part of a text.
    entries = data.split(separator: UInt8(ascii: "\n")).map { line in
      let text = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      return ShellHistory.decoded(String(decoding: text, as: UTF8.self)[...])
    }.filter { !$0.isEmpty }
    if entries.count > ShellHistory.mostEntries {
      entries.removeFirst(entries.count - ShellHistory.mostEntries)
      replaceFile(path)
    }
  }

  /// `TRAWL_HISTORY` names the file, or none if it is empty.
  static var standardPath: String? {
    if let named = getenv("TRAWL_HISTORY").map({ String(cString: $0) }) { return named.isEmpty ? nil : named }
    if let state = getenv("XDG_STATE_HOME").map({ String(cString: $0) }), !state.isEmpty {
      return state + "/trawl/history"
    }
    return getenv("HOME").map { String(cString: $0) + "/.local/state/trawl/history" }
  }

  /// A text that begins with a blank is not kept.
  func add(_ text: String) {
    if text.isEmpty || text.first?.isWhitespace == true || text == entries.last { return }
    entries.append(text)
    guard let path else { return }
    makeFolder(of: path)
    let file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      failure = failure ?? "`\(path)` cannot be written: \(String(cString: strerror(errno)))"
      return
    }
    var line = ShellHistory.encoded(text) + "\n"
    switch line.withUTF8({ FileDescriptor(number: file).write(UnsafeRawBufferPointer($0)) }) {
    case .done: break
    case .closed: failure = failure ?? "`\(path)` has no reader"
    case .failed(let code):
      failure = failure ?? "`\(path)` cannot be written: \(String(cString: strerror(code)))"
    }
    close(file)
  }

  private func makeFolder(of path: String) {
    guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return }
    try? FileManager.default.createDirectory(
      atPath: String(path[..<slash]), withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
  }

  private func replaceFile(_ path: String) {
    let text = entries.map { ShellHistory.encoded($0) + "\n" }.joined()
    if let reason = FileWriting.replace(path, with: Array(text.utf8)) {
      failure = "`\(path)` cannot be shortened: \(reason)"
      return
    }
    chmod(path, 0o600)
  }

  private static func encoded(_ text: String) -> String {
    text.replacing("\r\n", with: "\n").replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
  }

  private static func decoded(_ line: Substring) -> String {
    var result = ""
    var isEscaped = false
    for character in line {
      if isEscaped {
        result.append(character == "n" ? "\n" : character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        result.append(character)
      }
    }
    return result
  }
}
