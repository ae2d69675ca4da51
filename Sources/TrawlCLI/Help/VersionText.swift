import Trawl

/// `trawl --version`.
enum VersionText {
  static func print(_ console: Console) { console.write("trawl \(TrawlVersion.text)\n") }
}
