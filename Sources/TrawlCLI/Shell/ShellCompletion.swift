import Diagnostics
import Engine
import Session

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What Tab offers: words of the language, and what the logs answer to the questions that it leaves.
struct ShellCompletion {
  private typealias Candidate = Completions.Candidate

  let session: ShellSession

  /// - Parameter place: an offset in UTF-8.
  func complete(_ text: String, at place: Int) -> LineEditor.Completion? {
    let head = String(decoding: Array(text.utf8)[..<place], as: UTF8.self)
    if head.hasPrefix("\\") { return command(text, head) }
    return question(text, at: place)
  }

  // MARK: - Questions

  private func question(_ text: String, at place: Int) -> LineEditor.Completion? {
    let source = SourceText(name: "<shell>", text: text)
    let head = String(decoding: Array(text.utf8)[..<place], as: UTF8.self)
    // A first word may be one of any language.
    let isFirst = !head.trimmed.contains { $0.isWhitespace || "=|(\"".contains($0) }
    let languages =
      session.language.map { [$0] } ?? (isFirst ? session.languages.all : [session.language(of: head)])
    var range = place..<place
    var candidates: [Candidate] = []
    for language in languages {
      let found = language.complete(source, at: place, in: session.workspace)
      if !found.candidates.isEmpty || found.question != nil {
        range = found.span.lowerBound..<max(found.span.lowerBound, found.span.upperBound)
      }
      candidates += found.candidates
      if let question = found.question { candidates += answers(to: question, in: language) }
    }
    return candidates.isEmpty ? nil : LineEditor.Completion(range: range, candidates: candidates)
  }

  /// Asks the logs; what is read for it stays in memory as for any question.
  private func answers(to question: Completions.Question, in language: any FrontEnd) -> [Candidate] {
    session.console.beginProgress(session.meter)
    defer {
      session.console.clearProgress()
      // Ctrl-C ended this, and not the text that is typed.
      if Interrupt.isRaised {
        Interrupt.clear()
        Interrupt.settle()
      }
    }
    let workspace = session.workspace
    for source in question.queries {
      guard let query = try? workspace.resolve(workspace.compile(source, language: language, values: [:])),
        let table = try? workspace.run([query]).outcomes.first?.results.first?.table, table.fields.count > 1
      else { continue }
      let type = table.fields[0].type
      return (0..<table.rowCount).compactMap { row in
        guard let text = question.spelling(table.value(row: row, column: 0), type) else { return nil }
        return Candidate(
          text, question.kind, table.value(row: row, column: 1).kqlText.groupedDigits)
      }
    }
    return []
  }

  // MARK: - Commands

  private func command(_ text: String, _ head: String) -> LineEditor.Completion? {
    let name = head.dropFirst().prefix { !$0.isWhitespace }
    let commands = ShellCommand.all(of: session.languages)
    guard name.count + 1 < head.count else {
      return found(commands.map { Candidate("\\\($0.name)", .word, $0.summary) }, for: head[...], in: head)
    }
    guard let command = commands.first(where: { $0.name == name }) else { return nil }
    let argument = head.dropFirst(name.count + 1).drop(while: \.isWhitespace)
    switch command.takes {
    case .nothing: return nil
    case .words(let words): return found(words.map { Candidate($0, .word) }, for: argument, in: head)
    case .column:
      guard let blank = argument.firstIndex(where: \.isWhitespace) else { return nil }
      let fields = session.result?.fields ?? []
      return found(
        fields.map { Candidate($0.name, .column, $0.type.rawValue) },
        for: argument[blank...].drop(while: \.isWhitespace),
        in: head)
    case .table:
      let rows = session.workspace.sources.rows.keys.map { Candidate($0, .table) }
      return found(
        rows + session.workspace.sources.tableNames.map { Candidate($0, .table) }, for: argument, in: head)
    case .stage:
      if !argument.contains(where: \.isWhitespace) {
        let stages = found(
          ExplainVerb.Stage.allCases.map { Candidate($0.rawValue, .word) }, for: argument, in: head)
        if stages != nil, !argument.isEmpty { return stages }
      }
      let isNamed = ExplainVerb.Stage(rawValue: String(argument.prefix { !$0.isWhitespace })) != nil
      let rest = isNamed ? argument.drop { !$0.isWhitespace }.drop(while: \.isWhitespace) : argument
      return behind(head.utf8.count - rest.utf8.count, text, head)
    case .question: return behind(head.utf8.count - argument.utf8.count, text, head)
    case .file: return found(files(argument), for: argument, in: head)
    }
  }

  /// A question behind a command.
  private func behind(_ start: Int, _ text: String, _ head: String) -> LineEditor.Completion? {
    let rest = String(decoding: Array(text.utf8)[start...], as: UTF8.self)
    guard var found = question(rest, at: head.utf8.count - start) else { return nil }
    found.range = found.range.lowerBound + start..<found.range.upperBound + start
    return found
  }

  private func found(
    _ candidates: [Candidate], for word: Substring, in head: String
  ) -> LineEditor.Completion? {
    let place = head.utf8.count
    var result = Completions(replacing: SourceSpan(place - word.utf8.count, place))
    result.candidates = candidates
    result.narrow(to: String(word))
    if result.candidates.isEmpty { return nil }
    return LineEditor.Completion(range: place - word.utf8.count..<place, candidates: result.candidates)
  }

  private func files(_ path: Substring) -> [Candidate] {
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { path[...$0] } ?? ""
    let names = try? FileManager.default.contentsOfDirectory(
      atPath: folder.isEmpty ? "." : ShellCommand.expanded(String(folder)))
    return (names ?? []).sorted().map { name in
      var isFolder = false
      let whole = ShellCommand.expanded(folder + name)
      _ = FileManager.default.fileExists(atPath: whole, isDirectory: &isFolder)
      return Candidate(folder + name + (isFolder ? "/" : ""), .word)
    }
  }
}
