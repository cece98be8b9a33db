extension Configuration {
  /// Settings that are right each for itself and impossible together.
  struct Contradiction {
    /// The settings concerned, the one to change first.
    let keys: [String]
    let problem: String
    let remedy: String
  }

  var contradictions: [Contradiction] {
    var found: [Contradiction] = []
    func add(_ keys: [String], _ problem: String, _ remedy: String) {
      found.append(Contradiction(keys: keys, problem: problem, remedy: remedy))
    }
    if onSuccess == .move, successFolder.isEmpty {
      add(["on_success", "success_folder"], "nothing says where to move inputs", "set success_folder")
    }
    if onFailure == .move, failureFolder.isEmpty {
      add(["on_failure", "failure_folder"], "nothing says where to move inputs", "set failure_folder")
    }
    if onSuccess != .move, !successFolder.isEmpty {
      add(["success_folder", "on_success"], "nothing is moved there", "set on_success: move, or remove success_folder")
    }
    if onFailure != .move, !failureFolder.isEmpty {
      add(["failure_folder", "on_failure"], "nothing is moved there", "set on_failure: move, or remove failure_folder")
    }
    if onSuccess != .keep, onDelete == .remove {
      add(
        ["on_delete", "on_success"], "the result would go with the input that Telex itself takes away",
        "set on_delete: keep")
    }
    for (key, path) in [("success_folder", successFolder), ("failure_folder", failureFolder)] where path == folder {
      add([key, "folder"], "inputs would be moved to where they are", "name another folder")
    }
    for (key, path) in [("state_directory", stateDirectory), ("runtime_directory", runtimeDirectory)]
    where path == folder {
      add([key, "folder"], "Telex's own files would be taken for dispatches", "name another folder")
    }
    if !marker.isEmpty, !marker.hasPrefix(".") {
      add(["marker"], "a suffix begins with a dot", "write it like .done")
    }
    if marker == ".json" || marker == ".telex.json" {
      add(["marker"], "results end so themselves", "write another suffix, such as .done")
    }
    if sizeLimit > workerMemory / 16 {
      add(
        ["size_limit", "worker_memory"], "a worker could not hold the largest dispatch and its analysis",
        "allow at most a sixteenth of worker_memory")
    }
    return found
  }
}
