/// What became of one record that a walker handed over.
enum RecordVerdict {
  /// It is an event of a known table (kept or dropped) and ends here.
  case taken(after: UnsafePointer<UInt8>)
  /// It is an event, but a value inside of it is malformed: what cannot be read there counts as absent.
  case partlyTaken(after: UnsafePointer<UInt8>)
  /// It is well formed but no event of a known table.
  case unrecognised(after: UnsafePointer<UInt8>)
  case failed(ScanFailure)
}

/// Takes the records of a file, in their order.
protocol RecordConsumer: AnyObject {
  /// Every object is a record, whatever it holds: a page of records must be told from them before.
  var takesAll: Bool { get }
  /// What may stand around the records.
  var framing: FramingKeys { get }
  /// No more records are wanted.
  var isStopped: Bool { get }
  /// The record's `{` stands at `start`; nothing of it lies at or behind `end`.
  func record(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> RecordVerdict
  /// A record could not be read.
  func reject(reason: String, offset: Int)
  /// Takes lines of text that no JSON stands in; nil if they are of no known log.
  ///
  /// - Parameter offset: where they stand in the file.
  func lines(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> WalkResult?
}

extension RecordConsumer {
  func lines(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> WalkResult? { nil }
}

/// What a walk through one file came to.
struct WalkResult: Hashable, Sendable {
  struct Damage: Hashable, Sendable {
    static let malformedInside =
      "a value inside an event is malformed JSON or nests too deep; its fields count as absent"

    var reason: String
    var offset: Int
  }

  /// Why the file holds no events at all.
  var skipped: String?
  /// It was skipped since it cannot be read, not since it is something else.
  var isMalformed = false
  /// It is whole, and a table without rows.
  var isEmptyTable = false
  /// The names of the first record's members, where no record was taken.
  var keys: [String] = []
  /// What is wrong with the file around its records.
  var damage: Damage?
  var taken = 0
  var unrecognised = 0
  var rejected = 0
  /// What carried the records.
  var carriers: Set<String> = []
  /// What is to be said of how the file was read.
  var note: String?
}
