/// Which file of logs a row is of, by what the row says: the path of the file, or that of an archive with the name of a
/// file inside of it behind.
struct SourceOwners {
  private let paths: Set<String>
  /// So many bytes have the paths: names of archives' members may have a great many parts.
  private let lengths: Set<Int>

  init(_ paths: some Sequence<String>) {
    self.paths = Set(paths)
    lengths = Set(self.paths.map(\.utf8.count))
  }

  /// The longest path counts; nil if none fits.
  func owner(of name: String) -> String? {
    if paths.contains(name) { return name }
    let bytes = Array(name.utf8)
    for end in bytes.indices.reversed() where bytes[end] == 0x2F && lengths.contains(end) {
      let path = String(decoding: bytes[..<end], as: UTF8.self)
      if paths.contains(path) { return path }
    }
    return nil
  }
}
