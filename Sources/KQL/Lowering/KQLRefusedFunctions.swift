/// Functions that KQL has and Trawl does not run, each with the reason.
package enum KQLRefusedFunctions {
  /// Why a function is refused; nil for one that is not known.
  package static func reason(_ name: String) -> String? {
    families.first { $0.names.contains(name) }?.reason
  }

  package static let families: [(reason: String, names: [String])] = [
    (
      "it needs a list of user agents that is not part of Trawl; take the text apart with `extract`",
      [
        "parse_user_agent"
      ]
    ),
    (
      "how the service mixes hashes is not published; `hash(strcat_delim(\"|\", a, b))` gives one number of several values",
      ["hash_combine", "hash_many"]
    ),
    ("it asks the service who asks, and there is no service here", service),
    ("it asks how a cluster stores its data, and there is no cluster here", storage),
    ("there are no graphs here", graphs),
    ("shapes on the globe are not computed here beyond distances, circles, polygons and geohashes", shapes),
  ]

  private static let service: [String] = [
    "current_cluster_endpoint", "current_database", "current_principal", "current_principal_details",
    "current_principal_is_member_of",
  ]

  private static let storage: [String] = [
    "current_cursor", "cursor_after", "cursor_before_or_at", "cursor_current", "extent_id", "extent_tags",
    "extentid", "row_id",
  ]

  private static let graphs: [String] = [
    "inner_nodes", "labels", "node_degree_in", "node_degree_out", "node_id",
  ]

  private static let shapes: [String] = [
    "geo_angle", "geo_closest_point_on_line", "geo_closest_point_on_polygon", "geo_distance_point_to_line",
    "geo_distance_point_to_polygon", "geo_from_wkt", "geo_h3cell_children", "geo_h3cell_level",
    "geo_h3cell_neighbors", "geo_h3cell_parent", "geo_h3cell_rings", "geo_h3cell_to_central_point",
    "geo_h3cell_to_polygon", "geo_intersection_2lines", "geo_intersection_2polygons",
    "geo_intersection_line_with_polygon", "geo_intersects_2lines", "geo_intersects_2polygons",
    "geo_intersects_line_with_polygon", "geo_line_buffer", "geo_line_centroid", "geo_line_densify",
    "geo_line_interpolate_point", "geo_line_length", "geo_line_locate_point", "geo_line_simplify",
    "geo_line_to_s2cells", "geo_point_buffer", "geo_point_to_h3cell", "geo_point_to_s2cell",
    "geo_polygon_area", "geo_polygon_buffer", "geo_polygon_centroid", "geo_polygon_densify",
    "geo_polygon_perimeter", "geo_polygon_simplify", "geo_polygon_to_h3cells", "geo_polygon_to_s2cells",
    "geo_s2cell_neighbors", "geo_s2cell_to_central_point", "geo_s2cell_to_polygon",
    "geo_simplify_polygons_array", "geo_union_lines_array", "geo_union_polygons_array",
  ]
}
