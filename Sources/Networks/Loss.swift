/// What a training minimizes: the mean over the rows of a function of the logit z and the label.
///
/// The label y is 0 or 1, and t = 2y − 1 is the target ±1. The sign of z is the answer under all of
/// them. ``Score/loss`` is the logistic loss, whatever was minimized.
public enum Loss: String, CaseIterable, Sendable {
  /// log(1 + e^−t·z), which is −y log a − (1 − y) log(1 − a) of the output a = 1/(1 + e^−z), in nats.
  case logistic
  /// max(0, 1 − t·z): rows with t·z ≥ 1 no longer count.
  case hinge
  /// ½ (z − t)²: least squares on the logit, as in regression on targets ±1.
  case squared

  /// The loss of one row with the logit `z`.
  public func callAsFunction(logit z: Double, label y: UInt8) -> Double {
    let t = Self.target(y)
    switch self {
    case .logistic: return Score.loss(ofMargin: t * z)
    // Compared this way round, NaN passes through.
    case .hinge: return t * z >= 1 ? 0 : 1 - t * z
    case .squared: return 0.5 * (z - t) * (z - t)
    }
  }

  /// ∂loss/∂z of one row with the logit `z` and the output a = 1/(1 + e^−z); at the kink of
  /// ``hinge``, t·z = 1, the slope from the right, 0.
  public func derivative(at z: Double, output a: Double, label y: UInt8) -> Double {
    let t = Self.target(y)
    switch self {
    // It stays finite where a reaches 0 or 1.
    case .logistic: return a - Double(y)
    case .hinge: return t * z >= 1 ? 0 : -t
    case .squared: return z - t
    }
  }

  /// The mean loss of one logit a row against one label (0 or 1) a row.
  public func mean(logits: ArraySlice<Double>, labels: [UInt8]) -> Double {
    precondition(logits.count == labels.count, "\(logits.count) logits, \(labels.count) labels")
    var sum = 0.0
    for (z, y) in zip(logits, labels) {
      sum += self(logit: z, label: y)
    }
    return sum / Double(labels.count)
  }

  private static func target(_ y: UInt8) -> Double { y == 1 ? 1 : -1 }
}
