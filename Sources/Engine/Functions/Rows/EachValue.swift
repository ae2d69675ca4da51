/// An expression worked out for each value of a field with several: `mvmap`, `mvfilter`.
package enum EachValue {
  /// - Parameters:
  ///   - body: an expression over `element` and `others`.
  ///   - isFilter: keeps the values for which the body is true; otherwise gives what the body makes of each.
  /// - Returns: a function of the field and of the other columns.
  package static func function(
    body: Expression, element: PlanColumn, others: [PlanColumn], isFilter: Bool
  ) -> ScalarFunction {
    ScalarFunction(
      [], Signature([.dynamic("values"), Parameter.any("other").repeated], returns: .fixed(.dynamic)),
      "Works out an expression for each value of a field.", nulls: .handlesNulls,
      kernel: .vector { (call: VectorCall) throws(FunctionFailure) -> Column in
        guard let field = call.arguments.first else { return .constant(.null, .dynamic, count: call.count) }
        var rows: [UInt32] = []
        var elements: [Value] = []
        for row in 0..<call.count {
          switch field.value(at: row) {
          case .null, .dynamic(.null): continue
          case .dynamic(.array(let values)):
            for value in values {
              rows.append(UInt32(row))
              elements.append(.dynamic(value))
            }
          case let value:
            rows.append(UInt32(row))
            elements.append(.dynamic(SPLValues.json(of: value)))
          }
        }
        let picked = Vector(rows)
        let columns = [Column.of(.dynamic, elements)] + call.arguments.dropFirst().map { $0.gather(picked) }
        let context = ExecutionContext(now: call.now)
        let compiler = ExpressionCompiler(layout: [element] + others, context: context, subqueries: [:])
        let result: Column
        do throws(ExecutionFailure) {
          result = try compiler.compile(body).evaluate(Chunk(columns: columns, count: rows.count))
        } catch {
          throw FunctionFailure(error.id, error.message)
        }
        var collected = [[JSONValue]](repeating: [], count: call.count)
        for (index, row) in rows.enumerated() {
          let value = result.value(at: index)
          if isFilter {
            if value == .bool(true) { collected[Int(row)].append(elements[index].json) }
          } else if !value.isNull {
            collected[Int(row)].append(SPLValues.json(of: value))
          }
        }
        return Column.of(.dynamic, collected.map { SPLValues.value(of: $0) })
      }, examples: [])
  }
}

/// Several values of one SPL field: none is null, one is itself, more are an array.
package enum SPLValues {
  package static func value(of elements: [JSONValue]) -> Value {
    switch elements.count {
    case 0: .null
    case 1: .dynamic(elements[0])
    default: .dynamic(.array(elements))
    }
  }

  /// A value among several: a whole number has no fraction, as `2` and not `2.0`.
  package static func json(of value: Value) -> JSONValue {
    guard case .real(let number) = value, let whole = Int64(exactly: number) else { return value.json }
    return .long(whole)
  }

  /// The values of a field, none for null.
  package static func elements(of value: Value) -> [JSONValue] {
    switch value {
    case .null, .dynamic(.null): []
    case .dynamic(.array(let elements)): elements
    case .datetime, .timespan: [.string(value.splText)]
    case .bool, .long, .real, .decimal, .guid, .string, .dynamic: [value.json]
    }
  }

  /// The texts of a field's values.
  package static func texts(of value: Value) -> [String] {
    switch value {
    case .null, .dynamic(.null): []
    case .dynamic(.array(let elements)): elements.map(\.scalarText)
    case .bool, .long, .real, .decimal, .datetime, .timespan, .guid, .string, .dynamic: [value.splText]
    }
  }
}
