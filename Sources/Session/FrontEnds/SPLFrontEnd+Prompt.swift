package import Diagnostics
import SPL

/// What a prompt asks of searches.
extension SPLFrontEnd {
  package func complete(_ source: SourceText, at place: Int, in workspace: Workspace) -> Completions {
    SPLCompletion(source, at: place, in: workspace, SPLFrontEnd.words).completions()
  }

  private static let words = LanguageWords(.spl)

  static func macroNames(of workspace: Workspace) -> [String] { macros(of: workspace).names }

  package func pendingText() -> any PendingText { SPLPendingText() }
}
