#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Reads, replaces and lists whole files and folders.
public enum Files {
  /// What can stand at a path.
  public enum Kind: Sendable {
    /// Anything but a folder.
    case file
    /// A folder.
    case folder
  }

  /// What stands at a path; nil where nothing does.
  public static func kind(of path: String) -> Kind? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return status.st_mode & S_IFMT == S_IFDIR ? .folder : .file
  }

  /// Whether a program stands at a path that may be run.
  public static func isExecutable(_ path: String) -> Bool {
    kind(of: path) == .file && access(path, X_OK) == 0
  }

  /// The bytes of a file, but no more than one beyond `limit`.
  public static func contents(
    of path: String, limit: Int = Int.max - 1
  ) throws(SystemError) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .last }
    defer { close(file) }
    var status = stat()
    let expected = fstat(file, &status) == 0 ? Int(status.st_size) : 0
    var bytes: [UInt8] = []
    var isAtEnd = false
    while !isAtEnd, bytes.count <= limit {
      // The size of a file in /proc is stated as 0.
      let room = min(max(expected + 1 - bytes.count, 16_384), limit + 1 - bytes.count)
      var failure: SystemError?
      let more = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
        let result = read(file, buffer.baseAddress, room)
        if result < 0 { failure = .last }
        count = max(result, 0)
      }
      if let failure { throw failure }
      isAtEnd = more.isEmpty
      bytes = bytes.isEmpty ? more : bytes + more
    }
    return bytes
  }

  /// Replaces a file, all or nothing: whoever reads it sees the old bytes or the new ones.
  ///
  /// With `isFlushed` that also holds after a loss of power; without, the call does not wait for the
  /// disk.
  public static func replace(
    _ path: String, with bytes: [UInt8], isFlushed: Bool = true
  ) throws(SystemError) {
    let fresh = "\(path).new"
    let file = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw .last }
    var failure: SystemError?
    do {
      try writeAll(bytes[...], to: file)
    } catch {
      failure = error
    }
    if failure == nil, isFlushed, !synchronize(file) { failure = .last }
    if close(file) != 0, failure == nil { failure = .last }
    if failure == nil, rename(fresh, path) != 0 { failure = .last }
    if let failure {
      unlink(fresh)
      throw failure
    }
  }

  /// Writes all bytes to an open file.
  static func writeAll(_ bytes: ArraySlice<UInt8>, to file: Int32) throws(SystemError) {
    var rest = bytes
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        throw .last
      }
      rest = rest.dropFirst(count)
    }
  }

  /// Gives a file another path.
  public static func move(_ path: String, to target: String) throws(SystemError) {
    guard rename(path, target) == 0 else { throw .last }
  }

  /// Removes a file, if it is there.
  public static func remove(_ path: String) throws(SystemError) {
    guard unlink(path) == 0 || errno == ENOENT else { throw .last }
  }

  /// Removes a folder that is empty, if it is there.
  public static func removeFolder(_ path: String) throws(SystemError) {
    guard rmdir(path) == 0 || errno == ENOENT else { throw .last }
  }

  /// Makes a folder and those above it, as far as they are not there.
  public static func makeFolder(_ path: String) throws(SystemError) {
    if kind(of: path) == .folder { return }
    let above = parent(of: path)
    if above != path { try makeFolder(above) }
    guard mkdir(path, 0o777) != 0 else { return }
    let failure = SystemError.last
    switch kind(of: path) {
    // Another process has made it meanwhile.
    case .folder: return
    case .file: throw SystemError(String(cString: strerror(ENOTDIR)))
    case nil: throw failure
    }
  }

  /// Makes a new folder in the system's folder for temporary files.
  public static func makeTemporaryFolder() throws(SystemError) -> String {
    let place = Machine.environment("TMPDIR") ?? "/tmp"
    var template = Array("\(place)/depthwidth-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw .last }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// The names in a folder, sorted; none where there is no folder.
  public static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// The path without symbolic links and dots; the path itself where nothing stands there.
  public static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  /// The folder that a path lies in.
  public static func parent(of path: String) -> String {
    let end = path.lastIndex { $0 != "/" } ?? path.startIndex
    guard let slash = path[..<end].lastIndex(of: "/") else {
      return path.hasPrefix("/") ? "/" : "."
    }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Flushes the names in a folder to disk, where the file system can do that.
  public static func synchronize(folder: String) {
    let file = open(folder, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return }
    _ = synchronize(file)
    close(file)
  }

  /// Flushes an open file to disk; true too where its file system has no flush.
  static func synchronize(_ file: Int32) -> Bool {
    fsync(file) == 0 || errno == EINVAL || errno == ENOTSUP
  }
}
