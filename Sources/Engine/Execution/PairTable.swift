/// Numbers distinct pairs of codes, in the order in which they first appear.
///
/// While the codes are few, a table with a place for each possible pair is looked up without hashing; past
/// `denseLimit` places the pairs are packed into words and hashed.
///
/// ```
///   first 48 hours, second 1,950 names   ->   place first * 2048 + second
/// ```
struct PairTable: ~Copyable {
  private static let denseLimit = 1 << 20
  private static let unknown = UInt32.max

  private var places: [UInt32] = []
  /// Codes that have places: `firstCapacity` times two to the power of `shift`.
  private var firstCapacity = 0
  private var shift = 0
  private var pairs: [UInt64] = []
  private var isHashed = false
  private var table = CodeTable()

  var count: Int { isHashed ? table.count : pairs.count }

  /// Replaces the first codes by the codes of the pairs and calls for each new pair with its row.
  ///
  /// - Precondition: codes are below the given limits.
  mutating func number(
    _ first: UnsafeMutableBufferPointer<UInt32>, below firstLimit: Int, _ second: UnsafeBufferPointer<UInt32>,
    below secondLimit: Int, rows: Int, isNew: (Int) -> Void
  ) {
    if !isHashed { makeRoom(firstLimit, secondLimit) }
    if isHashed {
      var known = table.count
      for row in 0..<rows {
        let code = table.intern(UInt64(first[row]) << 32 | UInt64(second[row]))
        if Int(code) == known {
          known += 1
          isNew(row)
        }
        first[row] = code
      }
      return
    }
    let shift = shift
    // Moved out and back, so that the loop writes to memory that nobody else can hold.
    var pairs = self.pairs
    self.pairs = []
    places.withUnsafeMutableBufferPointer { places in
      for row in 0..<rows {
        let place = Int(first[row]) << shift | Int(second[row])
        var code = places[place]
        if code == PairTable.unknown {
          code = UInt32(truncatingIfNeeded: pairs.count)
          places[place] = code
          pairs.append(UInt64(first[row]) << 32 | UInt64(second[row]))
          isNew(row)
        }
        first[row] = code
      }
    }
    self.pairs = pairs
  }

  func find(_ first: UInt32, _ second: UInt32) -> UInt32? {
    if isHashed { return table.find(UInt64(first) << 32 | UInt64(second)) }
    guard Int(first) < firstCapacity, Int(second) >> shift == 0 else { return nil }
    let code = places[Int(first) << shift | Int(second)]
    return code == PairTable.unknown ? nil : code
  }

  private mutating func makeRoom(_ firstLimit: Int, _ secondLimit: Int) {
    var wantedShift = shift
    while secondLimit > 1 << wantedShift { wantedShift += 1 }
    if firstLimit <= firstCapacity, wantedShift == shift { return }
    var wantedFirst = max(firstCapacity, 16)
    while wantedFirst < firstLimit { wantedFirst *= 2 }
    if wantedFirst > PairTable.denseLimit >> wantedShift {
      isHashed = true
      for pair in pairs { _ = table.intern(pair) }
      pairs = []
      places = []
      return
    }
    firstCapacity = wantedFirst
    shift = wantedShift
    places = [UInt32](repeating: PairTable.unknown, count: firstCapacity << shift)
    for (code, pair) in pairs.enumerated() {
      places[Int(pair >> 32) << shift | Int(pair & 0xFFFF_FFFF)] = UInt32(truncatingIfNeeded: code)
    }
  }
}
