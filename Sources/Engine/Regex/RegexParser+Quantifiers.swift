extension RegexParser {
  /// A count no pattern needs; more is refused before anything is expanded.
  static let maximumRepetition = 65_535

  var startsQuantifier: Bool {
    switch peek {
    case "*", "+", "?": true
    // A brace that opens no repetition is itself: rules such as `\${jndi:` were written for RE2.
    case "{": readBounds(at: position) != nil
    default: false
    }
  }

  mutating func parseQuantifiers(of atom: RegexNode) throws(RegexSyntaxError) -> RegexNode {
    var node = atom
    var stacked = 0
    while true {
      skipIgnored()
      guard startsQuantifier else { return node }
      let start = position
      if stacked > 0, dialect == .perl { throw nothingToRepeat(from: start) }
      stacked += 1
      if stacked > 3 {
        throw error("regex-too-deep", "more than 3 quantifiers on one item", from: start, to: start + 1)
      }
      let (minimum, maximum) = try takeBounds()
      var kind = flags.swapGreed ? RegexRepetition.Kind.lazy : .greedy
      if take("?") {
        kind = flags.swapGreed ? .greedy : .lazy
      } else if dialect == .perl, take("+") {
        kind = .possessive
      }
      node = .repetition(
        RegexRepetition(
          node: node, minimum: minimum, maximum: maximum, kind: kind,
          range: offsets[start]..<offsets[position]))
    }
  }

  private mutating func takeBounds() throws(RegexSyntaxError) -> (minimum: Int, maximum: Int?) {
    let start = position
    if take("*") { return (0, nil) }
    if take("+") { return (1, nil) }
    if take("?") { return (0, 1) }
    guard let bounds = readBounds(at: start) else { throw nothingToRepeat(from: start) }
    position = bounds.end
    if let maximum = bounds.maximum, maximum < bounds.minimum {
      throw error(
        "regex-repetition-order", "the repetition ends before it starts", from: start, to: position,
        suggestion: "write the smaller count first")
    }
    if max(bounds.minimum, bounds.maximum ?? 0) > Self.maximumRepetition {
      throw error(
        "regex-too-large", "a count of more than \(Self.maximumRepetition) is too large", from: start,
        to: position)
    }
    return (bounds.minimum, bounds.maximum)
  }

  /// `{n}`, `{n,}`, `{n,m}`, and Rust's `{,m}`; nil if the brace opens none of them.
  func readBounds(at start: Int) -> (minimum: Int, maximum: Int?, end: Int)? {
    var place = start + 1
    func number() -> Int? {
      let first = place
      var value = 0
      while place < scalars.count, ("0"..."9").contains(scalars[place]) {
        value = min(value * 10 + Int(scalars[place].value - 0x30), Self.maximumRepetition + 1)
        place += 1
      }
      return place > first ? value : nil
    }
    guard start < scalars.count, scalars[start] == "{" else { return nil }
    let minimum = number()
    guard place < scalars.count else { return nil }
    if scalars[place] == "}" { return minimum.map { ($0, $0, place + 1) } }
    guard scalars[place] == "," else { return nil }
    place += 1
    let maximum = number()
    guard place < scalars.count, scalars[place] == "}" else { return nil }
    if minimum == nil, dialect == .perl || maximum == nil { return nil }
    return (minimum ?? 0, maximum, place + 1)
  }
}
