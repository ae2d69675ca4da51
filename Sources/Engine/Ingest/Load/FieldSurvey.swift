/// Which fields the records of files have, and of which types: the columns of a table that no source describes.
///
/// JSON: the members of the records themselves, in order of first appearance, each of a type that holds all its values
/// as they stand. CSV: the cells of the header, which may carry a type (`count:long`), else text.
///
/// ```
///   FieldSurvey(of: FileDiscovery.files(below: ["people.csv"])).fields   // name: string, age: long
/// ```
package struct FieldSurvey: Sendable {
  package private(set) var fields: [Field] = []

  /// All records of all files are looked at: a type that the first ones suggest would lose what comes later.
  ///
  /// - Parameter isTable: any object is a row, as where a table is loaded; false: objects may be carriers of records.
  package init(of found: FileDiscovery, isTable: Bool = false, options: LoadOptions = LoadOptions()) {
    let stored = PaddedBuffer()
    let unpacker = FileUnpacker(options.limits)
    let framing = RecordFraming(of: options.otherSources.map(\.framing) + [options.carriers])
    let consumer = SurveyConsumer(FramingKeys(framing, options.limits), isTable: isTable)
    for file in found.files {
      if consumer.isStopped { break }
      let (failure, parquet) = FileReading.loadOrOpen(
        file.path, into: stored, maximum: options.limits.bytes)
      if let parquet { FieldSurvey.look(at: parquet, consumer) }
      if failure != nil || parquet != nil { continue }
      unpacker.open(stored.bytes, file.path) { content in
        if content.failure == nil, content.skipped == nil { FieldSurvey.look(at: content.bytes, consumer) }
      }
    }
    fields = consumer.names.map { Field($0, consumer.values[$0]?.type ?? .string) }
  }

  private static func look(at input: ParquetInput, _ consumer: SurveyConsumer) {
    guard let schema = try? ParquetFile(input).schema else { return }
    for column in schema.columns {
      consumer.note(schema.nodes[column].name, SurveyedValues(of: schema.dataType(of: column)))
    }
  }

  private static func look(at all: UnsafeBufferPointer<UInt8>, _ consumer: SurveyConsumer) {
    let hasMark = all.starts(with: [0xEF, 0xBB, 0xBF])
    let bytes = hasMark ? UnsafeBufferPointer(rebasing: all.dropFirst(3)) : all
    if ParquetInput.isParquet(bytes) { return look(at: ParquetInput(bytes), consumer) }
    switch FileContent(bytes) {
    case .empty, .binary: break
    case .wideText(let isBigEndian):
      let narrow = FileContent.narrowed(bytes, isBigEndian: isBigEndian)
      if case .wideText = FileContent(narrow.bytes) { break }
      withExtendedLifetime(narrow) { look(at: narrow.bytes, consumer) }
    case .text:
      if let heading = consumer.framing.framing.lines.lazy.compactMap({ $0.heading(of: bytes) }).first {
        for name in heading.names { consumer.note(name, SurveyedValues(of: .string)) }
        break
      }
      guard let reader = CSVReader.atHeader(of: bytes), !reader.hasTextBehindQuotes else { break }
      for header in CSVHeader.cells(of: reader) {
        consumer.note(header.name, SurveyedValues(of: header.type ?? .string))
      }
    case .json:
      var walker = JSONWalker(bytes, consumer: consumer)
      _ = walker.walk()
    case .prefixedLines:
      var walker = JSONWalker(bytes, consumer: consumer)
      _ = walker.walkPrefixedLines()
    }
  }
}

/// Notes the keys and kinds of the records that a walker hands over.
private final class SurveyConsumer: RecordConsumer {
  private(set) var names: [String] = []
  private(set) var values: [String: SurveyedValues] = [:]
  let framing: FramingKeys

  private let isTable: Bool

  init(_ framing: FramingKeys, isTable: Bool) { (self.framing, self.isTable) = (framing, isTable) }

  /// The load behind the survey says why.
  private(set) var isStopped = false
  private var records = 0

  var takesAll: Bool { true }

  func reject(reason: String, offset: Int) {}

  func note(_ name: String, _ kinds: SurveyedValues) {
    if let known = values[name] {
      if known != kinds { values[name] = known.union(kinds) }
    } else {
      names.append(name)
      values[name] = kinds
    }
  }

  func record(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> RecordVerdict {
    guard case .found(let after) = JSONBytes.nestedEnd(start + 1, end, limit: .max) else {
      return .failed(ScanFailure(reason: "an object is not closed", position: start))
    }
    records &+= 1
    if records & 0xFFF == 0, RunLimits.isOutOfTime { isStopped = true }
    let isCarrier =
      isTable ? framing.isAnswer(start, after) : framing.carried(by: start, after).holdsRecords
    if isCarrier { return .unrecognised(after: after) }
    var failure: ScanFailure?
    let isWell = JSONBytes.forEachMember(of: start, after, &failure) { key, value in
      let name = ValueText.withText(key) { String(decoding: $0, as: UTF8.self) }
      note(name, SurveyedValues(of: value))
      return true
    }
    return isWell ? .taken(after: after) : .failed(failure ?? ScanFailure(reason: "no JSON", position: start))
  }
}
