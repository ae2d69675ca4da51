import Diagnostics
import Session

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Hands what is typed, or what a script says, to a session.
struct ShellLoop {
  let session: ShellSession

  /// A script: all of the standard input. Its code is the gravest of its questions'.
  func runScript(_ text: String) -> ExitCode {
    var codes: [ExitCode] = []
    var lines = QuestionLines(text) { pendingQuestion }
    while let entry = lines.entry() {
      switch run(entry) {
      case .done(let code): codes.append(code)
      case .leave: return .gravest(codes)
      }
    }
    return .gravest(codes)
  }

  /// At a terminal that obeys sequences.
  func runEditor(_ editor: LineEditor) {
    if let failure = editor.history.failure { sayNotKept(failure) }
    editor.isWhole = { isWhole($0) }
    editor.complete = { [session] in ShellCompletion(session: session).complete($0, at: $1) }
    session.history = { editor.history.add($0) }
    while true {
      // What was meant for the last question.
      Interrupt.clear()
      switch editor.read(prompt: prompt) {
      case .interrupted: continue
      case .end: return
      case .text(let text):
        let entry = text.trimmed
        if entry.isEmpty { continue }
        let couldKeep = editor.history.failure == nil
        editor.history.add(text.first?.isWhitespace == true ? text : entry)
        if couldKeep, let failure = editor.history.failure { sayNotKept(failure) }
        if case .leave = run(entry) { return }
      }
    }
  }

  private func sayNotKept(_ failure: String) {
    session.console.say(.note, "what is typed is not kept: \(DisplayText.escaped(failure))")
  }

  /// At a terminal that only shows what is written.
  func runPlain(_ console: Console) {
    var text = ""
    var pending = pendingQuestion
    while true {
      Interrupt.clear()
      if text.isEmpty { pending = pendingQuestion }
      console.write(text.isEmpty ? prompt : "| ")
      console.flush()
      guard let line = PlainLine.read() else {
        console.write("\n")
        if Interrupt.isRaised {
          Interrupt.settle()
          text = ""
          continue
        }
        return console.flush()
      }
      text += (text.isEmpty ? "" : "\n") + line
      pending.add(line: line)
      let isAnswerable = line.allSatisfy(\.isWhitespace) || text.first { !$0.isWhitespace } == "\\"
      if !isAnswerable, pending.isUnfinished() { continue }
      let entry = text.trimmed
      text = ""
      if entry.isEmpty { continue }
      if case .leave = run(entry) { return }
    }
  }

  private var prompt: String { "\(session.language?.name ?? "trawl")> " }

  private var pendingQuestion: PendingQuestion {
    PendingQuestion(session.language, of: session.languages) { [session] in session.language(of: $0) }
  }

  private func isWhole(_ text: String) -> Bool {
    let text = text.trimmed
    if text.isEmpty || text.hasPrefix("\\") { return true }
    return !session.language(of: text).isUnfinished(SourceText(name: "<shell>", text: text))
  }

  /// A command or a question.
  func run(_ entry: String) -> ShellCommand.Effect {
    session.console.beginProgress(session.meter)
    defer {
      session.console.clearProgress()
      session.console.flush()
    }
    guard entry.hasPrefix("\\") else { return .done(session.ask(entry)) }
    let word = entry.dropFirst().prefix { !$0.isWhitespace }
    let found = ShellCommand.named(String(word), of: session.languages)
    if let command = found.first, found.count == 1 {
      return command.run(session, entry.dropFirst(1 + word.count).trimmed)
    }
    let names = ShellCommand.all(of: session.languages).map(\.name)
    let near = found.isEmpty ? NearestNames.of(String(word), among: names) : found.map(\.name)
    return .done(
      session.refuse(
        "unknown-command", found.isEmpty ? "no command `\\\(word)`" : "`\\\(word)` may be several commands",
        UsageError.suggestion(near.map { "\\\($0)" }) + ["`\\help` lists them"]))
  }
}

/// A line of the standard input, as the terminal hands it over.
enum PlainLine {
  /// Nil at the end, and if Ctrl-C was typed.
  static func read() -> String? {
    var bytes: [UInt8] = []
    while true {
      var requests = [
        pollfd(fd: 0, events: Int16(POLLIN), revents: 0),
        pollfd(fd: Interrupt.wakes, events: Int16(POLLIN), revents: 0),
      ]
      _ = poll(&requests, nfds_t(requests.count), -1)
      if Interrupt.isRaised { return nil }
      if requests[1].revents != 0 { Interrupt.settle() }
      if requests[0].revents == 0 { continue }
      var byte: UInt8 = 0
      #if canImport(Glibc)
        let count = Glibc.read(0, &byte, 1)
      #else
        let count = Darwin.read(0, &byte, 1)
      #endif
      if count < 0, errno == EINTR { continue }
      if count <= 0 { return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self) }
      if byte == 0x0A { return String(decoding: bytes, as: UTF8.self) }
      bytes.append(byte)
    }
  }
}
