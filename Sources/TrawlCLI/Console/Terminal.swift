#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What the environment says of the terminal.
enum Terminal {
  private static func value(_ name: String) -> String? {
    guard let text = getenv(name).map({ String(cString: $0) }), !text.isEmpty else { return nil }
    return text
  }

  /// It says of itself that it can do nothing.
  static var isPlain: Bool { value("TERM") == "dumb" }

  /// It obeys no sequences: a printer, a window of an editor.
  static var isDumb: Bool { value("TERM").map { $0 == "dumb" || $0 == "unknown" } ?? true }

  /// Whoever set it wants no colours, whatever it says.
  static var refusesColours: Bool { value("NO_COLOR") != nil }

  /// False where the locale names another set of characters; where none is named, UTF-8 is what there is today.
  static var isUTF8: Bool {
    guard let locale = value("LC_ALL") ?? value("LC_CTYPE") ?? value("LANG") else { return true }
    let name = locale.lowercased()
    if name == "c" || name == "posix" { return false }
    return !name.contains(".") || name.contains("utf-8") || name.contains("utf8")
  }

  /// The program that shows what is longer than the screen; nil for none.
  static var pager: String? {
    let text = getenv("PAGER").map { String(cString: $0) } ?? "less"
    guard let program = text.split(separator: " ").first, program != "cat" else { return nil }
    return program.contains("=") || isProgram(program) ? text : nil
  }

  private static func isProgram(_ name: Substring) -> Bool {
    if name.contains("/") { return access(String(name), X_OK) == 0 }
    return (value("PATH") ?? "").split(separator: ":").contains { access("\($0)/\(name)", X_OK) == 0 }
  }
}

/// When colours are written.
enum ColourChoice: String, Hashable, Sendable, CaseIterable {
  case auto, always, never

  func applies(to file: FileDescriptor) -> Bool {
    switch self {
    case .always: true
    case .never: false
    case .auto: file.isTerminal && !Terminal.isDumb && !Terminal.refusesColours
    }
  }
}
