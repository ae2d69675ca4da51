package import Diagnostics
import SPL

/// What a prompt asks of searches.
extension SPLFrontEnd {
  package func complete(_ source: SourceText, at place: Int, in workspace: Workspace) -> Completions {
    SPLCompletion(source, at: place, in: workspace, SPLFrontEnd.words).completions()
  }

  private static let words = LanguageWords(.spl)

  static func macroNames(of workspace: Workspace) -> [String] { macros(of: workspace).names }

  package func isUnfinished(_ source: SourceText) -> Bool {
    let bytes = Array(source.text.utf8)
    var open = 0
    var isQuoted = false
    var isComment = false
    var last: UInt8 = 0
    var place = 0
    while place < bytes.count {
      let byte = bytes[place]
      if !isQuoted, bytes[place...].starts(with: "```".utf8) {
        isComment.toggle()
        place += 3
        continue
      }
      place += 1
      if isComment { continue }
      switch byte {
      case UInt8(ascii: "\\") where isQuoted: place += 1
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: "["), UInt8(ascii: "("): open += isQuoted ? 0 : 1
      case UInt8(ascii: "]"), UInt8(ascii: ")"): open -= isQuoted ? 0 : 1
      default: break
      }
      if byte != 0x20, byte != 0x0A, byte != 0x0D, byte != 0x09 { last = byte }
    }
    return open > 0 || isQuoted || isComment || last == UInt8(ascii: "|") || last == UInt8(ascii: ",")
      || last == 0
  }
}
