// Linux calls and constants that Swift's Glibc module does not export.
#ifndef CTELEXSHIMS_H
#define CTELEXSHIMS_H

#include <fcntl.h>
#include <linux/openat2.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/types.h>

/// O_PATH of open(2).
extern const int telex_open_path;

/// openat2(2), which the C library does not wrap. Returns a descriptor or -1 with errno.
int telex_openat2(int directory, const char *path, const struct open_how *how);

/// renameat2(2) with RENAME_NOREPLACE: fails with EEXIST where the new name exists.
int telex_rename_noreplace(int oldDirectory, const char *oldPath, int newDirectory, const char *newPath);

/// getdents64(2): fills the buffer with whole records, returns their length in bytes, 0 at the end, or -1 with errno.
ssize_t telex_entries(int directory, void *buffer, size_t length);

/// Asks for a read lease and gives it back at once. 0: nobody has the file open for writing. -1 with errno: EAGAIN if
/// somebody has; EACCES, EINVAL and others if the kernel won't tell. A writer who comes in between makes the kernel
/// signal us: the signal is SIGURG, which is ignored by default, instead of SIGIO, which kills.
int telex_probe_lease(int descriptor);

/// Takes an open-file-description write lock on the whole file, without waiting. -1 with EAGAIN if another has it.
int telex_lock(int descriptor);

/// Gives the lock back, even where a child between fork and exec still shares the descriptor.
int telex_unlock(int descriptor);

/// The id of the mount an open file is on, by statx(2). -1 with errno where unknown.
int telex_mount_id(int descriptor, uint64_t *mount);

/// The filesystem's magic number, by fstatfs(2). -1 with errno.
int telex_filesystem_type(int descriptor, uint64_t *type);

#endif
