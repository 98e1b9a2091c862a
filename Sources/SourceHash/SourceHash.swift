import Foundation
import PackagePlugin

/// Writes a hash of the sources into the program that is built of them: Git's hash of the list of Git's
/// hashes of Package.swift and all Swift and C files below Sources, in the order of their paths.
///
/// A commit with the same hash is that of the program; `BuildCommit` looks for it. The commit itself
/// would be out of date, or have the program linked anew, with every commit that changes no source.
@main
struct SourceHash: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let root = context.package.directoryURL
    let all = FileManager.default.enumerator(atPath: root.appending(path: "Sources").path)
    let names = (all?.allObjects as? [String] ?? []).map { "Sources/\($0)" } + ["Package.swift"]
    let sources = names.filter { name in [".swift", ".c", ".h"].contains { name.hasSuffix($0) } }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let output = context.pluginWorkDirectoryURL.appending(path: "BuiltSources.swift")
    // Without Git the hash is empty.
    let script = """
      cd "$1" && shift
      hash=$(git hash-object -- "$@") && hash=$(echo "$hash" | git hash-object --stdin)
      echo "let builtSources = \\"$hash\\"" >"$0"
      """
    return [
      .buildCommand(
        displayName: "Hashing the sources", executable: URL(filePath: "/bin/sh"),
        arguments: ["-c", script, output.path, root.path] + sources,
        inputFiles: sources.map { root.appending(path: $0) }, outputFiles: [output])
    ]
  }
}
