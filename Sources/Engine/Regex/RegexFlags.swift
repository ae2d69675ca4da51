/// The flags in force at one place of a pattern.
struct RegexFlags: Hashable, Sendable {
  var caseInsensitive: Bool
  var multiLine: Bool
  var dotMatchesNewline: Bool
  var swapGreed: Bool
  var extended: Bool
  var carriageReturnLines: Bool
  var unicode: Bool
  /// Perl's `n`: plain groups do not capture.
  var namedCapturesOnly = false

  init(_ options: RegularExpression.Options) {
    caseInsensitive = options.caseInsensitive
    multiLine = options.multiLine
    dotMatchesNewline = options.dotMatchesNewline
    swapGreed = options.swapGreed
    extended = options.extended
    carriageReturnLines = options.carriageReturnLines
    unicode = options.unicode
  }

  /// Sets the flag of a letter; false if the dialect has no such flag.
  mutating func set(_ letter: Unicode.Scalar, to value: Bool, dialect: RegularExpression.Dialect) -> Bool {
    switch letter {
    case "i": caseInsensitive = value
    case "m": multiLine = value
    case "s": dotMatchesNewline = value
    case "U": swapGreed = value
    case "x": extended = value
    case "u": unicode = value
    case "R" where dialect == .rust: carriageReturnLines = value
    case "n" where dialect == .perl: namedCapturesOnly = value
    default: return false
    }
    return true
  }
}
