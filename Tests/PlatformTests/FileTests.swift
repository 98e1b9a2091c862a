import Foundation
import Platform
import Testing

struct FileTests {
  @Test func `a file is replaced whole and read back`() throws {
    try withFolder { folder in
      let path = "\(folder)/a/b/file"
      try Files.makeFolder("\(folder)/a/b")
      for text in ["", "one\n", String(repeating: "ä€", count: 100_000)] {
        try Files.replace(path, with: Array(text.utf8))
        #expect(try Files.contents(of: path) == Array(text.utf8))
      }
      #expect(Files.names(in: "\(folder)/a/b") == ["file"], "nothing temporary is left")
      #expect(try Files.contents(of: path, limit: 10).count == 11)
    }
  }

  @Test func `a file in /proc whose stated size is 0 is read to its end`() throws {
    guard Files.kind(of: "/proc/self/status") == .file else { return }
    #expect(try Files.contents(of: "/proc/self/status").count > 100)
  }

  @Test func `an error has the reason that the system gives`() throws {
    try withFolder { folder in
      try Files.replace("\(folder)/file", with: [1])
      let failures: [(String, () throws(SystemError) -> Void)] = [
        (
          "No such file or directory",
          { () throws(SystemError) in
            _ = try Files.contents(of: "\(folder)/none")
          }
        ),
        (
          "Not a directory",
          { () throws(SystemError) in
            try Files.makeFolder("\(folder)/file/below")
          }
        ),
        ("Not a directory", { () throws(SystemError) in try Files.makeFolder("\(folder)/file") }),
        (
          "No such file or directory",
          { () throws(SystemError) in
            try Files.replace("\(folder)/none/file", with: [])
          }
        ),
        ("File exists", { () throws(SystemError) in _ = try NewFile("\(folder)/file") }),
      ]
      for (reason, body) in failures {
        #expect(throws: SystemError(reason)) { try body() }
      }
      #expect(try Files.contents(of: "\(folder)/file") == [1])
    }
  }

  @Test func `files and folders are told apart, listed by name and removed`() throws {
    try withFolder { folder in
      #expect(Files.kind(of: folder) == .folder)
      #expect(Files.kind(of: "\(folder)/none") == nil)
      for name in ["b", "a", ".c"] { try Files.replace("\(folder)/\(name)", with: []) }
      #expect(Files.kind(of: "\(folder)/a") == .file)
      #expect(Files.names(in: folder) == [".c", "a", "b"])
      try Files.remove("\(folder)/a")
      try Files.remove("\(folder)/a")
      #expect(Files.names(in: folder) == [".c", "b"])
      #expect(Files.names(in: "\(folder)/none").isEmpty)
      #expect(Files.resolved("\(folder)/./b") == Files.resolved(folder) + "/b")
    }
  }
}

/// A folder of its own, removed at the end.
func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = try Files.makeTemporaryFolder()
  defer { try? FileManager.default.removeItem(atPath: folder) }
  return try body(folder)
}
