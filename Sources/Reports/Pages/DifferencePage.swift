package import Diagnostics
import Engine
package import Rules
import Session

/// What changes of rules do to their rows and alerts, as a page.
package struct DifferencePage {
  private let differences: [RuleDifference]
  private let account: PageAccount
  private let spelling: (Remedy) -> String

  /// Rows of each kind.
  private static let mostRows = 1000

  package init(
    _ differences: [RuleDifference], _ account: PageAccount, spelling: @escaping (Remedy) -> String
  ) {
    self.differences = differences
    self.account = account
    self.spelling = spelling
  }

  package var page: HTMLPage {
    let changed = differences.count(where: \.isDifferent)
    var page = HTMLPage(
      "Differences",
      subtitle: "\(changed) of \(differences.count) rules differ")
    page.facts = account.facts
    page.section("Rules") { html in
      html.table(
        ["rule", "alert", "rows before", "rows after", "result"],
        differences.map { [title($0), $0.alert.rawValue, "\($0.oldRows)", "\($0.newRows)", state($0)] },
        caption: "Rules", numbers: [2, 3])
    }
    for difference in differences { page.section(title(difference)) { write(difference, to: &$0) } }
    page.section("What was read") { account.write(to: &$0) }
    return page
  }

  private func title(_ difference: RuleDifference) -> String {
    difference.pair.new?.metadata.title ?? difference.pair.old?.metadata.title ?? ""
  }

  private func state(_ difference: RuleDifference) -> String {
    switch difference.outcome {
    case .compared: difference.isDifferent ? "differs" : "the same"
    case .refused(let side, let failure):
      "\(side.rawValue): \(failure.diagnostics.first?.message ?? "refused")"
    case .notRun(let old, let new):
      "not run: " + (old + new).map { $0.text(spelling) }.joined(separator: "; ")
    case .failed(let side, let failure): "\(side.rawValue): \(failure.message)"
    }
  }

  private func write(_ difference: RuleDifference, to html: inout HTMLWriter) {
    html.facts([
      ("Before", difference.pair.old?.path ?? "none"), ("After", difference.pair.new?.path ?? "none"),
      ("Alert", difference.alert.rawValue), ("Result", state(difference)),
    ])
    html.list(difference.statements)
    for rows in difference.results {
      if let name = rows.name { html.element("h3", text: name) }
      html.element(
        "p",
        text:
          "\(rows.lost.count) lost, \(rows.gained.count) gained, \(rows.changed.count) changed, \(rows.sameCount) the same"
      )
      part("Lost rows", rows.old, rows.lost, difference.pair.old, &html)
      part("Gained rows", rows.new, rows.gained, difference.pair.new, &html)
      changes(rows, difference, &html)
    }
    for note in difference.notes { html.note(note.text.text(spelling)) }
  }

  private func part(
    _ title: String, _ table: Table, _ rows: [Int], _ rule: DetectionRule?, _ html: inout HTMLWriter
  ) {
    if rows.isEmpty { return }
    let picked = table.gather(Vector(rows.map { UInt32(truncatingIfNeeded: $0) }))
    html.table(picked, caption: title, rule?.language.dialect ?? .own, limit: DifferencePage.mostRows)
  }

  private func changes(_ rows: RowDifference, _ difference: RuleDifference, _ html: inout HTMLWriter) {
    if rows.changed.isEmpty { return }
    let oldText = CellText.readable(difference.pair.old?.language.dialect ?? .own)
    let newText = CellText.readable(difference.pair.new?.language.dialect ?? .own)
    let pairs = rows.pairing.pairs
    let lines = rows.changed.prefix(DifferencePage.mostRows).flatMap { change in
      change.columns.map { column in
        [
          rows.key.columns.map { key in
            "\(pairs[key].name) = \(newText.text(rows.new.value(row: change.new, column: pairs[key].new)))"
          }.joined(separator: ", "),
          pairs[column].name,
          oldText.text(rows.old.value(row: change.old, column: pairs[column].old)),
          newText.text(rows.new.value(row: change.new, column: pairs[column].new)),
        ]
      }
    }
    html.table(["row", "column", "before", "after"], lines, caption: "Changed rows")
    if rows.changed.count > DifferencePage.mostRows {
      html.note(
        "the first \(DifferencePage.mostRows) of \(rows.changed.count) rows; other formats have them all")
    }
  }
}
