/// How grave what a rule finds is, the gravest first. A rule may state another word, which is kept as it is and is graver
/// than none of them.
package enum Severity: String, Hashable, Sendable, CaseIterable {
  case critical, high, medium, low, informational

  /// In any case of letters; nil of any other word, and of none.
  package init?(_ text: String?) {
    guard let text, let known = Severity(rawValue: text.lowercased()) else { return nil }
    self = known
  }

  /// As an alert of Splunk numbers them.
  init?(number: Int) {
    switch number {
    case 1: self = .informational
    case 2: self = .low
    case 3: self = .medium
    case 4: self = .high
    case 5, 6: self = .critical
    default: return nil
    }
  }

  private var rank: Int {
    switch self {
    case .critical: 0
    case .high: 1
    case .medium: 2
    case .low: 3
    case .informational: 4
    }
  }

  /// The place in an order by gravity; one that is unknown comes last.
  package static func rank(_ severity: Severity?) -> Int { severity?.rank ?? allCases.count }

  package static func graver(_ left: Severity?, _ right: Severity?) -> Severity? {
    rank(right) < rank(left) ? right : left
  }
}
