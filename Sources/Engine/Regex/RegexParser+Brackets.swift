extension RegexParser {
  mutating func parseBracket() throws(RegexSyntaxError) -> RegexNode { .set(try takeBracket()) }

  /// `[…]`, with case folding already applied.
  ///
  /// A class that Rust would call unclosed is read once more with its inner brackets as characters: `[[]` and
  /// `[[\]]` were written for RE2, which has no classes in classes.
  private mutating func takeBracket() throws(RegexSyntaxError) -> ScalarSet {
    let start = position
    do throws(RegexSyntaxError) {
      return try takeBracket(nests: dialect == .rust)
    } catch {
      guard dialect == .rust, error.id == Self.unclosedClass else { throw error }
      position = start
      guard let members = try? takeBracket(nests: false) else { throw error }
      return members
    }
  }

  private static let unclosedClass = "regex-unclosed-class"

  private mutating func takeBracket(nests: Bool) throws(RegexSyntaxError) -> ScalarSet {
    let start = position
    try enter(from: start)
    defer { nesting -= 1 }
    position += 1
    skipBlanks()
    let isNegated = take("^")
    skipBlanks()
    var members = try takeItems(from: start, isFirst: true, nests: nests)
    while dialect == .rust, let operation = takeOperation() {
      let right = try takeItems(from: start, isFirst: false, nests: nests)
      switch operation {
      case .intersection: members = members.intersection(right)
      case .difference: members = members.subtracting(right)
      case .symmetricDifference: members = members.symmetricDifference(right)
      }
    }
    guard take("]") else {
      throw error(
        Self.unclosedClass, "this class is never closed", from: start, to: start + 1,
        suggestion: "add `]`, or write `\\[` for the character itself")
    }
    return isNegated ? members.inverted : members
  }

  private enum Operation { case intersection, difference, symmetricDifference }

  private mutating func takeOperation() -> Operation? {
    if takeAll("&&") { return .intersection }
    if takeAll("--") { return .difference }
    if takeAll("~~") { return .symmetricDifference }
    return nil
  }

  private var startsOperation: Bool {
    guard dialect == .rust, let first = peek, first == "&" || first == "-" || first == "~" else {
      return false
    }
    return peek(1) == first
  }

  /// Everything up to `]` or a set operation.
  private mutating func takeItems(
    from start: Int, isFirst: Bool, nests: Bool
  ) throws(RegexSyntaxError) -> ScalarSet {
    // Gathered as a list: merging a set per item would cost the square of their number.
    var ranges: [ClosedRange<UInt32>] = []
    var isFirst = isFirst
    while true {
      skipBlanks()
      guard let scalar = peek else { break }
      if scalar == "]", !isFirst { break }
      if startsOperation, !isFirst { break }
      isFirst = false
      if scalar == "[" {
        if let named = try takePOSIX() {
          ranges += named.ranges
          continue
        }
        if nests {
          ranges += try takeBracket().ranges
          continue
        }
      }
      ranges += try takeItem(from: start)
    }
    let members = ScalarSet(ranges)
    return flags.caseInsensitive ? CaseFolding.closing(members, unicode: foldsUnicode) : members
  }

  /// One scalar, range or escape.
  private mutating func takeItem(from start: Int) throws(RegexSyntaxError) -> [ClosedRange<UInt32>] {
    let first = position
    guard let low = try takeBound() else { return [] }
    guard case .scalar(let lower) = low else {
      if case .set(let members) = low { return members.ranges }
      return []
    }
    let beforeDash = position
    skipBlanks()
    guard peek == "-", let next = peek(1), next != "]", !(dialect == .rust && next == "-") else {
      position = beforeDash
      return [lower.value...lower.value]
    }
    position += 1
    skipBlanks()
    guard let high = try takeBound() else { return [lower.value...lower.value] }
    switch high {
    case .set(let members):
      if dialect == .rust {
        throw error("regex-class-range", "a class cannot end a range", from: first, to: position)
      }
      return members.ranges + [lower.value...lower.value, 0x2D...0x2D]
    case .look: return []
    case .scalar(let upper):
      guard lower <= upper else {
        throw error(
          "regex-class-range", "this range ends before it starts", from: first, to: position,
          suggestion: "write the smaller character first")
      }
      return [lower.value...upper.value]
    }
  }

  private mutating func takeBound() throws(RegexSyntaxError) -> Escape? {
    guard let scalar = peek else { return nil }
    if scalar == "\\" {
      if dialect == .perl, takeAll("\\E") || takeAll("\\Q") { return .set(.empty) }
      return try takeEscape(inBracket: true)
    }
    position += 1
    return .scalar(scalar)
  }

  /// `[:alpha:]` and `[:^alpha:]`; nil if this bracket opens none.
  private mutating func takePOSIX() throws(RegexSyntaxError) -> ScalarSet? {
    let start = position
    guard peek(1) == ":" else { return nil }
    var place = position + 2
    let isNegated = place < scalars.count && scalars[place] == "^"
    if isNegated { place += 1 }
    var name = ""
    while place < scalars.count, ("a"..."z").contains(scalars[place]) || ("A"..."Z").contains(scalars[place])
    {
      name.unicodeScalars.append(scalars[place])
      place += 1
    }
    guard place + 1 < scalars.count, scalars[place] == ":", scalars[place + 1] == "]" else { return nil }
    guard let members = UnicodeClasses.posix(name) else {
      throw error("regex-unknown-class", "no class is called `\(name)`", from: start, to: place + 2)
    }
    position = place + 2
    return isNegated ? members.inverted : members
  }

  /// Rust's `x` skips blanks within classes too; Perl's does not.
  private mutating func skipBlanks() {
    if dialect == .rust { skipIgnored() }
  }
}
