/// Functions of `rex`, `regex` and `replace`: of a text and of a pattern that is a constant.
package enum RexFunctions {
  package static let all = [group, offsets, isFound, edit, replaceWhole]

  private static let options = RegularExpression.Options(dialect: .perl)
  private static let pattern = Parameter.string("pattern").constant

  /// The text of a group: of the first match, or of up to so many matches (0 is all) as several values.
  package static let group = ScalarFunction(
    [.spl("[rex]")],
    Signature(
      [.string("text"), pattern, .long("group").constant, .long("matches").constant],
      returns: .computed { _, constants in constants[3] == .long(1) ? .string : .dynamic }),
    "Gives the text of a group of a pattern.",
    kernel: .prepared { arguments throws(FunctionFailure) in
      let pattern = try arguments.pattern(1, options)
      let index = Int(try arguments.required(2, arguments.integer))
      let limit = Int(try arguments.required(3, arguments.integer))
      return { values in
        guard case .string(var text)? = values.first else { return .null }
        var found: [JSONValue] = []
        text.withUTF8 { bytes in
          pattern.allCaptures(in: bytes) { groups in
            if groups.indices.contains(index), let range = groups[index] {
              found.append(.string(String(decoding: bytes[range], as: UTF8.self)))
            }
            return limit == 0 || found.count < limit
          }
        }
        if limit == 1 {
          if case .string(let only)? = found.first { return .string(only) }
          return .null
        }
        return SPLValues.value(of: found)
      }
    }, inverse: .group(text: 0, pattern: 1, group: 2, .perl),
    examples: [])

  /// Where the groups of the first match stand, as `name=from-to&…`.
  package static let offsets = ScalarFunction(
    [.spl("[rex offsets]")], Signature([.string("text"), pattern], returns: .fixed(.string)),
    "Gives where groups stand.",
    kernel: .prepared { arguments throws(FunctionFailure) in
      let pattern = try arguments.pattern(1, options)
      return { values in
        guard case .string(var text)? = values.first else { return .null }
        return text.withUTF8 { bytes -> Value in
          guard let groups = pattern.captures(in: bytes) else { return .null }
          let parts = groups.indices.compactMap { index -> String? in
            guard index < pattern.captureNames.count, let name = pattern.captureNames[index],
              let range = groups[index], !range.isEmpty
            else { return nil }
            return "\(name)=\(range.lowerBound)-\(range.upperBound - 1)"
          }
          return .string(parts.joined(separator: "&"))
        }
      }
    }, examples: [])

  /// Whether a pattern is somewhere in a text; null for null.
  package static let isFound = ScalarFunction(
    [.spl("[regex]")], Signature([.any("text"), pattern], returns: .fixed(.bool)),
    "Is true if a pattern is found.",
    kernel: .prepared { arguments throws(FunctionFailure) in
      let pattern = try arguments.pattern(1, options)
      return { values in
        .bool(SPLValues.texts(of: values.first ?? .null).contains { pattern.isMatch($0) })
      }
    }, examples: [])

  /// A `sed` command on each value.
  package static let edit = ScalarFunction(
    [.spl("[sed]")], Signature([.any("text"), .string("command").constant], returns: .argument(0)),
    "Edits a text.",
    kernel: .prepared { arguments throws(FunctionFailure) in
      let command = try sed(arguments.required(1, arguments.text))
      return { values in
        switch values.first ?? .null {
        case .string(let text): .string(command.apply(to: text))
        case .dynamic(.array(let values)):
          .dynamic(.array(values.map { .string(command.apply(to: $0.scalarText)) }))
        case .dynamic(let value): .dynamic(.string(command.apply(to: value.scalarText)))
        case let other: other
        }
      }
    }, examples: [])

  private static func sed(_ text: String) throws(FunctionFailure) -> SedCommand {
    do throws(RegexSyntaxError) {
      if let command = try SedCommand(text) { return command }
    } catch {
      throw FunctionFailure(error.id, error.message, argument: 1)
    }
    throw FunctionFailure("invalid-sed", "`\(text)` is no `sed` command", argument: 1)
  }

  /// Replaces whole values: `replace "*a" with b*`, by patterns and their replacements in turn. A `*` of a replacement
  /// is what the `*` of the pattern stands for.
  package static let replaceWhole = ScalarFunction(
    [.spl("[replace]")],
    Signature(
      [.any("value"), .string("pattern").constant.repeated, .string("replacement").constant.repeated],
      returns: .argument(0)),
    "Replaces whole values.",
    kernel: .prepared { arguments throws(FunctionFailure) in
      var pairs: [(pattern: RegularExpression, text: String)] = []
      for index in stride(from: 1, to: arguments.constants.count - 1, by: 2) {
        let pattern = wholePattern(try arguments.required(index, arguments.text))
        pairs.append(
          (
            try RegexArgument.compile(pattern, argument: index, options: wholeOptions),
            try arguments.required(index + 1, arguments.text)
          ))
      }
      let known = pairs
      return { values in replaced(values.first ?? .null, by: known) }
    }, examples: [])

  /// The regular expression of a pattern with `*`, each of which is a group.
  package static func wholePattern(_ text: String) -> String {
    let pieces = text.split(separator: "*", omittingEmptySubsequences: false)
    return "^" + pieces.map { RegularExpression.quoted(String($0)) }.joined(separator: "(.*)") + "$"
  }

  package static let wholeOptions = {
    var options = RexFunctions.options
    options.dotMatchesNewline = true
    return options
  }()

  private static func replaced(
    _ value: Value, by pairs: [(pattern: RegularExpression, text: String)]
  ) -> Value {
    func replaced(_ text: String) -> String {
      var text = text
      return text.withUTF8 { bytes in
        for pair in pairs {
          if let groups = pair.pattern.captures(in: bytes) { return filled(pair.text, groups, bytes) }
        }
        return String(decoding: bytes, as: UTF8.self)
      }
    }
    switch value {
    case .string(let text): return .string(replaced(text))
    case .dynamic(.array(let values)):
      return .dynamic(.array(values.map { .string(replaced($0.scalarText)) }))
    case .dynamic(let value): return .dynamic(.string(replaced(value.scalarText)))
    case .null, .bool, .long, .real, .decimal, .datetime, .timespan, .guid: return value
    }
  }

  private static func filled(
    _ text: String, _ groups: [Range<Int>?], _ bytes: UnsafeBufferPointer<UInt8>
  ) -> String {
    var result: [UInt8] = []
    var group = 0
    for byte in text.utf8 {
      guard byte == UInt8(ascii: "*") else {
        result.append(byte)
        continue
      }
      group += 1
      if group < groups.count, let range = groups[group] {
        result += bytes[range]
      } else {
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
