import Engine

/// A search as it is being written: the terms that find events, then one stage a line.
struct SPLPipeline: CommentedStages {
  var terms: [String] = []
  /// Commands behind the terms, without their pipes. A stage may have several lines.
  var stages: [String] = []
  /// Before the stages that they are about.
  var comments: [Int: [String]] = [:]
  /// So many of the stages are conditions on events, behind which terms may still be added.
  var conditionCount = 0
  /// The events themselves are still there.
  var hasEvents = false

  /// Constants that stand in fields of their names.
  var constants: Set<String> = []

  var stageCount: Int { stages.count }

  /// As a search of its own.
  var text: String {
    let lead = terms.isEmpty ? [] : [terms.joined(separator: " ")]
    return (lead + lines).joined(separator: "\n")
  }

  /// In brackets behind a command.
  var subsearch: String {
    let lead = terms.isEmpty ? [] : ["search \(terms.joined(separator: " "))"]
    return "[\(SPLPipeline.indented((lead + lines).joined(separator: "\n")))]"
  }

  /// A text with its lines moved to the right, but for the lines within quotes, which are part of a value.
  private static func indented(_ text: String) -> String {
    var result = ""
    var isQuoted = false
    var isEscaped = false
    for character in text {
      result.append(character)
      if isEscaped {
        isEscaped = false
        continue
      }
      switch character {
      case "\\": isEscaped = isQuoted
      case "\"": isQuoted.toggle()
      case "\n" where !isQuoted: result += "    "
      default: break
      }
    }
    return result
  }

  private var lines: [String] {
    stages.enumerated().flatMap { index, stage in
      SPLPipeline.comments(comments[index] ?? []) + ["| \(stage)"]
    }
  }

  static func comments(_ texts: [String]) -> [String] {
    texts.map { "``` \($0.replacing("```", with: "''")) ```" }
  }
}
