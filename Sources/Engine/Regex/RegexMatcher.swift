/// One thread's means of matching a pattern: automata that grow with the texts seen. Not to be shared.
///
///     let matcher = expression.makeMatcher()
///     for text in texts where matcher.isMatch(text) { … }
package final class RegexMatcher {
  /// How a search is carried out; `automatic` unless a test compares them.
  enum Strategy { case automatic, automata, simulation }

  let compiled: CompiledRegex
  var strategy = Strategy.automatic
  private let forward: LazyDFA
  private let exact: LiteralFinder?
  private let required: LiteralFinder?
  private let prefilter: RegexPrefilter?
  private let needsASCII: Bool
  private var backward: LazyDFA?
  private var pike: PikeMatcher?
  private var groupFinder: GroupFinder?
  private let automatonBytes: Int
  /// Nil for a pattern without look-around.
  private let places: LookAroundPlaces?
  /// The text that the places are known of, while a call that searches it more than once is under way.
  private var scanned: UnsafeBufferPointer<UInt8>?
  private var isSearchingOften = false

  init(_ compiled: CompiledRegex, automatonBytes: Int = 2 << 20) {
    self.compiled = compiled
    self.automatonBytes = automatonBytes
    exact = compiled.exact
    required = compiled.required
    prefilter = compiled.prefilter
    needsASCII = compiled.needsASCII
    places = compiled.arounds.isEmpty ? nil : LookAroundPlaces(compiled.arounds)
    forward = LazyDFA(
      compiled.search, compiled.searchClasses, direction: .forward, marksStarts: compiled.prefilter != nil,
      maximumBytes: automatonBytes)
  }

  package func isMatch(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    if strategy == .simulation { return simulate(text, from: 0, isAnchored: false) != nil }
    let usesLiterals = strategy == .automatic && (!needsASCII || ASCIICheck.isASCII(text))
    if usesLiterals {
      if let exact { return exact.first(in: text, from: 0) != nil }
      if let required, required.first(in: text, from: 0) == nil { return false }
    }
    let end = forward.matchEnd(
      in: text, from: 0, isAnchored: compiled.isAnchoredAtStart, stopsEarly: true,
      skip: usesLiterals ? prefilter : nil)
    if end == LazyDFA.Outcome.none { return false }
    if end == LazyDFA.Outcome.gaveUp || places != nil {
      return simulate(text, from: 0, isAnchored: false) != nil
    }
    return true
  }

  /// The leftmost match that starts at `start` or behind it; assertions see the whole text.
  package func firstMatch(in text: UnsafeBufferPointer<UInt8>, from start: Int = 0) -> Range<Int>? {
    guard start >= 0, start <= text.count else { return nil }
    if strategy == .simulation { return simulate(text, from: start, isAnchored: false) }
    let usesLiterals = strategy == .automatic && (!needsASCII || ASCIICheck.isASCII(text))
    if usesLiterals {
      if let exact {
        return exact.first(in: text, from: start).map { $0..<$0 + exact.pattern.count }
      }
      if let required, required.first(in: text, from: start) == nil { return nil }
    }
    if compiled.isAnchoredAtStart, start > 0 { return nil }
    let end = forward.matchEnd(
      in: text, from: start, isAnchored: compiled.isAnchoredAtStart, stopsEarly: false,
      skip: usesLiterals ? prefilter : nil)
    if end == LazyDFA.Outcome.none { return nil }
    if end == LazyDFA.Outcome.gaveUp || places != nil {
      return simulate(text, from: start, isAnchored: false)
    }
    if compiled.isAnchoredAtStart { return start..<end }
    let begin = backwardAutomaton().matchStart(in: text, from: start, end: end)
    guard begin >= start, begin <= end else { return simulate(text, from: start, isAnchored: false) }
    return begin..<end
  }

  /// The leftmost match and its groups; nil for a group that took no part.
  package func captures(in text: UnsafeBufferPointer<UInt8>, from start: Int = 0) -> [Range<Int>?]? {
    scanning(text) {
      guard let span = firstMatch(in: text, from: start) else { return nil }
      return groups(of: span, in: text)
    }
  }

  /// All matches that do not overlap, from the first on, until `body` returns false.
  ///
  /// Each match is a search of its own, so where every search has to read to the end of the text to be sure, the
  /// cost is that of a search times the number of matches.
  package func matches(in text: UnsafeBufferPointer<UInt8>, body: (Range<Int>) -> Bool) {
    scanning(text) { findMatches(in: text, body: body) }
  }

  /// The groups of all matches that do not overlap, until `body` returns false.
  package func allCaptures(in text: UnsafeBufferPointer<UInt8>, body: ([Range<Int>?]) -> Bool) {
    matches(in: text) { body(groups(of: $0, in: text)) }
  }

  private func findMatches(in text: UnsafeBufferPointer<UInt8>, body: (Range<Int>) -> Bool) {
    var place = 0
    var lastEnd = -1
    while place <= text.count, let match = firstMatch(in: text, from: place) {
      if match.isEmpty {
        place = UTF8Decoding.next(after: match.upperBound, in: text)
        if match.upperBound == lastEnd, !compiled.allowsEmptyAfterMatch { continue }
      } else {
        place = match.upperBound
      }
      lastEnd = match.upperBound
      if !body(match) { return }
    }
  }

  /// Works out once, for all searches of `body`, where the look-arounds hold; not before one of them needs it.
  private func scanning<Result>(_ text: UnsafeBufferPointer<UInt8>, _ body: () -> Result) -> Result {
    let outer = isSearchingOften
    isSearchingOften = true
    scanned = nil
    defer {
      isSearchingOften = outer
      scanned = nil
    }
    return body()
  }

  private func findPlaces(in text: UnsafeBufferPointer<UInt8>) {
    guard let places else { return }
    if let scanned, scanned.baseAddress == text.baseAddress, scanned.count == text.count { return }
    places.scan(text)
    scanned = isSearchingOften ? text : nil
  }

  /// What matching the text costs off the automata's fast path, plus one step per byte they walk.
  package func countSteps(in text: UnsafeBufferPointer<UInt8>) -> Int {
    let before = steps
    _ = captures(in: text)
    return steps - before + 2 * text.count
  }

  var steps: Int {
    forward.steps + (backward?.steps ?? 0) + (pike?.steps ?? 0) + (groupFinder?.steps ?? 0)
      + (places?.steps ?? 0)
  }

  /// The groups of a match found before.
  private func groups(of span: Range<Int>, in text: UnsafeBufferPointer<UInt8>) -> [Range<Int>?] {
    if compiled.forward.captureCount == 0 { return [span] }
    let finder = groupFinder ?? GroupFinder(compiled.forward, compiled.forwardClasses, places)
    groupFinder = finder
    if strategy != .simulation, let groups = finder.groups(of: span, in: text) { return groups }
    let pike = simulation()
    let slotCount = 2 * (compiled.forward.captureCount + 1)
    guard pike.run(text, from: span.lowerBound, isAnchored: true, slotCount: slotCount) else { return [span] }
    return pike.slots.withUnsafeBufferPointer { GroupFinder.groups($0) }
  }

  private func backwardAutomaton() -> LazyDFA {
    if let backward { return backward }
    let made = LazyDFA(
      compiled.backward, compiled.backwardClasses, direction: .backward, marksStarts: false,
      maximumBytes: automatonBytes)
    backward = made
    return made
  }

  private func simulation() -> PikeMatcher {
    if let pike { return pike }
    let made = PikeMatcher(compiled.forward, places)
    pike = made
    return made
  }

  private func simulate(_ text: UnsafeBufferPointer<UInt8>, from start: Int, isAnchored: Bool) -> Range<Int>?
  {
    findPlaces(in: text)
    let pike = simulation()
    guard pike.run(text, from: start, isAnchored: isAnchored, slotCount: 2) else { return nil }
    return pike.slots[0]..<pike.slots[1]
  }
}
