/// A data model as a view over CloudTrail: which events are in it and what its fields are.
///
/// The view is itself SPL over the raw paths of events, so that it reads as the model's definition would.
///
/// Example: `Change` has the data set `All_Changes` and others below it, and the field `All_Changes.user`.
package struct DataModel: Sendable {
  package let name: String
  /// Its data sets, each with the search that picks its events; the first is the root.
  package let datasets: [(name: String, filter: String)]
  /// The events of the root.
  let filter: String
  /// Fields and the eval expressions that make them; null counts as `unknown`.
  let fields: [(name: String, expression: String)]
  /// Fields that are as they are in the event, without `unknown`.
  let plainFields: [String]

  package static let all: [DataModel] = [change, authentication]

  package static func named(_ name: String) -> DataModel? {
    all.first { $0.name.lowercased() == name.lowercased() }
  }

  /// The data sets that an event is in, each with those above it: `All_Changes`, `All_Changes.Instance_Changes`.
  static let nodeField = "nodename"

  var rootName: String { datasets.first?.name ?? name }

  /// The commands that make the events of a data set with the model's fields.
  func text(dataset: String?, withNodes: Bool) -> String {
    let own = datasets.first { $0.name.lowercased() == dataset?.lowercased() }?.filter
    var assignments = fields.map { "\($0.name)=coalesce(\($0.expression), \"unknown\")" }
    assignments += DataModel.common.map { "\($0.name)=coalesce(\($0.expression), \"unknown\")" }
    if withNodes {
      let inner = datasets.dropFirst().map {
        "if(searchmatch(\"\($0.filter)\"), \"\(rootName).\($0.name)\", null())"
      }
      assignments.append(
        "\(DataModel.nodeField)=mvappend(" + (["\"\(rootName)\""] + inner).joined(separator: ", ") + ")")
    }
    return
      (["search " + filter] + (own.map { ["search " + $0] } ?? []) + [
        "eval " + assignments.joined(separator: ", ")
      ])
      .joined(separator: " | ")
  }

  /// The field without the data set in front: `All_Changes.user` is `user`.
  func fieldName(_ text: String) -> String? {
    guard let dot = text.firstIndex(of: ".") else { return nil }
    let prefix = text[..<dot]
    guard datasets.contains(where: { $0.name == prefix }) || prefix == name else { return nil }
    let rest = String(text[text.index(after: dot)...])
    return fieldName(rest) ?? rest
  }

  var fieldNames: Set<String> { Set((fields + DataModel.common).map(\.name) + plainFields) }

  private static let common: [(name: String, expression: String)] = [
    ("user", DataModel.user),
    ("user_name", "coalesce('userIdentity.userName', \(DataModel.user))"),
    ("user_id", "'userIdentity.principalId'"),
    ("user_type", "'userIdentity.type'"),
    ("user_agent", "userAgent"),
    ("user_arn", "'userIdentity.arn'"),
    ("src", "sourceIPAddress"),
    ("src_ip", "sourceIPAddress"),
    ("dest", "eventSource"),
    ("vendor_account", "coalesce('userIdentity.accountId', recipientAccountId)"),
    ("vendor_region", "awsRegion"),
    ("vendor_product", "\"AWS CloudTrail\""),
    ("region", "awsRegion"),
    ("signature", "eventName"),
    ("command", "eventName"),
  ]

  /// The last part of the identity's ARN, or its name.
  private static let user =
    #"coalesce(replace('userIdentity.arn', "^.*[/:]", ""), 'userIdentity.userName', 'userIdentity.principalId')"#
}
