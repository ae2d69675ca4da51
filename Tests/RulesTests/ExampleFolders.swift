import Diagnostics
import Engine
import Foundation
import Rules
import Session

/// The example logs and the shipped rules of this repository.
enum ExampleFolders {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func path(_ name: String) -> String { root.appending(path: name).path }

  static func workspace(_ logs: String...) -> Workspace {
    var configuration = WorkspaceConfiguration()
    configuration.logs = logs.map(path)
    configuration.threads = 1
    return Workspace(configuration)
  }

  /// Compiled and not resolved.
  static func compiled(_ text: String, _ language: any FrontEnd, in workspace: Workspace) throws
    -> CompiledQuery
  {
    try workspace.compile(SourceText(name: "query", text: text), language: language)
  }

  static func compile(_ text: String, _ language: any FrontEnd, in workspace: Workspace) throws
    -> CompiledQuery
  {
    try workspace.resolve(compiled(text, language, in: workspace))
  }

  static var shippedRules: [DetectionRule] { RulePack.load([path("rules")]).rules }
}
