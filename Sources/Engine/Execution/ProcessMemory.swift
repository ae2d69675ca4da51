#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The memory of this process: what it holds, and what the machine lets it hold.
package enum ProcessMemory {
  /// Bytes in use; where address space is limited, that counts, since what cannot be reserved ends the process.
  package static func inUse() -> Int {
    #if os(Linux)
      // `size resident …` in pages.
      var text = [UInt8](repeating: 0, count: 128)
      let count = pread(statistics, &text, text.count, 0)
      guard count > 0 else { return 0 }
      let pages = text[..<count].split(separator: 0x20).prefix(2).map { digits in
        digits.reduce(0) { $1 &- 0x30 < 10 ? $0 * 10 + Int($1 &- 0x30) : $0 }
      }
      guard pages.count == 2 else { return 0 }
      return pages[isAddressSpaceLimited ? 0 : 1] * pageSize
    #else
      var usage = task_vm_info_data_t()
      var size = mach_msg_type_number_t(MemoryLayout<task_vm_info_data_t>.size / MemoryLayout<natural_t>.size)
      let result = withUnsafeMutablePointer(to: &usage) { pointer in
        pointer.withMemoryRebound(to: integer_t.self, capacity: Int(size)) {
          task_info(mach_task_self_, task_flavor_t(TASK_VM_INFO), $0, &size)
        }
      }
      return result == KERN_SUCCESS ? Int(usage.phys_footprint) : 0
    #endif
  }

  /// Bytes in use if these are more than `limit`, also once what was freed is given back: an allocator keeps much of it
  /// for what comes next, and a rule must not fail by what the one before it has left.
  package static func inUse(above limit: Int) -> Int? {
    guard inUse() > limit else { return nil }
    giveBack()
    let bytes = inUse()
    return bytes > limit ? bytes : nil
  }

  private static func giveBack() {
    #if os(Linux)
      _ = trim?(0)
    #else
      malloc_zone_pressure_relief(nil, 0)
    #endif
  }

  /// Three quarters of what the machine, its control group or the process's own limit has.
  package static let standardLimit: Int = {
    var smallest = Int(sysconf(Int32(_SC_PHYS_PAGES))) * pageSize
    #if os(Linux)
      for path in ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { continue }
        var text = [UInt8](repeating: 0, count: 64)
        let count = max(0, read(file, &text, text.count))
        close(file)
        let digits = text[..<count].prefix { $0 &- 0x30 < 10 }
        if let bytes = Int(String(decoding: digits, as: UTF8.self)), bytes > 0 {
          smallest = min(smallest, bytes)
        }
      }
    #endif
    if let space = addressSpace { smallest = min(smallest, space) }
    return smallest / 4 * 3
  }()

  /// The largest address space that the process may have, if that is limited.
  private static let addressSpace: Int? = {
    var limit = rlimit()
    #if os(Linux)
      guard getrlimit(__rlimit_resource_t(UInt32(RLIMIT_AS.rawValue)), &limit) == 0 else { return nil }
    #else
      guard getrlimit(RLIMIT_AS, &limit) == 0 else { return nil }
    #endif
    return limit.rlim_cur < rlim_t(Int.max) ? Int(limit.rlim_cur) : nil
  }()

  private static let isAddressSpaceLimited = addressSpace != nil
  private static let pageSize = max(1, Int(sysconf(Int32(_SC_PAGESIZE))))
  #if os(Linux)
    /// `malloc_trim`, which not every C library has and no module of Swift names.
    private static let trim: (@convention(c) (Int) -> CInt)? = dlsym(nil, "malloc_trim").map {
      unsafeBitCast($0, to: (@convention(c) (Int) -> CInt).self)
    }
    private static let statistics = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
  #endif
}
