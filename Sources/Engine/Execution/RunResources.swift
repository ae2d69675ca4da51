/// What a run is given that its plan asks for by name: data of this machine, and places to write to.
///
/// A plan holds none of it, so that it can be sent to where other data are.
package struct RunResources: Sendable {
  /// Where addresses are; nil without a table of places.
  package var places: AddressPlaces?
  /// Takes the rows of `outputlookup`; nil where nothing may be written.
  package var lookupWriter: WriteOperator.Writer?

  package init(places: AddressPlaces? = nil, lookupWriter: WriteOperator.Writer? = nil) {
    self.places = places
    self.lookupWriter = lookupWriter
  }
}
