// What Platform needs of the system and Swift cannot ask for: it reads these from /proc on Linux, which
// is not always mounted.
#pragma once

/// The number of words that the program was started with, its name included.
int program_argument_count(void);

/// One of these words, valid as long as the program runs.
const char *program_argument(int index);

/// The path by which the system found the program; null where it does not tell.
const char *program_path(void);

/// The cores that the process may run on; 0 where the system does not tell.
int usable_cores(void);
