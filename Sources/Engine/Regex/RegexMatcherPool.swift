import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The matchers of a pattern that are at rest. A thread finds the one it used last again, without a lock.
///
/// Unchecked: a matcher is in one place of the pool or with one caller.
final class RegexMatcherPool: @unchecked Sendable {
  private static let slotCount = 16
  /// In slots: those of two threads share no line of the cache.
  private static let slotDistance = 8

  private let slots: UnsafeMutablePointer<Atomic<UnsafeMutableRawPointer?>>
  /// Those that found their slot taken.
  private let others = Mutex<[Parked]>([])

  /// Unchecked: the list gives a matcher to one caller at a time.
  private struct Parked: @unchecked Sendable { let matcher: RegexMatcher }

  init() {
    slots = .allocate(capacity: Self.slotCount * Self.slotDistance)
    for index in 0..<Self.slotCount { (slots + index * Self.slotDistance).initialize(to: Atomic(nil)) }
  }

  deinit {
    for index in 0..<Self.slotCount {
      let slot = slots + index * Self.slotDistance
      if let matcher = slot.pointee.load(ordering: .acquiring) {
        Unmanaged<RegexMatcher>.fromOpaque(matcher).release()
      }
      slot.deinitialize(count: 1)
    }
    slots.deallocate()
  }

  /// - Parameter make: a matcher where none is at rest.
  func withMatcher<Result>(_ make: () -> RegexMatcher, _ body: (RegexMatcher) -> Result) -> Result {
    let slot = slots + Self.ownSlot &* Self.slotDistance
    if let known = slot.pointee.exchange(nil, ordering: .acquiring) {
      let matcher = Unmanaged<RegexMatcher>.fromOpaque(known)
      defer { rest(matcher, in: slot) }
      return matcher._withUnsafeGuaranteedRef { body($0) }
    }
    let matcher = others.withLock { $0.popLast()?.matcher } ?? make()
    defer { rest(Unmanaged.passRetained(matcher), in: slot) }
    return body(matcher)
  }

  /// Another thread's that has the same slot makes room.
  private func rest(
    _ matcher: Unmanaged<RegexMatcher>, in slot: UnsafeMutablePointer<Atomic<UnsafeMutableRawPointer?>>
  ) {
    guard let other = slot.pointee.exchange(matcher.toOpaque(), ordering: .acquiringAndReleasing) else {
      return
    }
    let parked = Parked(matcher: Unmanaged<RegexMatcher>.fromOpaque(other).takeRetainedValue())
    others.withLock { if $0.count < Self.slotCount { $0.append(parked) } }
  }

  private static var ownSlot: Int {
    #if canImport(Glibc)
      let thread = UInt64(pthread_self())
    #else
      let thread = UInt64(UInt(bitPattern: pthread_self()))
    #endif
    // Addresses of threads differ in their middle bits.
    return Int(truncatingIfNeeded: ((thread >> 12) &* 0x9E37_79B9_7F4A_7C15) >> 60)
  }
}
