import Engine

/// Values like one that is there, by the dozen or by the thousand: where distinct ones are counted, each copy of an
/// event has another.
struct OtherValues {
  let value: Value
  /// Tells made values apart: no two numbers give the same value in the same place of `all`.
  let number: Int

  init(than value: Value, number: Int) {
    self.value = value
    self.number = max(1, number)
  }

  /// One of each kind, the likeliest first.
  var all: [Value] {
    switch value {
    case .string(let text), .dynamic(.string(let text)): return texts(text).map { .string($0) }
    case .long(let known): return [.long(known.addingReportingOverflow(Int64(number)).partialValue)]
    case .real(let known): return [.real(known + Double(number))]
    case .bool(let known): return [.bool(!known)]
    case .datetime(let ticks):
      return [.datetime(ticks.addingReportingOverflow(Int64(number) * Ticks.perSecond).partialValue)]
    case .timespan(let ticks):
      return [.timespan(ticks.addingReportingOverflow(Int64(number) * Ticks.perSecond).partialValue)]
    case .null, .decimal, .guid, .dynamic: return [.string("example-\(number)"), .long(Int64(number))]
    }
  }

  private func texts(_ text: String) -> [String] {
    if text.isEmpty { return ["example\(number)"] }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
    if parts.count == 4, case let address = parts.compactMap(\.self), address.count == 4 {
      return addresses(address.map { Int($0) })
    }
    if text.utf8.count >= OtherValues.identifierLength, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      // An account stays as long as it is.
      let digits = "\(number)"
      return [
        String(text.dropLast(max(6, digits.count))) + zeros(6 - digits.count) + digits, "\(text)\(number)",
      ]
    }
    return ["\(text)\(number)", "\(text)-\(number)", "example-\(number)"]
  }

  private static let identifierLength = 8

  private func zeros(_ count: Int) -> String { String(repeating: "0", count: max(0, count)) }

  /// Addresses of the same network, while there are any, and of those that are kept for measurements (198.18.0.0/15,
  /// RFC 2544); then of the networks around, for rules that ask for one.
  private func addresses(_ known: [Int]) -> [String] {
    /// The hosts 1 to 254 without one.
    func host(_ place: Int, without known: Int) -> Int { place % 253 + (place % 253 + 1 < known ? 1 : 2) }
    let near = number - 1
    let beyond = near - 253
    let first =
      near < 253
      ? [known[0], known[1], known[2], host(near, without: min(max(known[3], 1), 254))]
      : [198, 18 + beyond / 65_024 % 2, beyond / 254 % 256, beyond % 254 + 1]
    let around = [known[0], known[1], (known[2] + 1 + near / 254) % 256, near % 254 + 1]
    let far = [known[0], (known[1] + 1 + near / 65_024) % 256, near / 254 % 256, near % 254 + 1]
    return [first, around, far].map { $0.map { "\($0)" }.joined(separator: ".") }
  }
}
