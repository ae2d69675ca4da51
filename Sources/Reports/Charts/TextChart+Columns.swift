import Diagnostics
import Engine

/// Upright columns and areas.
extension TextChart {
  private static let widest = 8

  /// Whether the names of the axis have room below upright columns.
  var fitsUpright: Bool {
    guard case .categories(let names) = chart.axis else { return true }
    let room = max(4, width - 8) / max(1, names.count)
    let longest = names.map { DisplayText.width(of: $0) }.max() ?? 0
    return room >= min(longest, 12) + 1
  }

  /// How many equal parts the axis has, and how many of them share a column of the picture.
  private func bins(_ columns: Int) -> (count: Int, inOne: Int, width: Int) {
    let count: Int
    if case .categories(let names) = chart.axis {
      count = names.count
    } else {
      // Times far apart, as of one stray event, would make bins without end.
      count = chart.axis.step.map { Int(min(1 / $0, 1e6).rounded()) + 1 } ?? 1
    }
    if count <= columns { return (count, 1, min(TextChart.widest, columns / max(1, count))) }
    return (count, (count + columns - 1) / columns, 1)
  }

  /// How wide columns are together, and where the last one begins.
  func columnPlot(_ room: Int) -> (plot: Int, reach: Int) {
    if case .categories = chart.axis { return (room, room - 1) }
    let bins = bins(room)
    guard bins.inOne == 1 else { return (room, room - 1) }
    let used = min(room, bins.count * bins.width)
    return (used, used - bins.width)
  }

  var binsInOne: Int {
    if case .categories = chart.axis { return 1 }
    return bins(max(4, width - 8)).inOne
  }

  /// The values of a series by column of the picture; NaN where there is none.
  private func perColumn(_ values: [Double], _ columns: Int) -> [Double] {
    var result = [Double](repeating: .nan, count: columns)
    func put(_ value: Double, at column: Int) {
      guard column >= 0, column < columns else { return }
      result[column] = result[column].isNaN ? value : max(result[column], value)
    }
    let bins = bins(columns)
    if case .categories(let names) = chart.axis {
      let slot = max(1, columns / max(1, names.count))
      for (index, value) in values.enumerated() where value.isFinite {
        for column in index * slot..<max(index * slot + 1, (index + 1) * slot - 1) { put(value, at: column) }
      }
      return result
    }
    let shares = chart.axis.shares
    if chart.form == .areas {
      return interpolated(values, shares, columns)
    }
    // A gap between columns that are wide enough.
    let drawn = bins.width > 2 ? bins.width - 1 : bins.width
    let used = bins.inOne == 1 ? bins.count * bins.width : columns
    let room = Double(used - bins.width)
    for (index, value) in values.enumerated() where value.isFinite {
      let start = bins.count == 1 ? 0 : Int((shares[index] * room).rounded())
      for column in start..<start + drawn { put(value, at: column) }
    }
    return result
  }

  private func interpolated(_ values: [Double], _ shares: [Double], _ columns: Int) -> [Double] {
    var result = [Double](repeating: .nan, count: columns)
    var before: (column: Int, value: Double)?
    for (index, value) in values.enumerated() where value.isFinite {
      let column = Int((shares[index] * Double(columns - 1)).rounded())
      if let before, column > before.column {
        for place in before.column...column {
          let share = Double(place - before.column) / Double(column - before.column)
          result[place] = before.value * (1 - share) + value * share
        }
      } else {
        result[column] = result[column].isNaN ? value : max(result[column], value)
      }
      before = (column, value)
    }
    return result
  }

  func columns(_ index: Int, _ scale: NumberScale, _ columns: Int, _ rows: Int) -> [String] {
    let values = perColumn(chart.series[index].values, columns)
    let eighths = rows * 8
    let zero = Int((scale.share(of: 0) * Double(eighths)).rounded())
    return (0..<rows).map { row in
      let lower = (rows - 1 - row) * 8
      return String(
        values.map { value -> Character in
          guard value.isFinite else { return " " }
          var top = Int((scale.share(of: value) * Double(eighths)).rounded())
          if value > 0, top == zero { top += 1 }
          if value >= 0 { return lower + 8 <= zero ? " " : glyphs.upright(top - lower) }
          // Blocks grow upwards alone: a part of a cell below 0 is all of it or nothing.
          let middle = lower + 4
          return middle < zero && middle >= top ? glyphs.upright(8) : " "
        })
    }
  }

  /// The series on top of each other.
  func stacked(height: Int) -> [String] {
    let layers = chart.layers
    let scale = chart.scale(marks: height / 3)
    let label = scale.marks.map { ChartNumber.text($0).count }.max() ?? 1
    let room = max(4, width - label - 2)
    let (plot, reach) = chart.form == .columns ? columnPlot(room) : (room, room - 1)
    var grid = [[Character]](repeating: [Character](repeating: " ", count: plot), count: height)
    // What each series adds, by column of the picture.
    let columns = zip(chart.series, layers).map { series, bars in
      perColumn(zip(series.values, bars).map { $0.isFinite ? $1.upper - $1.lower : .nan }, plot)
    }
    for column in 0..<plot {
      var level = 0.0
      for index in layers.indices where columns[index][column].isFinite && columns[index][column] > 0 {
        let from = Int((scale.share(of: level) * Double(height)).rounded())
        level += columns[index][column]
        let to = Int((scale.share(of: level) * Double(height)).rounded())
        for row in from..<max(from, min(height, to)) { grid[height - 1 - row][column] = glyphs.fill(index) }
      }
    }
    return legend() + framed(grid.map { String($0) }, scale, label: label)
      + below(axisLines(plot, reach: reach), label: label)
  }
}
