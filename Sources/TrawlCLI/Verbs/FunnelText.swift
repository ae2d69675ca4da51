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

  var text: String {
    var lines: [String] = []
    for (index, branch) in funnel.branches.enumerated() {
      if index > 0 { lines.append("") }
      lines.append(DisplayText.escaped(funnel.name.map { "\($0): \(branch.name)" } ?? branch.name))
      lines.append("  line" + right("in") + right("out"))
      for stage in branch.stages { add(stage, to: &lines) }
    }
    lines.append("")
    lines.append("\(funnel.rowCount == 1 ? "1 row" : "\(funnel.rowCount) rows") in all")
    return lines.joined(separator: "\n") + "\n"
  }

  private func add(_ stage: Funnel.Stage, to lines: inout [String]) {
    let line = stage.line.map(String.init) ?? ""
    lines.append(
      "  " + padded(line, 4) + right(stage.rowsIn.map(String.init) ?? "") + right(String(stage.rowsOut)) + "  "
        + DisplayText.escaped(stage.text))
    let indentation = String(repeating: " ", count: 8 + 2 * FunnelText.numberWidth)
    for feed in stage.feeds where funnel.branches.indices.contains(feed) {
      let branch = funnel.branches[feed]
      lines.append(indentation + "+ " + DisplayText.escaped("\(branch.name): \(branch.rowCount)"))
    }
    if stage.conjuncts.count > 1 {
      lines.append(indentation + right("alone") + right("so far"))
      for conjunct in stage.conjuncts {
        lines.append(
          indentation + right(String(conjunct.alone)) + right(String(conjunct.inSequence)) + "  "
            + DisplayText.escaped(conjunct.text))
      }
    }
    if let followed = stage.followed {
      lines.append(indentation + (followed > 0 ? "the event is here" : "the event is not here any more"))
      for conjunct in stage.conjuncts where conjunct.dropsFollowed {
        lines.append(indentation + DisplayText.escaped("it does not pass \(conjunct.text)"))
      }
    }
    for miss in stage.misses { lines.append(indentation + "! " + DisplayText.escaped(miss.message)) }
  }

  private func right(_ text: String) -> String { padded(text, FunnelText.numberWidth) }

  private func padded(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
