/// Takes events apart into the columns of a row group.
final class PackedRowGroup {
  private let layout: PackLayout
  private let scanner: RecordScanner
  /// The first members of paths: all else is `other`.
  private let members: [[UInt8]]
  private let texts: [ValueInterner]
  private var codes: [[UInt32]]
  private var times: [[Int64?]]
  private var bools: [[Bool?]]
  // RawEvent, SourceFile and PackedForm.
  private let further = [ValueInterner(), ValueInterner(), ValueInterner()]
  private var furtherCodes: [[UInt32]] = [[], [], []]
  private let record = PaddedBuffer()
  private let scratch = PaddedBuffer(capacity: 256)

  init(_ layout: PackLayout) {
    self.layout = layout
    scanner = RecordScanner(FieldTrie(paths: layout.columns.map { $0.path.map { .key($0) } }))
    members = Set(layout.columns.map { $0.path[0] }).map { Array($0.utf8) }
    texts = layout.columns.map { _ in ValueInterner() }
    codes = layout.columns.map { _ in [] }
    times = layout.columns.map { _ in [] }
    bools = layout.columns.map { _ in [] }
  }

  /// The columns of files of a layout.
  static func columns(_ layout: PackLayout) -> [ParquetFileWriter.Column] {
    layout.columns.map { column in
      let kind: ParquetFileWriter.Column.Kind =
        switch column.kind {
        case .text, .json: .text
        case .time: .time
        case .bool: .bool
        }
      return ParquetFileWriter.Column(name: column.name, kind: kind)
    } + [PackLayout.rawEvent, PackLayout.sourceFile, PackLayout.form].map { .init(name: $0, kind: .text) }
  }

  func add(_ text: UnsafeBufferPointer<UInt8>, source: UnsafeBufferPointer<UInt8>) {
    record.count = 0
    if let base = text.baseAddress { record.append(base, count: text.count) }
    record.sealPadding()
    var form = PackedForm()
    let end = record.base + record.count
    if record.count > 0, record.base[0] == 0x7B,
      case .record = scanner.scan(record.base, end, verdict: { _ in true })
    {
      for number in 0..<scanner.trie.containerCount where !scanner.extract(container: number) {
        form.isRaw = true
      }
      if scanner.hasDeepMember || !scanner.furtherValues.isEmpty { form.isRaw = true }
      noteOthers(end, &form)
    } else {
      scanner.reset()
      form.isRaw = true
    }
    for index in layout.columns.indices { take(scanner.value(index), index, &form) }
    intern(0, text)
    intern(1, source)
    var said = form.text(layout)
    said.withUTF8 { intern(2, $0, emptyIsNull: true) }
  }

  func finish(_ compression: ParquetCompression) -> [ParquetColumnWriter.Written] {
    layout.columns.indices.map { index in
      let kind = layout.columns[index].kind
      let values: ParquetColumnWriter.Values =
        switch kind {
        case .text, .json: .texts(codes: codes[index], texts: texts[index])
        case .time: .longs(times[index])
        case .bool: .bools(bools[index])
        }
      return ParquetColumnWriter.write(values, hasBounds: kind == .text, compression)
    }
      + further.indices.map { index in
        ParquetColumnWriter.write(
          .texts(codes: furtherCodes[index], texts: further[index]), hasBounds: index == 1, compression)
      }
  }

  // MARK: -

  private func noteOthers(_ end: UnsafePointer<UInt8>, _ form: inout PackedForm) {
    var failure: ScanFailure?
    var others: [String] = []
    var isPlain = true
    let isWell = JSONBytes.forEachMember(of: record.base, end, &failure) { key, _ in
      if key.kind == .escapedString { isPlain = false }
      let isKnown = members.contains { member in
        member.count == key.count
          && member.withUnsafeBufferPointer { StringDictionary.equal($0, key.bytes) }
      }
      if !isKnown { others.append(String(decoding: key.bytes, as: UTF8.self)) }
      return others.count < 100
    }
    if !isWell || !isPlain { form.isRaw = true }
    form.others = others
  }

