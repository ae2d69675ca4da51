import Diagnostics
import Rules

/// A funnel for people.
///
/// ```
/// let SESAbuse
///   line       in      out
///     12             20000  AWSCloudTrail
///     13    20000     3120  where EventSource =~ "ses.amazonaws.com"
/// ```
struct FunnelText {
  let funnel: Funnel

  private static let numberWidth = 9
  /// Longer stages and conditions are cut; other formats have them whole.
  private static let longestStage = 100

  var text: StyledText {
    var lines = Lines()
    for (index, branch) in funnel.branches.enumerated() {
      if index > 0 { lines.append("") }
      lines.append(DisplayText.escaped(funnel.name.map { "\($0): \(branch.name)" } ?? branch.name), .name)
      lines.append("  line" + right("in") + right("out"))
      var before: Funnel.Stage?
      for stage in branch.stages {
        add(stage, after: before, to: &lines)
        before = stage
      }
      if index == funnel.branches.count - 1, (before?.followed ?? 0) > 0 {
        lines.append(indentation + "> the event is in the result", .good)
      }
    }
    lines.append("")
    lines.append("\(funnel.rowCount == 1 ? "1 row" : "\(funnel.rowCount) rows") in all")
    return lines.text
  }

  private struct Lines {
    var text = StyledText()

    mutating func append(_ line: String, _ style: StyledText.Style = .plain) {
      text.append(line, style)
      text.append("\n")
    }
  }

  private func add(
    _ stage: Funnel.Stage, after before: Funnel.Stage?, to lines: inout Lines
  ) {
    let line = stage.line.map(String.init) ?? ""
    lines.append(
      "  " + padded(line, 4) + right(stage.rowsIn.map(String.init) ?? "") + right(String(stage.rowsOut))
        + "  "
        + DisplayText.escaped(FunnelText.cut(stage.text)))
    for feed in stage.feeds where funnel.branches.indices.contains(feed) {
      let branch = funnel.branches[feed]
      lines.append(indentation + "+ " + DisplayText.escaped("\(branch.name): \(branch.rowCount)"))
    }
    if stage.conjuncts.count > 1 {
      lines.append(indentation + right("alone") + right("so far"))
      for conjunct in stage.conjuncts {
        lines.append(
          indentation + right(String(conjunct.alone)) + right(String(conjunct.inSequence)) + "  "
            + DisplayText.escaped(FunnelText.cut(conjunct.text)))
      }
    }
    // It comes along the pipe, or out of a branch that ends here; a condition only looks at such a branch.
    let brought =
      stage.conjuncts.isEmpty
      && stage.feeds.contains { feed in
        funnel.branches.indices.contains(feed) && (funnel.branches[feed].stages.last?.followed ?? 0) > 0
      }
    let came = brought || (before?.followed ?? 0) > 0
    if came, stage.followed == nil {
      lines.append(indentation + "? the event cannot be told from others behind this")
    } else if came, stage.followed == 0 {
      let condition =
        stage.conjuncts.first(where: \.dropsFollowed).map { ": it does not pass \($0.text)" } ?? ""
      lines.append(indentation + "x the event ends here" + DisplayText.escaped(condition), .error)
    } else if before == nil, !came, let followed = stage.followed, followed > 0 {
      lines.append(indentation + "> the event is read here", .good)
    }
    for miss in stage.misses {
      lines.append(indentation + "! " + DisplayText.escaped(miss.message), .warning)
    }
  }

  private var indentation: String { String(repeating: " ", count: 8 + 2 * FunnelText.numberWidth) }

  private static func cut(_ text: String) -> String {
    text.count > longestStage ? text.prefix(longestStage - 1) + "…" : text
  }

  private func right(_ text: String) -> String { padded(text, FunnelText.numberWidth) }

  private func padded(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
