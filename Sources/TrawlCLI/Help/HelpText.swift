import Diagnostics
import Session

/// Help and usage, written from `ArgumentTable`.
enum HelpText {
  /// The usage lines of a verb, or of the program.
  static func usage(of verb: VerbName?) -> [String] {
    guard let verb, let definition = ArgumentTable.verb(verb) else {
      return ["usage: trawl VERB [OPTIONS] [OPERANDS]", "       trawl help [VERB]"]
    }
    let hasOptions = ArgumentTable.options(of: verb).contains { $0.group != .other }
    return definition.usages.enumerated().map { index, usage in
      let words = ["trawl", verb.rawValue, hasOptions ? "[OPTIONS]" : "", usage].filter { !$0.isEmpty }
      return (index == 0 ? "usage: " : "       ") + words.joined(separator: " ")
    }
  }

  static func overall(_ languages: FrontEnds, width: Int) -> String {
    var lines = [
      "trawl runs \(languages.all.map(\.title).joined(separator: " and ")) detection rules over CloudTrail logs on this machine.",
      "",
    ]
    lines += usage(of: nil)
    lines += ["", "Verbs:"]
    lines += columns(ArgumentTable.verbs.map { ($0.name.rawValue, $0.summary) }, width: width)
    lines += ["", "Examples:"]
    lines += ArgumentTable.verbs.prefix(3).flatMap { $0.examples.prefix(1) }.map { "  \($0)" }
    lines += ["", "Exit codes:"]
    lines += columns(ExitCode.allCases.map { ("\($0.rawValue)", $0.meaning) }, width: width)
    lines += ["", "`trawl help VERB` shows the options of a verb."]
    return lines.joined(separator: "\n") + "\n"
  }

  static func help(on verb: VerbDefinition, _ languages: FrontEnds, width: Int) -> String {
    var lines = wrapped(verb.summary + ".", width: width) + [""]
    lines += usage(of: verb.name)
    if !verb.details.isEmpty { lines += [""] + wrapped(verb.details, width: width) }
    let options = ArgumentTable.options(of: verb.name)
    for group in OptionDefinition.Group.allCases {
      let members = options.filter { $0.group == group }
      if members.isEmpty { continue }
      lines += ["", "\(group.rawValue):"]
      lines += columns(members.map { ($0.spelling(languages), description($0)) }, width: width)
    }
    if !verb.examples.isEmpty { lines += ["", "Examples:"] + verb.examples.map { "  \($0)" } }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func description(_ option: OptionDefinition) -> String {
    var text = option.summary
    if option.isRepeatable { text += " (repeatable)" }
    if !option.aliases.isEmpty {
      text += " (also \(option.aliases.map { "--\($0)" }.joined(separator: ", ")))"
    }
    return text
  }

  /// Names at the left, wrapped texts at the right. A long name gets a line of its own.
  private static func columns(_ rows: [(name: String, text: String)], width: Int) -> [String] {
    let margin = min(30, rows.map { DisplayText.width(of: $0.name) }.max() ?? 0) + 4
    var lines: [String] = []
    for row in rows {
      let texts = wrapped(row.text, width: max(20, width - margin))
      let size = DisplayText.width(of: row.name) + 2
      var rest = texts[...]
      if size + 2 <= margin, let first = rest.popFirst() {
        lines.append("  " + row.name + String(repeating: " ", count: margin - size) + first)
      } else {
        lines.append("  " + row.name)
      }
      lines += rest.map { String(repeating: " ", count: margin) + $0 }
    }
    return lines
  }

  static func wrapped(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? String(word) : " \(word)"
    }
    if !line.isEmpty || lines.isEmpty { lines.append(line) }
    return lines
  }
}
