/// An immutable run of elements; slices share their storage.
package struct Vector<Element: Sendable>: Sendable {
  private let storage: [Element]
  private let offset: Int
  package let count: Int

  package init(_ elements: [Element]) {
    storage = elements
    offset = 0
    count = elements.count
  }

  private init(storage: [Element], offset: Int, count: Int) {
    self.storage = storage
    self.offset = offset
    self.count = count
  }

  package init(repeating element: Element, count: Int) {
    self.init([Element](repeating: element, count: count))
  }

  package subscript(row: Int) -> Element {
    precondition(row >= 0 && row < count, "row \(row) of \(count)")
    return storage[offset + row]
  }

  package func slice(_ range: Range<Int>) -> Vector {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "slice outside a vector")
    return Vector(storage: storage, offset: offset + range.lowerBound, count: range.count)
  }

  /// Gives the elements as one buffer. Take it once, outside the loop.
  package func withBuffer<Result>(_ body: (UnsafeBufferPointer<Element>) throws -> Result) rethrows -> Result
  {
    try storage.withUnsafeBufferPointer { whole in
      try body(UnsafeBufferPointer(rebasing: whole[offset..<offset + count]))
    }
  }

  /// The elements at some rows, in their order.
  package func gather(_ rows: Vector<UInt32>) -> Vector {
    let gathered = rows.withBuffer { rows in
      withBuffer { elements in
        [Element](unsafeUninitializedCapacity: rows.count) { target, initialized in
          for position in 0..<rows.count {
            target.initializeElement(at: position, to: elements[Int(rows[position])])
          }
          initialized = rows.count
        }
      }
    }
    return Vector(gathered)
  }

  package var array: [Element] {
    offset == 0 && count == storage.count ? storage : Array(storage[offset..<offset + count])
  }
}
