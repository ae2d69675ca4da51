/// Simple case folding: the scalars that differ from a scalar by case only.
///
///     CaseFolding.closing(ScalarSet("k"..."k"))  // k, K and the Kelvin sign
enum CaseFolding {
  static let kelvinSign: UInt32 = 0x212A
  static let longS: UInt32 = 0x17F

  /// The set with every scalar that equals a member by simple case folding.
  static func closing(_ set: ScalarSet, unicode: Bool) -> ScalarSet {
    var ranges = set.ranges
    for range in set.intersection(.ascii).ranges {
      add(range, letters: 0x41...0x5A, moved: 0x20, to: &ranges)
      add(range, letters: 0x61...0x7A, moved: -0x20, to: &ranges)
    }
    guard unicode else { return ScalarSet(ranges) }
    if set.contains(0x6B) || set.contains(0x4B) { ranges.append(kelvinSign...kelvinSign) }
    if set.contains(0x73) || set.contains(0x53) { ranges.append(longS...longS) }
    if !set.isASCII {
      for (scalar, others) in orbits where set.contains(scalar) {
        ranges += others.map { $0...$0 }
      }
    }
    return ScalarSet(ranges)
  }

  private static func add(
    _ range: ClosedRange<UInt32>, letters: ClosedRange<UInt32>, moved distance: Int32,
    to ranges: inout [ClosedRange<UInt32>]
  ) {
    let low = max(range.lowerBound, letters.lowerBound)
    let high = min(range.upperBound, letters.upperBound)
    guard low <= high else { return }
    ranges.append(UInt32(Int32(low) + distance)...UInt32(Int32(high) + distance))
  }

  /// Every scalar with others of its orbit, from the standard library's case mappings; built when first asked.
  private static let orbits: [UInt32: [UInt32]] = {
    var leader: [UInt32: UInt32] = [:]
    func root(_ scalar: UInt32) -> UInt32 {
      var current = scalar
      while let next = leader[current], next != current { current = next }
      return current
    }
    func join(_ one: UInt32, _ two: UInt32) {
      let (first, second) = (root(one), root(two))
      leader[max(first, second)] = min(first, second)
      leader[min(first, second)] = min(first, second)
    }
    for block in casedBlocks {
      for value in block {
        guard let scalar = Unicode.Scalar(value), scalar.properties.changesWhenCaseMapped else { continue }
        // Dotted and dotless i fold in Turkic languages only.
        if value == 0x130 || value == 0x131 { continue }
        for mapping in [scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping] {
          let scalars = mapping.unicodeScalars
          if scalars.count == 1, let other = scalars.first, other != scalar { join(value, other.value) }
        }
      }
    }
    // Pairs whose mappings are longer than one scalar but whose folding is not.
    for (one, two) in [(0x390, 0x1FD3), (0x3B0, 0x1FE3), (0xFB05, 0xFB06)] as [(UInt32, UInt32)] {
      join(one, two)
    }
    var members: [UInt32: [UInt32]] = [:]
    for scalar in leader.keys { members[root(scalar), default: []].append(scalar) }
    var orbits: [UInt32: [UInt32]] = [:]
    for group in members.values where group.count > 1 {
      for scalar in group { orbits[scalar] = group.filter { $0 != scalar } }
    }
    return orbits
  }()

  /// Where scalars with case live; the rest of the planes is skipped.
  private static let casedBlocks: [ClosedRange<UInt32>] = [
    0x41...0x2FFF, 0xA640...0xABFF, 0xFB00...0xFFFF, 0x10400...0x10FFF, 0x11800...0x11FFF, 0x16E00...0x16FFF,
    0x1D400...0x1E9FF,
  ]
}
