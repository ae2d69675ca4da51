import Diagnostics
import Engine
import Rules
import Session

/// A sweep as a table: a row for each combination of values.
///
/// ```
/// Threshold  now  rows  fires  Account  rows_per_day  picture
///        50         12  yes          4           1.7  ████████████
///       100  now     4  yes          2           0.6  ████
///       150          0  no           0             0
/// ```
struct SweepReport {
  let sweep: RuleSweep

  /// Characters of the longest bar.
  private static let barWidth = 24
  private static let eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]

  func table(withPicture: Bool) -> Table {
    let isNumber = sweep.parameters.indices.map { index in
      sweep.points.allSatisfy { Int64($0.values[index]) != nil }
    }
    var fields = zip(sweep.parameters, isNumber).map { Field($0.name, $1 ? .long : .string) }
    fields += [Field("now", .string), Field("rows", .long), Field("fires", .string)]
    fields += sweep.entities.groups.map { Field($0.name, .long) }
    if sweep.days != nil { fields.append(Field("rows_per_day", .real)) }
    if withPicture { fields.append(Field("picture", .string)) }
    let most = sweep.points.map(\.rows).max() ?? 0
    let rows = sweep.points.map { point -> [Value] in
      var cells = zip(point.values, isNumber).map { text, isNumber in
        isNumber ? Int64(text).map { Value.long($0) } ?? .null : .string(text)
      }
      cells.append(.string(point.isCurrent ? "now" : ""))
      guard case .ran(let rows, let fires, let entities) = point.outcome else {
        let isMissing = if case .notRun = point.outcome { true } else { false }
        return cells + [.null, .string(isMissing ? "not run" : "error")]
      }
      cells += [.long(Int64(rows)), .string(fires ? "yes" : "no")]
      cells += sweep.entities.groups.indices.map { index in
        .long(Int64(index < entities.count ? entities[index] : 0))
      }
      if let days = sweep.days { cells.append(.real((Double(rows) / days * 100).rounded() / 100)) }
      if withPicture { cells.append(.string(SweepReport.bar(rows, of: most))) }
      return cells
    }
    return Table(fields: fields, rows: rows)
  }

  /// A bar as long as its share of the longest; anything above nothing can be seen.
  static func bar(_ count: Int, of most: Int) -> String {
    guard most > 0, count > 0 else { return "" }
    let units = max(1, Int((Double(count) / Double(most) * Double(barWidth * 8)).rounded()))
    return String(repeating: "█", count: units / 8) + eighths[units % 8]
  }

  func text(of point: RuleSweep.Point) -> String {
    zip(sweep.parameters, point.values).map { "\($0.name)=\($1)" }.joined(separator: " ")
  }

  var notes: [String] {
    var notes = sweep.missing.map(\.optionText)
    var reasons: Set<Advice> = []
    for point in sweep.points {
      guard case .notRun(let missing) = point.outcome else { continue }
      for reason in missing where reasons.insert(reason).inserted {
        notes.append("not run: \(reason.optionText)")
      }
    }
    switch sweep.entities.basis {
    case .rule:
      let groups = sweep.entities.groups.map { "\($0.name) by \(names($0.columns))" }
      notes.append("distinct entities as the rule names them: \(groups.joined(separator: "; "))")
    case .keys:
      let columns = sweep.entities.groups.map { names($0.columns) }.joined(separator: "; ")
      notes.append("the rule names no entities; counted are distinct values of \(columns)")
    case .none: notes.append("no column of the rows identifies an entity, so none are counted")
    }
    if sweep.days == nil, sweep.report.earliest != nil {
      notes.append("the logs span less than a day, so there are no rows per day")
    } else if sweep.readsNow {
      notes.append(
        "the rule counts back from now, so rows per day are of its window spread over the whole span of the logs"
      )
    }
    if let point = sweep.points.first(where: \.isCurrent) {
      notes.append("the rule now has \(text(of: point))")
    } else {
      notes.append("what the rule has now cannot be told from its text")
    }
    return notes
  }

  private func names(_ columns: [Int]) -> String {
    columns.compactMap { sweep.fields.indices.contains($0) ? sweep.fields[$0].name : nil }
      .joined(separator: ", ")
  }
}

extension RuleSweep.Point {
  var rows: Int { if case .ran(let rows, _, _) = outcome { rows } else { 0 } }
}
