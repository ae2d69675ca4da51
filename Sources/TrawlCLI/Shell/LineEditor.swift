import Diagnostics
import Session

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A text that is typed at a terminal, over as many lines as it takes.
final class LineEditor {
  enum Outcome: Hashable {
    case text(String)
    /// Ctrl-C: what was typed is dropped.
    case interrupted
    /// Ctrl-D, or the terminal is gone.
    case end
  }

  private let output: FileDescriptor
  private var keys: KeyReader
  let history: ShellHistory
  /// Whether Enter asks what stands there, or begins another line.
  var isWhole: (String) -> Bool = { _ in true }
  /// What Tab makes of a text and a place in it.
  var complete: (String, Int) -> Completion? = { _, _ in nil }

  struct Completion {
    /// UTF-8 offsets of what is replaced.
    var range: Range<Int>
    var candidates: [Completions.Candidate]
  }

  private var text: [Character] = []
  private var cursor = 0
  private var prompt = ""
  /// The row of the cursor when it was drawn last.
  private var drawnRow = 0
  /// What was typed before older texts were looked at.
  private var typed: [Character] = []
  private var place: Int?

  init(input: FileDescriptor, output: FileDescriptor, history: ShellHistory) {
    self.output = output
    self.history = history
    keys = KeyReader(input)
  }

  /// - Parameter prompt: without colours.
  func read(prompt: String) -> Outcome {
    guard TerminalMode.enter(.input) else { return .end }
    defer { TerminalMode.leave() }
    text = []
    cursor = 0
    drawnRow = 0
    place = nil
    self.prompt = prompt
    draw()
    while true {
      let key = keys.next()
      if let outcome = take(key) { return outcome }
      draw()
    }
  }

  private func take(_ key: Key) -> Outcome? {
    switch key {
    case .text(let more): insert(more)
    case .paste(let more): insert(more.hasSuffix("\n") ? String(more.dropLast()) : more)
    case .newLine: insert("\n")
    case .enter:
      let whole = String(text)
      guard isWhole(whole) else {
        insert("\n")
        break
      }
      return finish(.text(whole))
    case .tab: completeHere()
    case .left: cursor = max(0, cursor - 1)
    case .right: cursor = min(text.count, cursor + 1)
    case .home: cursor = lineStart
    case .end: cursor = lineEnd
    case .wordLeft: cursor = wordStart
    case .wordRight: cursor = wordEnd
    case .up: if !moveLine(by: -1) { recall(older: true) }
    case .down: if !moveLine(by: 1) { recall(older: false) }
    case .backspace: remove(max(0, cursor - 1)..<cursor)
    case .delete: remove(cursor..<min(text.count, cursor + 1))
    case .killToEnd: remove(cursor..<(lineEnd > cursor ? lineEnd : min(text.count, cursor + 1)))
    case .killToStart: remove(lineStart..<cursor)
    case .killWord: remove(wordStart..<cursor)
    case .clearScreen:
      send("\u{1B}[H\u{1B}[2J")
      drawnRow = 0
    case .search: return search()
    case .suspend: suspend()
    case .endOfInput:
      if text.isEmpty { return finish(.end) }
      remove(cursor..<min(text.count, cursor + 1))
    case .interrupt:
      finishRow(mark: "^C")
      return .interrupted
    case .closed: return .end
    case .resize, .escape, .unknown: break
    }
    return nil
  }

  // MARK: - The text

  private func insert(_ more: String) {
    // What is put in may join the character before it.
    let before = Array(String(text[..<cursor]) + more)
    text.replaceSubrange(..<cursor, with: before)
    cursor = before.count
  }

  private func remove(_ range: Range<Int>) {
    text.removeSubrange(range)
    cursor = range.lowerBound
  }

  private var lineStart: Int { text[..<cursor].lastIndex(of: "\n").map { $0 + 1 } ?? 0 }
  private var lineEnd: Int { text[cursor...].firstIndex(of: "\n") ?? text.count }

