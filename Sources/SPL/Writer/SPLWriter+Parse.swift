import Engine

/// `parse`: `rex` with a group for each column.
///
/// ```
///   | parse UserIdentityArn with * ":user/" UserName      | rex field=userIdentity.arn "(?s):user/(?<UserName>.*)"
/// ```
extension SPLWriter {
  /// Takes the columns that `parse` makes out of the assignments of a stage, and writes them.
  func parsed(
    _ assignments: inout [Assignment], keeping kept: Set<String>, in pipeline: inout SPLPipeline
  ) throws(WritingRefusal) {
    var done: [Expression] = []
    let wanted = assignments.filter { $0.parse != nil }
    assignments.removeAll { $0.parse != nil }
    for assignment in wanted {
      guard let call = assignment.parse, !done.contains(.call(call)) else { continue }
      guard let pattern = ParseFunctions.pattern(of: call) else { throw refusal("its pattern") }
      let columns = wanted.filter {
        $0.parse.map { $0.arguments.prefix(2) == call.arguments.prefix(2) } == true
      }
      done += columns.map(\.expression)
      let source = try field(for: call.arguments[0], "text", in: &pipeline).name
      var regex = pattern.inlineFlags + pattern.text
      var numbers: [String] = []
      for column in columns {
        guard case .long(let index)? = column.parse?.arguments[2].constantValue else {
          throw refusal("its pattern")
        }
        let name = groupName(column.column.name, kept)
        regex = regex.replacing(ParsePattern.group(Int(index)), with: "(?<\(name)>", maxReplacements: 1)
        switch column.column.type {
        case .string: fields[column.column.id] = SPLField(.field(name), .text, mayBeMissing: true)
        case .int, .long, .real:
          numbers.append("\(name)=tonumber(\(name))")
          fields[column.column.id] = SPLField(.field(name), .number, mayBeMissing: true)
        case .decimal, .bool, .datetime, .timespan, .guid, .dynamic:
          throw refusal("`parse` of a \(column.column.type.rawValue)")
        }
      }
      for index in pattern.types.indices { regex = regex.replacing(ParsePattern.group(index), with: "(?:") }
      pipeline.stages.append("rex field=\(SPLSpelling.argument(source)) \(SPLSpelling.text(regex))")
      if !numbers.isEmpty { pipeline.stages.append("eval \(numbers.joined(separator: ", "))") }
    }
  }

  /// `parse-where` goes by the pattern alone.
  func hasShape(_ call: FunctionCall) throws(WritingRefusal) -> SPLPiece {
    guard let pattern = ParseFunctions.pattern(of: call) else { throw refusal("its pattern") }
    var regex = pattern.inlineFlags + pattern.text
    for index in pattern.types.indices { regex = regex.replacing(ParsePattern.group(index), with: "(?:") }
    let piece = try value(call.arguments[0])
    return SPLPiece("match(\(piece.whole), \(SPLSpelling.text(regex)))", .truth, mayBeMissing: false)
  }

  /// A field that no event and no row has: where the pattern does not fit, `rex` leaves a field as it is.
  private func groupName(_ name: String, _ kept: Set<String>) -> String {
    let isPlain =
      name.first.map { $0.isASCII && $0.isLetter } == true
      && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    let isTaken =
      kept.contains(name) || fields.values.contains { $0.name == name } || eventRoots.contains(name)
    return isPlain && !isTaken ? name : freshName("captured")
  }
}

extension Assignment {
  fileprivate var parse: FunctionCall? {
    if case .call(let call) = expression, call.function === ParseFunctions.column { call } else { nil }
  }
}
