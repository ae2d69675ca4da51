import Diagnostics
import Engine
import Session

/// Commands that set something for the questions that follow.
extension ShellCommand {
  static func takingLanguage(_ language: any FrontEnd) -> ShellCommand {
    ShellCommand(
      language.name, "[QUESTION]", takes: .question,
      "Take every question, or this one alone, as \(language.title)"
    ) { session, text in
      if text.isEmpty {
        session.language = language
        return .done(.success)
      }
      let chosen = session.language
      session.language = language
      let code = session.ask(text)
      session.language = chosen
      return .done(code)
    }
  }

  static let tellingApart = ShellCommand("auto", "", "Tell the language of each question from its text") {
    session, _ in
    session.language = nil
    return .done(.success)
  }

  static let settings: [ShellCommand] = [
    ShellCommand("set", "[NAME=[VALUE]]", "Replace the value of a scalar let; without VALUE as it is written")
    {
      session, text in .done(set(session, text))
    },
    ShellCommand(
      "now", "[TIME|latest|wall]", takes: .words(["latest", "wall"]), "What now() is, or is to be"
    ) { session, text in .done(now(session, text)) },
    ShellCommand(
      "timing", "[on|off]", takes: .words(["on", "off"]), "Say how long each answer took, and what was read"
    ) { session, text in
      switch text {
      case "": session.isTimed.toggle()
      case "on": session.isTimed = true
      case "off": session.isTimed = false
      default:
        return .done(session.refuse("invalid-argument", "`\(text)` is neither `on` nor `off`"))
      }
      session.console.printError("timing: \(session.isTimed ? "on" : "off")\n")
      return .done(.success)
    },
  ]

  private static func set(_ session: ShellSession, _ text: String) -> ExitCode {
    if text.isEmpty {
      for (name, value) in session.values.sorted(by: { $0.key < $1.key }) {
        session.console.printError("\(name)=\(value)\n")
      }
      return .success
    }
    guard let sign = text.firstIndex(of: "="), sign > text.startIndex else {
      return session.refuse("invalid-argument", "NAME=VALUE is wanted, found `\(text)`")
    }
    let value = text[text.index(after: sign)...].trimmed
    session.values[text[..<sign].trimmed] = value.isEmpty ? nil : value
    return .success
  }

  private static func now(_ session: ShellSession, _ text: String) -> ExitCode {
    if !text.isEmpty {
      guard let now = NowSetting(text) else {
        return session.refuse(
          "invalid-argument", "`\(text)` is no time", ["latest, wall or a time such as 2024-01-31T12:00:00Z"])
      }
      session.now =
        switch now {
        case .latest: .latest
        case .wall: .at(Clock.now())
        case .at(let ticks): .at(ticks)
        }
    }
    switch session.now {
    case .latest: session.console.printError("now: just past the newest event\n")
    case .at(let ticks): session.console.printError("now: \(Ticks.shortText(ticks))\n")
    }
    return .success
  }
}
