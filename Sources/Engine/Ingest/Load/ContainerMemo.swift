/// Remembers what was found inside a member such as `userIdentity`, by the member's bytes.
///
/// One principal writes the same bytes again and again, so its fields are looked up together, not one by one. The
/// memo stops growing at a limit, and gives up where little repeats.
final class ContainerMemo {
  private static let byteLimit = 24 << 20

  private let slotCount: Int
  private let interner = ValueInterner()
  private var codes: [UInt32] = []
  private var byteCount = 0
  private var lookups = 0
  private var hits = 0
  private(set) var isUseful = true
  /// The places of members that are not well-formed JSON.
  var malformed: Set<Int> = []

  init(slotCount: Int) { self.slotCount = slotCount }

  /// Where the codes of these bytes stand; `isNew` if they are still to be filled in. Nil if not remembered.
  @inline(__always)
  func entry(_ value: FieldValue) -> (place: Int, isNew: Bool)? {
    guard isUseful else { return nil }
    lookups &+= 1
    let before = interner.count
    let code = interner.intern(value)
    if interner.count == before {
      hits &+= 1
      return ((Int(code) &- 2) &* slotCount, false)
    }
    codes.append(contentsOf: repeatElement(0, count: slotCount))
    byteCount += value.count
    if byteCount > ContainerMemo.byteLimit || (lookups > 4096 && hits < lookups / 3) { isUseful = false }
    return ((Int(code) &- 2) &* slotCount, true)
  }

  @inline(__always)
  func code(_ place: Int, _ number: Int) -> UInt32 { codes[place &+ number] }

  func setCode(_ place: Int, _ number: Int, _ code: UInt32) { codes[place + number] = code }
}
