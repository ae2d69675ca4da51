package import Rules

/// The alerts of a run, made once for all that shows them, and not before something does.
package final class RunAlerts {
  package let run: PackRun
  /// By entry.
  package private(set) lazy var ofEntry: [[Alert]] = run.entries.map(\.alerts)
  package private(set) lazy var list = AlertList(run, ofEntry)

  package init(_ run: PackRun) { self.run = run }
}
