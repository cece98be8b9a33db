// Processes: signals as a descriptor, the end of a child as a descriptor, and how a worker gives up its rights.
#ifndef CTELEXPROCESS_H
#define CTELEXPROCESS_H

#include <pthread.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/types.h>

/// Blocks the signals of the set for this process and returns a descriptor (close-on-exec, non-blocking) that they are
/// read from instead. -1 with errno.
int telex_signal_descriptor(const sigset_t *signals);

/// The next signal that waits at the descriptor; 0 where none does.
int telex_next_signal(int descriptor);

/// pidfd_open(2): a descriptor that becomes readable when the process ends. Close-on-exec. -1 with errno.
int telex_pidfd_open(pid_t pid);

/// Closes every descriptor from this number on.
void telex_close_from(int first);

/// Names this process in what ps(1) and top(1) show; at most 15 bytes count.
void telex_name_process(const char *name);

/// prctl(2) for the options with one argument.
int telex_prctl(int option, unsigned long value);

/// Gives back the resident pages of program and libraries that come unchanged from their files; what is still needed
/// comes back by itself, from the kernel's cache. For the end of a start-up, whose code never runs again.
void telex_release_program_text(void);

/// Gives free heap pages back to the system.
void telex_release_free_memory(void);

/// Lets all threads that come use the one heap there is: one of its own would reserve 64 MiB of address space for each.
void telex_share_heap(void);

/// Keeps another thread of this process off the processor that the caller runs on, and lets it use all others that the
/// caller may. 0, also where there is no other; else an error number, and the thread stays as it was.
int telex_keep_apart(pthread_t other);

/// Leaves this process, with all its threads, the system calls that computing and talking over open descriptors need; every
/// other one, open and execve among them, fails with EPERM from now on, and no memory becomes executable any more. Needs
/// PR_SET_NO_NEW_PRIVS and the right to call seccomp(2) first. -1 with errno where the kernel or the processor has no such filter.
int telex_filter_system_calls(void);

#endif
