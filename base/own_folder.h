/* Where the running program or library lies. Interface to own_folder.c. */
#ifndef HIKU_BASE_OWN_FOLDER_H
#define HIKU_BASE_OWN_FOLDER_H

#include <limits.h>
#include <stdbool.h>

/* Writes the folder of the program or library that this code is linked into; false when it cannot
 * be told. */
bool own_folder(char folder[PATH_MAX]);

#endif
