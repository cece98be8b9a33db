#define _GNU_SOURCE
#include "CTelexProcess.h"
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <unistd.h>

int telex_signal_descriptor(const sigset_t *signals) {
  if (sigprocmask(SIG_BLOCK, signals, NULL) != 0) return -1;
  return signalfd(-1, signals, SFD_CLOEXEC | SFD_NONBLOCK);
}

int telex_next_signal(int descriptor) {
  struct signalfd_siginfo information;
  return read(descriptor, &information, sizeof information) == sizeof information ? (int)information.ssi_signo : 0;
}

int telex_pidfd_open(pid_t pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }

int telex_prctl(int option, unsigned long value) { return prctl(option, value, 0, 0, 0); }

void telex_close_from(int first) { closefrom(first); }

void telex_name_process(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }
