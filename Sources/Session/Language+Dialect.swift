package import Engine

extension Language {
  package var dialect: Dialect {
    switch self {
    case .kql: .kql
    case .spl: .spl
    }
  }
}
