/// What the footer of a Parquet file says: its schema, and where the columns of each row group stand.
struct ParquetMetadata {
  struct Element {
    var name = ""
    var physical: ParquetType.Physical?
    var length = 0
    var repetition = 0
    var children: Int?
    var converted: Int?
    var logical: ParquetType.Logical?
    var isList = false
    var isMap = false
    var scale = 0
  }

  struct RowGroup {
    var columns: [Chunk] = []
    var rows = 0
  }

  struct Chunk {
    var file: String?
    var isEncrypted = false
    var physical: ParquetType.Physical?
    var codec = -1
    var values = 0
    var storedBytes = 0
    var unpackedBytes = 0
    var dataPage = 0
    var dictionaryPage: Int?
    var statistics: Statistics?

    /// Where its pages stand in the file.
    var range: Range<Int>? {
      let start = dictionaryPage.map { $0 > 0 ? min($0, dataPage) : dataPage } ?? dataPage
      let (end, overflow) = start.addingReportingOverflow(storedBytes)
      return overflow ? nil : start..<end
    }
  }

  /// Bounds of the values of a chunk, as bytes of their type.
  struct Statistics {
    var minimum: [UInt8]?
    var maximum: [UInt8]?
    var nulls: Int?
    /// The bounds are values that are there.
    var isExact = true
    /// Bounds whose order is only right for numbers.
    var hasOldBounds = false
  }

  var elements: [Element] = []
  var rows = 0
  var groups: [RowGroup] = []
  /// What the writer noted beside.
  var notes: [String: String] = [:]
  var writer = ""
  var isEncrypted = false

  init(_ bytes: UnsafeBufferPointer<UInt8>) throws(ParquetDamage) {
    var reader = ThriftReader(bytes)
    var last = 0
    while let field = try reader.field(&last) {
      switch field.number {
      case 2:
        let count = try reader.list(field, of: .structure)
        guard count <= ParquetLimits.elementLimit else {
          throw ParquetDamage(.limit, "its schema has more than \(ParquetLimits.elementLimit) elements")
        }
        // A footer has one schema.
        elements = []
        for _ in 0..<count { elements.append(try ParquetMetadata.element(&reader)) }
      case 3: rows = try reader.size(field)
      case 4:
        let count = try reader.list(field, of: .structure)
        guard count <= ParquetLimits.groupLimit else {
          throw ParquetDamage(.limit, "it has more than \(ParquetLimits.groupLimit) row groups")
        }
        // A footer has one list of them.
        groups = []
        var chunks = 0
        for _ in 0..<count {
          let group = try ParquetMetadata.group(&reader, chunks)
          chunks += group.columns.count
          groups.append(group)
        }
      case 5:
        let count = try reader.list(field, of: .structure)
        guard count <= ParquetLimits.noteLimit else {
          throw ParquetDamage(.limit, "it has more than \(ParquetLimits.noteLimit) notes")
        }
        for _ in 0..<count {
          let (key, value) = try ParquetMetadata.note(&reader)
          notes[key] = value
        }
      case 6: writer = try reader.text(field)
      case 8:
        isEncrypted = true
        try reader.skip(field)
      default: try reader.skip(field)
      }
    }
  }

  private static func note(_ reader: inout ThriftReader) throws(ParquetDamage) -> (String, String) {
    var last = 0
    var (key, value) = ("", "")
    while let field = try reader.field(&last) {
      switch field.number {
      case 1: key = try reader.text(field)
      case 2: value = try reader.text(field)
      default: try reader.skip(field)
      }
    }
    return (key, value)
  }

  // MARK: - Schema

  private static func element(_ reader: inout ThriftReader) throws(ParquetDamage) -> Element {
    var element = Element()
    var last = 0
    while let field = try reader.field(&last) {
      switch field.number {
      case 1:
        guard let physical = ParquetType.Physical(rawValue: try reader.size(field)) else {
          throw ParquetDamage("a column is of a type that there is none")
        }
        element.physical = physical
      case 2: element.length = try reader.size(field)
      case 3:
        element.repetition = try reader.size(field)
        guard element.repetition <= 2 else { throw ParquetDamage("a repetition that there is none") }
      case 4: element.name = try reader.text(field)
      case 5: element.children = try reader.size(field)
      case 6: element.converted = try reader.size(field)
      case 7: element.scale = Int(clamping: try reader.integer(field))
      case 10:
        try reader.expectStructure(field)
        try logical(&reader, &element)
      default: try reader.skip(field)
      }
    }
    return element
  }

