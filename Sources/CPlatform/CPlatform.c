#ifdef __linux__
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdarg.h>
#include <string.h>
#include <sys/auxv.h>
#endif

#include <stddef.h>
#include <sys/resource.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "CPlatform.h"

static int count;
static char **words;

#if defined(__linux__) && !defined(__GLIBC__)

extern char **environ;

// Musl calls constructors without arguments. The kernel lays the words out before the environment, a
// null pointer behind them and their number before them: that number ends the way back.
__attribute__((constructor)) static void keep(void) {
  char **end = environ - 1;
  while ((long)end[-1 - count] != count) count++;
  words = end - count;
}

#else

__attribute__((constructor)) static void keep(int argc, char **argv) {
  count = argc;
  words = argv;
}

#endif

int program_argument_count(void) { return count; }

const char *program_argument(int index) { return words[index]; }

const char *program_path(void) {
#ifdef __linux__
  return (const char *)getauxval(AT_EXECFN);
#else
  return NULL;
#endif
}

int usable_cores(void) {
#ifdef __linux__
  // Room for 65 536 cores.
  cpu_set_t sets[64];
  if (sched_getaffinity(0, sizeof sets, sets) == 0) return CPU_COUNT_S(sizeof sets, sets);
#endif
  return 0;
}

static int64_t soft_limit(int resource) {
  struct rlimit limit;
  if (getrlimit(resource, &limit) != 0 || limit.rlim_cur > INT64_MAX) return INT64_MAX;
  return (int64_t)limit.rlim_cur;
}

int64_t address_space_limit(void) { return soft_limit(RLIMIT_AS); }

int64_t data_limit(void) { return soft_limit(RLIMIT_DATA); }

int64_t stack_limit(void) { return soft_limit(RLIMIT_STACK); }

void share_heap(void) {
#ifdef __GLIBC__
  mallopt(M_ARENA_MAX, 1);
#endif
}

#ifdef __linux__

// Dispatch reads /proc/THREAD/stat of its threads now and then to see how many of them run, and traps
// where the file is not there. It calls this in place of the C library's function, and gets an empty
// file: then it takes its threads for waiting, and at most starts more of them.
int open(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = flags & (O_CREAT | (O_TMPFILE & ~O_DIRECTORY)) ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  int file = openat(AT_FDCWD, path, flags, mode);
  size_t length = strlen(path);
  if (file >= 0 || errno != ENOENT || length < 12) return file;
  if (strncmp(path, "/proc/", 6) != 0 || strcmp(path + length - 5, "/stat") != 0) return file;
  return openat(AT_FDCWD, "/dev/null", flags);
}

#endif
