import Session
import Trawl

/// Manual pages in the language of `man`, written from `ArgumentTable`: one of the program and one of each verb.
enum ManualPage {
  static func page(of verb: VerbDefinition?, _ languages: FrontEnds) -> String {
    verb.map { lines(of: $0, languages) }.map { $0.joined(separator: "\n") + "\n" }
      ?? lines(of: languages).joined(separator: "\n") + "\n"
  }

  private static func head(_ name: String, _ summary: String) -> [String] {
    [
      ".TH \(escaped(name.uppercased())) 1 \"\" \"trawl \(TrawlVersion.text)\" \"User Commands\"", ".SH NAME",
      "\(escaped(name)) \\- \(escaped(summary.prefix(1).lowercased() + summary.dropFirst()))", ".SH SYNOPSIS",
    ]
  }

  private static func lines(of languages: FrontEnds) -> [String] {
    let titles = languages.all.map(\.title).joined(separator: " and ")
    var lines = head("trawl", "runs \(titles) detection rules over CloudTrail logs on this machine")
    lines += [".B trawl", "VERB [OPTIONS] [OPERANDS]", ".SH DESCRIPTION"]
    lines += ["Each verb has a page of its own: \\fBtrawl man\\fR \\fIVERB\\fR writes it.", ".SH VERBS"]
    for verb in ArgumentTable.verbs { lines += tagged(bold(verb.name.rawValue), verb.summary) }
    lines.append(".SH OPTIONS")
    for group in OptionDefinition.Group.allCases {
      lines.append(".SS \(escaped(group.rawValue))")
      for option in ArgumentTable.options where option.group == group {
        let owners = VerbName.allCases.filter(option.verbs.contains)
        let all = owners.count == VerbName.allCases.count
        lines += tagged(
          spelled(option, languages),
          option.summary + "; of " + (all ? "every verb" : owners.map(\.rawValue).joined(separator: ", ")))
      }
    }
    return lines + exitStatus + environment
      + examples(ArgumentTable.verbs.flatMap { $0.examples.prefix(1) })
  }

  private static func lines(of verb: VerbDefinition, _ languages: FrontEnds) -> [String] {
    var lines = head("trawl-\(verb.name.rawValue)", verb.summary)
    for (index, usage) in verb.usages.enumerated() {
      if index > 0 { lines.append(".br") }
      lines.append("\(bold("trawl \(verb.name.rawValue)")) [OPTIONS] \(escaped(usage))")
    }
    lines += [".SH DESCRIPTION", text(verb.details.isEmpty ? verb.summary + "." : verb.details)]
    let options = ArgumentTable.options(of: verb.name)
    if !options.isEmpty { lines.append(".SH OPTIONS") }
    for group in OptionDefinition.Group.allCases {
      let members = options.filter { $0.group == group }
      if members.isEmpty { continue }
      lines.append(".SS \(escaped(group.rawValue))")
      for option in members { lines += tagged(spelled(option, languages), option.summary) }
    }
    return lines + exitStatus + examples(verb.examples) + [".SH SEE ALSO", "\(bold("trawl"))(1)"]
  }

  private static var exitStatus: [String] {
    [".SH EXIT STATUS"] + ExitCode.allCases.flatMap { tagged(bold("\($0.rawValue)"), $0.meaning) }
  }

  private static var environment: [String] {
    [".SH ENVIRONMENT"] + EnvironmentHelp.all.flatMap { tagged(bold($0.name), $0.summary) }
  }

  private static func examples(_ examples: [String]) -> [String] {
    if examples.isEmpty { return [] }
    return [".SH EXAMPLES", ".nf"] + examples.map(text) + [".fi"]
  }

  private static func tagged(_ tag: String, _ summary: String) -> [String] { [".TP", tag, text(summary)] }

  private static func spelled(_ option: OptionDefinition, _ languages: FrontEnds) -> String {
    let names =
      (option.short.map { ["-\($0)"] } ?? []) + ([option.name.rawValue] + option.aliases).map { "--\($0)" }
    let value = option.valueName(languages).map { " \\fI\(escaped($0))\\fR" } ?? ""
    return names.map(bold).joined(separator: ", ") + value + (option.isRepeatable ? " …" : "")
  }

  private static func bold(_ text: String) -> String { "\\fB\(escaped(text))\\fR" }

  /// A line of text, which must not look like a request.
  private static func text(_ text: String) -> String {
    let shown = escaped(text)
    return shown.hasPrefix(".") || shown.hasPrefix("'") ? "\\&\(shown)" : shown
  }

  static func escaped(_ text: some StringProtocol) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "'": result += "\\(aq"
      case "`": result += "\\(ga"
      case "~": result += "\\(ti"
      case "^": result += "\\(ha"
      default: result.append(character)
      }
    }
    return result
  }
}

/// What the program reads of its environment.
enum EnvironmentHelp {
  static let all: [(name: String, summary: String)] = [
    ("NO_COLOR", "If it is set, nothing is coloured; --color always wins"),
    (
      "TERM",
      "dumb: no colours, no progress line, no pager, and lines are read as the terminal hands them over"
    ),
    ("LC_ALL, LC_CTYPE, LANG", "A locale without UTF-8: other characters are spelt out on a terminal"),
    (
      "PAGER",
      "What shows results of the shell that are longer than the screen; default: less; empty or cat: none"
    ),
    ("TRAWL_HISTORY", "The file in which the shell keeps what was typed; empty: none"),
    ("XDG_STATE_HOME", "The folder of trawl/history; default: ~/.local/state"),
  ]
}
