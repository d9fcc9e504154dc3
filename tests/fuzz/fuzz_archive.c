/* Archives and compressed files: the input is one, and every file in it is read. */
#include "tests/fuzz/fuzz.h"

#include "corpus/bytes/archive_list.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MOST_MEMBERS 16 /* the archive is opened anew for each */

static enum status on_member(void *context, const char *member_path)
{
    int *n = context;
    fuzz_check_text(member_path, strlen(member_path));
    fuzz_read(NULL, member_path);
    return ++*n < MOST_MEMBERS ? ST_OK : ST_USAGE;
}

void fuzz_archive(const uint8_t *data, size_t n_bytes)
{
    char path[FUZZ_PATH_BYTES];
    struct error error = {""};
    int n = 0, fd = fuzz_file(data, n_bytes, path);
    archive_holds_files(path);
    enum status status = archive_list(path, on_member, &n, &error);
    bool told = error.message[0] != '\0';
    if (status == ST_NOMEM || told != (status == ST_INPUT))
        abort();
    fuzz_check_text(error.message, strlen(error.message));
    fuzz_read(NULL, path);
    close(fd);
}
