#define _GNU_SOURCE
#include "CTelexShims.h"
#include <linux/fs.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int telex_openat2(int directory, const char *path, const struct open_how *how) {
  return (int)syscall(SYS_openat2, directory, path, how, sizeof *how);
}

int telex_rename_noreplace(int oldDirectory, const char *oldPath, int newDirectory, const char *newPath) {
  return renameat2(oldDirectory, oldPath, newDirectory, newPath, RENAME_NOREPLACE);
}
