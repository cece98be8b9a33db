internal import Glibc

/// What a failed system call means for the work: the one place where error numbers become decisions.
enum Fault: Equatable {
  /// The file is not there any more.
  case gone
  /// Not allowed: until somebody changes the file's rights, or a rescan.
  case permission
  /// No descriptors left, in the process or the machine.
  case descriptors
  /// Nothing can be written at all: everything pauses.
  case exhausted
  /// Our own folder, or the whole folder, is not there any more.
  case folder
  /// Anything else: tried again, ever more slowly, while the input exists.
  case passing

  /// Of a call on an input.
  init(reading error: Errno) {
    switch error.code {
    case ENOENT: self = .gone
    case EACCES, EPERM: self = .permission
    case EMFILE, ENFILE: self = .descriptors
    default: self = .passing
    }
  }

  /// Of the rename that gives a finished result its name. What is refused here is this one name: in a folder with the
  /// sticky bit, say, an old result that belongs to somebody else. It must not stop the others.
  init(placing error: Errno) {
    switch error.code {
    case EACCES, EPERM: self = .permission
    default: self = Fault(writing: error)
    }
  }

  /// Of a call that makes a result.
  init(writing error: Errno) {
    switch error.code {
    case ENOSPC, EDQUOT, EROFS, EACCES, EPERM: self = .exhausted
    case EMFILE, ENFILE: self = .descriptors
    case ENOENT, ENOTDIR, ENODEV: self = .folder
    default: self = .passing
    }
  }
}
