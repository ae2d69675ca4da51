import Diagnostics
import Engine
import Reports

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The two output streams: results on one, everything else on the other.
///
/// Results are buffered. When the reader of the results closes the pipe, as `head` does, the process ends at once
/// with 0 and without a word: nobody waits for the rest.
final class Console {
  private static let bufferSize = 1 << 16

  private let output: FileDescriptor
  private let error: FileDescriptor
  private var buffer: [UInt8] = []
  private var progress: ProgressLine?
  /// Holds results back until it is known whether they fit the screen.
  private var page: Page?
  /// Messages that wait for the end of a page.
  private var held: [StyledText] = []
  /// No progress line.
  var isQuiet = false
  /// Bytes that results may have. They are then held back until all of them are there: none is cut.
  var outputLimit: Int?
  var colours = ColourChoice.auto
  /// What results for programs say of themselves.
  var envelope: Envelope?

  init(output: FileDescriptor = .output, error: FileDescriptor = .error) {
    self.output = output
    self.error = error
    // Writing to a closed pipe then fails with EPIPE instead of killing the process.
    signal(SIGPIPE, SIG_IGN)
    // The runtime takes it for itself, and would go on.
    signal(SIGQUIT, SIG_DFL)
  }

  var writesToTerminal: Bool { output.isTerminal }

  /// Columns of the terminal that results go to; nil if they go elsewhere.
  var terminalWidth: Int? { output.terminalWidth }

  private var coloursOutput: Bool { colours.applies(to: output) }
  private var coloursErrors: Bool { colours.applies(to: error) }

  /// What pictures are made of.
  var glyphs: ChartGlyphs { Terminal.isUTF8 && !Terminal.isPlain ? .blocks : .ascii }

  /// Writes results.
  func write(_ bytes: [UInt8]) {
    // Formats for programs leave cells as they are; a terminal would obey them.
    put(
      output.isTerminal ? Array(Console.harmlessCells(String(decoding: bytes, as: UTF8.self)).utf8) : bytes)
  }

  /// Writes results with their colours.
  func write(_ text: StyledText) {
    guard coloursOutput else { return write(text.plain) }
    put(Array(Colours.painted(text, harmless: Console.harmlessCells).utf8))
  }

  private func put(_ bytes: [UInt8]) {
    clearProgress()
    if let limit = outputLimit {
      guard bytes.count <= limit - buffer.count else { endAtLimit(limit) }
      buffer += bytes
      return
    }
    if let page {
      page.add(bytes)
      return
    }
    if buffer.isEmpty, bytes.count >= Console.bufferSize {
      bytes.withUnsafeBytes { send($0) }
      return
    }
    buffer += bytes
    if buffer.count >= Console.bufferSize { flush() }
  }

  func write(_ text: String) { write(Array(text.utf8)) }

  func flush() {
    if buffer.isEmpty || outputLimit != nil { return }
    buffer.withUnsafeBytes { send($0) }
    buffer.removeAll(keepingCapacity: true)
  }

  /// Writes a result that is one document.
  func write(_ document: JSONValue) {
    beginResult()
    write(document.text + "\n")
  }

  private func beginResult() {
    if let head = envelope?.head(), !head.isEmpty { write(head) }
  }

  /// Writes a table.
  func write(_ table: Table, _ renderer: TableRenderer) {
    beginResult()
    defer {
      if !isQuiet {
        for note in renderer.notes(on: table) { say(.note, DisplayText.escaped(note.optionText)) }
      }
    }
    guard coloursOutput, renderer.format == .table else { return renderer.render(table) { write($0) } }
    var isFirst = true
    renderer.render(table) { block in
      if isFirst { write(Console.withHead(String(decoding: block, as: UTF8.self))) } else { write(block) }
      isFirst = false
    }
  }

  /// The names above a table and the line below them stand out.
  private static func withHead(_ text: String) -> StyledText {
    let lines = text.split(separator: "\n", maxSplits: 2, omittingEmptySubsequences: false)
    guard lines.count == 3, !lines[1].isEmpty, lines[1].allSatisfy({ $0 == "-" || $0 == " " }) else {
      return StyledText(text)
    }
    var styled = StyledText(String(lines[0]), .name)
    styled.append("\n")
    styled.append(String(lines[1]), .frame)
    styled.append("\n" + lines[2])
    return styled
  }

