/// An envelope around a record.
enum RecordWrapping: Hashable {
  case none
  /// An entry of `aws cloudtrail lookup-events`: the event is JSON text in `CloudTrailEvent`.
  case lookupEvent
  /// An EventBridge message: the event is the object `detail`.
  case eventBridge

  /// The envelope that the object at `start` is.
  init(of start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) {
    if JSONBytes.member("CloudTrailEvent", of: start, end) != nil {
      self = .lookupEvent
    } else if let detail = JSONBytes.member("detail", of: start, end), detail.kind == .object {
      self = .eventBridge
    } else {
      self = .none
    }
  }

  /// The record inside: an object, or a string that holds one.
  func record(in start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> FieldValue? {
    switch self {
    case .none: return nil
    case .lookupEvent:
      guard let value = JSONBytes.member("CloudTrailEvent", of: start, end) else { return nil }
      return value.kind.isString || value.kind == .object ? value : nil
    case .eventBridge:
      guard let value = JSONBytes.member("detail", of: start, end) else { return nil }
      return value.kind == .object ? value : nil
    }
  }
}
