/// The version that `trawl --version` prints.
public enum TrawlVersion {
  public static let text = "0.1.0"
}
