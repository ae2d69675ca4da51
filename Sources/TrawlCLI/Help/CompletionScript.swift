import Session

/// Scripts that complete command lines of `trawl`, written from `ArgumentTable`.
enum CompletionScript: String, CaseIterable {
  case bash, zsh, fish

  func text(_ languages: FrontEnds) -> String {
    switch self {
    case .bash: BashScript.text(languages)
    case .zsh: ZshScript.text(languages)
    case .fish: FishScript.text(languages)
    }
  }

  /// Within single quotes of any of the shells.
  static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }
}

/// ```
///   source <(trawl completions bash)
/// ```
private enum BashScript {
  static func text(_ languages: FrontEnds) -> String {
    var lines = [
      "# bash completion of trawl; trawl completions bash writes it.",
      "_trawl() {",
      "  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} verb=${COMP_WORDS[1]}",
      "  COMPREPLY=()",
      "  if [[ $COMP_CWORD -eq 1 ]]; then",
      "    COMPREPLY=($(compgen -W '\(VerbName.allCases.map(\.rawValue).joined(separator: " "))"
        + " --help --version' -- \"$current\"))",
      "    return",
      "  fi",
      "  case $previous in",
    ]
    for option in ArgumentTable.options {
      guard let choices = option.choices.words(languages) else { continue }
      lines.append(
        "    \(spellings(option).joined(separator: "|"))) COMPREPLY=($(compgen -W '\(choices.joined(separator: " "))'"
          + " -- \"$current\")); return ;;")
    }
    lines += ["  esac", "  case $verb in"]
    for verb in ArgumentTable.verbs {
      let options = ArgumentTable.options(of: verb.name).flatMap(spellings)
      let words = verb.operandWords.joined(separator: " ")
      lines.append("    \(verb.name.rawValue))")
      lines.append(
        "      if [[ $current == -* ]]; then COMPREPLY=($(compgen -W '\(options.joined(separator: " "))'"
          + " -- \"$current\")); return; fi")
      if !words.isEmpty {
        lines.append("      COMPREPLY=($(compgen -W '\(words)' -- \"$current\")); return")
      }
      lines.append("      ;;")
    }
    lines += ["  esac", "}", "complete -o default -o bashdefault -F _trawl trawl"]
    return lines.joined(separator: "\n") + "\n"
  }

  private static func spellings(_ option: OptionDefinition) -> [String] {
    (option.short.map { ["-\($0)"] } ?? []) + ([option.name.rawValue] + option.aliases).map { "--\($0)" }
  }
}

/// A file `_trawl` in a folder of `fpath`.
private enum ZshScript {
  static func text(_ languages: FrontEnds) -> String {
    var lines = [
      "#compdef trawl", "# zsh completion of trawl; trawl completions zsh writes it.", "_trawl() {",
      "  local -a verbs", "  verbs=(",
    ]
    for verb in ArgumentTable.verbs {
      lines.append("    " + CompletionScript.quoted("\(verb.name.rawValue):\(plain(verb.summary))"))
    }
    lines += [
      "  )", "  if (( CURRENT == 2 )); then", "    _describe verb verbs", "    return", "  fi",
      "  local verb=$words[2]", "  shift words", "  (( CURRENT-- ))", "  case $verb in",
    ]
    for verb in ArgumentTable.verbs {
      lines.append("    \(verb.name.rawValue))")
      lines.append("      _arguments \\")
      for option in ArgumentTable.options(of: verb.name) {
        for spec in specs(option, languages) { lines.append("        \(CompletionScript.quoted(spec)) \\") }
      }
      let words = verb.operandWords
      lines.append(
        "        "
          + CompletionScript.quoted(
            "*:operand:\(words.isEmpty ? "_files" : "(\(words.joined(separator: " ")))")"))
      lines.append("      ;;")
    }
    lines += ["  esac", "}", "_trawl \"$@\""]
    return lines.joined(separator: "\n") + "\n"
  }

  private static func specs(_ option: OptionDefinition, _ languages: FrontEnds) -> [String] {
    let value = option.valueName(languages).map { name in
      ":\(plain(name)):"
        + (option.choices.words(languages).map { "(\($0.joined(separator: " ")))" } ?? "_files")
    }
    let names =
      (option.short.map { ["-\($0)"] } ?? []) + ([option.name.rawValue] + option.aliases).map { "--\($0)" }
    return names.map { (option.isRepeatable ? "*" : "") + "\($0)[\(plain(option.summary))]" + (value ?? "") }
  }

  /// Without what has a meaning in a specification.
  private static func plain(_ text: String) -> String {
    var result = ""
    for character in text {
      if "[]:\\".contains(character) { result.append("\\") }
      result.append(character)
    }
    return result
  }
}

/// A file `trawl.fish` in a folder of completions.
private enum FishScript {
  static func text(_ languages: FrontEnds) -> String {
    var lines = ["# fish completion of trawl; trawl completions fish writes it."]
    for verb in ArgumentTable.verbs {
      lines.append(
        "complete -c trawl -n __fish_use_subcommand -f -a \(verb.name.rawValue) -d \(CompletionScript.quoted(verb.summary))"
      )
    }
    for verb in ArgumentTable.verbs {
      let condition = CompletionScript.quoted("__fish_seen_subcommand_from \(verb.name.rawValue)")
      for option in ArgumentTable.options(of: verb.name) {
        for name in [option.name.rawValue] + option.aliases {
          var line = "complete -c trawl -n \(condition) -l \(name)"
          if name == option.name.rawValue, let short = option.short { line += " -s \(short)" }
          if option.valueName(languages) != nil { line += " -r" }
          if let choices = option.choices.words(languages) {
            line += " -f -a \(CompletionScript.quoted(choices.joined(separator: " ")))"
          }
          lines.append(line + " -d \(CompletionScript.quoted(option.summary))")
        }
      }
      let words = verb.operandWords
      if !words.isEmpty {
        lines.append(
          "complete -c trawl -n \(condition) -f -a \(CompletionScript.quoted(words.joined(separator: " ")))")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
