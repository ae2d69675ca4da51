import Synchronization

/// The regular expression in an argument: compiled once if constant, else once for each distinct pattern.
final class RegexArgument: Sendable {
  private static let cacheLimit = 256

  private let index: Int
  private let constant: RegularExpression?
  private let wrap: @Sendable (String) -> String
  /// By the bytes of the pattern; nil for a pattern that doesn't compile.
  private let cache = Mutex<[[UInt8]: RegularExpression?]>([:])

  /// - Parameter wrap: makes the pattern to run from the pattern given.
  init(
    _ arguments: PreparedArguments, _ index: Int, wrap: @escaping @Sendable (String) -> String = { $0 }
  ) throws(FunctionFailure) {
    self.index = index
    self.wrap = wrap
    if let pattern = arguments.text(index) {
      // The pattern as given first, so that an error has its place in it.
      let given = try Self.compile(pattern, argument: index)
      let wrapped = wrap(pattern)
      constant = wrapped == pattern ? given : try Self.compile(wrapped, argument: index)
    } else {
      constant = nil
    }
  }

  /// The groups of a constant pattern; nil if it varies.
  var groupCount: Int? { constant?.captureCount }

  /// The expression for a row; nil if its pattern doesn't compile.
  func expression(_ values: [Value]) -> RegularExpression? {
    if let constant { return constant }
    guard let pattern = values.text(index) else { return nil }
    let key = Array(pattern.utf8)
    if let known = cache.withLock({ $0[key] }) { return known }
    let compiled = try? RegularExpression(wrap(pattern))
    cache.withLock { cache in
      if cache.count >= Self.cacheLimit { cache.removeAll() }
      cache[key] = .some(compiled)
    }
    return compiled
  }

  static func compile(
    _ pattern: String, argument: Int, options: RegularExpression.Options = .init()
  ) throws(FunctionFailure) -> RegularExpression {
    do throws(RegexSyntaxError) {
      return try RegularExpression(pattern, options: options)
    } catch {
      let isInside = error.range.upperBound <= pattern.utf8.count
      throw FunctionFailure(
        error.id, error.message, argument: argument, range: isInside ? error.range : nil,
        suggestion: error.suggestion)
    }
  }
}
