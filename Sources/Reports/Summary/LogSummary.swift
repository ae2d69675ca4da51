package import Engine
package import LogSources

/// Who did what from where, when, in some logs.
///
/// ```swift
///   let summary = try workspace.summary()
///   summary.groups.first { $0.kind == .identity }?.entries   // the identity with the most events first
/// ```
package struct LogSummary: Sendable {
  /// A value of an aspect, such as an address, and its events.
  package struct Entry: Hashable, Sendable {
    package var value: String
    package var events = 0
    package var errors = 0
    /// Ticks.
    package var first: Int64?
    package var last: Int64?
    /// It was not seen in the earlier part of the logs.
    package var isNew = false
  }

  package struct Group: Sendable {
    package var kind: SourceAspect.Kind
    /// Those with the most events first.
    package var entries: [Entry]
  }

  /// An identity at an address, with what it did there.
  package struct Visit: Sendable {
    package var identity: String
    package var address: String
    package var entry: Entry
    package var services: [String] = []
    package var actions: [String] = []
    package var regions: [String] = []
  }

  /// Events in a span of time.
  package struct Moment: Hashable, Sendable {
    /// Ticks.
    package var time: Int64
    package var events = 0
    package var errors = 0
  }

  package struct Source: Hashable, Sendable {
    package var table: String
    package var events: Int
    /// Those without a time among them.
    package var errors = 0
  }

  package var sources: [Source] = []
  package var groups: [Group] = []
  package var visits: [Visit] = []
  /// At equal distances; those without events are left out.
  package var timeline: [Moment] = []
  /// Ticks from one moment of the timeline to the next.
  package var step: Int64 = 0
  /// What is seen first from here on is new; nil where the logs are too short to tell.
  package var newFrom: Int64?
  package var report = LoadReport()
  package var now: Int64 = 0

  package var eventCount: Int { sources.reduce(0) { $0 + $1.events } }
  package var errorCount: Int { sources.reduce(0) { $0 + $1.errors } }

  package func group(_ kind: SourceAspect.Kind) -> Group? { groups.first { $0.kind == kind } }

  /// What is new of all kinds, oldest first.
  package var news: [(kind: SourceAspect.Kind, entry: Entry)] {
    groups.flatMap { group in group.entries.filter(\.isNew).map { (kind: group.kind, entry: $0) } }
      .enumerated().sorted {
        ($0.element.entry.first ?? 0, $0.offset) < ($1.element.entry.first ?? 0, $1.offset)
      }
      .map(\.element)
  }
}

extension SourceAspect.Kind {
  /// As a heading has it.
  package var title: String {
    switch self {
    case .identity: "Identities"
    case .address: "Addresses"
    case .service: "Services"
    case .action: "Actions"
    case .region: "Regions"
    case .error: "Errors"
    case .client: "Clients"
    case .account: "Accounts"
    }
  }
}
