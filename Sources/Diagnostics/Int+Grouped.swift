extension Int {
  /// With commas between thousands: `1,234,567`.
  package var grouped: String { String(self).groupedDigits }
}

extension String {
  /// A whole number, perhaps behind a sign, with commas between thousands.
  package var groupedDigits: String {
    var digits = self
    let first = digits.hasPrefix("-") ? 1 : 0
    var place = digits.count - 3
    while place > first {
      digits.insert(",", at: digits.index(digits.startIndex, offsetBy: place))
      place -= 3
    }
    return digits
  }
}
