/* What a new file takes over from the one whose place it takes. */
#ifndef HIKU_INDEXER_REPLACED_FILE_H
#define HIKU_INDEXER_REPLACED_FILE_H

#include <stdbool.h>

/* The file that PATH leads to through symbolic links, which need not be there: renaming to PATH
 * itself would replace the link, and leave the file as it was. Owned by the caller. NULL: out of
 * memory. */
char *replaced_file_path(const char *path);

/* Gives the open file FD the owner, group and permissions of the file at PATH, as far as this user
 * may; nothing where there is none. Who could not read the old file cannot read the new one. While
 * it is not WHOLE its owner may write it in any case. 0; -1 and errno. */
int replaced_file_take_access(int fd, const char *path, bool whole);

#endif
