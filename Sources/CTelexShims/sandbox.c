#define _GNU_SOURCE
#include "CTelexProcess.h"
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define TELEX_AUDIT_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define TELEX_AUDIT_ARCH AUDIT_ARCH_AARCH64
#endif

#ifdef TELEX_AUDIT_ARCH

// Classic BPF jumps are relative: each of these is "if the call is NR, allow it, else go on".
#define ALLOW(NR) \
  BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (NR), 0, 1), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
// "If the call is NR, allow it unless its third argument asks for PROT_EXEC."
#define ALLOW_NOT_EXECUTABLE(NR)                                                             \
  BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (NR), 0, 4),                                           \
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[2])),            \
      BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 0, 1),                                 \
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),                                  \
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)

int telex_filter_system_calls(void) {
  static struct sock_filter program[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, TELEX_AUDIT_ARCH, 1, 0),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
      // Talking to the parent, over the one socket there is.
      ALLOW(SYS_read), ALLOW(SYS_write), ALLOW(SYS_readv), ALLOW(SYS_writev),
      ALLOW(SYS_recvfrom), ALLOW(SYS_sendto), ALLOW(SYS_ppoll), ALLOW(SYS_close), ALLOW(SYS_fstat), ALLOW(SYS_lseek),
      // Memory.
      ALLOW(SYS_brk), ALLOW(SYS_munmap), ALLOW(SYS_mremap), ALLOW(SYS_madvise),
      ALLOW_NOT_EXECUTABLE(SYS_mmap), ALLOW_NOT_EXECUTABLE(SYS_mprotect),
      // The C and Swift runtimes: locks, signals, time, chance, and the end.
      ALLOW(SYS_futex), ALLOW(SYS_sched_yield), ALLOW(SYS_sched_getaffinity), ALLOW(SYS_membarrier),
      // Which processor its own two threads run on.
      ALLOW(SYS_sched_setaffinity), ALLOW(SYS_getcpu),
      ALLOW(SYS_rt_sigreturn), ALLOW(SYS_rt_sigaction), ALLOW(SYS_rt_sigprocmask), ALLOW(SYS_sigaltstack),
      ALLOW(SYS_getpid), ALLOW(SYS_gettid), ALLOW(SYS_getppid), ALLOW(SYS_tgkill),
      ALLOW(SYS_clock_gettime), ALLOW(SYS_clock_getres), ALLOW(SYS_gettimeofday), ALLOW(SYS_clock_nanosleep),
      ALLOW(SYS_nanosleep), ALLOW(SYS_restart_syscall), ALLOW(SYS_getrandom), ALLOW(SYS_getrusage),
      ALLOW(SYS_exit), ALLOW(SYS_exit_group),
#ifdef SYS_poll
      ALLOW(SYS_poll),
#endif
      // Everything else, opening and executing above all, is refused and not punished: a library that asks must live.
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
  };
  struct sock_fprog filter = {.len = sizeof program / sizeof *program, .filter = program};
  // A thread that can't follow is named by a positive number.
  long stays = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &filter);
  if (stays > 0) errno = EBUSY;
  return stays == 0 ? 0 : -1;
}

#else

int telex_filter_system_calls(void) {
  errno = ENOSYS;
  return -1;
}

#endif
