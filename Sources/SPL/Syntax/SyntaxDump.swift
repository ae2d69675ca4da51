internal import Diagnostics

/// Prints tokens and trees for `explain`.
///
/// A tree shows one command a line and below it what its syntax holds; expressions are in prefix form.
extension SPL {
  package static func dump(_ tokens: [SPLToken]) -> String {
    tokens.map { token in
      "\(token.span.lowerBound)..\(token.span.upperBound) \(token.kind) \(token.text)\n"
    }.joined()
  }

  package static func dump(_ pipeline: PipelineSyntax) -> String {
    var lines: [String] = []
    SyntaxDump.append(pipeline, indentation: "", to: &lines)
    return lines.map { $0 + "\n" }.joined()
  }
}

/// Walks over syntax by reflection, so that a new command is printed without further ado.
private enum SyntaxDump {
  static func append(_ pipeline: PipelineSyntax, indentation: String, to lines: inout [String]) {
    for stage in pipeline.stages {
      lines.append(indentation + stage.command.name)
      if case .refused(let refused) = stage.command {
        lines.append(indentation + "  refused: " + refused.reason)
        continue
      }
      guard let payload = Mirror(reflecting: stage.command).children.first?.value else { continue }
      appendMembers(of: payload, indentation: indentation + "  ", to: &lines)
    }
  }

  private static func appendMembers(of value: Any, indentation: String, to lines: inout [String]) {
    for child in Mirror(reflecting: value).children {
      append(child.label ?? "", child.value, indentation: indentation, to: &lines)
    }
  }

  private static func append(_ label: String, _ value: Any, indentation: String, to lines: inout [String]) {
    if let text = text(of: value) {
      lines.append("\(indentation)\(label): \(text)")
    } else if let options = value as? CommandOptions {
      for option in options.entries { lines.append("\(indentation)\(option.name)= \(option.value.value)") }
    } else if let pipeline = pipeline(of: value) {
      lines.append("\(indentation)\(label):")
      append(pipeline, indentation: indentation + "  ", to: &lines)
    } else if let values = value as? [Any] {
      for value in values { append(label, value, indentation: indentation, to: &lines) }
    } else if value is SourceSpan {
      return
    } else {
      let mirror = Mirror(reflecting: value)
      if mirror.displayStyle == .optional {
        if let some = mirror.children.first {
          append(label, some.value, indentation: indentation, to: &lines)
        }
        return
      }
      lines.append("\(indentation)\(label):")
      appendMembers(of: value, indentation: indentation + "  ", to: &lines)
    }
  }

  private static func pipeline(of value: Any) -> PipelineSyntax? {
    (value as? SubsearchSyntax)?.pipeline ?? value as? PipelineSyntax
  }

  private static func text(of value: Any) -> String? {
    switch value {
    case let value as SearchExpressionSyntax: value.outline
    case let value as EvalExpressionSyntax: value.outline
    case let value as FieldNameSyntax: value.outline
    case let value as StringLiteralSyntax: "\"\(value.value)\""
    case let value as TimeSpanSyntax: value.text
    case let value as EvalAssignmentSyntax: "\(value.target.field.outline) = \(value.value.outline)"
    case let value as FieldAliasSyntax:
      value.field.outline + (value.alias.map { " as " + $0.outline } ?? "")
    case let value as RenameCommandSyntax.Renaming: "\(value.field.outline) as \(value.target.outline)"
    case let value as GroupingSyntax:
      value.field.outline + (value.timeSpan.map { " span=" + $0.text } ?? "")
    case let value as AggregateSyntax: value.text + (value.alias.map { " as " + $0.outline } ?? "")
    case let value as SortKeySyntax:
      (value.isDescending ? "-" : "+") + value.field.outline + " " + value.comparison.rawValue
    case let value as String: value
    case let value as Int: String(value)
    case let value as Bool: String(value)
    case let value as ClosedRange<Int>: "\(value.lowerBound)-\(value.upperBound)"
    default: nil
    }
  }
}
