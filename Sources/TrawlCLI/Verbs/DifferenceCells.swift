import Diagnostics
import Engine
import Rules
import Session

/// The cells of a row difference as people read them.
struct DifferenceCells {
  let difference: RowDifference
  let oldDialect: Dialect
  let newDialect: Dialect

  init(_ difference: RowDifference, of rule: RuleDifference) {
    self.difference = difference
    let old = rule.pair.old?.language.dialect
    let new = rule.pair.new?.language.dialect
    oldDialect = old ?? new ?? .own
    newDialect = new ?? old ?? .own
  }

  /// Longer values are cut; other formats have them whole.
  private static let longest = 120

  /// `"text"`, `12`, `2026-03-02T10:00:00Z`; an absent value is `none`.
  static func shown(_ value: Value, _ dialect: Dialect, cuts: Bool = true) -> String {
    if value.isNull { return "none" }
    let text: String
    switch value {
    case .string(let string): text = JSONValue.string(string).text
    case .dynamic(let tree): text = tree.text
    case .datetime(let ticks): text = Ticks.shortText(ticks)
    case .null, .bool, .long, .real, .decimal, .timespan, .guid:
      text = value.text(in: dialect)
    }
    let plain = DisplayText.escaped(text)
    return cuts && plain.count > longest ? plain.prefix(longest - 1) + "…" : plain
  }

  func old(_ row: Int, _ pair: Int, cuts: Bool = true) -> String {
    let column = difference.pairing.pairs[pair].old
    return DifferenceCells.shown(difference.old.value(row: row, column: column), oldDialect, cuts: cuts)
  }

  func new(_ row: Int, _ pair: Int, cuts: Bool = true) -> String {
    let column = difference.pairing.pairs[pair].new
    return DifferenceCells.shown(difference.new.value(row: row, column: column), newDialect, cuts: cuts)
  }

  func name(_ pair: Int) -> String { DisplayText.escaped(difference.pairing.pairs[pair].name) }

  /// `User = "a", Region = "us-east-1"`.
  func keyText(old row: Int) -> String {
    difference.key.columns.map { "\(name($0)) = \(old(row, $0))" }.joined(separator: ", ")
  }

  func keyText(new row: Int) -> String {
    difference.key.columns.map { "\(name($0)) = \(new(row, $0))" }.joined(separator: ", ")
  }

  /// How rows were paired, as a sentence.
  var keyReason: String {
    let key = difference.key
    let names = key.columns.map { "`\(name($0))`" }.joined(separator: ", ")
    var text =
      switch key.basis {
      case .given: "rows are paired by \(names) (--key)"
      case .groupKeys: "rows are paired by \(names), which both rules group by"
      case .unique: "rows are paired by \(names), the fewest columns that tell all rows apart"
      case .allColumns: "rows are paired by \(names): no fewer columns tell all rows apart"
      case .none:
        difference.pairing.pairs.isEmpty
          ? "rows cannot be paired: the results have no column in common"
          : "one row is compared with one row"
      }
    if key.sharedKeys > 0 {
      text +=
        "; \(key.sharedKeys) key\(key.sharedKeys == 1 ? " stands" : "s stand") for several rows, "
        + "of which the closest are paired"
    }
    return text
  }

  /// What is to be said of columns that are not compared.
  var columnNotes: [String] {
    let pairing = difference.pairing
    func list(_ names: [String]) -> String {
      names.map { "`\(DisplayText.escaped($0))`" }.joined(separator: ", ")
    }
    var notes: [String] = []
    if !pairing.onlyOld.isEmpty { notes.append("columns only in the old result: \(list(pairing.onlyOld))") }
    if !pairing.onlyNew.isEmpty { notes.append("columns only in the new result: \(list(pairing.onlyNew))") }
    if !pairing.suggestedMap.isEmpty {
      let map = pairing.suggestedMap.map { "\($0.old)=\($0.new)" }.joined(separator: ",")
      notes.append("`--map \(DisplayText.escaped(map))` would compare them")
    }
    for change in pairing.typeChanges {
      notes.append(
        "`\(DisplayText.escaped(change.name))` is now \(change.new.rawValue), was \(change.old.rawValue)")
    }
    if !pairing.ignored.isEmpty { notes.append("not compared (--ignore): \(list(pairing.ignored))") }
    return notes
  }

  /// Cells that differ across languages though the rule writes them alike are shown with the others as they are.
  func others(old row: Int) -> String {
    difference.pairing.pairs.indices.filter { !difference.key.columns.contains($0) }
      .map { "\(name($0)) = \(old(row, $0))" }.joined(separator: ", ")
  }

  func others(new row: Int) -> String {
    difference.pairing.pairs.indices.filter { !difference.key.columns.contains($0) }
      .map { "\(name($0)) = \(new(row, $0))" }.joined(separator: ", ")
  }
}
