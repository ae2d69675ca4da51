extension RegexParser {
  /// What follows `(`; nil for flags and comments, which match nothing themselves.
  mutating func parseGroup() throws(RegexSyntaxError) -> RegexNode? {
    let start = position
    try enter(from: start)
    defer { nesting -= 1 }
    position += 1
    if dialect == .perl, peek == "*", let verb = peek(1), verb.properties.isAlphabetic {
      throw error("regex-verb", "backtracking verbs are not supported", from: start, to: position + 1)
    }
    guard take("?") else {
      return try parseBody(from: start, name: nil, captures: !flags.namedCapturesOnly)
    }
    if let around = try parseLookAround(from: start) { return .around(around) }
    try refuseIrregular(from: start)
    if dialect == .perl, take("#") {
      while let scalar = peek, scalar != ")" { position += 1 }
      guard take(")") else { throw unclosed(from: start) }
      return nil
    }
    if let name = try takeName(from: start) {
      return try parseBody(from: start, name: name, captures: true)
    }
    if dialect == .perl, take(">") {
      let body = try parseBody(from: start, name: nil, captures: false)
      return .atomic(body, range: offsets[start]..<offsets[position])
    }
    return try parseFlags(from: start)
  }

  /// What follows `(?` if it looks around; nil if it does not, or the dialect has no such thing.
  private mutating func parseLookAround(from start: Int) throws(RegexSyntaxError) -> LookAround? {
    guard dialect == .perl else { return nil }
    let isBehind = peek == "<"
    guard let kind = peek(isBehind ? 1 : 0), kind == "=" || kind == "!" else { return nil }
    position += isBehind ? 2 : 1
    let firstCapture = captureNames.count
    let node = try parseBody(from: start, name: nil, captures: false)
    let isNegative = kind == "!"
    // What stands inside a negative one is never kept, so its groups are there and empty.
    if !isNegative, captureNames.count > firstCapture {
      throw error(
        "regex-look-around-group", "a capture group inside a look-around is not supported", from: start,
        to: start + (isBehind ? 4 : 3), suggestion: "write `(?:…)` there, and capture outside of it")
    }
    defer { lookAroundCount += 1 }
    return LookAround(
      index: lookAroundCount, side: isBehind ? .behind : .ahead, isNegative: isNegative, node: node)
  }

  private mutating func parseBody(
    from start: Int, name: String?, captures: Bool
  ) throws(RegexSyntaxError) -> RegexNode {
    let saved = flags
    var index: Int?
    if captures {
      index = captureNames.count
      if captureNames.count > Self.maximumCaptures {
        throw error(
          "regex-too-large", "the pattern has more than \(Self.maximumCaptures) capture groups", from: start,
          to: start + 1)
      }
      captureNames.append(name)
    }
    let node = try parseAlternation()
    guard take(")") else { throw unclosed(from: start) }
    flags = saved
    if let index { return .capture(index: index, node) }
    return node
  }

  /// `(?i)`, `(?i-s)` or `(?i:…)`.
  private mutating func parseFlags(from start: Int) throws(RegexSyntaxError) -> RegexNode? {
    let saved = flags
    var value = true
    var count = 0
    while let letter = peek {
      if letter == ")" || letter == ":" { break }
      if letter == "-", value {
        value = false
      } else if letter == "^", dialect == .perl, count == 0 {
        flags = RegexFlags(RegularExpression.Options(dialect: .perl))
      } else if !flags.set(letter, to: value, dialect: dialect) {
        throw error(
          "regex-unknown-flag", "no flag is called `\(letter)`", from: position, to: position + 1,
          suggestion: "the flags are i m s x U u")
      }
      count += 1
      position += 1
    }
    if take(":") {
      let node = try parseBody(from: start, name: nil, captures: false)
      flags = saved
      return node
    }
    let isDangling = count == 0 || (!value && position > 0 && scalars[position - 1] == "-")
    guard take(")") else { throw unclosed(from: start) }
    if isDangling, dialect == .rust {
      throw error("regex-unknown-flag", "flags are missing here", from: start, to: position)
    }
    return nil
  }

  private mutating func takeName(from start: Int) throws(RegexSyntaxError) -> String? {
    var closing: Unicode.Scalar = ">"
    if takeAll("P<") || takeAll("<") {
      closing = ">"
    } else if dialect == .perl, take("'") {
      closing = "'"
    } else {
      return nil
    }
    let first = position
    while let scalar = peek, scalar != closing, isNamePart(scalar, isFirst: position == first) {
      position += 1
    }
    guard position > first, peek == closing else {
      throw error(
        "regex-group-name", "a group name is letters, digits and `_`, not first a digit", from: first,
        to: max(position, first) + 1)
    }
    var name = ""
    name.unicodeScalars.append(contentsOf: scalars[first..<position])
    if captureNames.contains(name) {
      throw error(
        "regex-duplicate-name", "two groups are called `\(name)`", from: first, to: position)
    }
    position += 1
    return name
  }

  private func isNamePart(_ scalar: Unicode.Scalar, isFirst: Bool) -> Bool {
    if scalar == "_" || scalar.properties.isAlphabetic { return true }
    if isFirst { return false }
    if ("0"..."9").contains(scalar) { return true }
    if dialect == .rust {
      return scalar == "." || scalar == "[" || scalar == "]" || UnicodeClasses.digit.contains(scalar.value)
    }
    return false
  }

  /// Names what no finite automaton can do.
  private func refuseIrregular(from start: Int) throws(RegexSyntaxError) {
    func refuse(_ id: String, _ what: String, _ length: Int, _ suggestion: String? = nil) -> RegexSyntaxError
    {
      error(
        id, "\(what) not supported: matching stays linear in the text", from: start, to: start + length,
        suggestion: suggestion)
    }
    let around = "match the context itself and read a capture group, or use two conditions"
    func isDigit(_ scalar: Unicode.Scalar?) -> Bool { scalar.map { ("0"..."9").contains($0) } ?? false }
    let isPerl = dialect == .perl
    switch (peek, peek(1)) {
    case ("=", _), ("!", _): throw refuse("regex-look-around", "look-ahead is", 3, around)
    case ("<", "="), ("<", "!"): throw refuse("regex-look-around", "look-behind is", 4, around)
    case ("P", "="): throw refuse("regex-back-reference", "back-references are", 4)
    case ("P", ">"), ("&", _): throw refuse("regex-recursion", "recursion is", 3)
    case ("R", _) where isPerl: throw refuse("regex-recursion", "recursion is", 3)
    case (let first, _) where isDigit(first): throw refuse("regex-recursion", "recursion is", 3)
    case ("+", let second) where isDigit(second): throw refuse("regex-recursion", "recursion is", 4)
    case ("-", let second) where isDigit(second): throw refuse("regex-recursion", "recursion is", 4)
    case ("(", _): throw refuse("regex-conditional", "conditionals are", 3)
    case ("|", _): throw refuse("regex-branch-reset", "groups that number their branches alike are", 3)
    case ("C", _) where isPerl: throw refuse("regex-callout", "callouts are", 3)
    case (">", _) where !isPerl: throw refuse("regex-atomic-group", "atomic groups are", 3)
    default: return
    }
  }

  func unclosed(from start: Int) -> RegexSyntaxError {
    error(
      "regex-unclosed-group", "this group is never closed", from: start, to: start + 1,
      suggestion: "add `)`, or write `\\(` for the character itself")
  }
}
