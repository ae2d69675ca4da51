#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Finds the data of contentctl's tests, which is named by URL, in local folders.
///
/// A folder holds the tree of the URL's path from any level down, or the files alone:
///
/// ```
///   https://host/attack_data/master/datasets/attack_techniques/T1537/exfil/cloudtrail.json
///   DIR/datasets/attack_techniques/T1537/exfil/cloudtrail.json
///   DIR/T1537/exfil/cloudtrail.json
///   DIR/cloudtrail.json
/// ```
package struct AttackData: Sendable {
  package var folders: [String]

  package init(folders: [String]) { self.folders = folders }

  /// The local file that stands for a URL or a path; the longest part of the path counts.
  package func file(for url: String) -> String? {
    var path = url[...]
    if let scheme = path.firstRange(of: "://") { path = path[scheme.upperBound...] }
    if let end = path.firstIndex(where: { $0 == "?" || $0 == "#" }) { path = path[..<end] }
    var parts = path.split(separator: "/").map(String.init)
    // A path that climbs leads out of the folder.
    if parts.contains("..") || parts.isEmpty { return nil }
    while !parts.isEmpty {
      for folder in folders {
        let candidate = ([folder] + parts).joined(separator: "/")
        var isFolder = false
        if FileManager.default.fileExists(atPath: candidate, isDirectory: &isFolder), !isFolder {
          return candidate
        }
      }
      parts.removeFirst()
    }
    return nil
  }
}
