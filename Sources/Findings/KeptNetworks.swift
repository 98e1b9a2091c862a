import Experiments
import Networks

/// Which networks stand in networks.safetensors: those behind the minima of a summary, and all solved
/// ones of the arms that keep them.
struct KeptNetworks {
  /// The minima that a trial's network is the evidence of, by its key; none where its arm keeps all.
  let minima: [String: [NetworkCertificate.Minimum]]

  /// Those of a summary of these records.
  init(_ summary: Summary, _ records: [Record], keepingAll: Set<String>) {
    var minima: [String: [NetworkCertificate.Minimum]] = [:]
    for record in records where keepingAll.contains(record.arm) && SolvedSetting(record) != nil {
      minima[record.key] = []
    }
    let lowest = SolvedSetting.lowest(records)
    for row in summary.rows where row.family == .trained {
      for (minimum, units) in row.minima {
        let setting = SolvedSetting(arm: row.arm, bits: row.bits, depth: row.depth, units: units)
        // A minimum was reached by some seed, of which there is a lowest.
        guard let record = lowest[setting] else { continue }
        minima[record.key, default: []].append(minimum)
      }
    }
    self.minima = minima
  }

  /// Those of a plan, in its order, each beside its trial.
  func trials(
    of plan: Plan
  ) -> [(trial: TrainingTrial, minima: [NetworkCertificate.Minimum])] {
    plan.trials.compactMap { trial in
      guard let minima = minima[trial.key], let training = trial as? TrainingTrial else {
        return nil
      }
      return (training, minima)
    }
  }
}

extension SummaryRow {
  /// The minima that were reached, and their units.
  fileprivate var minima: [(NetworkCertificate.Minimum, UInt128)] {
    [(.any, any?.units), (.half, half?.units)].compactMap { minimum, units in
      units.map { (minimum, $0) }
    }
  }
}