  private func take(_ value: FieldValue, _ index: Int, _ form: inout PackedForm) {
    if value.kind == .null { form.nulls.append(index) }
    switch layout.columns[index].kind {
    case .text:
      if !value.kind.isString, value.kind.rawValue > ValueKind.null.rawValue { form.isRaw = true }
      text(value, index, &form)
    case .json:
      if value.kind.isString { form.texts.append(index) }
      if value.kind.rawValue > ValueKind.null.rawValue, !value.kind.isString, !value.kind.isContainer {
        form.isRaw = true
      }
      text(value, index, &form)
    case .bool:
      switch value.kind {
      case .isTrue: bools[index].append(true)
      case .isFalse: bools[index].append(false)
      case .string where value.bytes.elementsEqual("true".utf8),
        .string where value.bytes.elementsEqual("false".utf8):
        form.texts.append(index)
        bools[index].append(value.count == 4)
      case .absent, .null: bools[index].append(nil)
      case .number, .string, .escapedString, .object, .array, .many:
        form.isRaw = true
        bools[index].append(nil)
      }
    case .time:
      let ticks = value.kind == .string || value.kind == .number ? EventTime.ticks(value.bytes) : nil
      // Microseconds since 1970, which every engine reads.
      times[index].append(ticks.map { ($0 - Ticks.unixEpoch) / Ticks.perMicrosecond })
      let isSame = value.kind == .string && ticks.map { PackedTime.text($0) } == Array(value.bytes)
      if value.kind.rawValue > ValueKind.null.rawValue, !isSame { form.isRaw = true }
    }
  }

  private func text(_ value: FieldValue, _ index: Int, _ form: inout PackedForm) {
    switch value.kind {
    case .absent, .null: codes[index].append(ParquetColumnWriter.missing)
    case .escapedString:
      guard let plain = JSONText.unescaped(value.bytes) else {
        form.isRaw = true
        return codes[index].append(ParquetColumnWriter.missing)
      }
      codes[index].append(code(Array(plain.utf8), texts[index]))
    case .string, .object, .array, .number, .isTrue, .isFalse, .many:
      if JSONBytes.isASCII(value.start, value.count) || String(validating: value.bytes, as: UTF8.self) != nil
      {
        let plain = FieldValue(kind: .string, start: value.start, count: value.count)
        codes[index].append(texts[index].intern(plain))
      } else {
        form.isRaw = true
        codes[index].append(code(Array(String(decoding: value.bytes, as: UTF8.self).utf8), texts[index]))
      }
    }
  }

  private func intern(_ place: Int, _ text: UnsafeBufferPointer<UInt8>, emptyIsNull: Bool = false) {
    if emptyIsNull, text.isEmpty { return furtherCodes[place].append(ParquetColumnWriter.missing) }
    furtherCodes[place].append(code(Array(text), further[place]))
  }

  private func code(_ bytes: [UInt8], _ interner: ValueInterner) -> UInt32 {
    scratch.count = 0
    bytes.withUnsafeBufferPointer { if let base = $0.baseAddress { scratch.append(base, count: $0.count) } }
    scratch.sealPadding()
    return interner.intern(FieldValue(kind: .string, start: scratch.base, count: scratch.count))
  }
}

/// Times as CloudTrail writes them: `2026-03-02T10:00:00Z`.
enum PackedTime {
  static func text(_ ticks: Int64) -> [UInt8] {
    var bytes = [UInt8](repeating: 0x30, count: 20)
    bytes.withUnsafeMutableBufferPointer { if let base = $0.baseAddress { write(ticks, to: base) } }
    // A fraction is not written so, and makes another text.
    return ticks % Ticks.perSecond == 0 ? bytes : []
  }

  /// Writes 20 bytes.
  static func write(_ ticks: Int64, to target: UnsafeMutablePointer<UInt8>) {
    let parts = Ticks.parts(of: ticks)
    func two(_ value: Int, _ at: Int) {
      target[at] = 0x30 &+ UInt8(truncatingIfNeeded: value / 10 % 10)
      target[at + 1] = 0x30 &+ UInt8(truncatingIfNeeded: value % 10)
    }
    two(parts.year / 100, 0)
    two(parts.year % 100, 2)
    two(parts.month, 5)
    two(parts.day, 8)
    two(parts.hour, 11)
    two(parts.minute, 14)
    two(parts.second, 17)
    (target[4], target[7], target[10], target[13], target[16], target[19]) = (
      0x2D, 0x2D, 0x54, 0x3A, 0x3A, 0x5A
    )
  }
}
