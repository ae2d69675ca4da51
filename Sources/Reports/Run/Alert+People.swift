import Diagnostics
import Engine
import LogSources
import Rules

extension Alert {
  /// Whom an alert is about, and from where they came.
  struct People: Hashable {
    var who: [String] = []
    var from: [String] = []

    var isEmpty: Bool { who.isEmpty && from.isEmpty }
    var all: [String] { (who + from).uniqued }
  }

  /// The entities of the alert; of a rule that names none, the columns that the known logs call so.
  var people: People {
    var people = People()
    for entity in entities {
      let isAddress = entity.type.lowercased().hasPrefix("ip")
      for field in entity.fields {
        if isAddress { people.from.append(field.value) } else { people.who.append(field.value) }
      }
    }
    if entities.isEmpty {
      for member in row {
        switch SourceCatalog.aspect(ofColumn: member.key) {
        case .identity: people.who += Alert.texts(member.value)
        case .address: people.from += Alert.texts(member.value)
        case .service, .action, .region, .error, .client, .account, nil: continue
        }
      }
    }
    return People(who: people.who.uniqued, from: people.from.uniqued)
  }

  private static func texts(_ value: JSONValue) -> [String] {
    if case .array(let elements) = value { return elements.map(\.scalarText).filter { !$0.isEmpty } }
    let text = value.scalarText
    return text.isEmpty ? [] : [text]
  }
}
