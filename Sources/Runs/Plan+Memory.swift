public import Experiments
import Platform
public import Tables

extension Plan {
  /// Refuses a plan whose trials would not fit into memory with so many workers.
  public func checkMemory(jobs: Int) throws(InputError) {
    let memory = memory(jobs: jobs)
    func refused(_ needed: Int, _ limit: MemoryLimit) -> InputError {
      InputError(
        experiment.file,
        .memory(needed: needed, available: limit.bytes, limit: limit.name, jobs: jobs))
    }
    let limit = MemoryLimit.lowest
    guard memory <= limit.bytes else { throw refused(memory, limit) }
    if let (needed, limit) = MemoryLimit.onAddresses(needing: memory, workers: jobs) {
      throw refused(needed, limit)
    }
  }
}
