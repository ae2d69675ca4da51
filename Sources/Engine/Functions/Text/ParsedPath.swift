/// The parts of a file path, of Windows or Unix.
///
///     ParsedPath(#"C:\temp\file.txt"#)  // root C:, directory C:\temp, file name file.txt, extension txt
struct ParsedPath {
  let scheme: String
  let root: String
  let directory: String
  let directoryName: String
  let fileName: String
  let fileExtension: String
  let alternateStream: String

  init(_ text: String) {
    var body = Substring(text)
    if let colon = body.firstIndex(of: ":"), body[colon...].hasPrefix("://") {
      scheme = String(body[..<colon])
      body = body[colon...].dropFirst(3)
    } else {
      scheme = ""
    }
    let isSeparator: (Character) -> Bool = { $0 == "/" || $0 == "\\" }
    root = Self.root(of: body)
    let lastSeparator = body.lastIndex(where: isSeparator)
    var name = lastSeparator.map { body[body.index(after: $0)...] } ?? body
    let folder = lastSeparator.map { body[..<$0] } ?? ""
    if lastSeparator == nil, !root.isEmpty { name = name.dropFirst(root.count) }
    // `file.txt:stream`
    if let colon = name.firstIndex(of: ":") {
      alternateStream = String(name[colon...].dropFirst())
      name = name[..<colon]
    } else {
      alternateStream = ""
    }
    directory = String(folder)
    directoryName = String(
      folder.lastIndex(where: isSeparator).map { folder[folder.index(after: $0)...] } ?? folder)
    fileName = String(name)
    fileExtension = name.lastIndex(of: ".").map { String(name[$0...].dropFirst()) } ?? ""
  }

  /// A drive, as in `C:`, or nothing.
  private static func root(of path: Substring) -> String {
    let start = path.prefix(2)
    return start.last == ":" && start.first?.isLetter == true ? String(start) : ""
  }

  var json: JSONValue {
    .object([
      JSONValue.Member("Scheme", .string(scheme)), JSONValue.Member("RootPath", .string(root)),
      JSONValue.Member("DirectoryPath", .string(directory)),
      JSONValue.Member("DirectoryName", .string(directoryName)),
      JSONValue.Member("Filename", .string(fileName)),
      JSONValue.Member("Extension", .string(fileExtension)),
      JSONValue.Member("AlternateDataStreamName", .string(alternateStream)),
    ])
  }
}
