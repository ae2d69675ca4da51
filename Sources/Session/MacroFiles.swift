import Diagnostics
import SPL
import Synchronization

/// The macros of a workspace's files, which are read once, and not before a search asks.
final class MacroFiles: Sendable {
  struct Content: Sendable {
    var macros: MacroSet
    /// What is wrong in the files.
    var failures: [QueryFailure]
  }

  private let base: MacroFiles?
  private let texts: [SourceText]
  private let known = Mutex<Content?>(nil)

  /// - Parameter base: what was there before; the texts' own definitions win.
  init(_ texts: [SourceText], over base: MacroFiles? = nil) {
    self.texts = texts
    self.base = base
  }

  var content: Content {
    known.withLock { known in
      if let known { return known }
      var content = base?.content ?? Content(macros: .builtIn, failures: [])
      for text in texts {
        let (macros, diagnostics) = MacroFile.read(text)
        content.macros = content.macros.merging(macros)
        let errors = diagnostics.filter { $0.severity == .error }
        if !errors.isEmpty { content.failures.append(QueryFailure(errors, in: text)) }
      }
      known = content
      return content
    }
  }
}
