/// Which fields the records of files have, and of which types: the columns of a table that no source describes.
///
/// JSON: the members of the records themselves, in order of first appearance; a type where all values agree.
/// CSV: the cells of the header, which may carry a type (`count:long`), else text.
///
/// ```
///   FieldSurvey(of: FileDiscovery.files(below: ["people.csv"])).fields   // name: string, age: long
/// ```
package struct FieldSurvey: Sendable {
  package private(set) var fields: [Field] = []

  /// Looks at no more than `recordLimit` records of each file.
  package init(of found: FileDiscovery, options: LoadOptions = LoadOptions(), recordLimit: Int = 100_000) {
    let stored = PaddedBuffer()
    let gunzip = Gunzip(output: PaddedBuffer())
    var order: [String] = []
    var types: [String: DataType?] = [:]
    func note(_ name: String, _ type: DataType?) {
      if let known = types[name] {
        types[name] = FieldSurvey.merged(known, type)
      } else {
        order.append(name)
        types[name] = type
      }
    }
    for file in found.files {
      if FileReading.load(file.path, into: stored, maximum: options.maximumFileBytes) != nil { continue }
      var content = stored
      if Gunzip.isGzip(stored.bytes) {
        _ = gunzip.decompress(stored.bytes, limits: options.inflateLimits)
        content = gunzip.output
      }
      var bytes = content.bytes
      if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = UnsafeBufferPointer(rebasing: bytes.dropFirst(3)) }
      switch FileContent(bytes) {
      case .empty, .binary, .wideText: continue
      case .text:
        var reader = CSVReader(padded: bytes)
        guard reader.nextRow() else { continue }
        for cell in 0..<reader.cellCount {
          let header = CSVHeader(reader.text(cell))
          note(header.name, header.type ?? .string)
        }
      case .json:
        let consumer = SurveyConsumer(recordLimit: recordLimit)
        var walker = JSONWalker(bytes, consumer: consumer)
        _ = walker.walk()
        for name in consumer.order { note(name, consumer.types[name].flatMap { $0 }) }
      }
    }
    fields = order.map { Field($0, types[$0].flatMap { $0 } ?? .string) }
  }

  /// The type that holds values of both; nil stands for "only nulls so far".
  static func merged(_ old: DataType?, _ new: DataType?) -> DataType? {
    guard let old, let new, old != new else { return old ?? new }
    if old.isNumeric, new.isNumeric { return .real }
    return old == .dynamic || new == .dynamic ? .dynamic : .string
  }
}

/// Notes the keys and kinds of the records that a walker hands over.
private final class SurveyConsumer: RecordConsumer {
  private let recordLimit: Int
  private var seen = 0
  private(set) var order: [String] = []
  private(set) var types: [String: DataType?] = [:]

  init(recordLimit: Int) { self.recordLimit = recordLimit }

  func reject(reason: String, offset: Int) {}

  func record(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> RecordVerdict {
    guard case .found(let after) = JSONBytes.nestedEnd(start + 1, end) else {
      return .failed(ScanFailure(reason: "an object is not closed", position: start))
    }
    if RecordWrapping(of: start, after) != .none { return .unrecognised(after: after) }
    seen += 1
    if seen > recordLimit { return .taken(after: after) }
    var failure: ScanFailure?
    _ = JSONBytes.forEachMember(of: start, after, &failure) { key, value in
      let name = ValueText.withText(key) { String(decoding: $0, as: UTF8.self) }
      if types[name] == nil { order.append(name) }
      types[name] = FieldSurvey.merged(types[name].flatMap { $0 }, SurveyConsumer.type(of: value))
      return true
    }
    return .taken(after: after)
  }

  private static func type(of value: FieldValue) -> DataType? {
    switch value.kind {
    case .absent, .null: return nil
    case .isTrue, .isFalse: return .bool
    case .number: return ScalarConversion.isWhole(value) ? .long : .real
    case .object, .array, .many: return .dynamic
    case .string:
      let isTime = value.count >= 19 && value.start[4] == 0x2D && EventTime.ticks(value.bytes) != nil
      return isTime ? .datetime : .string
    case .escapedString: return .string
    }
  }
}
