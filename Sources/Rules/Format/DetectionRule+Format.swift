package import Diagnostics
import Formats
package import Session

/// What the layout of a rule's file came to.
package enum RuleLayoutResult: Hashable, Sendable {
  /// The whole file.
  case text(String)
  /// Why the file stays as it is.
  case refused(String)
}

extension DetectionRule {
  /// The rule's file with its query laid out; all else in it stays as it is.
  ///
  /// - Throws: what is wrong in a query that cannot be read.
  package func formatted(in workspace: Workspace) throws(QueryFailure) -> RuleLayoutResult {
    if part != nil {
      _ = try language.formatted(query, in: workspace)
      return .refused("its query is one of several texts in the file")
    }
    guard FilePath(path).isYAML else { return .text(try language.formatted(query, in: workspace)) }
    let ends = LineEnds(of: file.text)
    let text = ends.removed(from: file.text)
    let plain = ends.removed(from: query.text)
    let source = plain == query.text ? query : SourceText(name: query.name, text: plain)
    let query = try language.formatted(source, in: workspace)
    guard let block = YAMLBlock(of: plain, in: text) else {
      return .refused("its query stands in no block of its own: begin it with `|` behind the key")
    }
    let changed = block.replaced(by: query)
    guard YAMLBlock.query(of: changed)?.text.map(\.withoutLastLineEnd) == query.withoutLastLineEnd else {
      return .refused("with its query laid out it would be other YAML")
    }
    return .text(ends.restored(in: changed))
  }
}

/// The lines of a file that hold a text as they are, further to the right: those behind `query: |`.
private struct YAMLBlock {
  private var lines: [Substring]
  private let range: Range<Int>
  private let indentation: String

  init?(of text: String, in file: String) {
    guard let node = YAMLBlock.query(of: file), case .scalar(text, .literal) = node.content else {
      return nil
    }
    lines = file.lineFeedParts
    let start = node.line - 1
    guard lines.indices.contains(start) else { return nil }
    let indentation = String(repeating: " ", count: node.column - 1)
    var end = start
    for index in lines.indices[start...] {
      let isBlank = lines[index].allSatisfy(\.isWhitespace)
      if !isBlank, !lines[index].hasPrefix(indentation) { break }
      if !isBlank { end = index + 1 }
    }
    range = start..<end
    self.indentation = indentation
  }

  static func query(of file: String) -> YAMLNode? {
    guard let document = try? YAMLReader.read(file) else { return nil }
    return document["query"] ?? document["search"]
  }

  func replaced(by text: String) -> String {
    var lines = lines
    let block = text.lineFeedParts.dropLast().map { line in
      line.isEmpty ? "" : Substring(indentation + line)
    }
    lines.replaceSubrange(range, with: block)
    return lines.joined(separator: "\n")
  }
}

extension String {
  /// Parted at line feeds, also where a carriage return before one makes a single character of the two.
  fileprivate var lineFeedParts: [Substring] {
    utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { Substring($0) }
  }

  fileprivate var withoutLastLineEnd: Substring { hasSuffix("\n") ? dropLast() : self[...] }
}
