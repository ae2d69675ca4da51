/// The plan of a load in flat memory: what is looked at for every record is read without a retain.
final class LoadLayout {
  struct Source {
    var requests: UInt64
    var shapes: Range<Int>
    var timeSlots: Range<Int>
  }

  struct Shape {
    var presence: Range<Int>
    /// Index into `shapeValues`, or -1.
    var values: Int
    var exclusions: Range<Int>
  }

  /// A text that the value of a slot must not begin with.
  struct Exclusion {
    var slot: Int
    var prefix: UnsafeBufferPointer<UInt8>
  }

  struct Column {
    enum Fallback: UInt8 { case none, record, text }

    var slots: Range<Int>
    var word: Int
    var group: Int
    var isDirectTime: Bool
    var fallback: Fallback
    /// Where the code of the text is.
    var fallbackPlace: Int
    var interner: Unmanaged<ValueInterner>
  }

  let sources: UnsafeMutableBufferPointer<Source>
  let shapes: UnsafeMutableBufferPointer<Shape>
  /// The columns of all requests, and where those of each begin.
  let columns: UnsafeMutableBufferPointer<Column>
  let columnRanges: UnsafeMutableBufferPointer<Range<Int>>
  /// Slots that ranges above refer to.
  let slots: UnsafeMutableBufferPointer<Int>
  let slotInterners: UnsafeMutableBufferPointer<Unmanaged<ValueInterner>>
  let shapeValues: [[(slot: Int, texts: [[UInt8]])]]
  let exclusions: UnsafeMutableBufferPointer<Exclusion>
  private let prefixes: [PaddedBuffer]

  /// - Precondition: the interners live as long as the layout.
  init(_ plan: LoadPlan, _ interners: [ValueInterner]) {
    var flatSlots: [Int] = []
    func range(_ slots: [Int]) -> Range<Int> {
      flatSlots += slots
      return flatSlots.count - slots.count..<flatSlots.count
    }
    var shapes: [Shape] = []
    var values: [[(slot: Int, texts: [[UInt8]])]] = []
    var sources: [Source] = []
    var exclusions: [Exclusion] = []
    var prefixes: [PaddedBuffer] = []
    for source in plan.sources {
      let first = shapes.count
      for shape in source.shapes {
        // What must have a value must be there, unless that may be none: most records are told by that alone.
        let needed = shape.values.filter { !$0.texts.contains([]) }
        let presence = range(shape.presence + needed.map(\.slot))
        for (slot, prefix) in shape.exclusions {
          prefixes.append(PaddedBuffer(prefix))
          exclusions.append(Exclusion(slot: slot, prefix: prefixes[prefixes.count - 1].bytes))
        }
        shapes.append(
          Shape(
            presence: presence, values: shape.values.isEmpty ? -1 : values.count,
            exclusions: exclusions.count - shape.exclusions.count..<exclusions.count))
        if !shape.values.isEmpty { values.append(shape.values) }
      }
      sources.append(
        Source(requests: source.requests, shapes: first..<shapes.count, timeSlots: range(source.timeSlots)))
    }
    var columns: [Column] = []
    var ranges: [Range<Int>] = []
    for request in plan.requests {
      let first = columns.count
      for column in request.columns {
        let fallback: Column.Fallback
        switch column.fallback {
        case .none: fallback = .none
        case .record: fallback = .record
        case .file, .constant: fallback = .text
        }
        columns.append(
          Column(
            slots: range(column.slots), word: column.word, group: column.group,
            isDirectTime: column.isDirectTime, fallback: fallback, fallbackPlace: column.fallbackPlace,
            interner: .passUnretained(interners[column.group])))
      }
      ranges.append(first..<columns.count)
    }
    self.sources = LoadLayout.flat(sources)
    self.shapes = LoadLayout.flat(shapes)
    self.columns = LoadLayout.flat(columns)
    columnRanges = LoadLayout.flat(ranges)
    slots = LoadLayout.flat(flatSlots)
    slotInterners = LoadLayout.flat(plan.slotGroup.map { .passUnretained(interners[$0]) })
    shapeValues = values
    self.exclusions = LoadLayout.flat(exclusions)
    self.prefixes = prefixes
  }

  deinit {
    sources.deallocate()
    shapes.deallocate()
    columns.deallocate()
    columnRanges.deallocate()
    slots.deallocate()
    slotInterners.deallocate()
    exclusions.deallocate()
  }

  private static func flat<Element>(_ elements: [Element]) -> UnsafeMutableBufferPointer<Element> {
    let block = UnsafeMutableBufferPointer<Element>.allocate(capacity: elements.count)
    _ = block.initialize(from: elements)
    return block
  }
}