  /// What is written meanwhile goes through the reader's pager if it is longer than the screen; messages follow.
  func paging(_ body: () -> Void) {
    guard page == nil, outputLimit == nil, output.isTerminal, !Terminal.isDumb, let command = Terminal.pager,
      let height = output.terminalHeight
    else {
      body()
      return flush()
    }
    flush()
    let page = Page(command, height: height, to: output)
    self.page = page
    body()
    self.page = nil
    page.finish()
    for message in held { printError(message) }
    held = []
  }

  /// Writes messages, after the results so far; whatever they quote (a path, a rule) cannot drive the terminal.
  func printError(_ text: String) { printError(StyledText(text)) }

  func printError(_ text: StyledText) {
    if page != nil { return held.append(text) }
    clearProgress()
    flush()
    var text =
      coloursErrors
      ? Colours.painted(text, harmless: Console.harmless) : Console.harmless(text.plain)
    // Nothing can be said about a closed error stream.
    _ = text.withUTF8 { error.write(UnsafeRawBufferPointer($0)) }
  }

  /// `note: …`.
  func say(_ severity: Diagnostic.Severity, _ message: String) {
    var text = StyledText("\(severity.rawValue): ", StyledText.Style(severity))
    text.append(message + "\n")
    printError(text)
  }

  /// `error[slug]: …`, with what would work.
  func refuse(_ id: String, _ message: String, _ advice: [String] = []) {
    var text = StyledText("error[\(id)]", .error)
    text.append(": ")
    text.append(message, .name)
    text.append("\n")
    for advice in advice {
      text.append("  help: ", .help)
      text.append(advice + "\n")
    }
    printError(text)
  }

  /// The text with all that a terminal obeys spelt out, save the ends of lines.
  static func harmless(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { shown(String($0)) }.joined(separator: "\n")
  }

  /// A line without what a terminal obeys, and without what it cannot show.
  private static func shown(_ line: String) -> String {
    let line = DisplayText.escaped(line)
    if Terminal.isUTF8 || line.utf8.allSatisfy({ $0 < 0x80 }) { return line }
    var result = ""
    for scalar in line.unicodeScalars {
      switch scalar {
      case _ where scalar.isASCII: result.unicodeScalars.append(scalar)
      // The mark of what was cut.
      case "…": result += "~"
      default: result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      }
    }
    return result
  }

  /// The same for results, whose columns may be tabs.
  static func harmlessCells(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { line in
        line.split(separator: "\t", omittingEmptySubsequences: false).map { shown(String($0)) }
          .joined(separator: "\t")
      }
      .joined(separator: "\n")
  }

  /// Counts what a load does, and shows it while no one else writes; nil without a terminal.
  func loadMeter() -> LoadMeter? {
    guard showsProgress else { return nil }
    let meter = LoadMeter()
    beginProgress(meter)
    ProgressLine.clearOnSignals()
    return meter
  }

  /// Shows what a meter says from now on.
  func beginProgress(_ meter: LoadMeter) {
    meter.reset()
    beginProgress { meter.filesFound > 0 ? ProgressLine.text(meter, seconds: $0) : nil }
  }

  /// The same for the jobs of a cluster; nil without a terminal.
  func clusterMeter() -> ClusterMeter? {
    guard showsProgress else { return nil }
    let meter = ClusterMeter()
    beginProgress { _ in meter.text }
    ProgressLine.clearOnSignals()
    return meter
  }

  private func beginProgress(_ text: @escaping @Sendable (_ seconds: Double) -> String?) {
    clearProgress()
    if showsProgress { progress = ProgressLine(error, text) }
  }

  private var showsProgress: Bool { !isQuiet && error.isTerminal && !Terminal.isDumb }

  func clearProgress() {
    progress?.end()
    progress = nil
  }

  private func send(_ bytes: UnsafeRawBufferPointer) {
    switch output.write(bytes) {
    case .done: break
    case .closed: exit(ExitCode.success.rawValue)
    case .failed(let code):
      var text = "error[cannot-write]: the output cannot be written: \(String(cString: strerror(code)))\n"
      _ = text.withUTF8 { error.write(UnsafeRawBufferPointer($0)) }
      exit(ExitCode.unreadable.rawValue)
    }
  }

  /// Writes what is left and ends the process.
  func finish(_ code: ExitCode) -> Never {
    clearProgress()
    if let envelope { write(envelope.foot(code)) }
    outputLimit = nil
    flush()
    exit(code.rawValue)
  }

  private func endAtLimit(_ limit: Int) -> Never {
    refuse(
      "output-limit", "the results are longer than the limit of \(limit.grouped) bytes, and none is written",
      ["take fewer rows or columns; \(Remedy.outputLimit.option) sets another limit"])
    exit(ExitCode.limit.rawValue)
  }
}
