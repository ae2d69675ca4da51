extension RegexParser {
  /// What one escape stands for.
  enum Escape {
    case scalar(Unicode.Scalar)
    case set(ScalarSet)
    case look(LookAssertion)
  }

  mutating func parseEscape() throws(RegexSyntaxError) -> RegexNode {
    switch try takeEscape(inBracket: false) {
    case .scalar(let scalar): return literal(scalar)
    case .set(let members): return set(members)
    case .look(let assertion): return .look(assertion)
    }
  }

  /// Reads from the backslash on.
  mutating func takeEscape(inBracket: Bool) throws(RegexSyntaxError) -> Escape {
    let start = position
    position += 1
    guard let letter = peek else {
      throw error(
        "regex-trailing-backslash", "the pattern ends in a backslash", from: start, to: start + 1,
        suggestion: "write `\\\\` for the character itself")
    }
    position += 1
    if let found = try takeClass(letter, from: start) { return .set(found) }
    if !inBracket, let look = try takeLook(letter, from: start) { return .look(look) }
    if let found = try takeCode(letter, from: start, inBracket: inBracket) { return .scalar(found) }
    switch letter {
    case "k", "g": throw backReference(from: start)
    case "K":
      throw error(
        "regex-match-reset", "`\\K` is not supported", from: start, to: position,
        suggestion: "use a capture group")
    default: break
    }
    let isWordLike =
      ("a"..."z").contains(letter) || ("A"..."Z").contains(letter) || ("0"..."9").contains(letter)
    let isPlain =
      dialect == .perl ? !isWordLike : letter.isASCII && !isWordLike && letter != "<" && letter != ">"
    if isPlain { return .scalar(letter) }
    throw error("regex-unknown-escape", "`\\\(letter)` means nothing", from: start, to: position)
  }

  private func backReference(from start: Int) -> RegexSyntaxError {
    error(
      "regex-back-reference", "back-references are not supported: matching stays linear in the text",
      from: start,
      to: position)
  }

  /// `\d`, `\p{…}` and their like.
  private mutating func takeClass(_ letter: Unicode.Scalar, from start: Int) throws(RegexSyntaxError)
    -> ScalarSet?
  {
    let unicode = flags.unicode
    switch letter {
    case "d": return unicode ? UnicodeClasses.digit : UnicodeClasses.asciiDigit
    case "D": return (unicode ? UnicodeClasses.digit : UnicodeClasses.asciiDigit).inverted
    case "s": return unicode ? UnicodeClasses.space : UnicodeClasses.asciiSpace
    case "S": return (unicode ? UnicodeClasses.space : UnicodeClasses.asciiSpace).inverted
    case "w": return unicode ? UnicodeClasses.word : UnicodeClasses.asciiWord
    case "W": return (unicode ? UnicodeClasses.word : UnicodeClasses.asciiWord).inverted
    case "p", "P": return try takeProperty(isNegated: letter == "P", from: start)
    case "h" where dialect == .perl: return UnicodeClasses.horizontalSpace
    case "H" where dialect == .perl: return UnicodeClasses.horizontalSpace.inverted
    case "v" where dialect == .perl: return UnicodeClasses.verticalSpace
    case "V" where dialect == .perl: return UnicodeClasses.verticalSpace.inverted
    case "N" where dialect == .perl && peek != "{": return ScalarSet(scalar: 0x0A).inverted
    default: return nil
    }
  }

  private mutating func takeProperty(isNegated: Bool, from start: Int) throws(RegexSyntaxError) -> ScalarSet {
    var name = ""
    var negated = isNegated
    if take("{") {
      if take("^") { negated.toggle() }
      while let scalar = peek, scalar != "}" {
        if takeAll("!=") {
          negated.toggle()
          name += "="
          continue
        }
        name.unicodeScalars.append(scalar)
        position += 1
      }
      guard take("}") else {
        throw error("regex-unclosed-brace", "this `{` is never closed", from: start, to: start + 3)
      }
    } else if let scalar = peek {
      name.unicodeScalars.append(scalar)
      position += 1
    }
    guard let members = UnicodeProperties.set(named: name) else {
      throw error(
        "regex-unknown-property", "no Unicode property is called `\(name)`", from: start, to: position,
        suggestion: "general categories such as Lu and scripts such as Greek are known")
    }
    return negated ? members.inverted : members
  }

  private mutating func takeLook(_ letter: Unicode.Scalar, from start: Int) throws(RegexSyntaxError)
    -> LookAssertion?
  {
    let unicode = flags.unicode
    switch letter {
    case "A": return .textStart
    case "z": return .textEnd
    case "Z" where dialect == .perl: return .finalLineEnd
    case "B": return unicode ? .notWordBoundary : .asciiNotWordBoundary
    case "<" where dialect == .rust: return unicode ? .wordStart : .asciiWordStart
    case ">" where dialect == .rust: return unicode ? .wordEnd : .asciiWordEnd
    case "b":
      if dialect == .rust {
        if takeAll("{start}") { return unicode ? .wordStart : .asciiWordStart }
        if takeAll("{end}") { return unicode ? .wordEnd : .asciiWordEnd }
        if takeAll("{start-half}") { return unicode ? .wordStartHalf : .asciiWordStartHalf }
        if takeAll("{end-half}") { return unicode ? .wordEndHalf : .asciiWordEndHalf }
      }
      return unicode ? .wordBoundary : .asciiWordBoundary
    default: return nil
    }
  }

  /// Control letters, and scalars by their number.
  private mutating func takeCode(
    _ letter: Unicode.Scalar, from start: Int, inBracket: Bool
  ) throws(RegexSyntaxError) -> Unicode.Scalar? {
    switch letter {
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "f": return "\u{0C}"
    case "a": return "\u{07}"
    case "v" where dialect == .rust: return "\u{0B}"
    case "b" where inBracket: return "\u{08}"
    case "e" where dialect == .perl: return "\u{1B}"
    case "c" where dialect == .perl:
      guard let control = peek, control.isASCII, control.value >= 0x20 else { return nil }
      position += 1
      let upper = ("a"..."z").contains(control) ? control.value - 0x20 : control.value
      return Unicode.Scalar(upper ^ 0x40)
    case "x": return try takeHexadecimal(digits: 2, from: start)
    case "u" where dialect == .rust: return try takeHexadecimal(digits: 4, from: start)
    case "U" where dialect == .rust: return try takeHexadecimal(digits: 8, from: start)
    case "o" where dialect == .perl && peek == "{":
      position += 1
      return try takeBracedNumber(radix: 8, from: start)
    case "0"..."9": return try takeOctal(letter, from: start, inBracket: inBracket)
    default: return nil
    }
  }

  private mutating func takeHexadecimal(digits: Int, from start: Int) throws(RegexSyntaxError)
    -> Unicode.Scalar
  {
    if take("{") { return try takeBracedNumber(radix: 16, from: start) }
    var value: UInt32 = 0
    var count = 0
    while count < digits, let digit = peek.flatMap({ Character($0).hexDigitValue }) {
      value = value << 4 | UInt32(digit)
      count += 1
      position += 1
    }
    // Perl takes fewer digits than two; Rust does not.
    guard count == digits || dialect == .perl, let scalar = Unicode.Scalar(value) else {
      throw badNumber(from: start)
    }
    return scalar
  }

  private mutating func takeBracedNumber(radix: UInt32, from start: Int) throws(RegexSyntaxError)
    -> Unicode.Scalar
  {
    var value: UInt32 = 0
    var count = 0
    while let digit = peek.flatMap({ Character($0).hexDigitValue }), UInt32(digit) < radix {
      value = min(value * radix + UInt32(digit), 0x110000)
      count += 1
      position += 1
    }
    guard count > 0, take("}"), let scalar = Unicode.Scalar(value) else { throw badNumber(from: start) }
    return scalar
  }

  /// `\0`, `\012` and three octal digits are a scalar; one or two other digits name a group.
  private mutating func takeOctal(
    _ first: Unicode.Scalar, from start: Int, inBracket: Bool
  ) throws(RegexSyntaxError) -> Unicode.Scalar {
    var value: UInt32 = 0
    var place = start + 1
    while place < scalars.count, place < start + 4, ("0"..."7").contains(scalars[place]) {
      value = value * 8 + (scalars[place].value - 0x30)
      place += 1
    }
    let digits = place - start - 1
    if digits > 0, first == "0" || digits == 3 || inBracket, let scalar = Unicode.Scalar(value) {
      position = place
      return scalar
    }
    while let digit = peek, ("0"..."9").contains(digit) { position += 1 }
    throw backReference(from: start)
  }

  private func badNumber(from start: Int) -> RegexSyntaxError {
    error(
      "regex-scalar-number", "this is the number of no Unicode scalar", from: start,
      to: max(position, start + 2),
      suggestion: "write two hexadecimal digits, or up to six in braces")
  }
}
