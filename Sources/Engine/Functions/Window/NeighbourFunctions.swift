/// The values of rows before and behind: `prev`, `next`.
package enum NeighbourFunctions {
  package static let all: [WindowFunction] = [previous, next]

  static let previous = neighbour(
    "prev", "before", direction: -1,
    examples: [
      .kql("prev(5, 1, 7)", gives: "7", why: "there is no row before the first"),
      .kqlQuery("datatable(x:long)[5, 6, 7] | serialize p = prev(x)", gives: "long(null), 5, 6"),
      .kqlQuery(
        #"datatable(s:string)["a", "b"] | serialize p = prev(s)"#, gives: #""", "a""#,
        why: "a text is never null"),
    ])
  static let next = neighbour(
    "next", "behind", direction: 1,
    examples: [
      .kql("next(5, 1, 7)", gives: "7", why: "there is no row behind the last"),
      .kqlQuery("datatable(x:long)[5, 6, 7] | serialize n = next(x)", gives: "6, 7, long(null)"),
      .kqlQuery("datatable(x:long)[5, 6, 7] | serialize n = next(x, 2, 0)", gives: "7, 0, 0"),
    ])

  private static func neighbour(
    _ name: String, _ side: String, direction: Int, examples: [FunctionExample]
  ) -> WindowFunction {
    WindowFunction(
      [.kql(name)],
      Signature(
        [.any("column"), .long("offset").optional.constant, .any("default").optional.constant],
        returns: .computed { types, constants in
          // An offset below 1 is an error.
          if constants.count > 1, case .long(let offset)? = constants[1], offset < 1 { return nil }
          return types[0]
        }),
      "Gives the value some rows \(side) this one, 1 if no offset is given; the default where there is none.",
      notes: ["Without a default it is null, or \"\" for texts. Rows are counted across the whole table."],
      compute: { call in
        let column = call.arguments[0].materialized
        var offset = 1
        if call.arguments.count > 1, call.count > 0, case .long(let wanted) = call.arguments[1].value(at: 0) {
          offset = Int(max(1, min(Int64(call.count), wanted)))
        }
        var filler = call.dialect.missingText.value(of: call.type)
        if call.arguments.count > 2, call.count > 0 {
          let given = call.arguments[2].value(at: 0)
          if !given.isNull { filler = ValueConversion.convert(given, to: call.type) }
        }
        let extended = Column.concatenating([column, Column.of(call.type, [filler])], type: call.type)
        return extended.gather(
          Vector(
            (0..<call.count).map { row in
              let source = row + direction * offset
              return UInt32(truncatingIfNeeded: source >= 0 && source < call.count ? source : call.count)
            }))
      }, examples: examples)
  }
}
