#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Sign and rounding: `abs`, `sign`, `ceiling`, `round`.
package enum RoundingFunctions {
  package static let all: [ScalarFunction] = [abs, sign, ceiling, round]

  static let abs = ScalarFunction(
    [.kql("abs")],
    Signature(
      [.oneOf("value", [.real, .int, .long, .decimal, .timespan])],
      returns: .computed { types, _ in types[0] == .int ? .long : types[0] }),
    "Gives a number or timespan without its sign.",
    notes: ["The smallest long stays as it is."], naming: .firstArgument,
    kernel: .vector { call in
      switch call.type {
      case .real: return RealKernels.map(call.arguments[0], count: call.count) { $0.magnitude }
      case .long, .timespan:
        return TickKernels.map(call.arguments[0], to: call.type, count: call.count) { $0 < 0 ? 0 &- $0 : $0 }
      case .decimal:
        return ConversionKernels.mapped(call.arguments[0], to: .decimal) { value in
          guard case .decimal(let number) = value else { return .null }
          return .decimal(number.magnitude)
        }
      case .bool, .int, .datetime, .guid, .string, .dynamic:
        return .constant(.null, call.type, count: call.count)
      }
    },
    spellings: [.spl("abs($1)")],
    examples: [
      .kql("abs(-5)", gives: "5"),
      .kql("abs(-1h)", gives: "1h"),
      .kql("abs(-2.5)", gives: "2.5"),
      .kql("abs(long(null))", gives: "long(null)"),
    ])

  static let sign = ScalarFunction(
    [.kql("sign")], Signature([.number("value")], returns: .fixed(.real)),
    "Gives -1, 0 or 1 as a real; 0 for NaN.",
    kernel: .vector { call in
      RealKernels.map(call.arguments[0], count: call.count) { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 }
    },
    examples: [
      .kql("sign(-42)", gives: "-1.0"),
      .kql("sign(0)", gives: "0.0"),
      .kql("sign(real(nan))", gives: "0.0"),
    ])

  static let ceiling = ScalarFunction(
    [.kql("ceiling")], Signature([.number("value")], returns: .argument(0)),
    "Gives the smallest whole number that is not below a number, in the number's type.",
    naming: .firstArgument,
    kernel: .vector { call in
      switch call.type {
      case .real: return RealKernels.map(call.arguments[0], count: call.count) { $0.rounded(.up) }
      case .decimal: return rounded(call.arguments[0], digits: 0, .up)
      case .int, .long, .bool, .datetime, .timespan, .guid, .string, .dynamic: return call.arguments[0]
      }
    },
    spellings: [.spl("ceiling($1)")],
    examples: [
      .kql("ceiling(4.1)", gives: "5.0"),
      .kql("ceiling(-1.1)", gives: "-1.0"),
      .kql("ceiling(3)", gives: "3"),
    ])

  static let round = ScalarFunction(
    [.kql("round")],
    Signature([.number("value"), .long("precision").optional.constant], returns: .argument(0)),
    "Rounds to a number of digits behind the point, before it if negative; halves away from zero.",
    naming: .firstArgument,
    kernel: .vector { call in
      let digits: Int64
      if call.arguments.count > 1 {
        guard case .long(let wanted) = call.arguments[1].count > 0 ? call.arguments[1].value(at: 0) : .long(0)
        else {
          return .constant(.null, call.type, count: call.count)
        }
        digits = max(-400, min(400, wanted))
      } else {
        digits = 0
      }
      switch call.type {
      case .real:
        return RealKernels.map(call.arguments[0], count: call.count) { rounded($0, digits: Int(digits)) }
      case .int, .long:
        if digits >= 0 { return call.arguments[0] }
        return TickKernels.map(call.arguments[0], to: call.type, count: call.count) {
          rounded($0, zeros: Int(-digits))
        }
      case .decimal: return rounded(call.arguments[0], digits: Int(digits), .toNearestOrAwayFromZero)
      case .bool, .datetime, .timespan, .guid, .string, .dynamic: return call.arguments[0]
      }
    },
    spellings: [.spl("round($1)"), .spl("round($1, $2)")],
    examples: [
      .kql("round(2.15, 1)", gives: "2.2"),
      .kql("round(-50.55, -2)", gives: "-100.0"),
      .kql("round(6.5)", gives: "7.0"),
      .kql("round(-6.5)", gives: "-7.0", why: "away from zero"),
      .kql("round(real(null), 2)", gives: "real(null)"),
    ])

  private static func rounded(_ number: Double, digits: Int) -> Double {
    if digits == 0 { return number.rounded(.toNearestOrAwayFromZero) }
    let scale = pow(10, Double(digits.magnitude))
    if digits < 0 { return scale.isFinite ? (number / scale).rounded(.toNearestOrAwayFromZero) * scale : 0 }
    let scaled = number * scale
    return scaled.isFinite ? scaled.rounded(.toNearestOrAwayFromZero) / scale : number
  }

  private static func rounded(_ number: Int64, zeros: Int) -> Int64 {
    if zeros > 18 { return 0 }
    var scale: Int64 = 1
    for _ in 0..<zeros { scale *= 10 }
    let remainder = number % scale
    let base = number - remainder
    guard remainder.magnitude >= (scale / 2).magnitude else { return base }
    return base &+ (number < 0 ? -scale : scale)
  }

  private static func rounded(_ column: Column, digits: Int, _ rule: FloatingPointRoundingRule) -> Column {
    ConversionKernels.mapped(column, to: .decimal) { value in
      guard case .decimal(let number) = value else { return .null }
      return .decimal(number.rounded(digits: max(-100, min(100, digits)), rule))
    }
  }
}
