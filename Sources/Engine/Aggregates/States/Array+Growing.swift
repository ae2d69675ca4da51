extension Array {
  /// Appends an element until there are `count`.
  mutating func grow(to count: Int, filling element: Element) {
    if self.count < count { append(contentsOf: repeatElement(element, count: count - self.count)) }
  }
}
