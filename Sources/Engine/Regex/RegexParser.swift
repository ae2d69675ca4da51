/// Reads a pattern into a syntax tree.
///
///     var parser = RegexParser("a|b+", options: .init())
///     let tree = try parser.parse()
///
/// What cannot run in linear time (back-references, recursion) is refused by name and place.
struct RegexParser {
  /// Deeper nesting is refused, so that no recursion over a tree runs out of stack.
  static let maximumNesting = 96
  static let maximumCaptures = 250

  let scalars: [Unicode.Scalar]
  /// The UTF-8 offset of each scalar, and of the end.
  let offsets: [Int]
  let dialect: RegularExpression.Dialect
  var flags: RegexFlags
  var position = 0
  var nesting = 0
  var captureNames: [String?] = [nil]
  var lookAroundCount = 0
  /// Inside `\Q…\E`.
  var isQuoting = false

  init(_ pattern: String, options: RegularExpression.Options) {
    scalars = Array(pattern.unicodeScalars)
    var offsets: [Int] = []
    offsets.reserveCapacity(scalars.count + 1)
    var offset = 0
    for scalar in scalars {
      offsets.append(offset)
      offset += UTF8.width(scalar)
    }
    offsets.append(offset)
    self.offsets = offsets
    dialect = options.dialect
    flags = RegexFlags(options)
  }

  mutating func parse() throws(RegexSyntaxError) -> RegexNode {
    let node = try parseAlternation()
    if position < scalars.count {
      throw error(
        "regex-unopened-group", "this `)` closes no group", from: position, to: position + 1,
        suggestion: "write `\\)` for the character itself")
    }
    return node
  }

  mutating func parseAlternation() throws(RegexSyntaxError) -> RegexNode {
    var branches = [try parseConcatenation()]
    while take("|") { branches.append(try parseConcatenation()) }
    return branches.count == 1 ? branches[0] : .alternation(branches)
  }

  private mutating func parseConcatenation() throws(RegexSyntaxError) -> RegexNode {
    var nodes: [RegexNode] = []
    while true {
      if isQuoting {
        guard let scalar = peek else { break }
        if takeAll("\\E") {
          isQuoting = false
          continue
        }
        position += 1
        let atom = literal(scalar)
        guard takeAll("\\E") else {
          nodes.append(atom)
          continue
        }
        isQuoting = false
        nodes.append(try parseQuantifiers(of: atom))
        continue
      }
      skipIgnored()
      guard let scalar = peek, scalar != "|", scalar != ")" else { break }
      if dialect == .perl {
        if takeAll("\\Q") {
          isQuoting = true
          continue
        }
        if takeAll("\\E") { continue }
      }
      let start = position
      guard let atom = try parseAtom() else {
        skipIgnored()
        if startsQuantifier { throw nothingToRepeat(from: start) }
        continue
      }
      nodes.append(try parseQuantifiers(of: atom))
    }
    switch nodes.count {
    case 0: return .empty
    case 1: return nodes[0]
    default: return .concatenation(nodes)
    }
  }

  /// One atom; nil for what matches nothing by itself, as `(?i)` and comments.
  private mutating func parseAtom() throws(RegexSyntaxError) -> RegexNode? {
    guard let scalar = peek else { return nil }
    let start = position
    switch scalar {
    case "(": return try parseGroup()
    case "[": return try parseBracket()
    case "\\": return try parseEscape()
    case "*", "+", "?": throw nothingToRepeat(from: start)
    case "{" where readBounds(at: start) != nil: throw nothingToRepeat(from: start)
    case ".":
      position += 1
      return .set(flags.dotMatchesNewline ? .all : anyButNewline)
    case "^":
      position += 1
      if !flags.multiLine { return .look(.textStart) }
      if flags.carriageReturnLines { return .look(.lineStartCRLF) }
      return .look(dialect == .perl ? .internalLineStart : .lineStart)
    case "$":
      position += 1
      if flags.multiLine { return .look(flags.carriageReturnLines ? .lineEndCRLF : .lineEnd) }
      return .look(dialect == .perl ? .finalLineEnd : .textEnd)
    default:
      position += 1
      return literal(scalar)
    }
  }

  var anyButNewline: ScalarSet {
    let newlines: [ClosedRange<UInt32>] =
      flags.carriageReturnLines ? [0x0A...0x0A, 0x0D...0x0D] : [0x0A...0x0A]
    return ScalarSet(newlines).inverted
  }

  /// Folding reaches beyond ASCII in both dialects; only Rust's `(?-u)` turns it off.
  var foldsUnicode: Bool { dialect == .perl || flags.unicode }

  func literal(_ scalar: Unicode.Scalar) -> RegexNode {
    guard flags.caseInsensitive else { return .literal(scalar.value) }
    let set = CaseFolding.closing(ScalarSet(scalar: scalar.value), unicode: foldsUnicode)
    return set.only == nil ? .set(set) : .literal(scalar.value)
  }

  func set(_ members: ScalarSet) -> RegexNode {
    .set(flags.caseInsensitive ? CaseFolding.closing(members, unicode: foldsUnicode) : members)
  }
}

// MARK: Reading

extension RegexParser {
  var peek: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  func peek(_ distance: Int) -> Unicode.Scalar? {
    position + distance < scalars.count ? scalars[position + distance] : nil
  }

  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard peek == scalar else { return false }
    position += 1
    return true
  }

  mutating func takeAll(_ text: String) -> Bool {
    var distance = 0
    for scalar in text.unicodeScalars {
      guard peek(distance) == scalar else { return false }
      distance += 1
    }
    position += distance
    return true
  }

  /// White space and comments under `x`.
  mutating func skipIgnored() {
    guard flags.extended, !isQuoting else { return }
    while let scalar = peek {
      if scalar == "#" {
        while let next = peek, next != "\n" { position += 1 }
      } else if UnicodeClasses.space.contains(scalar.value) {
        position += 1
      } else {
        return
      }
    }
  }

  func error(
    _ id: String, _ message: String, from start: Int, to end: Int, suggestion: String? = nil
  ) -> RegexSyntaxError {
    let last = min(max(end, start), scalars.count)
    return RegexSyntaxError(
      id: id, message: message, range: offsets[min(start, last)]..<offsets[last], suggestion: suggestion)
  }

  func nothingToRepeat(from start: Int) -> RegexSyntaxError {
    let place = startsQuantifier ? position : start
    return error(
      "regex-nothing-to-repeat", "there is nothing here to repeat", from: place, to: place + 1,
      suggestion: "write a backslash before it for the character itself")
  }

  /// Counts one level of nesting; the caller takes it off again.
  mutating func enter(from start: Int) throws(RegexSyntaxError) {
    nesting += 1
    if nesting > Self.maximumNesting {
      throw error(
        "regex-too-deep", "the pattern nests more than \(Self.maximumNesting) levels", from: start,
        to: start + 1)
    }
  }
}
