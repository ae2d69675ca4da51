import Engine

/// An axis of numbers: its ends, and the round numbers that stand at it.
package struct NumberScale: Hashable, Sendable {
  package let lower: Double
  package let upper: Double
  package let marks: [Double]

  /// Where distances may be no numbers any more, and what they are counted in from there on.
  private static let large = 1e290
  private static let largeUnit = 1e20

  /// - Parameters:
  ///   - fromZero: 0 is on the axis, as where lengths are compared.
  ///   - count: about so many marks.
  package init(_ values: some Sequence<Double>, fromZero: Bool, marks count: Int) {
    var (least, most) = NumberScale.ends(values) ?? (0, 1)
    if fromZero {
      least = min(least, 0)
      most = max(most, 0)
    }
    let unit = max(abs(least), abs(most)) > NumberScale.large ? NumberScale.largeUnit : 1
    least /= unit
    most /= unit
    if least == most {
      let half = least == 0 ? 1 : abs(least) / 2
      if fromZero || least == 0 { most += 2 * half } else { (least, most) = (least - half, most + half) }
    }
    let step = NumberScale.step((most - least) / Double(max(1, count)))
    let first = (least / step).rounded(.down)
    let last = (most / step).rounded(.up)
    var marks: [Double] = []
    var place = first
    while place <= last, marks.count < 64 {
      marks.append(place * step * unit)
      // Where steps are lost in the size of numbers there is one mark.
      if place + 1 == place { break }
      place += 1
    }
    self.marks = marks.map { NumberScale.finite($0) }
    lower = NumberScale.finite(min(first * step, least) * unit)
    upper = NumberScale.finite(max(last * step, most) * unit)
  }

  /// An axis with no room for round numbers: from 0, or the least value below it, to the greatest.
  package init(tight values: some Sequence<Double>) {
    var (least, most) = NumberScale.ends(values) ?? (0, 0)
    least = min(least, 0)
    if most <= least { most = least == 0 ? 1 : 0 }
    lower = least
    upper = most
    marks = [least] + (least < 0 && most > 0 ? [0] : []) + [most]
  }

  /// The least and the greatest number.
  private static func ends(_ values: some Sequence<Double>) -> (least: Double, most: Double)? {
    var least = Double.infinity
    var most = -Double.infinity
    for value in values where value.isFinite {
      least = min(least, value)
      most = max(most, value)
    }
    return least > most ? nil : (least, most)
  }

  private static func finite(_ value: Double) -> Double {
    max(-.greatestFiniteMagnitude, min(.greatestFiniteMagnitude, value))
  }

  /// 1, 2 or 5 times a power of ten, at or above a width.
  private static func step(_ width: Double) -> Double {
    guard width > 0, width.isFinite else { return 1 }
    var power = 1.0
    while power * 10 <= width { power *= 10 }
    while power > width { power /= 10 }
    if power <= 0 { return width }
    for factor in [1.0, 2, 5] where power * factor >= width { return power * factor }
    return power * 10
  }

  /// From 0 at the lower end to 1 at the upper.
  package func share(of value: Double) -> Double { AxisShare.of(value, from: lower, to: upper) }
}
