// Linux calls and constants that Swift's Glibc module does not export.
#ifndef CTELEXSHIMS_H
#define CTELEXSHIMS_H

#include <fcntl.h>
#include <linux/openat2.h>
#include <stddef.h>
#include <sys/stat.h>
#include <sys/types.h>

/// openat2(2), which the C library does not wrap. Returns a descriptor or -1 with errno.
int telex_openat2(int directory, const char *path, const struct open_how *how);

/// renameat2(2) with RENAME_NOREPLACE: fails with EEXIST where the new name exists.
int telex_rename_noreplace(int oldDirectory, const char *oldPath, int newDirectory, const char *newPath);

#endif
