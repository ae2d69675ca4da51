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
    let bytes = page.bytes
    if output.document == .html { console.write(bytes) }
    if let path = output.htmlPath { try OutputFile.write(bytes, to: path) }
  }

  /// - Parameter summary: nil where there is nothing to say of logs.
  static func account(_ report: LoadReport, now: Int64?, _ summary: RunSummary?) -> PageAccount {
    var account = PageAccount(report, now: now, version: TrawlVersion.text)
    account.lines = (summary?.text.plain ?? "").split(separator: "\n").map(String.init)
    return account
  }

  /// The playbooks that stand beside rules that fired, and why others are not on the page. A rule may come from anyone:
  /// it reads no file elsewhere.
  static func playbooks(of run: PackRun) -> (texts: [String: String], left: [String]) {
    var texts: [String: String] = [:]
    var left: [String] = []
    for entry in run.entries where entry.hasFired {
      guard let path = entry.rule.playbookPath, texts[path] == nil, !path.contains("://") else { continue }
      do throws(UnreadableInput) {
        texts[path] = try playbook(path, isBeside: entry.rule.metadata.playbook?.contains("/") == false)
      } catch {
        left.append("the playbook `\(path)` is not on the page: \(error.reason)")
      }
    }
    return (texts, left.uniqued)
  }

  private static func playbook(_ path: String, isBeside: Bool) throws(UnreadableInput) -> String {
    guard isBeside else { throw UnreadableInput(path: path, reason: "it does not stand beside its rule") }
    let attributes: [FileAttributeKey: Any]
    do {
      attributes = try FileManager.default.attributesOfItem(atPath: path)
    } catch {
      throw UnreadableInput(path: path, reason: "it is not there")
    }
    guard attributes[.type] as? FileAttributeType == .typeRegular else {
      throw UnreadableInput(path: path, reason: "it is no plain file")
    }
    guard let size = attributes[.size] as? Int, size <= maximumBytes else {
      throw UnreadableInput(path: path, reason: "it is longer than \(maximumBytes.grouped) bytes")
    }
    return try InputFile.text(path)
  }
}
