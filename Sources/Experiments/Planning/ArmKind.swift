/// The words for the kinds of arm in an experiment file, and the keys that each may have.
enum ArmKind: String, CaseIterable {
  case logistic
  case shallow
  case deep
  case depthSearch
  case circuit
  case constructed
  case frozen

  /// The keys of an arm of this kind.
  var keys: [String] {
    switch self {
    case .logistic: Self.trainedKeys
    case .shallow: Self.trainedKeys + ["widths"]
    case .deep: Self.trainedKeys + ["depth", "widths"]
    case .depthSearch: Self.trainedKeys + ["depths", "units"]
    case .circuit, .constructed: ["name", "kind", "bits", "family", "depths", "sample"]
    case .frozen: ["name", "kind", "bits", "activation", "labels", "units"]
    }
  }

  private static let trainedKeys = [
    "name", "kind", "activation", "connections", "initialization", "optimizer", "batch", "coding",
    "k", "heldOut", "restarts", "curves", "bits", "epochs",
  ]
}
