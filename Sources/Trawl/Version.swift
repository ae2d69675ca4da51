import CBuild

/// What this is a build of.
public enum TrawlVersion {
  /// The version that `trawl --version` prints.
  public static let text = "0.1.0"

  /// Counts the changes to what queries mean: a query with a known answer may have another one from the next level on.
  public static let languageLevel = 1

  /// The commit of the sources; nil where the build did not know it.
  public static let commit: String? = {
    let text = String(cString: trawl_commit())
    return text.isEmpty ? nil : text
  }()

  /// The language of the toolchain.
  public static let toolchain: String = {
    #if compiler(>=6.4)
      "Swift 6.4 or later"
    #elseif compiler(>=6.3)
      "Swift 6.3"
    #else
      "Swift 6.2"
    #endif
  }()

  /// The system and processor, as `Linux x86_64`.
  public static let platform: String = {
    #if os(Linux)
      let system = "Linux"
    #elseif os(macOS)
      let system = "macOS"
    #else
      let system = "another system"
    #endif
    #if arch(x86_64)
      return "\(system) x86_64"
    #elseif arch(arm64)
      return "\(system) arm64"
    #else
      return system
    #endif
  }()
}
