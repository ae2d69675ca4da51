package import Diagnostics
import Formats
package import Session

extension RuleFile {
  /// A version of a rule from anywhere, such as `git show HEAD:rules/x.kql`: its name says nothing of its language.
  ///
  /// - Parameters:
  ///   - other: the path of the rule's other version, whose ending says what both are.
  ///   - language: what the user says; wins.
  /// - Returns: nil if nothing says what it is.
  package static func version(
    _ text: String, path: String, like other: String, language: (any FrontEnd)?, _ languages: FrontEnds
  ) throws(QueryFailure) -> DetectionRule? {
    let isYAML = FilePath(other).isYAML
    guard isYAML, language == nil else {
      return (language ?? languages.language(ofFile: other)).map { rule(text, language: $0, path: path) }
    }
    do throws(YAMLProblem) {
      return try rule(yaml: text, path: path)
    } catch {
      switch error {
      case .wrong(let failure): throw failure.failure(in: SourceText(name: path, text: text))
      case .noRule(let reason):
        throw QueryFailure(
          [.error("no-rule", "`\(path)` is no rule: \(reason)")], in: SourceText(name: path, text: text))
      }
    }
  }
}
