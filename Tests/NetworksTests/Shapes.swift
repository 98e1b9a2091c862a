import Networks
import Testing

/// An activation, its connections and a depth from 0 to 4: one case of a test over all shapes.
struct Shape: CustomTestStringConvertible {
  let architecture: Architecture

  var testDescription: String {
    "\(architecture.activation) \(architecture.connections) depth \(architecture.depth)"
  }

  /// Every activation with both connections and depths 0...4, three inputs and uneven widths.
  static let all = shapes(Activation.allCases)

  /// Those of them that a gradient passes through.
  static let trainable = shapes(Activation.trainable)

  private static func shapes(_ activations: [Activation]) -> [Shape] {
    activations.flatMap { activation in
      Connections.allCases.flatMap { connections in
        (0...4).map { depth in
          Shape(
            architecture: Architecture(
              inputs: 3, hidden: Array([3, 2, 4, 3].prefix(depth)), connections: connections,
              activation: activation))
        }
      }
    }
  }
}
