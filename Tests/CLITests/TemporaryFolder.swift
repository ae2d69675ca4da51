import Foundation

/// A folder that is gone with the value.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("trawl-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  var path: String { url.path }

  /// Writes a file; the path.
  @discardableResult
  func write(_ name: String, _ bytes: Data) throws -> String {
    let file = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try bytes.write(to: file)
    return file.path
  }

  @discardableResult
  func write(_ name: String, _ text: String) throws -> String { try write(name, Data(text.utf8)) }

  /// A file with one CloudTrail event a line, one for each name.
  @discardableResult
  func writeEvents(_ name: String, _ eventNames: [String]) throws -> String {
    try write(
      name, eventNames.enumerated().map { TemporaryFolder.event($1, second: $0) }.joined(separator: "\n"))
  }

  static func event(_ name: String, second: Int = 0, extra: String = "") -> String {
    let time = "2026-03-02T10:00:\(second < 10 ? "0" : "")\(second)Z"
    return """
      {"eventVersion":"1.09","eventTime":"\(time)","eventSource":"ses.amazonaws.com","eventName":"\(name)",\
      "awsRegion":"us-east-1"\(extra)}
      """
  }
}
