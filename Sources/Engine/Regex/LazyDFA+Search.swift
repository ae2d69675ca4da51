extension LazyDFA {
  /// What a search answers beside a place in the text.
  enum Outcome {
    static let none = -1
    static let gaveUp = -2
  }

  /// Where the leftmost-first match ends that starts at `from` or, unanchored, behind it.
  ///
  /// With `stopsEarly` any place by which a match is certain will do.
  func matchEnd(
    in text: UnsafeBufferPointer<UInt8>, from start: Int, isAnchored: Bool, stopsEarly: Bool,
    skip prefilter: RegexPrefilter?
  ) -> Int {
    guard let base = text.baseAddress else { return matchEndOfEmpty(isAnchored: isAnchored) }
    let count = text.count
    // A newline that ends the text has a symbol of its own where `$` asks for it.
    let endsInLine = program.looksAtFinalLine && count > start && base[count - 1] == 0x0A
    let limit = endsInLine ? count - 1 : count
    let classes = self.classes
    var table = self.table
    var place = start
    var found = Outcome.none
    var guardian = ThrashGuard(place: start, flushes: flushes)
    if let prefilter, !isAnchored {
      guard let candidate = prefilter.next(in: text, from: place) else { return Outcome.none }
      place = candidate
    }
    var state = startState(left: context(before: place, in: base), isAnchored: isAnchored)
    table = self.table
    while place < limit {
      var entry = table[Int(state &+ UInt32(classes[Int(base[place])]))]
      if entry < Flag.start {
        state = entry
        place &+= 1
        continue
      }
      if entry & Flag.unknown != 0 {
        if entry == Flag.giveUp { return Outcome.gaveUp }
        entry = makeTransition(from: state, symbol: Int(classes[Int(base[place])]), byte: base[place])
        if entry == Flag.giveUp || guardian.isThrashing(at: place, in: self) { return Outcome.gaveUp }
        table = self.table
      }
      if entry & Flag.match != 0 {
        found = place
        if stopsEarly { return found }
      }
      if entry & Flag.dead != 0 { return found }
      state = entry & Flag.offset
      place &+= 1
      if entry & Flag.start != 0, let prefilter {
        guard let candidate = prefilter.next(in: text, from: place) else { return found }
        if candidate > place, program.hasLooks {
          state = startState(left: context(before: candidate, in: base), isAnchored: false)
          table = self.table
        }
        place = candidate
      }
    }
    if endsInLine, place < count {
      let entry = transition(from: state, symbol: finalLineSymbol, byte: 0x0A)
      if entry == Flag.giveUp { return Outcome.gaveUp }
      if entry & Flag.match != 0 { found = place }
      if entry & Flag.dead != 0 { return found }
      state = entry & Flag.offset
    }
    let last = transition(from: state, symbol: endSymbol, byte: nil)
    if last == Flag.giveUp { return Outcome.gaveUp }
    return last & Flag.match != 0 ? count : found
  }

  /// Where the longest match begins that ends at `end`, not before `start`.
  func matchStart(in text: UnsafeBufferPointer<UInt8>, from start: Int, end: Int) -> Int {
    guard let base = text.baseAddress else { return 0 }
    let classes = self.classes
    var table = self.table
    var place = end
    var found = Outcome.none
    var guardian = ThrashGuard(place: -end, flushes: flushes)
    var state = startState(left: context(at: end, in: text, base), isAnchored: true)
    table = self.table
    if program.looksAtFinalLine, place == text.count, place > start, base[place - 1] == 0x0A {
      let entry = transition(from: state, symbol: finalLineSymbol, byte: 0x0A)
      if entry == Flag.giveUp { return Outcome.gaveUp }
      if entry & Flag.match != 0 { found = place }
      if entry & Flag.dead != 0 { return found }
      state = entry & Flag.offset
      place -= 1
      table = self.table
    }
    while place > start {
      let byte = base[place &- 1]
      var entry = table[Int(state &+ UInt32(classes[Int(byte)]))]
      if entry < Flag.start {
        state = entry
        place &-= 1
        continue
      }
      if entry & Flag.unknown != 0 {
        if entry == Flag.giveUp { return Outcome.gaveUp }
        entry = makeTransition(from: state, symbol: Int(classes[Int(byte)]), byte: byte)
        if entry == Flag.giveUp || guardian.isThrashing(at: -place, in: self) { return Outcome.gaveUp }
        table = self.table
      }
      if entry & Flag.match != 0 { found = place }
      if entry & Flag.dead != 0 { return found }
      state = entry & Flag.offset
      place &-= 1
    }
    // The byte before the first one asked about only tells whether a match begins at it.
    let last: UInt32
    if place > 0 {
      let byte = base[place - 1]
      let isFinalLine = program.looksAtFinalLine && place == text.count && byte == 0x0A
      last = transition(
        from: state, symbol: isFinalLine ? finalLineSymbol : Int(classes[Int(byte)]), byte: byte)
    } else {
      last = transition(from: state, symbol: endSymbol, byte: nil)
    }
    if last == Flag.giveUp { return Outcome.gaveUp }
    return last & Flag.match != 0 ? place : found
  }

  private func matchEndOfEmpty(isAnchored: Bool) -> Int {
    let state = startState(left: .edge, isAnchored: isAnchored)
    let entry = transition(from: state, symbol: endSymbol, byte: nil)
    if entry == Flag.giveUp { return Outcome.gaveUp }
    return entry & Flag.match != 0 ? 0 : Outcome.none
  }

  private func transition(from state: UInt32, symbol: Int, byte: UInt8?) -> UInt32 {
    let entry = table[Int(state) + symbol]
    if entry & Flag.unknown == 0 || entry == Flag.giveUp { return entry }
    return makeTransition(from: state, symbol: symbol, byte: byte)
  }

  private func context(before place: Int, in base: UnsafePointer<UInt8>) -> LookAssertion.Context {
    place > 0 ? LookAssertion.Context(base[place - 1]) : .edge
  }

  private func context(
    at place: Int, in text: UnsafeBufferPointer<UInt8>, _ base: UnsafePointer<UInt8>
  ) -> LookAssertion.Context {
    guard place < text.count else { return .edge }
    if base[place] == 0x0A, place == text.count - 1 { return .finalLineFeed }
    return LookAssertion.Context(base[place])
  }

  /// Tells a search that makes a state for nearly every byte from one that walks.
  private struct ThrashGuard {
    var place: Int
    var flushes: Int
    var bad = 0

    mutating func isThrashing(at place: Int, in automaton: LazyDFA) -> Bool {
      guard automaton.flushes != flushes else { return false }
      flushes = automaton.flushes
      if place - self.place < 10 * automaton.statesBeforeFlush { bad += 1 }
      self.place = place
      return bad > 2
    }
  }
}
