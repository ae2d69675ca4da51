import Diagnostics
import Formats
package import Session

/// A file with one rule: a query below a comment header.
package enum RuleFile {
  /// How a file holds its rules, by its name.
  enum Form {
    case query(any FrontEnd)
    case yaml, json, savedSearches

    init?(path: String, _ languages: FrontEnds) {
      let name = FilePath(path).name.lowercased()
      if let language = languages.language(ofFile: path) {
        self = .query(language)
      } else if FilePath(path).isYAML {
        self = .yaml
      } else if name.hasSuffix(".json") {
        self = .json
      } else if name.hasSuffix("savedsearches.conf") {
        self = .savedSearches
      } else {
        return nil
      }
    }
  }

  package static func rule(_ text: String, language: any FrontEnd, path: String) -> DetectionRule {
    let header = RuleHeader(text, language.comment)
    var rule = DetectionRule(
      metadata: RuleMetadata(header, fileName: FilePath(path).stem),
      query: SourceText(name: path, text: text),
      language: language, path: path)
    // `view: addon`
    rule.view = header.entries.last { $0.key == "view" }.flatMap {
      SplunkView(rawValue: $0.text.lowercased())
    }
    return rule
  }

  /// How many bytes of a text are the comment at its head.
  static func headLength(of text: String, _ style: CommentStyle) -> Int {
    switch style {
    case .lines(let mark):
      var length = 0
      // By bytes: the two characters that end a line of Windows are one to Swift, and no line feed.
      for line in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
        let content = Substring(line).drop(while: \.isWhitespace)
        if !content.isEmpty, !content.hasPrefix(mark) { break }
        // A blank line ends the head.
        if content.isEmpty, length > 0 { break }
        length += line.count + 1
      }
      return length
    case .between(let mark):
      let start = text.drop(while: \.isWhitespace)
      guard start.hasPrefix(mark), let end = start.dropFirst(mark.count).firstRange(of: mark) else {
        return 0
      }
      return text[..<end.upperBound].utf8.count
    }
  }
}
