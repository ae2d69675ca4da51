import Diagnostics
import Engine

/// Moments: seconds since 1970 there, `datetime` here.
extension KQLWriter {
  func time(_ call: FunctionCall) throws(WritingRefusal) -> KQLPiece? {
    let function = call.function
    if function === SPLTimeFunctions.now || function === SPLTimeFunctions.time {
      return KQLPiece("now()", .moment, mayBeEmpty: false)
    }
    if function === SPLTimeFunctions.spanBase { return KQLPiece("ago(0s)", .moment, mayBeEmpty: false) }
    if function === SPLTimeFunctions.relativeTime {
      guard call.arguments.count == 2, case .string(let modifier)? = call.arguments[1].constantValue else {
        return nil
      }
      let piece = try value(call.arguments[0]).asMoment
      guard let text = KQLWriter.moved(piece, modifier, fromNow: call.arguments[0].isNow) else {
        throw refusal("the time modifier `\(modifier)`")
      }
      return KQLPiece(text, .moment, strength: .sum, mayBeEmpty: piece.mayBeEmpty, reads: piece.reads)
    }
    if function === SPLTimeFunctions.strftime {
      guard call.arguments.count == 2, case .string(let format)? = call.arguments[1].constantValue else {
        return nil
      }
      let piece = try value(call.arguments[0]).asMoment
      guard let text = KQLWriter.formatted(piece, format) else {
        throw refusal("the time format `\(format)`")
      }
      return KQLPiece(text, .text, mayBeEmpty: piece.mayBeEmpty, reads: piece.reads)
    }
    if function === SPLRowFunctions.timeBin {
      guard call.arguments.count >= 2, case .timespan(let ticks)? = call.arguments[1].constantValue, ticks > 0
      else {
        return nil
      }
      let piece = try value(call.arguments[0]).asMoment
      let size = KQLName.span(seconds: Double(ticks) / Double(Ticks.perSecond))
      guard case .datetime(let start)? = call.arguments.count > 2 ? call.arguments[2].constantValue : nil
      else { return nil }
      let text =
        start % ticks == 0
        ? "bin(\(piece.text), \(size))" : "bin_at(\(piece.text), \(size), datetime(1970-01-01))"
      return KQLPiece(text, .moment, mayBeEmpty: piece.mayBeEmpty, reads: piece.reads)
    }
    return nil
  }

  /// `-24h@h` of a moment.
  private static func moved(_ piece: KQLPiece, _ modifier: String, fromNow: Bool) -> String? {
    let parts = modifier.split(separator: "@", omittingEmptySubsequences: false).map(String.init)
    var text = piece.operand(.sum)
    if let first = parts.first, !first.isEmpty {
      guard let sign = first.first, sign == "-" || sign == "+" else { return nil }
      let digits = first.dropFirst().prefix { $0.isNumber }
      let unit = first.dropFirst(1 + digits.count)
      guard let number = Int64(digits.isEmpty ? "1" : String(digits)) else { return nil }
      let size: (Int64, String)? =
        switch unit {
        case "s", "sec", "secs", "second", "seconds": (1, "s")
        case "m", "min", "mins", "minute", "minutes": (1, "m")
        case "h", "hr", "hrs", "hour", "hours": (1, "h")
        case "d", "day", "days": (1, "d")
        case "w", "week", "weeks": (7, "d")
        default: nil
        }
      guard let size else { return nil }
      let span = "\(number * size.0)\(size.1)"
      text = fromNow && sign == "-" ? "ago(\(span))" : "\(text) \(sign) \(span)"
    }
    guard parts.count > 1 else { return text }
    switch parts[1] {
    case "s": return "bin(\(text), 1s)"
    case "m": return "bin(\(text), 1m)"
    case "h": return "bin(\(text), 1h)"
    case "d": return "startofday(\(text))"
    case "mon": return "startofmonth(\(text))"
    case "y": return "startofyear(\(text))"
    case "w0", "w": return "startofweek(\(text))"
    default: return nil
    }
  }

  /// A time as a text. `format_datetime` has no letters of its own kind, so texts between are joined.
  private static func formatted(_ piece: KQLPiece, _ format: String) -> String? {
    guard let parts = TimeFormatPart.parts(ofCodes: format) else { return nil }
    // Runs of what `format_datetime` can show, and of what it cannot.
    var runs: [(isShown: Bool, text: String)] = []
    for part in parts {
      let isShown: Bool
      let text: String
      switch part {
      case .field(let field): (isShown, text) = (true, field.letters)
      case .text(let character):
        let isSign = "-/ :.,[]_".contains(character)
        (isShown, text) = (isSign && runs.last?.isShown != false, String(character))
      }
      if runs.last?.isShown == isShown {
        runs[runs.count - 1].text += text
      } else {
        runs.append((isShown, text))
      }
    }
    if runs.isEmpty { return KQLSourcePrinter.quoted("") }
    func shown(_ letters: String) -> String {
      "format_datetime(\(piece.text), \(KQLSourcePrinter.quoted(letters)))"
    }
    // One T between date and time is the usual case.
    if runs.count == 3, runs[1].text == "T", !runs[0].text.contains(" "), !runs[2].text.contains(" ") {
      return "replace_string(\(shown("\(runs[0].text) \(runs[2].text)")), \" \", \"T\")"
    }
    let texts = runs.map { $0.isShown ? shown($0.text) : KQLSourcePrinter.quoted($0.text) }
    return texts.count == 1 ? texts[0] : "strcat(\(texts.joined(separator: ", ")))"
  }
}

extension Expression {
  fileprivate var isNow: Bool {
    guard case .call(let call) = self else { return false }
    return call.function === SPLTimeFunctions.now || call.function === SPLTimeFunctions.time
      || call.function === SPLTimeFunctions.spanBase
  }
}
