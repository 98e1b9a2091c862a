// What Platform needs of the system and Swift cannot ask for: it reads these from /proc on Linux, which
// is not always mounted.
#pragma once

#include <stdint.h>

/// The number of words that the program was started with, its name included.
int program_argument_count(void);

/// One of these words, valid as long as the program runs.
const char *program_argument(int index);

/// The path by which the system found the program; null where it does not tell.
const char *program_path(void);

/// The cores that the process may run on; 0 where the system does not tell.
int usable_cores(void);

/// What `ulimit -v`, `-d` and `-s` allow, in bytes; INT64_MAX where they allow anything.
int64_t address_space_limit(void);
int64_t data_limit(void);
int64_t stack_limit(void);

/// Lets all threads share one heap: each would set 64 MB of addresses aside for its own.
void share_heap(void);
