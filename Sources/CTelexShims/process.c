#define _GNU_SOURCE
#include "CTelexProcess.h"
#include <errno.h>
#include <link.h>
#include <malloc.h>
#include <sched.h>
#include <stdint.h>
#include <sys/mman.h>
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

// Only what is mapped read-only from the start: the pages that relocation has changed belong to writable segments.
static int release_text(struct dl_phdr_info *object, size_t size, void *unused) {
  (void)size, (void)unused;
  uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
  for (int index = 0; index < object->dlpi_phnum; index++) {
    const ElfW(Phdr) *segment = &object->dlpi_phdr[index];
    if (segment->p_type != PT_LOAD || (segment->p_flags & PF_W)) continue;
    uintptr_t start = (object->dlpi_addr + segment->p_vaddr) & ~(page - 1);
    uintptr_t end = object->dlpi_addr + segment->p_vaddr + segment->p_memsz;
    madvise((void *)start, end - start, MADV_DONTNEED);
  }
  return 0;
}

void telex_release_program_text(void) { dl_iterate_phdr(release_text, NULL); }

void telex_release_free_memory(void) { malloc_trim(0); }

void telex_share_heap(void) { mallopt(M_ARENA_MAX, 1); }

int telex_keep_apart(pthread_t other) {
  cpu_set_t processors;
  int here = sched_getcpu();
  if (here < 0 || sched_getaffinity(0, sizeof processors, &processors) != 0) return errno;
  CPU_CLR(here, &processors);
  return CPU_COUNT(&processors) == 0 ? 0 : pthread_setaffinity_np(other, sizeof processors, &processors);
}
