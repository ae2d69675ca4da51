/// Arrays made of values and of each other.
package enum ArrayFunctions {
  package static let all: [ScalarFunction] = [
    length, concat, reverse, slice, split, rotateLeft, rotateRight, shiftLeft, shiftRight, choice, indexOf,
    sum,
  ]

  package static let length = ScalarFunction(
    [.kql("array_length"), .kqlAlias("arraylength")], Signature([.dynamic("array")], returns: .fixed(.long)),
    "Counts the elements of an array; null for anything else.",
    kernel: .vector { call in
      guard case .string(let column) = call.arguments[0] else {
        let value = call.arguments[0].count > 0 ? call.arguments[0].value(at: 0) : .null
        return .constant(value.elements.map { .long(Int64($0.count)) } ?? .null, .long, count: call.count)
      }
      var builder = ColumnBuilder(type: .long)
      for row in 0..<call.count {
        var finder = JSONElementFinder(column.dictionary[column.codes[row]])
        if column.validity?[row] ?? true, finder.isArray {
          builder.append(.long(finder.elementCount()))
        } else {
          builder.appendNull()
        }
      }
      return builder.finish()
    },
    inverse: .elementCount,
    examples: [
      .kql(#"array_length(dynamic([1, 2, 3, "four"]))"#, gives: "4"),
      .kql(#"array_length(dynamic({"a":1}))"#, gives: "long(null)"),
      .kql("array_length(dynamic([]))", gives: "0"),
    ])

  static let concat = ScalarFunction(
    [.kql("array_concat")],
    Signature([.dynamic("array"), .dynamic("next").repeated], returns: .fixed(.dynamic)),
    "Puts arrays one behind the other; what is no array is passed over.", nulls: .ignoresNulls,
    kernel: .scalar { values in
      let arrays = values.compactMap(\.elements)
      guard DynamicLimit.admits(arrays.reduce(0) { $0 + $1.count }) else { return .null }
      return arrays.isEmpty ? .null : .array(Array(arrays.joined()))
    },
    spellings: [.spl("mvappend($*)")],
    examples: [
      .kql("array_concat(dynamic([1,2]), dynamic([3]))", gives: "dynamic([1,2,3])"),
      .kql("array_concat(dynamic([1]), dynamic(null))", gives: "dynamic([1])"),
    ])

  static let reverse = ScalarFunction(
    [.kql("array_reverse")], Signature([.dynamic("array")], returns: .fixed(.dynamic)),
    "Turns the order of an array around.",
    kernel: .scalar { values in values[0].elements.map { .array($0.reversed()) } ?? .null },
    examples: [
      .kql("array_reverse(dynamic([1,2,3]))", gives: "dynamic([3,2,1])"),
      .kql("array_reverse(dynamic([]))", gives: "dynamic([])"),
    ])

  package static let slice = ScalarFunction(
    [.kql("array_slice")],
    Signature([.dynamic("array"), .long("start"), .long("end")], returns: .fixed(.dynamic)),
    "Gives the elements from one index to another, both included; negative ones count from the end.",
    kernel: .scalar { values in
      guard let elements = values[0].elements, let start = values[1].integer, let end = values[2].integer
      else {
        return .null
      }
      let first = max(0, position(start, in: elements))
      let last = min(elements.count - 1, position(end, in: elements))
      return .array(first <= last ? Array(elements[first...last]) : [])
    },
    examples: [
      .kql("array_slice(dynamic([1,2,3,4,5]), 1, 2)", gives: "dynamic([2,3])"),
      .kql("array_slice(dynamic([1,2,3,4,5]), -2, -1)", gives: "dynamic([4,5])"),
      .kql("array_slice(dynamic([1,2,3]), 2, 100)", gives: "dynamic([3])"),
      .kql("array_slice(dynamic([1,2,3]), 0, 0)", gives: "dynamic([1])"),
    ])

  /// An index, counted from the end if negative; far ones stay outside.
  private static func position(_ index: Int64, in elements: [JSONValue]) -> Int {
    let count = Int64(elements.count)
    return Int(min(max(index < 0 ? index &+ count : index, -1), count))
  }

  static let split = ScalarFunction(
    [.kql("array_split")], Signature([.dynamic("array"), .any("indexes")], returns: .fixed(.dynamic)),
    "Cuts an array before an index, or before each of an array of indexes, into an array of arrays.",
    kernel: .scalar { values in
      guard let elements = values[0].elements else { return .null }
      let wanted: [Int64]
      if let list = values[1].elements {
        wanted = list.compactMap { $0.scalar?.integer }
      } else if let index = values[1].integer {
        wanted = [index]
      } else {
        return .null
      }
      var parts: [JSONValue] = []
      var start = 0
      for index in wanted {
        let cut = max(start, max(0, position(index, in: elements)))
        parts.append(.array(Array(elements[start..<cut])))
        start = cut
      }
      parts.append(.array(Array(elements[start...])))
      return .array(parts)
    },
    examples: [
      .kql("array_split(dynamic([1,2,3,4,5]), 2)", gives: "dynamic([[1,2],[3,4,5]])"),
      .kql("array_split(dynamic([1,2,3,4,5]), dynamic([1,3]))", gives: "dynamic([[1],[2,3],[4,5]])"),
      .kql("array_split(dynamic([1,2,3]), -1)", gives: "dynamic([[1,2],[3]])"),
    ])

  static let rotateLeft = rotation(
    "array_rotate_left", "left", sign: 1,
    examples: [
      .kql("array_rotate_left(dynamic([1,2,3,4,5]), 2)", gives: "dynamic([3,4,5,1,2])"),
      .kql("array_rotate_left(dynamic([1,2,3,4,5]), -2)", gives: "dynamic([4,5,1,2,3])"),
    ])
  static let rotateRight = rotation(
    "array_rotate_right", "right", sign: -1,
    examples: [
      .kql("array_rotate_right(dynamic([1,2,3,4,5]), 2)", gives: "dynamic([4,5,1,2,3])"),
      .kql("array_rotate_right(dynamic([]), 2)", gives: "dynamic([])"),
    ])

  private static func rotation(
    _ name: String, _ side: String, sign: Int64, examples: [FunctionExample]
  ) -> ScalarFunction {
    ScalarFunction(
      [.kql(name)], Signature([.dynamic("array"), .long("count")], returns: .fixed(.dynamic)),
      "Moves the elements to the \(side); what falls off comes in at the other end.",
      kernel: .scalar { values in
        guard let elements = values[0].elements, let amount = values[1].integer else { return .null }
        if elements.isEmpty { return .array([]) }
        let count = Int64(elements.count)
        let turn = Int(((amount % count) * sign + count) % count)
        return .array(Array(elements[turn...] + elements[..<turn]))
      }, examples: examples)
  }

  static let shiftLeft = shift(
    "array_shift_left", "left", sign: 1,
    examples: [
      .kql("array_shift_left(dynamic([1,2,3]), 2)", gives: "dynamic([3,null,null])"),
      .kql("array_shift_left(dynamic([1,2,3]), -1, 0)", gives: "dynamic([0,1,2])"),
    ])
  static let shiftRight = shift(
    "array_shift_right", "right", sign: -1,
    examples: [
      .kql("array_shift_right(dynamic([1,2,3]), 2)", gives: "dynamic([null,null,1])"),
      .kql("array_shift_right(dynamic([1,2,3]), 5, -1)", gives: "dynamic([-1,-1,-1])"),
    ])

  private static func shift(
    _ name: String, _ side: String, sign: Int64, examples: [FunctionExample]
  ) -> ScalarFunction {
    ScalarFunction(
      [.kql(name)],
      Signature([.dynamic("array"), .long("count"), .any("default").optional], returns: .fixed(.dynamic)),
      "Moves the elements to the \(side); the places left open hold the default or null.",
      nulls: .handlesNulls,
      kernel: .scalar { values in
        guard let elements = values[0].elements, let amount = values[1].integer else { return .null }
        let filler = values.count > 2 ? values[2].json : .null
        let count = elements.count
        let distance = Int(max(-Int64(count), min(Int64(count), amount))) * Int(sign)
        return .array(
          elements.indices.map { index in
            let source = index + distance
            return elements.indices.contains(source) ? elements[source] : filler
          })
      }, examples: examples)
  }

  static let choice = ScalarFunction(
    [.kql("array_iff"), .kqlAlias("array_iif")],
    Signature([.dynamic("conditions"), .any("if_true"), .any("if_false")], returns: .fixed(.dynamic)),
    "Takes each element from one of two arrays or values, by an array of conditions.",
    notes: ["Numbers other than 0 are true; what is neither truth value nor number gives null."],
    nulls: .handlesNulls,
    kernel: .scalar { values in
      guard let conditions = values[0].elements else { return .null }
      func element(_ value: Value, _ index: Int) -> JSONValue {
        guard let list = value.elements else { return value.json }
        return index < list.count ? list[index] : .null
      }
      return .array(
        conditions.enumerated().map { index, condition in
          switch condition {
          case .bool(let isTrue): element(values[isTrue ? 1 : 2], index)
          case .long(let number): element(values[number != 0 ? 1 : 2], index)
          case .real(let number): element(values[number != 0 ? 1 : 2], index)
          case .null, .string, .array, .object: .null
          }
        })
    },
    examples: [
      .kql(
        "array_iff(dynamic([true,false,true]), dynamic([1,2,3]), dynamic([4,5,6]))", gives: "dynamic([1,5,3])"
      ),
      .kql(#"array_iff(dynamic([1,0,"x"]), "y", "n")"#, gives: #"dynamic(["y","n",null])"#),
      .kql("array_iff(dynamic([true,true]), dynamic([1]), 0)", gives: "dynamic([1,null])"),
    ])

  static let indexOf = ScalarFunction(
    [.kql("array_index_of")],
    Signature(
      [
        .dynamic("array"), .any("value"), .long("start").optional, .long("length").optional,
        .long("occurrence").optional,
      ], returns: .fixed(.long)),
    "Gives the first index of a value in an array, or -1. Texts compare by case, numbers by value.",
    kernel: .scalar { values in
      guard let elements = values[0].elements else { return .null }
      let wanted = values[1].json.identity
      let start = values.count > 2 ? values[2].integer ?? 0 : 0
      let length = values.count > 3 ? values[3].integer ?? -1 : -1
      let occurrence = values.count > 4 ? values[4].integer ?? 1 : 1
      guard length >= -1, occurrence > 0 else { return .null }
      let first = max(0, position(start, in: elements))
      let room = elements.count - min(first, elements.count)
      let last = first + (length < 0 ? room : Int(min(Int64(room), length)))
      var seen: Int64 = 0
      for index in first..<max(first, last) where elements[index].identity == wanted {
        seen += 1
        if seen == occurrence { return .long(Int64(index)) }
      }
      return .long(-1)
    },
    examples: [
      .kql(#"array_index_of(dynamic(["this", "is", "an", "example"]), "example")"#, gives: "3"),
      .kql("array_index_of(dynamic([1,2,1]), 1, 1)", gives: "2"),
      .kql("array_index_of(dynamic([1,2,1]), 1, 0, -1, 2)", gives: "2"),
      .kql(#"array_index_of(dynamic(["a"]), "A")"#, gives: "-1"),
      .kql("array_index_of(dynamic([5.0]), 5)", gives: "0"),
    ])

  static let sum = ScalarFunction(
    [.kql("array_sum")], Signature([.dynamic("array")], returns: .fixed(.real)),
    "Adds the numbers of an array; nulls are passed over, other elements give null.",
    kernel: .scalar { values in
      guard let elements = values[0].elements, !elements.isEmpty else { return .null }
      var sum = 0.0
      for element in elements where element != .null {
        guard let number = element.number else { return .null }
        sum += number
      }
      return .real(sum)
    },
    examples: [
      .kql("array_sum(dynamic([1,2,3,4]))", gives: "10.0"),
      .kql(#"array_sum(dynamic([1,"a"]))"#, gives: "real(null)"),
      .kql("array_sum(dynamic([1,null,2]))", gives: "3.0"),
    ])
}
