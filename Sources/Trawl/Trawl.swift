import Diagnostics
import Engine
import Rules
import Session

/// Runs KQL and SPL over CloudTrail files.
///
/// ```
///   let trawl = Trawl(logs: ["logs/"])
///   let table = try trawl.run("AWSCloudTrail | count", language: .kql)
///   table.rows[0]   // ["2541"]
/// ```
public struct Trawl: Sendable {
  public enum Language: String, Sendable {
    case kql, spl
  }

  private let workspace: Workspace

  /// - Parameters:
  ///   - logs: Files and folders, read recursively.
  ///   - now: What `now()` is, as a KQL datetime text; nil for the time of the newest event.
  ///   - values: Values for scalar `let`s, by name.
  public init(logs: [String], now: String? = nil, values: [String: String] = [:]) {
    var configuration = WorkspaceConfiguration()
    configuration.logs = logs
    configuration.values = values
    if let ticks = now.flatMap({ DatetimeParsing.parseKQL($0) }) { configuration.now = .at(ticks) }
    workspace = Workspace(configuration)
  }

  /// The rows of a query's first result.
  ///
  /// - Throws: `QueryFailure` if the text is wrong, `RunFailure` if it cannot be run to its end.
  public func run(_ text: String, language: Language) throws -> ResultTable {
    let source = SourceText(name: "<query>", text: text)
    let query = try workspace.compile(source, language: language == .kql ? .kql : .spl)
    do throws(ExecutionFailure) {
      let run = try workspace.run([query])
      return ResultTable(run.outcomes.first?.results.first?.table, report: run.report)
    } catch {
      throw RunFailure(id: error.id, message: error.message)
    }
  }
}

/// A run that stopped: a limit was hit, or a function could not work.
public struct RunFailure: Error, Hashable, Sendable {
  public let id: String
  public let message: String
}

/// The rows of a result, each cell as its text.
public struct ResultTable: Sendable {
  public struct Column: Hashable, Sendable {
    public let name: String
    /// A KQL type name.
    public let type: String
  }

  public let columns: [Column]
  public let rows: [[String]]
  public let eventsRead: Int
  public let eventsRejected: Int

  init(_ table: Table?, report: LoadReport) {
    columns = table?.fields.map { Column(name: $0.name, type: $0.type.rawValue) } ?? []
    rows = table.map { table in (0..<table.rowCount).map { table.row($0).map(\.kqlText) } } ?? []
    eventsRead = report.eventsRead
    eventsRejected = report.rejected
  }
}
