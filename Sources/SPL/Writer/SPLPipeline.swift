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

  var stageCount: Int { stages.count }

  /// As a search of its own.
  var text: String {
    let lead = terms.isEmpty ? [] : [terms.joined(separator: " ")]
    return (lead + lines).joined(separator: "\n")
  }

  /// In brackets behind a command.
  var subsearch: String {
    let lead = terms.isEmpty ? [] : ["search \(terms.joined(separator: " "))"]
    let lines = (lead + lines).joined(separator: "\n").split(
      separator: "\n", omittingEmptySubsequences: false)
    return "[\(lines.map { "    \($0)" }.joined(separator: "\n").drop { $0 == " " })]"
  }

  private var lines: [String] {
    stages.enumerated().flatMap { index, stage in
      let texts = (comments[index] ?? []).map { $0.replacing("```", with: "''") }
      return texts.map { "``` \($0) ```" } + ["| \(stage)"]
    }
  }
}
