import Diagnostics
import Engine
import Formats
import Reports
import Rules
import Session
import Trawl

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension OutputSettings {
  /// A page is to be made, in place of the table or beside it.
  var wantsPage: Bool { document == .html || htmlPath != nil }
}

/// Pages, where they are wanted.
enum PageDelivery {
  /// A longer playbook is not copied into a page.
  private static let maximumBytes = 1_000_000

  static func write(_ page: HTMLPage, _ output: OutputSettings, _ console: Console) throws {
    if output.document == .html { console.write(page.bytes) }
    if let path = output.htmlPath { try OutputFile.write(page.text, to: path) }
  }

  /// - Parameter summary: nil where there is nothing to say of logs.
  static func account(_ report: LoadReport, now: Int64?, _ summary: RunSummary?) -> PageAccount {
    var account = PageAccount(report, now: now, version: TrawlVersion.text)
    account.lines = (summary?.text.plain ?? "").split(separator: "\n").map(String.init)
    return account
  }

  /// The playbooks that stand beside rules that fired. A rule may come from anyone: it reads no file elsewhere.
  static func playbooks(of run: PackRun) -> [String: String] {
    var texts: [String: String] = [:]
    for entry in run.entries where entry.hasFired {
      guard let path = entry.rule.playbookPath, let name = entry.rule.metadata.playbook, !name.contains("/"),
        texts[path] == nil, let attributes = try? FileManager.default.attributesOfItem(atPath: path),
        attributes[.type] as? FileAttributeType == .typeRegular,
        let size = attributes[.size] as? Int, size <= maximumBytes
      else { continue }
      texts[path] = try? InputFile.text(path)
    }
    return texts
  }
}
