/// Fields with several values in `eval`: `split`, `mvindex`, `mvjoin`, … Their elements are texts.
package enum SPLMultivalueFunctions {
  package static let all: [ScalarFunction] = [
    split, count, index, append, zip, join, deduplicate, sort, reverse, find, range,
  ]

  private static let limitNote = "More than 1,048,576 values are an error."

  package static let split = ScalarFunction(
    [.spl("split")], Signature([.string("text"), .string("delimiter")], returns: .fixed(.dynamic)),
    "Splits a text at each delimiter.", notes: ["An empty delimiter splits between characters."],
    kernel: .scalar { values in
      let text = values.text(0) ?? ""
      let delimiter = values.text(1) ?? ""
      if delimiter.isEmpty {
        return SPLValue.collapsed(text.isEmpty ? [""] : text.unicodeScalars.map { String($0) })
      }
      return SPLValue.collapsed(pieces(of: Array(text.utf8), at: Array(delimiter.utf8)))
    },
    inverse: .splSplit,
    examples: [
      .spl(#"mvcount(split("a,b,c", ","))"#, gives: "3"),
      .spl(#"mvindex(split("a,b", ","), 1)"#, gives: #""b""#),
      .spl(#"mvcount(split("abc", ","))"#, gives: "1"),
    ])

  private static func pieces(of text: [UInt8], at delimiter: [UInt8]) -> [String] {
    var pieces: [String] = []
    var start = 0
    var position = 0
    while position + delimiter.count <= text.count {
      if text[position] == delimiter[0], text[position...].starts(with: delimiter) {
        pieces.append(String(decoding: text[start..<position], as: UTF8.self))
        position += delimiter.count
        start = position
      } else {
        position += 1
      }
    }
    pieces.append(String(decoding: text[start...], as: UTF8.self))
    return pieces
  }

  package static let count = ScalarFunction(
    [.spl("mvcount")], Signature([.any("values")], returns: .fixed(.long)),
    "Gives the number of values; null if there is none.",
    kernel: .scalar { values in
      let count = SPLValue.elements(values[0]).count
      return count == 0 ? .null : .long(Int64(count))
    },
    inverse: .elementCount,
    examples: [
      .spl(#"mvcount("a")"#, gives: "1"), .spl(#"mvcount(mvappend("a", "b"))"#, gives: "2"),
      .spl("isnull(mvcount(nullif(1, 1)))", gives: "true()"),
    ])

  package static let index = ScalarFunction(
    [.spl("mvindex")],
    Signature([.any("values"), .real("start"), .real("end").optional], returns: .fixed(.dynamic)),
    "Gives the values from a place, counted from 0, up to another, both included.",
    notes: ["Negative places count from the end. Null if there is nothing."],
    kernel: .scalar { values in
      let texts = SPLValue.texts(values[0])
      func place(_ index: Int) -> Int {
        let number = Int(clamping: values.integer(index) ?? 0)
        return number < 0 ? number.addingReportingOverflow(texts.count).partialValue : number
      }
      let start = place(1)
      let end = values.count > 2 ? place(2) : start
      let range =
        max(0, start)..<max(max(0, start), min(texts.count, end < texts.count ? end + 1 : texts.count))
      if values.count == 2, start < 0 { return .null }
      return range.lowerBound < texts.count ? SPLValue.collapsed(Array(texts[range])) : .null
    },
    inverse: .splElement,
    examples: [
      .spl(#"mvindex(split("a,b,c", ","), -1)"#, gives: #""c""#),
      .spl(#"mvjoin(mvindex(split("a,b,c", ","), 0, 1), "-")"#, gives: #""a-b""#),
      .spl(#"isnull(mvindex("a", 1))"#, gives: "true()"),
    ])

  package static let append = ScalarFunction(
    [.spl("mvappend")], Signature([.any("value"), .any("values").repeated], returns: .fixed(.dynamic)),
    "Gives the values of all arguments, one after the other.", nulls: .ignoresNulls,
    kernel: .scalar { values in SPLValue.collapsed(values.flatMap { SPLValue.texts($0) }) },
    examples: [
      .spl(#"mvjoin(mvappend("a", null(), "b"), ",")"#, gives: #""a,b""#),
      .spl("isnull(mvappend(null(), null()))", gives: "true()"),
    ])

  static let zip = ScalarFunction(
    [.spl("mvzip")],
    Signature([.any("left"), .any("right"), .string("delimiter").optional], returns: .fixed(.dynamic)),
    "Joins the values of two fields in pairs, with a comma unless told otherwise; the shorter one ends it.",
    kernel: .scalar { values in
      let delimiter = values.text(2) ?? ","
      let pairs = Swift.zip(SPLValue.texts(values[0]), SPLValue.texts(values[1]))
      return SPLValue.collapsed(pairs.map { $0 + delimiter + $1 })
    },
    examples: [
      .spl(#"mvindex(mvzip(split("a,b", ","), split("1,2", ",")), 1)"#, gives: #""b,2""#),
      .spl(#"mvzip("a", "b", "|")"#, gives: #""a|b""#),
    ])

  package static let join = ScalarFunction(
    [.spl("mvjoin")], Signature([.any("values"), .string("delimiter")], returns: .fixed(.string)),
    "Joins the values of a field to one text.",
    kernel: .scalar { values in
      .string(TextSplitting.joined(SPLValue.texts(values[0]), separator: values.text(1) ?? ""))
    },
    examples: [
      .spl(#"mvjoin(split("a,b", ","), " and ")"#, gives: #""a and b""#),
      .spl(#"mvjoin("a", ";")"#, gives: #""a""#),
    ])

  package static let deduplicate = ScalarFunction(
    [.spl("mvdedup")], Signature([.any("values")], returns: .fixed(.dynamic)),
    "Takes out repeated values; the first stays.",
    kernel: .scalar { values in
      var seen: Set<[UInt8]> = []
      return SPLValue.collapsed(SPLValue.texts(values[0]).filter { seen.insert(Array($0.utf8)).inserted })
    },
    examples: [
      .spl(#"mvjoin(mvdedup(split("b,a,b", ",")), ",")"#, gives: #""b,a""#),
      .spl("isnull(mvdedup(nullif(1, 1)))", gives: "true()"),
    ])

  static let sort = ScalarFunction(
    [.spl("mvsort")], Signature([.any("values")], returns: .fixed(.dynamic)),
    "Sorts values as texts: `10` is before `9`, upper case before lower.",
    kernel: .scalar { values in
      SPLValue.collapsed(
        SPLValue.texts(values[0]).sorted { $0.precedes($1) })
    },
    examples: [
      .spl(#"mvjoin(mvsort(split("9,10,a,B", ",")), ",")"#, gives: #""10,9,B,a""#),
      .spl(#"mvsort("a")"#, gives: #""a""#),
    ])

  static let reverse = ScalarFunction(
    [.spl("mvreverse")], Signature([.any("values")], returns: .fixed(.dynamic)),
    "Turns the order of values round.",
    kernel: .scalar { values in SPLValue.collapsed(SPLValue.texts(values[0]).reversed()) },
    examples: [
      .spl(#"mvjoin(mvreverse(split("a,b,c", ",")), ",")"#, gives: #""c,b,a""#),
      .spl(#"mvreverse("a")"#, gives: #""a""#),
    ])

  static let find = ScalarFunction(
    [.spl("mvfind")], Signature([.any("values"), .pattern("pattern")], returns: .fixed(.long)),
    "Gives the place, counted from 0, of the first value that a regular expression matches.",
    notes: ["Null if there is none."],
    kernel: .prepared { arguments throws(FunctionFailure) in
      let constant = try SPLPatternFunctions.expression(arguments, 1)
      return { values in
        guard
          let expression = constant
            ?? values.text(1).flatMap({ try? SPLPatternFunctions.compiled($0) }),
          let place = SPLValue.texts(values[0]).firstIndex(where: { expression.isMatch($0) })
        else { return .null }
        return .long(Int64(place))
      }
    },
    examples: [
      .spl(#"mvfind(split("a,b1,c", ","), "\d")"#, gives: "1"),
      .spl(#"isnull(mvfind("abc", "x"))"#, gives: "true()"),
    ])

  static let range = ScalarFunction(
    [.spl("mvrange")],
    Signature([.real("start"), .real("end"), .any("step").optional], returns: .fixed(.dynamic)),
    "Gives the numbers from a start to before an end, by steps of 1 or as told; a step may be a span as `7d`.",
    notes: [limitNote],
    kernel: .scalar { values in
      guard let start = values[0].number, let end = values[1].number else { return .null }
      guard let step = values.count > 2 ? step(values[2]) : 1, step > 0, start < end else { return .null }
      let count = ((end - start) / step).rounded(.up)
      guard count.isFinite, count >= 1 else { return .null }
      guard DynamicLimit.admits(Int(min(count, 1e9))) else { return .null }
      return SPLValue.collapsed(
        (0..<Int(count)).map { Value.splText(of: start + Double($0) * step) })
    },
    examples: [
      .spl(#"mvjoin(mvrange(1, 7, 2), ",")"#, gives: #""1,3,5""#),
      .spl("isnull(mvrange(3, 1))", gives: "true()"),
      .spl(#"mvcount(mvrange(0, 172800, "1d"))"#, gives: "2"),
    ])

  private static func step(_ value: Value) -> Double? {
    if let number = SPLValue.number(value) { return number }
    guard case .offset(let count, let unit)? = RelativeTime("+" + SPLValue.text(value))?.steps.first,
      let ticks = unit.ticks
    else { return nil }
    return Double(count) * Double(ticks) / Double(Ticks.perSecond)
  }
}
