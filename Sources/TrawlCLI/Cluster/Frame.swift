import Engine

/// A message between a driver program and a worker, on the worker's input and output.
///
/// ```
///   "TRWF"  version u16  kind u16  exchange i32  bucket i32  ordinal i64  length u64, little endian, 32 bytes;
///   then so many bytes
/// ```
struct Frame: Sendable {
  enum Kind: UInt16, Sendable {
    /// The text of a `WorkOrder`; the first.
    case order = 1
    /// Which task this is, as JSON; the second.
    case task
    /// The bytes of a file that the worker cannot open itself; its ordinal is the place among the task's files.
    case file
    /// Rows of an exchange.
    case block
    /// What a task has to say beside its rows.
    case report
    /// Why a task gave nothing.
    case failure
  }

  static let headerBytes = 32
  static let version: UInt16 = 1
  private static let magic: [UInt8] = Array("TRWF".utf8)

  var kind: Kind
  var exchange = 0
  var bucket = 0
  var ordinal: Int64 = 0
  var bytes: [UInt8]

  init(_ kind: Kind, _ bytes: [UInt8]) {
    self.kind = kind
    self.bytes = bytes
  }

  init(_ block: FragmentRun.Block) {
    kind = .block
    exchange = block.exchange
    bucket = block.bucket
    ordinal = block.ordinal
    bytes = block.bytes
  }

  var block: FragmentRun.Block {
    FragmentRun.Block(exchange: exchange, bucket: bucket, ordinal: ordinal, bytes: bytes)
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  var header: [UInt8] {
    var header = ByteSink()
    Frame.magic.withUnsafeBytes { header.put($0) }
    header.put(Frame.version)
    header.put(kind.rawValue)
    header.put(Int32(truncatingIfNeeded: exchange))
    header.put(Int32(truncatingIfNeeded: bucket))
    header.put(ordinal)
    header.put(UInt64(bytes.count))
    return header.bytes
  }

  /// Why bytes are no frames.
  enum Failure: Error {
    case cutOff
    case unknown
    case otherVersion(UInt16)

    var message: String {
      switch self {
      case .cutOff: "a frame is cut off"
      case .unknown: "what comes is no frame"
      case .otherVersion(let version):
        "a frame is of version \(version), and this program reads \(Frame.version)"
      }
    }
  }

  /// The next frame; nil at the end.
  ///
  /// - Parameter read: gives as many bytes as are asked for, or fewer at the end.
  static func next(_ read: (Int) -> [UInt8]) throws(Failure) -> Frame? {
    let header = read(headerBytes)
    if header.isEmpty { return nil }
    var frame: Frame
    let length: UInt64
    do throws(BlockFailure) {
      var source = ByteSource(header[...])
      guard Array(try source.take(magic.count)) == magic else { throw BlockFailure.damaged("a frame") }
      let version = try source.number(UInt16.self)
      guard version == Frame.version else { throw BlockFailure.otherVersion(version) }
      guard let kind = Kind(rawValue: try source.number(UInt16.self)) else {
        throw BlockFailure.damaged("a frame")
      }
      frame = Frame(kind, [])
      frame.exchange = Int(try source.number(Int32.self))
      frame.bucket = Int(try source.number(Int32.self))
      frame.ordinal = try source.number(Int64.self)
      length = try source.number(UInt64.self)
    } catch {
      switch error {
      case .cutOff: throw .cutOff
      case .damaged: throw .unknown
      case .otherVersion(let version): throw .otherVersion(version)
      }
    }
    guard let count = Int(exactly: length) else { throw .unknown }
    frame.bytes = read(count)
    guard frame.bytes.count == count else { throw .cutOff }
    return frame
  }

  /// All frames of some bytes.
  static func all(in bytes: [UInt8]) throws(Failure) -> [Frame] {
    var position = 0
    var frames: [Frame] = []
    while let frame = try next({ count in
      let end = min(bytes.count, position + min(count, bytes.count - position))
      defer { position = end }
      return Array(bytes[position..<end])
    }) {
      frames.append(frame)
    }
    return frames
  }
}
