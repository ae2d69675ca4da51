internal import Diagnostics

/// Replaces the macro calls of a text by their definitions and takes out its comments.
///
/// Backticks inside double quotes are text. A definition may call macros; a macro that comes back to itself
/// is an error, as is a text that grows beyond `sizeLimit`.
///
/// Example: `` `cloudtrail` eventName=x `` becomes `sourcetype=aws:cloudtrail eventName=x`.
struct MacroExpander {
  static let depthLimit = 32
  static let sizeLimit = 1 << 20
  /// How many calls one text may make, inner ones included: calls may double at each level without growing.
  static let callLimit = 20_000
  static let diagnosticLimit = 50

  private let source: SourceText
  private let macros: MacroSet
  private(set) var sink = DiagnosticSink()
  private(set) var text: ExpandedText
  /// Calls of macros that are not known.
  private(set) var unresolved: [SourceSpan] = []
  private var calls = 0
  private var hitLimit = false

  init(_ source: SourceText, macros: MacroSet) {
    self.source = source
    self.macros = macros
    text = ExpandedText(sourceLength: source.length)
  }

  mutating func expand() {
    let bytes = Array(source.text.utf8)
    var pieces = MacroTextPieces(bytes)
    while let piece = pieces.next() {
      let span = SourceSpan(piece.range.lowerBound, piece.range.upperBound)
      switch piece.kind {
      case .plain:
        text.append(bytes[piece.range], from: span, isVerbatim: true)
      case .comment:
        // A comment separates words, as white space does.
        text.append(CollectionOfOne(UInt8(ascii: " ")), from: span, isVerbatim: false)
      case .unclosedComment:
        report(SPLMessages.unclosedComment(at: span))
      case .unclosedCall:
        report(SPLMessages.unclosedMacroCall(at: span))
      case .call:
        expandOutermost(bytes[piece.range], span)
      }
    }
  }

  private mutating func expandOutermost(_ call: ArraySlice<UInt8>, _ span: SourceSpan) {
    guard let (name, arguments) = MacroCallReader.read(call) else {
      report(SPLMessages.macroCallInvalid(at: span))
      return
    }
    let expansion = expansion(of: name, arguments, at: span, within: [])
    text.append(expansion, from: span, isVerbatim: false)
    text.macroCalls.append(
      MacroCallSyntax(
        name: name, arguments: arguments, span: span, expansion: String(decoding: expansion, as: UTF8.self)))
  }

  private mutating func expansion(
    of name: String, _ arguments: [String], at span: SourceSpan, within stack: [String]
  ) -> [UInt8] {
    let signature = arguments.isEmpty ? name : "\(name)(\(arguments.count))"
    calls += 1
    if calls > Self.callLimit, !hitLimit {
      hitLimit = true
      report(SPLMessages.macroTooManyCalls(signature, Self.callLimit, at: span))
    }
    if hitLimit { return [] }
    if stack.contains(signature) {
      report(SPLMessages.macroLoop(stack + [signature], at: span))
      return []
    }
    if stack.count >= Self.depthLimit {
      report(SPLMessages.macroTooDeep(signature, Self.depthLimit, at: span))
      return []
    }
    guard let definition = macros.resolve(name, arity: arguments.count) else {
      report(unknownMacro(name, arguments.count, span, within: stack))
      unresolved.append(span)
      return []
    }
    if definition.isEvaluated {
      report(SPLMessages.macroEvaluates(signature, at: span))
      return []
    }
    let bytes = MacroCallReader.substitute(definition, arguments)
    // Arguments grow from call to call, whatever comes out in the end.
    if bytes.count > Self.sizeLimit, !hitLimit {
      hitLimit = true
      report(SPLMessages.macroTooLarge(signature, Self.sizeLimit, at: span))
    }
    if hitLimit { return [] }
    var result: [UInt8] = []
    var pieces = MacroTextPieces(bytes)
    while let piece = pieces.next(), !hitLimit {
      switch piece.kind {
      case .plain:
        result.append(contentsOf: bytes[piece.range])
      case .comment:
        result.append(UInt8(ascii: " "))
      case .unclosedComment, .unclosedCall:
        report(SPLMessages.macroDefinitionUnclosed(signature, at: span))
      case .call:
        if let (inner, innerArguments) = MacroCallReader.read(bytes[piece.range]) {
          result += expansion(of: inner, innerArguments, at: span, within: stack + [signature])
        } else {
          report(SPLMessages.macroCallInvalid(at: span))
        }
      }
      if result.count + text.bytes.count > Self.sizeLimit {
        hitLimit = true
        report(SPLMessages.macroTooLarge(signature, Self.sizeLimit, at: span))
      }
    }
    return hitLimit ? [] : result
  }

  private mutating func report(_ diagnostic: Diagnostic) {
    if sink.diagnostics.count < Self.diagnosticLimit { sink.report(diagnostic) }
  }

  private func unknownMacro(
    _ name: String, _ arity: Int, _ span: SourceSpan, within stack: [String]
  ) -> Diagnostic {
    let arities = macros.arities(of: name)
    if !arities.isEmpty { return SPLMessages.macroArity(name, arity, known: arities, at: span) }
    return SPLMessages.unknownMacro(
      name, arity, nearest: NearestNames.of(name, among: macros.names), calledBy: stack.last, at: span)
  }
}
