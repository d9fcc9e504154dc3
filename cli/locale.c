/* The language of the messages. Interface: locale.h. */
#include "cli/locale.h"

#include <libintl.h>
#include <limits.h>
#include <locale.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Writes the folder `locale` beside the program to PATH; returns 0 where there is none. */
static int beside_program(char path[PATH_MAX])
{
    static const char name[] = "/locale";
    ssize_t n = readlink("/proc/self/exe", path, PATH_MAX - sizeof name);
    if (n <= 0)
        return 0;
    path[n] = '\0';
    char *slash = strrchr(path, '/');
    if (slash == NULL)
        return 0;
    memcpy(slash, name, sizeof name);
    struct stat info;
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
