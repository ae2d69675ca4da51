/// Lines and points in braille.
extension TextChart {
  func dots(_ index: Int, _ scale: NumberScale, _ columns: Int, _ rows: Int) -> [String] {
    var canvas = DotCanvas(columns: columns, rows: rows)
    let series = chart.series[index]
    let shares = chart.axis.shares
    func dot(_ place: Int, _ value: Double) -> (x: Int, y: Int) {
      (
        Int((shares[place] * Double(canvas.width - 1)).rounded()),
        Int((scale.share(of: value) * Double(canvas.height - 1)).rounded())
      )
    }
    if chart.form == .points {
      for point in series.points {
        let place = dot(point.place, point.value)
        canvas.set(place.x, place.y)
      }
    } else {
      var before: (x: Int, y: Int)?
      // Places without a value are bridged: of a count by time an absent row says nothing of its own.
      for (place, value) in series.values.enumerated() where value.isFinite {
        let next = dot(place, value)
        canvas.line(from: before ?? next, to: next)
        before = next
      }
    }
    var lines = (0..<rows).map { canvas.line($0, glyphs) }
    // One dot alone is hard to see.
    let places = chart.form == .points ? series.points.map { ($0.place, $0.value) } : single(series)
    if places.count == 1, let (place, value) = places.first {
      let row = rows - 1 - Int((scale.share(of: value) * Double(rows - 1)).rounded())
      var line = Array(lines[row])
      line[min(columns - 1, Int((shares[place] * Double(columns - 1)).rounded()))] = glyphs.point
      lines = lines.indices.map { $0 == row ? String(line) : String(repeating: " ", count: columns) }
    }
    return lines
  }

  private func single(_ series: Chart.Series) -> [(Int, Double)] {
    let found = series.values.indices.filter { series.values[$0].isFinite }.prefix(2)
    return found.map { ($0, series.values[$0]) }
  }
}
