import Engine
import Rules
import Session

/// Rows, time and memory of each stage, for `--profile`; of a cluster the tasks and the time of its stages.
enum ProfileText {
  static func text(_ run: Workspace.Run, _ configuration: WorkspaceConfiguration) -> String {
    if let spark = configuration.cluster as? SparkTransport { return text(spark.jobs) }
    let timings = run.report.timings
    var lines = [
      "stage                                                              rows     seconds        KiB"
    ]
    lines.append(line("load (wall)", run.report.eventsRead, timings.wall, run.report.bytes / 1024))
    lines.append(
      line("  read, summed over threads", run.report.filesFound, timings.read, run.report.storedBytes / 1024))
    lines.append(line("  inflate", run.report.filesFound, timings.inflate, run.report.bytes / 1024))
    lines.append(line("  scan", run.report.eventsRead, timings.scan, 0))
    lines.append(line("  encode", 0, timings.encode, 0))
    lines.append(line("  merge", 0, timings.merge, 0))
    for outcome in run.outcomes {
      for entry in outcome.profile {
        lines.append(line(entry.label, entry.rows, entry.seconds, entry.bytes / 1024))
      }
      lines.append(
        line("query in all", outcome.results.reduce(0) { $0 + $1.table.rowCount }, outcome.seconds, 0))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func text(_ jobs: [SparkJob]) -> String {
    var lines = [
      "job and its stages                                                tasks     seconds  moved KiB"
    ]
    for job in jobs {
      let tasks = job.stages.reduce(0) { $0 + $1.tasks }
      lines.append(line(job.name, tasks, job.seconds, (job.movedBytes + 1023) / 1024))
      for (number, stage) in job.stages.enumerated() {
        lines.append(line("  stage \(number)", stage.tasks, stage.seconds, 0))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func line(_ label: String, _ rows: Int, _ seconds: Double, _ kibibytes: Int) -> String {
    let micros = Int(seconds * 1_000_000)
    var fraction = String(micros % 1_000_000)
    while fraction.count < 6 { fraction = "0" + fraction }
    return pad(String(label.prefix(60)), 60, left: true) + pad(String(rows), 11)
      + pad("\(micros / 1_000_000).\(fraction)", 12)
      + pad(kibibytes > 0 ? String(kibibytes) : "", 11)
  }

  private static func pad(_ text: String, _ width: Int, left: Bool = false) -> String {
    let blanks = String(repeating: " ", count: max(0, width - text.count))
    return left ? text + blanks : blanks + text
  }
}
