import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// The headers hide these from Swift on Linux, where they are extensions.
@_silgen_name("posix_openpt") private func openTerminal(_ flags: Int32) -> Int32
@_silgen_name("grantpt") private func grantTerminal(_ file: Int32) -> Int32
@_silgen_name("unlockpt") private func unlockTerminal(_ file: Int32) -> Int32
@_silgen_name("ptsname") private func nameOfTerminal(_ file: Int32) -> UnsafeMutablePointer<CChar>?

#if canImport(Glibc)
  private let spawnsInSession: Int16 = 0x80
#else
  private let spawnsInSession: Int16 = 0x400
#endif

/// The program at a terminal that types and reads the screen.
final class PseudoTerminal {
  /// A slow machine has time; a test that goes well never waits so long.
  private static let patience = 45.0

  let folder: TemporaryFolder
  private let master: Int32
  private var process: pid_t = 0
  private var status: Int32?
  private(set) var screen: TerminalScreen

  /// - Parameter environment: beside a home folder of its own, and a history in it.
  init(
    _ arguments: [String], columns: Int = 80, rows: Int = 24, environment: [String: String] = [:],
    folder: TemporaryFolder? = nil
  ) throws {
    let folder = try folder ?? TemporaryFolder()
    self.folder = folder
    screen = TerminalScreen(columns: columns, rows: rows)
    master = openTerminal(O_RDWR | O_NOCTTY)
    try #require(master >= 0 && grantTerminal(master) == 0 && unlockTerminal(master) == 0)
    let path = String(cString: try #require(nameOfTerminal(master)))
    var size = winsize(
      ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    try #require(ioctl(master, UInt(TIOCSWINSZ), &size) == 0)
    var variables = [
      "TERM": "xterm-256color", "HOME": folder.path, "PAGER": "cat", "LANG": "C.UTF-8",
      "TRAWL_HISTORY": folder.path + "/history", "PATH": "/usr/bin:/bin",
    ]
    variables.merge(environment) { $1 }
    // A new session, whose terminal is the first that it opens.
    #if canImport(Glibc)
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #else
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_addopen(&actions, 0, path, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    posix_spawn_file_actions_addclose(&actions, master)
    posix_spawnattr_init(&attributes)
    // Threads of a test hear of no signals, and what they start would not either.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, spawnsInSession | Int16(POSIX_SPAWN_SETSIGMASK))
    let program = try TrawlProcess.executable().path
    var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
    var settings: [UnsafeMutablePointer<CChar>?] = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
    let code = posix_spawn(&process, program, &actions, &attributes, &words, &settings)
    posix_spawn_file_actions_destroy(&actions)
    posix_spawnattr_destroy(&attributes)
    for word in words + settings { free(word) }
    try #require(code == 0, "\(String(cString: strerror(code)))")
  }

  deinit {
    if status == nil, process > 0 {
      kill(process, SIGKILL)
      waitpid(process, nil, 0)
    }
    close(master)
  }

  func type(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
      if count <= 0 { return }
      bytes = bytes.dropFirst(count)
      pump(0)
    }
  }

  /// Reads what comes within some time; false at the end.
  @discardableResult private func pump(_ milliseconds: Int32) -> Bool {
    var request = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard poll(&request, 1, milliseconds) > 0 else { return true }
    var block = [UInt8](repeating: 0, count: 65_536)
    let count = read(master, &block, block.count)
    if count <= 0 { return false }
    screen.feed(Array(block[..<count]))
    return true
  }

  /// Waits until the screen is as it should be.
  func wait(
    _ what: String, _ location: SourceLocation = #_sourceLocation, until isThere: (TerminalScreen) -> Bool
  ) throws {
    let end = Date().addingTimeInterval(PseudoTerminal.patience)
    while !isThere(screen) {
      let isOpen = pump(100)
      if isThere(screen) { return }
      try #require(isOpen && Date() < end, "\(what):\n\(screen.text)", sourceLocation: location)
    }
  }

  /// Waits for a text on the screen, or above it.
  func wait(for text: String, _ location: SourceLocation = #_sourceLocation) throws {
    try wait("no `\(text)`", location) { $0.text.contains(text) }
  }

  /// Waits for a prompt with nothing behind it.
  func waitForPrompt(_ prompt: String = "trawl>", _ location: SourceLocation = #_sourceLocation) throws {
    try wait("no prompt", location) { $0.line == prompt }
  }

  /// Asks something, and waits for the next prompt.
  func ask(_ text: String, prompt: String = "trawl>", _ location: SourceLocation = #_sourceLocation) throws {
    let before = screen.lines.count { $0.hasPrefix(prompt) }
    type(text + "\r")
    try wait("no answer to `\(text)`", location) { screen in
      screen.line == prompt && screen.lines.count { $0.hasPrefix(prompt) } > before
    }
  }

  func signal(_ number: Int32) { kill(process, number) }

  /// Echo and whole lines, as a terminal has them for others.
  var isAsBefore: Bool {
    var modes = termios()
    guard tcgetattr(master, &modes) == 0 else { return false }
    let wanted = tcflag_t(ECHO | ICANON | ISIG)
    return modes.c_lflag & wanted == wanted && modes.c_iflag & tcflag_t(ICRNL) != 0
  }

  /// Waits for the end: the exit code, or the signal below zero.
  func finish(_ location: SourceLocation = #_sourceLocation) throws -> Int32 {
    let end = Date().addingTimeInterval(PseudoTerminal.patience)
    var raw: Int32 = 0
    while waitpid(process, &raw, WNOHANG) == 0 {
      pump(20)
      try #require(Date() < end, "it does not end:\n\(screen.text)", sourceLocation: location)
    }
    while pump(0), Date() < end, hasMore {}
    status = raw
    return raw & 0x7F == 0 ? (raw >> 8) & 0xFF : -(raw & 0x7F)
  }

  private var hasMore: Bool {
    var request = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    return poll(&request, 1, 0) > 0 && request.revents & Int16(POLLIN) != 0
  }
}
