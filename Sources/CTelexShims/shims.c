#define _GNU_SOURCE
#include "CTelexShims.h"
#include <linux/fs.h>
#include <signal.h>
#include <stdio.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <unistd.h>

const int telex_open_path = O_PATH;

int telex_openat2(int directory, const char *path, const struct open_how *how) {
  return (int)syscall(SYS_openat2, directory, path, how, sizeof *how);
}

int telex_rename_noreplace(int oldDirectory, const char *oldPath, int newDirectory, const char *newPath) {
  return renameat2(oldDirectory, oldPath, newDirectory, newPath, RENAME_NOREPLACE);
}

ssize_t telex_entries(int directory, void *buffer, size_t length) {
  return (ssize_t)syscall(SYS_getdents64, directory, buffer, length);
}

int telex_probe_lease(int descriptor) {
  if (fcntl(descriptor, F_SETSIG, SIGURG) == -1) return -1;
  if (fcntl(descriptor, F_SETLEASE, F_RDLCK) == -1) return -1;
  return fcntl(descriptor, F_SETLEASE, F_UNLCK);
}

int telex_lock(int descriptor) {
  struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
  return fcntl(descriptor, F_OFD_SETLK, &lock);
}

int telex_unlock(int descriptor) {
  struct flock lock = {.l_type = F_UNLCK, .l_whence = SEEK_SET};
  return fcntl(descriptor, F_OFD_SETLK, &lock);
}

int telex_mount_id(int descriptor, uint64_t *mount) {
  struct statx status;
  if (statx(descriptor, "", AT_EMPTY_PATH, STATX_MNT_ID, &status) == -1) return -1;
  *mount = (status.stx_mask & STATX_MNT_ID) ? status.stx_mnt_id : 0;
  return 0;
}

int telex_filesystem_type(int descriptor, uint64_t *type) {
  struct statfs status;
  if (fstatfs(descriptor, &status) == -1) return -1;
  *type = (uint64_t)(unsigned long)status.f_type & 0xffffffffu;
  return 0;
}
