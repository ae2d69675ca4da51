import Trawl

/// `trawl --version`.
enum VersionText {
  static func print(_ console: Console) {
    console.write(
      """
      trawl \(TrawlVersion.text)
      commit: \(TrawlVersion.commit ?? "not known")
      toolchain: \(TrawlVersion.toolchain)
      platform: \(TrawlVersion.platform)

      """)
  }
}
