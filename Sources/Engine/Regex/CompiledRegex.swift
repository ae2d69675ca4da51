/// What all matchers of one pattern share: its programs and what is known of its literals. Immutable.
final class CompiledRegex: Sendable {
  /// A look-around, and what finds where it holds.
  struct Around: Sendable {
    var side: LookAround.Side
    /// Reads backward for what lies ahead.
    var program: RegexProgram
  }

  let forward: RegexProgram
  /// The pattern as if its look-arounds held, for automata: what it refuses, the pattern refuses.
  let search: RegexProgram
  let arounds: [Around]
  let backward: RegexProgram
  let forwardClasses: ByteClasses
  let searchClasses: ByteClasses
  let backwardClasses: ByteClasses
  let captureNames: [String?]
  let isAnchoredAtStart: Bool
  /// The pattern is one literal.
  let exact: LiteralFinder?
  /// A text without it cannot match.
  let required: LiteralFinder?
  let prefilter: RegexPrefilter?
  /// After a match, an empty one may follow at its end, as in Perl.
  let allowsEmptyAfterMatch: Bool
  /// Some literal is searched exactly in ASCII text only.
  let needsASCII: Bool

  init(_ pattern: String, options: RegularExpression.Options) throws(RegexSyntaxError) {
    var parser = RegexParser(pattern, options: options)
    let tree = try PossessiveResolution.resolve(try parser.parse())
    let length = pattern.utf8.count
    let captureCount = parser.captureNames.count - 1
    captureNames = parser.captureNames
    forward = try RegexCompiler.compile(tree, captureCount: captureCount, direction: .forward, length: length)
    var arounds: [Around] = []
    for around in tree.lookArounds {
      let program = try RegexCompiler.compile(
        around.node, captureCount: captureCount, direction: around.side == .behind ? .forward : .backward,
        length: length)
      arounds.append(Around(side: around.side, program: program))
    }
    self.arounds = arounds
    search =
      arounds.isEmpty
      ? forward
      : try RegexCompiler.compile(
        tree.withoutLookArounds, captureCount: captureCount, direction: .forward, length: length)
    backward = try RegexCompiler.compile(
      tree.withoutLookArounds, captureCount: captureCount, direction: .backward, length: length)
    if forward.instructions.count * (captureCount + 1) > 3_000_000 {
      throw RegexSyntaxError(
        id: "regex-too-large", message: "the pattern is too large for its number of groups", range: 0..<length
      )
    }
    forwardClasses = ByteClasses(forward)
    searchClasses = arounds.isEmpty ? forwardClasses : ByteClasses(search)
    backwardClasses = ByteClasses(backward)
    let analysis = LiteralAnalysis(tree)
    isAnchoredAtStart = analysis.isAnchoredAtStart
    exact = analysis.exact.map(LiteralFinder.init)
    prefilter = analysis.isAnchoredAtStart ? nil : RegexPrefilter(analysis, program: forward)
    // A literal at the start of every match is looked for already, or refused by the first bytes walked.
    let prefixCount = analysis.prefix?.count ?? 0
    let isCovered = prefixCount > 0 && analysis.isAnchoredAtStart
    required = analysis.required.flatMap { !isCovered && $0.count > prefixCount ? LiteralFinder($0) : nil }
    allowsEmptyAfterMatch = options.dialect == .perl
    needsASCII =
      exact?.pattern.hasVariants ?? false || required?.pattern.hasVariants ?? false
      || prefilter?.needsASCII ?? false
  }
}
