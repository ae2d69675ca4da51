import Engine
import Rules

/// Alerts over their time, a row for each rule, larger where there are more.
struct AlertTimeline {
  private struct Mark {
    var count = 0
    var first = Int64.max
    var last = Int64.min
    var severity: Severity?
  }

  let lanes: [(name: String, alerts: [Alert])]
  let range: ClosedRange<Int64>

  private static let parts = 160
  private static let mostLanes = 60

  /// Nil if no alert has a time.
  init?(_ lanes: [(name: String, alerts: [Alert])]) {
    let filled = lanes.filter { $0.alerts.contains { $0.time != nil } }
    let times = filled.flatMap { $0.alerts.compactMap(\.time) }
    guard let first = times.min(), let last = times.max() else { return nil }
    self.lanes = filled
    range = first...last
  }

  func write(to html: inout HTMLWriter) {
    let shown = lanes.prefix(AlertTimeline.mostLanes)
    let height = shown.count * 24 + 30
    let (left, room) = (270.0, 610.0)
    func x(_ time: Int64) -> Double {
      left + AxisShare.of(time, from: range.lowerBound, to: range.upperBound) * room
    }
    html.element(
      "svg",
      ["viewBox": "0 0 900 \(height)", "role": "img", "aria-label": "Alerts over time, a row for each rule"]
    ) { html in
      for mark in Chart.Axis.times([range.lowerBound, range.upperBound]).marks(7) {
        let place = "\(Int(left + mark.share * room))"
        html.element("line", ["class": "axis", "x1": place, "x2": place, "y1": "4", "y2": "\(height - 20)"]) {
          _ in
        }
        let text = mark.wholeText
        html.element("text", ["x": place, "y": "\(height - 6)", "text-anchor": "middle"], text: text)
      }
      for (row, lane) in shown.enumerated() {
        let middle = "\(row * 24 + 16)"
        html.element("text", ["x": "260", "y": "\(row * 24 + 20)", "text-anchor": "end"]) { html in
          html.text(lane.name.count > 42 ? "\(lane.name.prefix(41))…" : lane.name)
          html.element("title", text: lane.name)
        }
        for mark in marks(lane.alerts) {
          let radius = min(9, 3.5 + Double(String(mark.count).count - 1) * 2)
          let count = mark.count == 1 ? "1 alert" : "\(mark.count) alerts"
          let time =
            mark.first == mark.last
            ? Ticks.shortText(mark.first) : "\(Ticks.shortText(mark.first)) to \(Ticks.shortText(mark.last))"
          html.element(
            "circle",
            [
              "class": mark.severity.style, "cx": "\(Int(x(mark.first / 2 + mark.last / 2)))",
              "cy": middle, "r": "\(radius)", "fill-opacity": "0.8",
            ]
          ) { $0.element("title", text: "\(lane.name): \(count), \(time)") }
        }
      }
    }
    if lanes.count > shown.count {
      html.note("\(lanes.count - shown.count) more rules fired; the table has them")
    }
  }

  private func marks(_ alerts: [Alert]) -> [Mark] {
    var marks: [Int: Mark] = [:]
    for alert in alerts {
      guard let time = alert.time else { continue }
      let share = AxisShare.of(time, from: range.lowerBound, to: range.upperBound)
      let part = Int(share * Double(AlertTimeline.parts))
      var mark = marks[part] ?? Mark()
      mark.count += 1
      mark.first = min(mark.first, time)
      mark.last = max(mark.last, time)
      mark.severity = Severity.graver(mark.severity, Severity(alert.severity))
      marks[part] = mark
    }
    return marks.sorted { $0.key < $1.key }.map(\.value)
  }
}
