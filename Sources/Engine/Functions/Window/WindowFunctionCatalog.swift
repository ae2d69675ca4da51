/// All window functions.
package enum WindowFunctionCatalog {
  package static let all: [WindowFunction] = []

  package static func function(_ name: String) -> WindowFunction? {
    all.first { $0.names.contains { $0.text == name && $0.language == .kql } }
  }
}
