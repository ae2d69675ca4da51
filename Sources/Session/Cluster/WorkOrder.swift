package import Engine

/// What the tasks of one stage are to do, as a text that travels to them.
package struct WorkOrder: Equatable, Sendable {
  /// A fragment of one of the plans that run together.
  package struct Item: Equatable, Sendable {
    /// The number of the plan.
    package var plan: Int
    /// Ticks.
    package var now: Int64
    package var fragment: Fragment
  }

  package enum Purpose: String, Sendable, CaseIterable {
    /// To run the items.
    case rows
    /// To say where the rows of each file stand among those of others.
    case spans
  }

  package var purpose: Purpose
  /// Where paths that are not whole begin; nil where files come in with the work.
  package var folder: String?
  /// The index that events are of, where one was named.
  package var index: String?
  /// What is read of the files.
  package var scans: [Scan]
  package var items: [Item]
  /// Where addresses are, if an item asks for it.
  package var places: Table?
  package var limits: FileLimits

  package init(
    purpose: Purpose, folder: String?, index: String?, scans: [Scan], items: [Item], places: Table? = nil,
    limits: FileLimits = FileLimits()
  ) {
    self.limits = limits
    self.purpose = purpose
    self.folder = folder
    self.index = index
    self.scans = scans
    self.items = items
    self.places = places
  }

  private static let kind = "trawlWork"

  package var text: String { PlanDocument.text(of: self, "work", kind: WorkOrder.kind) }

  /// - Throws: what is wrong with the text; one of another version is refused.
  package init(_ text: String) throws(PlanReadingFailure) {
    self = try PlanDocument.read(WorkOrder.self, "work", kind: WorkOrder.kind, from: text)
    for item in items { try item.fragment.check() }
  }
}

extension WorkOrder: PlanCodable {
  package static let form = PlanForm<WorkOrder>.record(
    WorkOrder.init(purpose:folder:index:scans:items:places:limits:), Member("purpose", \.purpose),
    Member("folder", \.folder), Member("index", \.index),
    Member("scans", \.scans), Member("items", \.items),
    Member("places", \.places), Member("limits", \.limits))
}

extension FileLimits: PlanCodable {
  package static let form = PlanForm<FileLimits>.record(
    FileLimits.init(bytes:ratio:ratioFreeBytes:), Member("bytes", \.bytes), Member("ratio", \.ratio),
    Member("ratioFreeBytes", \.ratioFreeBytes))

  private init(bytes: Int, ratio: Int, ratioFreeBytes: Int) {
    self.init()
    (self.bytes, self.ratio, self.ratioFreeBytes) = (bytes, ratio, ratioFreeBytes)
  }
}

extension WorkOrder.Purpose: PlanCodable {
  package static var form: PlanForm<WorkOrder.Purpose> { named }
}

extension WorkOrder.Item: PlanCodable {
  package static let form = PlanForm<WorkOrder.Item>.record(
    WorkOrder.Item.init(plan:now:fragment:), Member("plan", \.plan), Member("now", \.now),
    Member("fragment", \.fragment))
}
