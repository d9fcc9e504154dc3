/* The language of the messages. Interface: locale.h. */
#include "cli/locale.h"

#include "base/own_folder.h"

#include <libintl.h>
#include <limits.h>
#include <locale.h>
#include <string.h>
#include <sys/stat.h>

/* Writes the folder `locale` beside the program to PATH; false where there is none. */
static bool beside_program(char path[PATH_MAX])
{
    static const char name[] = "/locale";
    struct stat info;
    size_t n = own_folder(path) ? strlen(path) : PATH_MAX;
    if (n + sizeof name > PATH_MAX)
        return false;
    memcpy(path + n, name, sizeof name);
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

void locale_init(void)
{
    /* Not LC_NUMERIC: numbers look the same everywhere, for programs read them. */
    setlocale(LC_CTYPE, "");
    setlocale(LC_MESSAGES, "");
    char path[PATH_MAX];
    bindtextdomain("hiku", beside_program(path) ? path : HIKU_LOCALEDIR);
    bind_textdomain_codeset("hiku", "UTF-8");
    textdomain("hiku");
}
