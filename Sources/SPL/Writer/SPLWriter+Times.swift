import Engine

/// Times as texts: `format_datetime(t, "yyyy-MM-dd HH:mm:ss")` is `strftime(t, "%Y-%m-%d %H:%M:%S")`.
extension SPLWriter {
  func shown(
    _ call: FunctionCall, changing change: (String) -> String = { $0 }
  ) throws(WritingRefusal) -> SPLPiece? {
    guard call.arguments.count == 2, case .string(let format)? = call.arguments[1].constantValue else {
      return nil
    }
    guard let text = SPLWriter.timeFormat(format) else { throw refusal("the time format `\(format)`") }
    let piece = try value(call.arguments[0])
    guard piece.kind == .moment else { throw refusal("the time format of what is no time here") }
    return SPLPiece(
      "strftime(\(piece.text), \(SPLSpelling.text(change(text))))", .text, mayBeMissing: piece.mayBeMissing)
  }

  /// Nil for a letter that has no twin.
  private static func timeFormat(_ format: String) -> String? {
    let codes = [
      "yyyy": "%Y", "yy": "%y", "MM": "%m", "dd": "%d", "HH": "%H", "hh": "%I", "mm": "%M", "ss": "%S",
      "tt": "%p", "fff": "%3N", "ffffff": "%6N",
    ]
    var result = ""
    var rest = Substring(format)
    while let first = rest.first {
      guard first.isLetter else {
        result.append(first)
        rest.removeFirst()
        continue
      }
      let run = rest.prefix { $0 == first }
      guard let code = codes[String(run)] else { return nil }
      result += code
      rest = rest.dropFirst(run.count)
    }
    return result
  }
}
