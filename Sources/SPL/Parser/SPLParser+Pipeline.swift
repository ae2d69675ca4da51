internal import Diagnostics

/// Pipelines, their stages and subsearches.
extension SPLParser {
  /// What a pipeline is for, which decides how its first command reads.
  enum PipelineKind {
    /// The whole text: without a leading pipe it begins with an implied `search`.
    case main
    /// A subsearch: as `main`, but the pipe before a generating command may be missing.
    case subsearch
    /// Commands that work on rows that are there already, as in `appendpipe`.
    case continuation
  }

  mutating func parseWholeText() -> PipelineSyntax {
    var pipeline = parsePipeline(.main)
    while peek().kind == .rightBracket {
      // Brackets that close nothing; everything after them is still read.
      report(SPLMessages.unbalancedBracket(at: peek().span))
      take()
      if peek().kind == .pipe { pipeline.stages += parsePipeline(.main).stages }
    }
    pipeline.macroCalls = text.macroCalls
    return pipeline
  }

  mutating func parsePipeline(_ kind: PipelineKind) -> PipelineSyntax {
    let begin = start
    var stages: [StageSyntax] = []
    let leadingPipe = take(.pipe)
    var needsCommand = leadingPipe != nil
    while true {
      isRecovering = false
      if isAtStageEnd {
        if needsCommand {
          report(SPLMessages.emptyStage(at: peek().kind == .pipe ? peek().span : previousSpan))
        }
      } else if stages.isEmpty, leadingPipe == nil, !namesCommand(kind) {
        stages.append(parseImpliedSearch(kind))
      } else {
        let isFirst = stages.isEmpty && kind != .continuation
        stages.append(parseStage())
        if !isFirst, let stage = stages.last { requireFirst(stage) }
      }
      if !isAtStageEnd { unexpected("`|` or the end of the command", .search) }
      guard take(.pipe) != nil else { break }
      needsCommand = true
    }
    if stages.isEmpty, !needsCommand { report(SPLMessages.emptySearch(at: text.span(begin..<begin))) }
    return PipelineSyntax(
      stages: stages, span: span(from: begin), hasLeadingPipe: leadingPipe != nil)
  }

  private var previousSpan: SourceSpan { text.span(previous) }

  /// Whether the first word of a pipeline without a leading pipe is a command's name.
  private func namesCommand(_ kind: PipelineKind) -> Bool {
    let token = peek()
    guard token.kind == .word, peekSecond().kind != .symbol else { return false }
    switch kind {
    case .main: return token.isKeyword("search")
    case .continuation: return true
    case .subsearch:
      let name = token.text.lowercased()
      return name == "search" || CommandCatalog.isGenerating(name)
    }
  }

  private mutating func parseImpliedSearch(_ kind: PipelineKind) -> StageSyntax {
    let first = peek()
    let name = first.text.lowercased()
    let second = peekSecond()
    if kind != .continuation, first.kind == .word, second.kind != .symbol,
      second.kind != .pipe || CommandCatalog.isGenerating(name),
      CommandCatalog.record(named: name) != nil
    {
      report(SPLMessages.missingLeadingPipe(name, at: first.span))
    }
    if kind == .main, first.kind == .word, second.kind == .pipe || second.kind == .word,
      let way = KQLWords.beginnings[first.text]
    {
      report(SPLMessages.kqlText(first.text, way, at: first.span))
    }
    if kind == .main, name == "select", second.kind == .word, text.string.lowercased().contains(" from ") {
      report(SPLMessages.sqlText(at: first.span))
    }
    let command = SearchCommandSyntax.parseImplied(&self)
    let span = span(from: first.range.lowerBound)
    return StageSyntax(command: command, name: "", nameSpan: .at(span.lowerBound), span: span)
  }

  private mutating func parseStage() -> StageSyntax {
    let name = peek()
    let command: CommandSyntax
    if name.kind == .word {
      take()
      command = nested(.unknown(name.text)) { parser in parser.parseCommand(name) }
    } else {
      unexpected("a command")
      command = .unknown("")
    }
    return StageSyntax(
      command: command, name: name.kind == .word ? name.text : "", nameSpan: name.span,
      span: span(from: name.range.lowerBound))
  }

  /// Commands that make their own rows begin a search, unless they add to the rows before.
  private mutating func requireFirst(_ stage: StageSyntax) {
    let name = SPLToken(kind: .word, text: stage.name, span: stage.nameSpan, range: 0..<0)
    switch stage.command {
    case .union, .refused, .unknown: return
    case .inputlookup(let lookup):
      if !lookup.appends {
        report(SPLMessages.generatingNotFirst(name, "`inputlookup append=t …` adds its rows to those before"))
      }
    case .inputcsv(let file):
      if !file.table.appends {
        report(SPLMessages.generatingNotFirst(name, "`inputcsv append=t …` adds its rows to those before"))
      }
    case .tstats(let tstats): if !tstats.appends { report(SPLMessages.generatingNotFirst(name, nil)) }
    case .search: return
    case let command:
      if CommandCatalog.isGenerating(command.name) { report(SPLMessages.generatingNotFirst(name, nil)) }
    }
  }

  private mutating func parseCommand(_ name: SPLToken) -> CommandSyntax {
    let lowered = name.text.lowercased()
    if let record = CommandCatalog.record(named: lowered) {
      if !record.takesSubsearch, let pasted = parsePasted(name) { return .pasted(pasted) }
      return record.parse(&self, name)
    }
    if let refusal = RefusedCommandSyntax.refusal(of: lowered) {
      syntaxError(
        refusal.isByDesign
          ? SPLMessages.refusedCommand(lowered, refusal.reason, at: name.span)
          : SPLMessages.unsupportedCommand(lowered, refusal.reason, at: name.span))
      return .refused(RefusedCommandSyntax(name: lowered, reason: refusal.reason, span: name.span))
    }
    syntaxError(SPLMessages.unknownCommand(name))
    return .unknown(name.text)
  }

  /// Reads `[ … ]`; the current token is the opening bracket.
  mutating func parseSubsearch(_ kind: PipelineKind = .subsearch) -> SubsearchSyntax {
    let open = take()
    let outerRecovery = isRecovering
    let begin = open.range.lowerBound
    let empty = PipelineSyntax(stages: [], span: .at(open.span.upperBound), hasLeadingPipe: false)
    let pipeline = nested(empty, weight: 8) { parser in
      parser.bracketDepth += 1
      defer { parser.bracketDepth -= 1 }
      return parser.parsePipeline(kind)
    }
    isRecovering = outerRecovery
    let inner = text.bytes[open.range.upperBound..<max(open.range.upperBound, peek().range.lowerBound)]
    if take(.rightBracket) == nil { syntaxError(SPLMessages.unclosedBracket(at: open.span)) }
    return SubsearchSyntax(
      pipeline: pipeline, text: String(decoding: inner, as: UTF8.self), span: span(from: begin))
  }

  /// Reads the bracketed pipeline that a command needs, with a message where it is missing.
  mutating func requireSubsearch(_ command: SPLToken, _ kind: PipelineKind = .subsearch) -> SubsearchSyntax? {
    if peek().kind == .leftBracket { return parseSubsearch(kind) }
    syntaxError(SPLMessages.missingSubsearch(command))
    return nil
  }
}
