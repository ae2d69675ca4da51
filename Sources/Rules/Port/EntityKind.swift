/// An entity as both products name it.
struct EntityKind {
  let entityType: String
  let identifier: String
  let riskType: String
  let isThreat: Bool
  /// Both products have it; any other is a thing without a kind.
  let isKnown: Bool

  init(_ type: String) {
    let found = EntityKind.names(type.lowercased())
    isKnown = found != nil
    (entityType, identifier, riskType, isThreat) = found ?? ("CloudApplication", "Name", "other", false)
  }

  private static func names(
    _ type: String
  ) -> (entityType: String, identifier: String, riskType: String, isThreat: Bool)? {
    switch type {
    case "account", "user": ("Account", "FullName", "user", false)
    case "ip", "ip_address", "ip address": ("IP", "Address", "ip_address", true)
    case "host", "hostname", "endpoint", "system": ("Host", "HostName", "system", false)
    case "url": ("URL", "Url", "url", true)
    case "dns", "domain": ("DNS", "DomainName", "domain", true)
    case "file", "file_name": ("File", "Name", "file_name", true)
    case "process", "process_name": ("Process", "CommandLine", "process_name", true)
    case "cloudapplication", "other": ("CloudApplication", "Name", "other", false)
    default: nil
    }
  }
}
