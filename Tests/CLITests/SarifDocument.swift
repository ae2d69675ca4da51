import Foundation
import Testing

/// A SARIF log, checked against what SARIF 2.1.0 requires of every object that Trawl writes.
struct SarifDocument {
  typealias Object = [String: Any]

  var driver: Object
  var rules: [Object]
  var results: [Object]
  var notifications: [Object]

  init(_ text: String) throws {
    let log = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? Object)
    #expect(log["version"] as? String == "2.1.0")
    #expect((log["$schema"] as? String)?.hasSuffix("sarif-2.1.0.json") == true)
    let runs = try #require(log["runs"] as? [Object])
    let run = try #require(runs.first)
    #expect(runs.count == 1)
    driver = try #require((run["tool"] as? Object)?["driver"] as? Object)
    #expect(driver["name"] as? String == "trawl")
    rules = try #require(driver["rules"] as? [Object])
    results = try #require(run["results"] as? [Object])
    let invocation = try #require((run["invocations"] as? [Object])?.first)
    #expect(invocation["executionSuccessful"] is Bool)
    notifications = try #require(invocation["toolExecutionNotifications"] as? [Object])
    try check()
  }

  private func check() throws {
    var ids: Set<String> = []
    for rule in rules {
      let id = try #require(rule["id"] as? String)
      #expect(ids.insert(id).inserted, "ids are unique")
      for key in ["shortDescription", "fullDescription", "help"] where rule[key] != nil {
        #expect((rule[key] as? Object)?["text"] is String)
      }
      let level = (rule["defaultConfiguration"] as? Object)?["level"] as? String
      #expect(["error", "warning", "note"].contains(level))
    }
    for result in results {
      let index = try #require(result["ruleIndex"] as? Int)
      try #require(rules.indices.contains(index))
      #expect(result["ruleId"] as? String == rules[index]["id"] as? String)
      #expect(["error", "warning", "note"].contains(result["level"] as? String))
      #expect(((result["message"] as? Object)?["text"] as? String)?.isEmpty == false)
      for location in try #require(result["locations"] as? [Object]) { try check(location) }
      for (key, value) in result["partialFingerprints"] as? Object ?? [:] {
        #expect(key.hasSuffix("/v1") && (value as? String)?.count == 64)
      }
    }
    for notification in notifications {
      #expect((notification["message"] as? Object)?["text"] is String)
      #expect((notification["descriptor"] as? Object)?["id"] is String)
      for location in try #require(notification["locations"] as? [Object]) { try check(location) }
    }
  }

  private func check(_ location: Object) throws {
    let physical = try #require(location["physicalLocation"] as? Object)
    let uri = try #require((physical["artifactLocation"] as? Object)?["uri"] as? String)
    #expect(URL(string: uri) != nil && !uri.contains(" "))
    if let region = physical["region"] as? Object {
      for key in ["startLine", "startColumn", "endLine", "endColumn"] {
        let number = try #require(region[key] as? Int)
        #expect(number >= 1)
      }
    }
    for place in location["logicalLocations"] as? [Object] ?? [] {
      #expect(place["name"] is String && place["fullyQualifiedName"] is String && place["kind"] is String)
    }
  }
}
