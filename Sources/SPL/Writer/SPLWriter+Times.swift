import Engine

/// Times as texts: `format_datetime(t, "yyyy-MM-dd HH:mm:ss")` is `strftime(t, "%Y-%m-%d %H:%M:%S")`.
extension SPLWriter {
  func shown(
    _ call: FunctionCall, changing change: (String) -> String = { $0 }
  ) throws(WritingRefusal) -> SPLPiece? {
    guard call.arguments.count == 2, case .string(let format)? = call.arguments[1].constantValue else {
      return nil
    }
    guard let parts = TimeFormatPart.parts(ofLetters: format) else {
      throw refusal("the time format `\(format)`")
    }
    let text = parts.map { part in
      switch part {
      case .field(let field): field.code
      case .text(let character): String(character)
      }
    }.joined()
    let piece = try value(call.arguments[0])
    guard piece.kind == .moment else { throw refusal("the time format of what is no time here") }
    return SPLPiece(
      "strftime(\(piece.text), \(SPLSpelling.text(change(text))))", .text, mayBeMissing: piece.mayBeMissing)
  }

  /// `hourofday(t)` is `tonumber(strftime(t, "%H"))`, `startofday(t)` is `relative_time(t, "@d")`.
  func timePart(_ call: FunctionCall) throws(WritingRefusal) -> SPLPiece? {
    let function = call.function
    let snaps: [(ScalarFunction, String)] = [
      (PeriodFunctions.startOfDay, "@d"), (PeriodFunctions.startOfWeek, "@w0"),
      (PeriodFunctions.startOfMonth, "@mon"), (PeriodFunctions.startOfYear, "@y"),
    ]
    if call.arguments.count == 1, let snap = snaps.first(where: { $0.0 === function }) {
      let piece = try value(call.arguments[0])
      return SPLPiece(
        "relative_time(\(piece.text), \"\(snap.1)\")", .moment, mayBeMissing: piece.mayBeMissing)
    }
    let codes: [(ScalarFunction, String)] = [
      (DatetimePartFunctions.hourOfDay, "%H"), (DatetimePartFunctions.dayOfMonth, "%d"),
      (DatetimePartFunctions.dayOfYear, "%j"), (DatetimePartFunctions.monthOfYear, "%m"),
      (DatetimePartFunctions.year, "%Y"), (DatetimePartFunctions.dayOfWeek, "%w"),
    ]
    var code = codes.first { $0.0 === function }?.1
    if function === DatetimePartFunctions.datetimePart,
      case .string(let part)? = call.arguments.first?.constantValue
    {
      let parts = [
        "year": "%Y", "month": "%m", "day": "%d", "dayofyear": "%j", "hour": "%H", "minute": "%M",
        "second": "%S",
      ]
      code = parts[part.lowercased()]
    }
    guard let code, let time = call.arguments.last else { return nil }
    let piece = try value(time)
    guard piece.kind == .moment else { throw refusal("a part of what is no time here") }
    let number = "tonumber(strftime(\(piece.text), \"\(code)\"))"
    if function === DatetimePartFunctions.dayOfWeek {
      // A length of time there.
      return SPLPiece("\(number) * 86400", .span, strength: .product, mayBeMissing: piece.mayBeMissing)
    }
    return SPLPiece(number, .number, mayBeMissing: piece.mayBeMissing)
  }
}
