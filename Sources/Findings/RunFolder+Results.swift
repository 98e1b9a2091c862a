import Experiments
import Platform
public import Runs
public import Tables

extension RunFolder {
  /// What the records amount to, writing nothing.
  public func results() throws(InputError) -> Results {
    try Results(plan: plan, records: recordsInOrder, missing: isComplete ? [] : missing)
  }

  /// Sums the records up and writes everything that a run leaves.
  public func finish() throws(InputError) -> Results {
    let results = try results()
    try order()
    try save(results)
    return results
  }

  /// Writes what the records amount to, and the experiment with every default written out.
  public func save(_ results: Results) throws(InputError) {
    try write(plan.experiment.json, to: .experiment, isFlushed: false)
    for table in DerivedTable.all {
      try write(table.csv(results), to: table.file, isFlushed: false)
    }
    try saveNetworks(results)
  }
}
