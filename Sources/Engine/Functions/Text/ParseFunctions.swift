/// Functions that KQL's `parse`, `parse-where` and `parse-kv` are made of: of a text and of a pattern.
package enum ParseFunctions {
  package static let all = [column, test, keyValue]

  /// A column that a pattern makes, by its place among them.
  package static let column = ScalarFunction(
    [.kql("[parse]")],
    Signature(
      [.string("text"), .dynamic("pattern").constant, .long("column").constant],
      returns: .computed { _, constants in
        guard case .dynamic(let json)? = constants[1], case .long(let index)? = constants[2],
          let pattern = try? ParsePattern(json), pattern.types.indices.contains(Int(index))
        else { return nil }
        return pattern.types[Int(index)]
      }),
    "Gives a column that `parse` makes.", nulls: .handlesNulls,
    kernel: .prepared { arguments throws(FunctionFailure) in
      let pattern = try pattern(arguments)
      let index = Int(try arguments.required(2, arguments.integer))
      let missing: Value = arguments.type == .string ? .string("") : .null
      return { values in
        guard let found = pattern.match(values[0].kqlText), found.indices.contains(index) else {
          return missing
        }
        return found[index]
      }
    }, examples: [])

  /// Whether a text has the shape of a pattern.
  package static let test = ScalarFunction(
    [.kql("[parse-where]")],
    Signature([.string("text"), .dynamic("pattern").constant], returns: .fixed(.bool)),
    "Is true if a text has the shape of a pattern.", nulls: .handlesNulls,
    kernel: .prepared { arguments throws(FunctionFailure) in
      let pattern = try pattern(arguments)
      return { values in .bool(pattern.match(values[0].kqlText) != nil) }
    }, examples: [])

  /// The pattern of a call of `column` or `test`.
  package static func pattern(of call: FunctionCall) -> ParsePattern? {
    guard call.arguments.count > 1, case .dynamic(let json)? = call.arguments[1].constantValue else {
      return nil
    }
    do throws(RegexSyntaxError) { return try ParsePattern(json) } catch { return nil }
  }

  private static func pattern(_ arguments: PreparedArguments) throws(FunctionFailure) -> ParsePattern {
    do throws(RegexSyntaxError) {
      if let json = arguments.json(1), let pattern = try ParsePattern(json) { return pattern }
    } catch {
      throw FunctionFailure(error.id, error.message, argument: 1)
    }
    throw FunctionFailure("invalid-pattern", "this is no pattern of `parse`", argument: 1)
  }

  /// The value of a key in a text of keys and values, as one of the types.
  package static let keyValue = ScalarFunction(
    [.kql("[parse-kv]")],
    Signature(
      [
        .string("text"), .dynamic("rule").constant, .string("key").constant, .string("type").constant,
      ],
      returns: .computed { _, constants in
        if case .string(let name)? = constants[3] { DataType(rawValue: name) } else { nil }
      }),
    "Gives a column that `parse-kv` makes.", nulls: .handlesNulls,
    kernel: .prepared { arguments throws(FunctionFailure) in
      let key = try arguments.required(2, arguments.text)
      let type = arguments.type
      let reader = try reader(arguments)
      return { rows in
        guard let text = reader.values(in: rows[0].kqlText)[key] else {
          return type == .string ? .string("") : .null
        }
        return ParsePattern.value(text, type)
      }
    }, examples: [])

  private static func reader(_ arguments: PreparedArguments) throws(FunctionFailure) -> KeyValueText {
    do throws(RegexSyntaxError) {
      if let json = arguments.json(1), let reader = try KeyValueText(json) { return reader }
    } catch {
      throw FunctionFailure(error.id, error.message, argument: 1)
    }
    throw FunctionFailure("invalid-pattern", "this is no rule of `parse-kv`", argument: 1)
  }
}
