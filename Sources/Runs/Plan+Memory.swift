public import Experiments
import Platform
public import Tables

extension Plan {
  /// Refuses a plan whose trials would not fit into memory with so many workers.
  public func checkMemory(jobs: Int) throws(InputError) {
    let needed = memory(jobs: jobs)
    let available = Machine.memory
    guard needed <= available else {
      throw InputError(
        experiment.file, .memory(needed: needed, available: available, jobs: jobs))
    }
  }
}