  private static func logical(_ reader: inout ThriftReader, _ element: inout Element) throws(ParquetDamage) {
    var last = 0
    while let field = try reader.field(&last) {
      try reader.expectStructure(field)
      switch field.number {
      case 2: element.isMap = true
      case 3: element.isList = true
      default: break
      }
      let detail = try detail(&reader)
      element.logical =
        ParquetType.Logical(field.number, first: detail.first, second: detail.second) ?? element.logical
      if field.number == 5, let scale = detail.first { element.scale = scale }
    }
  }

  /// The two numbers that a logical type may have: scale and precision, zone and unit, width and sign.
  private static func detail(
    _ reader: inout ThriftReader
  ) throws(ParquetDamage) -> (first: Int?, second: Int?) {
    var (first, second): (Int?, Int?) = (nil, nil)
    var last = 0
    while let field = try reader.field(&last) {
      let value: Int?
      switch field.kind {
      case .isTrue: value = 1
      case .isFalse: value = 0
      case .byte, .short, .int, .long: value = Int(clamping: try reader.integer(field))
      case .structure:
        // A unit: the number of the one member that is there.
        var inner = 0
        var unit: Int?
        while let member = try reader.field(&inner) {
          unit = member.number
          try reader.skip(member)
        }
        value = unit
      case .double, .binary, .list, .set, .map:
        try reader.skip(field)
        value = nil
      }
      if field.number == 1 { first = value } else if field.number == 2 { second = value }
    }
    return (first, second)
  }

  // MARK: - Row groups

  /// - Parameter before: columns of the groups before.
  private static func group(_ reader: inout ThriftReader, _ before: Int) throws(ParquetDamage) -> RowGroup {
    var group = RowGroup()
    var last = 0
    while let field = try reader.field(&last) {
      switch field.number {
      case 1:
        let count = try reader.list(field, of: .structure)
        guard before + group.columns.count + count <= ParquetLimits.chunkLimit else {
          throw ParquetDamage(
            .limit, "its row groups have more than \(ParquetLimits.chunkLimit) columns together")
        }
        for _ in 0..<count { group.columns.append(try chunk(&reader)) }
      case 3: group.rows = try reader.size(field)
      default: try reader.skip(field)
      }
    }
    return group
  }

  private static func chunk(_ reader: inout ThriftReader) throws(ParquetDamage) -> Chunk {
    var chunk = Chunk()
    var last = 0
    while let field = try reader.field(&last) {
      switch field.number {
      case 1: chunk.file = try reader.text(field)
      case 3:
        try reader.expectStructure(field)
        try describe(&chunk, &reader)
      case 8:
        chunk.isEncrypted = true
        try reader.skip(field)
      default: try reader.skip(field)
      }
    }
    return chunk
  }

  private static func describe(_ chunk: inout Chunk, _ reader: inout ThriftReader) throws(ParquetDamage) {
    var last = 0
    while let field = try reader.field(&last) {
      switch field.number {
      case 1: chunk.physical = ParquetType.Physical(rawValue: try reader.size(field))
      case 4: chunk.codec = try reader.size(field)
      case 5: chunk.values = try reader.size(field)
      case 6: chunk.unpackedBytes = try reader.size(field)
      case 7: chunk.storedBytes = try reader.size(field)
      case 9: chunk.dataPage = try reader.size(field)
      case 11: chunk.dictionaryPage = try reader.size(field)
      case 12:
        try reader.expectStructure(field)
        chunk.statistics = try statistics(&reader)
      default: try reader.skip(field)
      }
    }
  }

  private static func statistics(_ reader: inout ThriftReader) throws(ParquetDamage) -> Statistics {
    var found = Statistics()
    var old: (minimum: [UInt8]?, maximum: [UInt8]?) = (nil, nil)
    var last = 0
    while let field = try reader.field(&last) {
      switch field.number {
      case 1: old.maximum = Array(try reader.binary(field))
      case 2: old.minimum = Array(try reader.binary(field))
      case 3: found.nulls = try reader.size(field)
      case 5: found.maximum = Array(try reader.binary(field))
      case 6: found.minimum = Array(try reader.binary(field))
      case 7, 8: if try !reader.bool(field) { found.isExact = false }
      default: try reader.skip(field)
      }
    }
    if found.minimum == nil, found.maximum == nil, old.minimum != nil || old.maximum != nil {
      (found.minimum, found.maximum, found.hasOldBounds) = (old.minimum, old.maximum, true)
    }
    return found
  }
}
