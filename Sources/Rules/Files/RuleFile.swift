import Diagnostics
package import Engine
import Formats

/// A file with one rule: a KQL query or an SPL search below a comment header.
package enum RuleFile {
  package static func rule(_ text: String, language: Language, path: String) -> DetectionRule {
    let header = RuleHeader(text, language: language)
    return DetectionRule(
      metadata: RuleMetadata(header, fileName: FilePath(path).stem),
      query: SourceText(name: path, text: text),
      language: language, path: path)
  }
}
