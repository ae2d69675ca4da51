/// Finds the groups of a match whose span is known, in the cheapest way its program and length allow.
final class GroupFinder {
  private let onePass: OnePassMatcher?
  private let backtracker: BoundedBacktracker
  private let slots: UnsafeMutableBufferPointer<Int>

  init(_ program: RegexProgram, _ byteClasses: ByteClasses, _ places: LookAroundPlaces?) {
    onePass = OnePassMatcher(program, byteClasses)
    backtracker = BoundedBacktracker(program, places)
    slots = .allocate(capacity: 2 * (program.captureCount + 1))
    slots.initialize(repeating: -1)
  }

  deinit { slots.deallocate() }

  var steps: Int { backtracker.steps }

  /// Nil where neither way is open, or the span is no match.
  func groups(of span: Range<Int>, in text: UnsafeBufferPointer<UInt8>) -> [Range<Int>?]? {
    if let onePass, onePass.run(text, span: span, slots: slots) {
      return Self.groups(UnsafeBufferPointer(slots))
    }
    guard backtracker.canRun(over: span.count), backtracker.run(text, span: span, slots: slots) else {
      return nil
    }
    return Self.groups(UnsafeBufferPointer(slots))
  }

  /// Pairs of slots as ranges.
  static func groups(_ slots: UnsafeBufferPointer<Int>) -> [Range<Int>?] {
    let count = slots.count / 2
    return [Range<Int>?](unsafeUninitializedCapacity: count) { buffer, initialized in
      for index in 0..<count {
        let (first, last) = (slots[2 * index], slots[2 * index + 1])
        (buffer.baseAddress.map { $0 + index })?.initialize(
          to: first >= 0 && last >= first ? first..<last : nil)
      }
      initialized = count
    }
  }
}
