extension Bool: PlanCodable {
  package static let form = PlanForm<Bool>(
    write: { truth, _ in .bool(truth) },
    read: { (json, reader) throws(PlanReadingFailure) in
      guard case .bool(let truth) = json else { throw reader.failure("this is neither true nor false") }
      return truth
    })
}

extension Int64: PlanCodable {
  package static let form = PlanForm<Int64>(
    write: { number, _ in .long(number) },
    read: { (json, reader) throws(PlanReadingFailure) in
      guard case .long(let number) = json else { throw reader.failure("this is no whole number") }
      return number
    })
}

extension Int: PlanCodable {
  package static let form = PlanForm<Int>.by({ Int64($0) }, "whole number") { Int($0) }
}

/// How many of something: not below zero.
package struct PlanCount: PlanCodable {
  package let value: Int

  package static let form = PlanForm<PlanCount>.by({ $0.value }, "number of rows") {
    $0 < 0 ? nil : PlanCount(value: $0)
  }

  init(value: Int) { self.value = value }
}

extension Double: PlanCodable {
  /// What JSON has no number for is a text.
  package static let form = PlanForm<Double>(
    write: { number, _ in
      if number.isFinite { return .real(number) }
      return .string(number.isNaN ? "NaN" : number > 0 ? "Infinity" : "-Infinity")
    },
    read: { (json, reader) throws(PlanReadingFailure) in
      switch json {
      case .real(let number): return number
      case .long(let number): return Double(number)
      case .string("NaN"): return .nan
      case .string("Infinity"): return .infinity
      case .string("-Infinity"): return -.infinity
      case .null, .bool, .string, .array, .object: throw reader.failure("this is no number")
      }
    })
}

extension String: PlanCodable {
  package static let form = PlanForm<String>(
    write: { text, _ in .string(text) },
    read: { (json, reader) throws(PlanReadingFailure) in
      guard case .string(let text) = json else { throw reader.failure("this is no text") }
      return text
    })
}

extension PlanCodable where Self: RawRepresentable & Sendable, RawValue == String {
  /// By its name.
  package static var named: PlanForm<Self> {
    .by({ $0.rawValue }, "value of this version") { Self(rawValue: $0) }
  }
}

extension Optional: PlanCodable where Wrapped: PlanCodable {
  package static var form: PlanForm<Wrapped?> {
    PlanForm(
      write: { value, writer in value.map { Wrapped.form.write($0, writer) } ?? .null },
      read: { (json, reader) throws(PlanReadingFailure) in
        json == .null ? nil : try Wrapped.form.read(json, reader)
      })
  }

  package static var absent: Wrapped?? { .some(nil) }
  package var isAbsent: Bool { self == nil }
}

extension Array: PlanCodable where Element: PlanCodable {
  package static var form: PlanForm<[Element]> {
    PlanForm(
      write: { elements, writer in .array(elements.map { Element.form.write($0, writer) }) },
      read: { (json, reader) throws(PlanReadingFailure) in
        guard case .array(let elements) = json else { throw reader.failure("this is no list") }
        let form = Element.form
        var result: [Element] = []
        result.reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
          result.append(
            try reader.within("\(index)") { () throws(PlanReadingFailure) in try form.read(element, reader) })
        }
        return result
      })
  }
}

/// A set in an order of its own, so that it is always written the same.
extension Set: PlanCodable where Element: PlanCodable & Comparable {
  package static var form: PlanForm<Set<Element>> {
    .by({ $0.sorted() }, "set") { Set($0) }
  }
}

extension DataType: PlanCodable {
  package static var form: PlanForm<DataType> { named }
}
