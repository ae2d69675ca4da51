import Diagnostics
import Engine
import Rules
import Session

/// What would run on a cluster: the command that starts it, and the fragments.
enum DryRun {
  /// So many tasks share rows by key where no cluster says how many it has.
  private static let buckets = 8

  static func show(
    _ rules: [DetectionRule], in workspace: Workspace, _ spark: SparkSettings, _ console: Console
  ) -> ExitCode {
    let words = SparkTransport.command(spark, driver: "driver.py", folder: "FOLDER")
    console.write(words.map(quoted).joined(separator: " ") + "\n")
    var plans: [LogicalPlan] = []
    var codes: [ExitCode] = [.success]
    for rule in rules {
      do throws(QueryFailure) {
        let query = try workspace.compile(rule)
        console.printError(query.warnings, in: rule.query)
        plans += workspace.optimized(query)
      } catch {
        codes.append(FailurePrinter.print(error, in: rule.query, console))
      }
    }
    for line in distributed(plans, in: workspace).explanation.split(separator: "\n") {
      console.write(DisplayText.escaped(String(line)) + "\n")
    }
    return .gravest(codes)
  }

  static func distributed(_ plans: [LogicalPlan], in workspace: Workspace) -> DistributedPlan {
    DistributedPlanner.plan(plans, buckets: buckets) { scan in
      workspace.sources.loadedNames(of: scan).count
    }
  }

  /// For a shell.
  private static func quoted(_ word: String) -> String {
    let isPlain = word.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
      default: "-_./:=,%+@".utf8.contains(byte)
      }
    }
    return isPlain && !word.isEmpty ? word : CompletionScript.quoted(word)
  }
}
