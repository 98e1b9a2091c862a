public import Experiments
import Networks
public import Runs
public import Tables
import Training

/// What a certificate turned out to prove, found without the search that made it.
public struct CertificateCheck: Sendable {
  /// The certificate.
  public let certificate: Certificate
  /// What the numbers prove.
  public let finding: Finding
  /// Whether that is what the trial's record says.
  public let agrees: Bool

  /// What numbers can turn out to prove.
  public enum Finding: Equatable, Sendable {
    /// Every row is on the side of its label, beyond all rounding; the smallest |logit|.
    case separates(margin: Double)
    /// No weights separate: exact convex weights lie within this share of those written down.
    case refutes(deviation: Double)
    /// No weights of at most this length separate with a margin of 1.
    case refutesWithin(radius: Double)
    /// Nothing.
    case nothing
  }

  /// Whether it proves what it should.
  public var holds: Bool { agrees && finding != .nothing }

  /// One sentence: what is proven of how many units.
  public var sentence: String {
    let units = "\(certificate.units) units"
    let text =
      switch finding {
      case .separates(let margin):
        "\(units) separate all rows, the smallest |logit| is \(margin)"
      case .refutes:
        "\(units) do not: the weights of \(certificate.entries.count) rows refute them exactly"
      case .refutesWithin(let radius):
        "\(units) do not with weights of length up to \(radius)"
      case .nothing:
        certificate.side == .weights
          ? "the weights do not separate with \(units)"
          : "the weights of rows do not refute \(units)"
      }
    return text + (agrees || finding == .nothing ? "" : ", but the record says otherwise")
  }
}

extension FrozenTrial {
  /// Draws the features again and holds a certificate of this trial against them and its record.
  func check(_ certificate: Certificate, _ record: Record) -> CertificateCheck {
    let matrix = features.matrix(units: certificate.units)
    let finding: CertificateCheck.Finding
    let agrees: Bool
    switch certificate.side {
    case .weights:
      let weights = SeparatingWeights(weights: certificate.numbers(count: matrix.height))
      let margin = weights.smallestLogit(matrix)
      let isProven = weights.check(matrix, labels: labelOfRows) != nil
      finding = isProven ? .separates(margin: margin) : .nothing
      agrees = record.margin == margin
    case .refutation:
      let refutation = Refutation(weights: certificate.numbers(count: matrix.width))
      let proof = refutation.check(matrix, labels: labelOfRows)
      finding =
        switch proof {
        case .exact(let deviation): .refutes(deviation: deviation)
        case .within(let radius): .refutesWithin(radius: radius)
        case nil: .nothing
        }
      agrees = (record.refutedUnits != nil) == (proof?.isExact ?? false)
    }
    return CertificateCheck(certificate: certificate, finding: finding, agrees: agrees)
  }
}

extension RunFolder {
  /// Checks the certificates one after the other, in the plan's order.
  public func checkCertificates(_ report: (CertificateCheck) -> Void) throws(InputError) {
    for case let trial as FrozenTrial in plan.trials {
      guard let record = records[trial.key] else { continue }
      let rows = rows(of: trial.key, in: .certificates).enumerated().map {
        CSV.Row(line: $0.offset + 1, fields: $0.element)
      }
      let file = "\(path)/\(Companion.certificates.name)"
      for certificate in try Certificate.read(rows, file: file) {
        report(trial.check(certificate, record))
      }
    }
  }
}
