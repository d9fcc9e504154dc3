/* Where hiku's own data lie. */
#ifndef HIKU_DICT_DATA_FILE_H
#define HIKU_DICT_DATA_FILE_H

#include "base/buf.h"

#include <stdbool.h>

/* Sets PATH to hiku's data file NAME: beside the program or library that runs (a build folder),
 * else in the data folder of the installation. False, PATH empty, where neither has it or memory is
 * out (then path->failed). */
bool data_file(struct buf *path, const char *name);

/* Sets PATH to where hiku's data lie: the folder that has its lexicon. Likewise. */
bool data_folder(struct buf *path);

#endif
