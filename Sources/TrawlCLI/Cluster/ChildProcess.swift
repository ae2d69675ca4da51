import Synchronization

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

/// Another program, whose input and output are pipes; what it says on its error output goes to a file.
// Sendable is unchecked since one thread at a time talks to it; another may only interrupt it.
final class ChildProcess: @unchecked Sendable {
  private let id: pid_t
  private let input: Int32
  private let output: Int32
  private var pending: [UInt8] = []
  private let isOver = Atomic<Bool>(false)

  /// What came of waiting for a line.
  enum Line {
    case text(String)
    case nothingYet
    case end
  }

  /// - Parameter words: the program, found by its path or in `PATH`, and its arguments.
  /// - Returns: nil if it cannot be started; `errno` says why.
  init?(_ words: [String], errorsTo path: String) {
    var toChild: [Int32] = [-1, -1]
    var fromChild: [Int32] = [-1, -1]
    guard pipe(&toChild) == 0, pipe(&fromChild) == 0 else { return nil }
    for end in [toChild[1], fromChild[0]] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, toChild[0], STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, fromChild[1], STDOUT_FILENO)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    for end in [toChild[0], fromChild[1]] { posix_spawn_file_actions_addclose(&actions, end) }
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    var variables = ChildProcess.environment(of: words.first ?? "").map { strdup($0) } + [nil]
    defer { for text in arguments + variables { free(text) } }
    var id: pid_t = 0
    let result = posix_spawnp(&id, words.first ?? "", &actions, nil, &arguments, &variables)
    close(toChild[0])
    close(fromChild[1])
    guard result == 0 else {
      close(toChild[1])
      close(fromChild[0])
      errno = result
      return nil
    }
    self.id = id
    input = toChild[1]
    output = fromChild[0]
  }

  /// A program that was named by its path finds those beside it, as one of a Python environment must.
  private static func environment(of program: String) -> [String] {
    let own = ProcessInfo.processInfo.environment
    guard let slash = program.lastIndex(of: "/") else { return own.map { "\($0.key)=\($0.value)" } }
    let path = own["PATH"].map { "\(program[..<slash]):\($0)" } ?? String(program[..<slash])
    return own.merging(["PATH": path]) { $1 }.map { "\($0.key)=\($0.value)" }
  }

  deinit {
    close(output)
    if !isOver.load(ordering: .relaxed) { end() }
  }

  /// - Returns: false if it does not listen any more.
  func send(_ line: String) -> Bool {
    var text = line + "\n"
    let result = text.withUTF8 { FileDescriptor(number: input).write(UnsafeRawBufferPointer($0)) }
    if case .done = result { return true }
    return false
  }

  /// The next line of its output, if one comes within some milliseconds.
  func line(within milliseconds: Int32) -> Line {
    while true {
      if let end = pending.firstIndex(of: 0x0A) {
        defer { pending.removeSubrange(...end) }
        return .text(String(decoding: pending[..<end], as: UTF8.self))
      }
      var request = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
      let ready = poll(&request, 1, milliseconds)
      if ready == 0 || (ready < 0 && errno == EINTR) { return .nothingYet }
      var bytes = [UInt8](repeating: 0, count: 65_536)
      let count = read(output, &bytes, bytes.count)
      if count <= 0 { return .end }
      pending.append(contentsOf: bytes[..<count])
    }
  }

  /// Ends it: first by the end of its input, then by asking, then for good.
  func end() {
    close(input)
    for (signal, seconds) in [(Int32(0), 5.0), (SIGTERM, 10.0), (SIGKILL, 5.0)] {
      if signal != 0 { kill(id, signal) }
      if hasEnded(within: seconds) { return }
    }
  }

  /// Asks it to stop at once.
  func interrupt() {
    if isOver.load(ordering: .relaxed) { return }
    kill(id, SIGTERM)
    if !hasEnded(within: 15) { kill(id, SIGKILL) }
  }

  private func hasEnded(within seconds: Double) -> Bool {
    for _ in 0..<Int(seconds * 50) {
      var found: Int32 = 0
      let result = waitpid(id, &found, WNOHANG)
      // Another thread may have seen its end.
      if result == id || (result < 0 && errno == ECHILD) {
        isOver.store(true, ordering: .relaxed)
        return true
      }
      usleep(20_000)
    }
    return false
  }
}
