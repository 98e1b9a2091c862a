import Circuits
import Networks

extension ExactArm {
  func written(_ conditions: Conditions) -> [JSONTree.Entry] {
    let known: [JSONTree.Entry] = depths.map { [.init("depths", $0.written)] } ?? []
    return [.init("family", .string(construction.word))] + known
      + [.init("sample", .whole(sample))]
  }

  /// The families are explained in experiments/README.md.
  var laws: [Law] { [] }
}

extension ExactArm.Construction {
  /// The word for the family in files.
  fileprivate var word: String {
    switch self {
    case .circuit(let name): name.rawValue
    case .network(let family): family.rawValue
    }
  }
}
