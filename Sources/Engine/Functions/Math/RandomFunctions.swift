/// Numbers and identifiers that differ by row and yet repeat from run to run: `rand`, `new_guid`.
///
/// They come from the time of the run, the place of the call in the query, and the number of the row.
package enum RandomFunctions {
  package static let all: [ScalarFunction] = [random, guid]

  static let random = ScalarFunction(
    [.kql("rand")], Signature([.long("limit").optional], returns: .fixed(.real)),
    "Gives a number from 0 up to 1; with a limit, a whole number below it.",
    differs: ["A run over the same data at the same `now` gives the same numbers again."],
    stability: .volatile, naming: .firstArgument,
    kernel: .prepared { arguments in
      let stream = RandomStream(arguments)
      return { values in
        let unit = Double(stream.bits(values) >> 11) * 0x1p-53
        guard values.count > 1, case .long(let limit) = values[0], limit > 1 else { return .real(unit) }
        return .real((unit * Double(limit)).rounded(.down))
      }
    },
    examples: [
      .kql("rand() < 1", gives: "true"),
      .kql("rand(10) <= 9", gives: "true"),
      .kql("isnull(rand(long(null)))", gives: "true"),
    ])

  static let guid = ScalarFunction(
    [.kql("new_guid")], Signature([], returns: .fixed(.guid)), "Gives a new identifier for each row.",
    differs: ["A run over the same data at the same `now` gives the same identifiers again."],
    stability: .volatile,
    kernel: .prepared { arguments in
      let stream = RandomStream(arguments)
      return { values in
        // The version (4) and variant bits of a random identifier.
        let high = stream.bits(values) & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
        let low = stream.bits(values, salt: 1) & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        return .guid(GUID(high: high, low: low))
      }
    },
    examples: [
      .kql("strlen(tostring(new_guid()))", gives: "36"),
      .kql(#"substring(tostring(new_guid()), 14, 1)"#, gives: #""4""#, why: "the version"),
    ])
}

/// Random bits for each row, fixed by the run's time and the call's place.
struct RandomStream: Sendable {
  private let seed: UInt64

  init(_ arguments: PreparedArguments) {
    let site = UInt64(truncatingIfNeeded: arguments.site) &* 0xD134_2543_DE82_EF95
    seed = RandomStream.mixed(UInt64(bitPattern: arguments.now) ^ site)
  }

  /// The last argument of a volatile function is the number of the row.
  func bits(_ values: [Value], salt: UInt64 = 0) -> UInt64 {
    var row: UInt64 = 0
    if case .long(let number)? = values.last { row = UInt64(bitPattern: number) }
    return RandomStream.mixed(seed &+ (row &* 2 &+ salt &+ 1) &* 0x9E37_79B9_7F4A_7C15)
  }

  private static func mixed(_ word: UInt64) -> UInt64 {
    var word = word
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}