  private static func isWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_"
  }

  private var wordStart: Int {
    var place = cursor
    while place > 0, !LineEditor.isWord(text[place - 1]) { place -= 1 }
    while place > 0, LineEditor.isWord(text[place - 1]) { place -= 1 }
    return place
  }

  private var wordEnd: Int {
    var place = cursor
    while place < text.count, !LineEditor.isWord(text[place]) { place += 1 }
    while place < text.count, LineEditor.isWord(text[place]) { place += 1 }
    return place
  }

  /// Moves to the line above or below; false if there is none.
  private func moveLine(by step: Int) -> Bool {
    guard place == nil else { return false }
    let column = cursor - lineStart
    if step < 0 {
      guard lineStart > 0 else { return false }
      cursor = lineStart - 1
      cursor = min(lineStart + column, lineEnd)
    } else {
      guard lineEnd < text.count else { return false }
      cursor = lineEnd + 1
      cursor = min(lineStart + column, lineEnd)
    }
    return true
  }

  // MARK: - Older texts

  /// Shows the next text of the history that begins as the typed one does.
  private func recall(older: Bool) {
    if place == nil { typed = text }
    let beginning = String(typed)
    var next = place ?? history.entries.count
    repeat {
      next += older ? -1 : 1
    } while history.entries.indices.contains(next) && !history.entries[next].hasPrefix(beginning)
    if next < 0 { return }
    if next >= history.entries.count {
      place = nil
      text = typed
    } else {
      place = next
      text = Array(history.entries[next])
    }
    cursor = text.count
  }

  /// Looks for a text in the history, with each key anew.
  private func search() -> Outcome? {
    let (kept, usual) = (text, prompt)
    var wanted = ""
    var end = history.entries.count
    defer { prompt = usual }
    while true {
      let found = history.entries[..<end].lastIndex { wanted.isEmpty ? false : $0.contains(wanted) }
      if let found { text = Array(history.entries[found]) } else if wanted.isEmpty { text = kept }
      cursor = text.count
      prompt = "(\(found == nil && !wanted.isEmpty ? "not found" : "search"): \(wanted)) "
      draw()
      let key = keys.next()
      switch key {
      case .text(let more):
        wanted += more
        end = history.entries.count
      case .backspace:
        wanted = String(wanted.dropLast())
        end = history.entries.count
      case .search: if let found { end = found }
      case .interrupt, .escape:
        text = kept
        cursor = text.count
        return nil
      case .resize: continue
      case .paste, .enter, .newLine, .tab, .left, .right, .up, .down, .home, .end, .wordLeft, .wordRight,
        .delete, .killToEnd, .killToStart, .killWord, .clearScreen, .suspend, .endOfInput, .closed, .unknown:
        prompt = usual
        return take(key)
      }
    }
  }

  // MARK: - Completion

  private func completeHere() {
    let before = String(text[..<cursor])
    guard let found = complete(String(text), before.utf8.count), !found.candidates.isEmpty else {
      return send("\u{7}")
    }
    let bytes = Array(String(text).utf8)
    let typed = String(decoding: bytes[found.range], as: UTF8.self)
    func put(_ replacement: String) {
      let head = String(decoding: bytes[..<found.range.lowerBound], as: UTF8.self)
      let tail = String(decoding: bytes[found.range.upperBound...], as: UTF8.self)
      text = Array(head + replacement + tail)
      cursor = Array(head + replacement).count
    }
    if let only = found.candidates.first, found.candidates.count == 1 { return put(only.text) }
    let common = CandidateList.commonBeginning(found.candidates.map(\.text))
    if common.count > typed.count { put(common) }
    // The list stands between what was drawn and the text, which is drawn anew below it.
    finishRow()
    let list = CandidateList.text(
      found.candidates, width: output.terminalWidth ?? 80, rows: max(3, (output.terminalHeight ?? 24) - 6))
    send(list.replacing("\n", with: "\r\n"))
    drawnRow = 0
  }

  // MARK: - The screen

  private var screen: EditorScreen {
    EditorScreen(
      text, cursor: cursor, prompt: prompt, width: output.terminalWidth ?? 80,
      height: output.terminalHeight ?? 24)
  }

  private func draw() {
    let screen = screen
    var sequence = drawnRow > 0 ? "\u{1B}[\(drawnRow)A" : ""
    sequence += "\r\u{1B}[J" + screen.rows.joined(separator: "\r\n")
    let above = screen.rows.count - 1 - screen.cursorRow
    if above > 0 { sequence += "\u{1B}[\(above)A" }
    sequence += "\r"
    if screen.cursorColumn > 0 { sequence += "\u{1B}[\(screen.cursorColumn)C" }
    send(sequence)
    drawnRow = screen.cursorRow
  }

  /// Goes below what was drawn.
  private func finishRow(mark: String = "") {
    cursor = text.count
    draw()
    send(mark + "\r\n")
    drawnRow = 0
  }

  private func finish(_ outcome: Outcome) -> Outcome {
    finishRow()
    return outcome
  }

  private func suspend() {
    finishRow()
    TerminalMode.leave()
    raise(SIGTSTP)
    _ = TerminalMode.enter(.input)
  }

  private func send(_ text: String) {
    var text = text
    _ = text.withUTF8 { output.write(UnsafeRawBufferPointer($0)) }
  }
}
