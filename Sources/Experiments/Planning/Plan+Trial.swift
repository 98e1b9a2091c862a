extension Plan {
  /// The trial of a key; nil where there is none.
  ///
  /// Of a training any seed is known, also one that the experiment does not have.
  public func trial(_ key: String) -> (any Trial)? {
    if let trial = samples.first(where: { $0.key == key }) { return trial }
    let mark = "seed="
    guard let part = key.split(separator: "/").last, part.hasPrefix(mark),
      let seed = Int(part.dropFirst(mark.count)), NumberList.seedRange.contains(seed)
    else { return nil }
    for case let training as TrainingTrial in samples {
      let other = training.with(seed: seed)
      if other.key == key { return other }
    }
    return nil
  }

  /// Whether something is trained, so that there are networks to keep.
  package var trains: Bool { samples.contains { $0 is TrainingTrial } }

  /// The arms that keep the network of every solved trial.
  package var armsKeepingWeights: Set<String> {
    Set(experiment.arms.filter(\.settings.keepsWeights).map(\.name))
  }
}
