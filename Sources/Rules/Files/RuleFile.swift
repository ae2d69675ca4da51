import Diagnostics
import Formats
package import Session

/// A file with one rule: a query below a comment header.
package enum RuleFile {
  package static func rule(_ text: String, language: any FrontEnd, path: String) -> DetectionRule {
    let header = RuleHeader(text, language.comment)
    return DetectionRule(
      metadata: RuleMetadata(header, fileName: FilePath(path).stem),
      query: SourceText(name: path, text: text),
      language: language, path: path)
  }
}
