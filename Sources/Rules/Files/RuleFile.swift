import Diagnostics
package import Engine

/// A file with one rule: a KQL query or an SPL search below a comment header.
package enum RuleFile {
  package static func rule(_ text: String, language: Language, path: String) -> DetectionRule {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    let header = RuleHeader(text, language: language)
    return DetectionRule(
      metadata: RuleMetadata(header, fileName: stem), query: SourceText(name: path, text: text),
      language: language, path: path)
  }
}
