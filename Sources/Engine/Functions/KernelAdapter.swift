import Diagnostics

/// Makes a kernel of any shape run over columns: constants once, nulls by the function's rule.
enum KernelAdapter {
  static func body(
    of call: FunctionCall, prepared: PreparedArguments
  ) throws(FunctionFailure) -> VectorBody {
    let function = call.function
    let nullResult = call.dialect.missingText.value(of: call.type)
    switch function.kernel {
    case .scalar(let row):
      return rowBody(row, nulls: function.nulls, type: call.type, nullResult: nullResult)
    case .prepared(let prepare):
      // A null constant under `nullIfAnyNull` never reaches the kernel, nor its preparation.
      if function.nulls == .nullIfAnyNull, prepared.constants.contains(where: { $0?.isNull == true }) {
        let type = call.type
        return { _, count in .constant(nullResult, type, count: count) }
      }
      return rowBody(
        try prepare(prepared), nulls: function.nulls, type: call.type, nullResult: nullResult)
    case .textTest(let prepare):
      if prepared.constants.dropFirst().contains(where: { $0?.isNull == true }) {
        return { _, count in .constant(.null, .bool, count: count) }
      }
      if prepared.constants.dropFirst().contains(where: { $0 == nil }) {
        return varyingTestBody(prepare, prepared: prepared, span: call.span)
      }
      return testBody(try prepare(prepared))
    case .vector(let compute):
      let type = call.type
      let dialect = call.dialect
      let now = prepared.now
      let span = call.span
      return { arguments, count throws(ExecutionFailure) in
        do throws(FunctionFailure) {
          return try compute(
            VectorCall(arguments: arguments, count: count, type: type, dialect: dialect, now: now))
        } catch {
          throw ExecutionFailure(
            error.id, error.message, span: span, suggestion: error.suggestion.map { Advice($0) })
        }
      }
    }
  }

  private static func rowBody(
    _ row: @escaping @Sendable ([Value]) -> Value, nulls: NullRule, type: DataType, nullResult: Value
  ) -> VectorBody {
    { arguments, count throws(ExecutionFailure) in
      let skipsNulls = nulls == .nullIfAnyNull
      let textNull: Value = nullResult
      var builder = ColumnBuilder(type: type)
      var values = arguments.map { column -> Value in
        if case .constant(let constant) = column { constant.value } else { .null }
      }
      let varying = arguments.indices.filter {
        if case .constant = arguments[$0] { false } else { true }
      }
      let hasNullConstant = arguments.contains {
        if case .constant(let constant) = $0 { constant.value.isNull } else { false }
      }
      func result() -> Value {
        if skipsNulls, hasNullConstant || varying.contains(where: { values[$0].isNull }) { return textNull }
        let value = row(values)
        return value.isNull ? textNull : value
      }
      if varying.isEmpty {
        let value = result()
        if case .string(let text) = value { _ = TextLimit.admits(text.utf8.count) }
        try RunLimits.throwRaised()
        return .constant(value, type, count: count)
      }
      var checkedBytes = 0
      for index in 0..<count {
        for argument in varying { values[argument] = arguments[argument].value(at: index) }
        builder.append(result())
        // A few rows may hold as much as many.
        if index & 0xFFF == 0xFFF || builder.textBytes &- checkedBytes > 1 << 22 {
          checkedBytes = builder.textBytes
          try RunLimits.checkpoint()
        }
      }
      try RunLimits.throwRaised()
      return builder.finish()
    }
  }

  /// A test whose other arguments vary: prepared once for each combination of them.
  private static func varyingTestBody(
    _ prepare: @escaping @Sendable (PreparedArguments) throws(FunctionFailure) -> TextTest,
    prepared: PreparedArguments, span: SourceSpan?
  ) -> VectorBody {
    { arguments, count throws(ExecutionFailure) in
      var tests: [[Value]: TextTest] = [:]
      var builder = ColumnBuilder(type: .bool)
      for row in 0..<count {
        let values = arguments.map { $0.value(at: row) }
        guard case .string(var text) = values[0], !values.contains(where: \.isNull) else {
          builder.appendNull()
          continue
        }
        let rest = Array(values.dropFirst())
        let test: TextTest
        if let known = tests[rest] {
          test = known
        } else {
          var filled = prepared
          filled.constants = [nil] + rest
          do throws(FunctionFailure) {
            test = try prepare(filled)
          } catch {
            throw ExecutionFailure(
              error.id, error.message, span: span, suggestion: error.suggestion.map { Advice($0) })
          }
          tests[rest] = test
        }
        builder.append(.bool(text.withUTF8 { test($0) }))
      }
      return builder.finish()
    }
  }

  private static func testBody(_ test: @escaping TextTest) -> VectorBody {
    { arguments, count in
      switch arguments[0] {
      case .constant(let constant):
        guard case .string(var text) = constant.value else { return .constant(.null, .bool, count: count) }
        return .constant(.bool(text.withUTF8 { test($0) }), .bool, count: count)
      case .string(let column):
        let dictionary = column.dictionary
        let values = column.codes.withBuffer { codes in
          [Bool](unsafeUninitializedCapacity: count) { target, initialized in
            for row in 0..<count { target.initializeElement(at: row, to: test(dictionary[codes[row]])) }
            initialized = count
          }
        }
        return .bool(BoolColumn(values: Vector(values), validity: column.validity))
      case .bool, .int64, .real, .values: return .constant(.null, .bool, count: count)
      }
    }
  }
}
