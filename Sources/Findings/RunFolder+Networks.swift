import Experiments
public import Networks
public import Runs
import Platform
import Tables

extension RunFolder.File {
  /// The weights behind the minima of trained arms, in double precision.
  public static let networks = RunFolder.File(rawValue: "networks.safetensors")
}

extension RunFolder {
  /// Whether the networks of its minima cannot be written: it is of a version that kept none.
  public var lacksNetworks: Bool {
    plan.trains && Files.kind(of: path(of: .networkLog)) == nil
      && Files.kind(of: path(of: .networks)) == nil
  }

  /// Writes networks.safetensors; what is published has no other source and stays.
  func saveNetworks(_ results: Results) throws(InputError) {
    guard plan.trains, Files.kind(of: path(of: .networkLog)) != nil else { return }
    try FileText.replace(
      path(of: .networks), with: NetworkCertificate.file(networkCertificates(results)),
      isFlushed: false)
  }

  /// The networks that belong in the file, in the plan's order.
  private func networkCertificates(_ results: Results) throws(InputError) -> [NetworkCertificate] {
    let kept = KeptNetworks(
      results.summary, recordsInOrder, keepingAll: plan.armsKeepingWeights)
    var certificates: [NetworkCertificate] = []
    for (trial, minima) in kept.trials(of: plan) {
      guard let network = networks[trial.key], let margin = records[trial.key]?.margin else {
        throw InputError(
          path(of: .networkLog), at: trial.key,
          .foreign(
            found: "no network", expected: "that of a solved trial",
            remedy: "depthwidth run makes what is missing"))
      }
      certificates.append(NetworkCertificate(trial, network, margin: margin, minima))
    }
    return certificates
  }

  /// The networks in the folder's networks.safetensors; nil where there is no such file.
  func readNetworks() throws(InputError) -> [NetworkCertificate]? {
    try Self.networks(in: path)
  }

  /// The networks that stand in a folder's networks.safetensors; nil where there is no such file.
  static func networks(in folder: String) throws(InputError) -> [NetworkCertificate]? {
    let path = "\(folder)/\(File.networks.rawValue)"
    guard Files.kind(of: path) != nil else { return nil }
    return try NetworkCertificate.read(FileText.contents(of: path), file: path)
  }

  /// The network that is kept of a trial with its present settings, and the file it stands in; nil
  /// where none is.
  public func keptNetwork(of key: String) -> (network: Network, file: String)? {
    guard records[key] != nil else { return nil }
    if let network = networks[key] { return (network, path(of: .networkLog)) }
    let certificates = (try? readNetworks()) ?? nil
    return certificates?.first { $0.key == key }.map { ($0.network, path(of: .networks)) }
  }
}
