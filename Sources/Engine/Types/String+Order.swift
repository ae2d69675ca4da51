extension String {
  /// Whether it stands before another by UTF-8 bytes, which is the order of code points: the same for every locale.
  package func precedes(_ other: String) -> Bool {
    let isBefore = utf8.withContiguousStorageIfAvailable { left in
      other.utf8.withContiguousStorageIfAvailable { StringDictionary.compare(left, $0) < 0 }
    }
    return (isBefore ?? nil) ?? utf8.lexicographicallyPrecedes(other.utf8)
  }
}
