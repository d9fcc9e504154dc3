/* Loaded with LD_PRELOAD into hiku: lets requests for memory fail.
 *
 *   FAULT_AT     number of the request, from 1, that fails
 *   FAULT_MODE   once: that one alone; all: those after it too
 *   FAULT_TOTAL  a file: gets the number of requests when the program ends
 *
 * Requests of MeCab and of C++ are not counted: C++ ends the program where memory is out, and the
 * dynamic linker does so too. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);

static atomic_ulong n_requests;
static unsigned long fails_at;
static int fails_all;

__attribute__((constructor)) static void begin(void)
{
    const char *at = getenv("FAULT_AT"), *mode = getenv("FAULT_MODE");
    fails_all = mode != NULL && strcmp(mode, "all") == 0;
    fails_at = at != NULL ? strtoul(at, NULL, 10) : 0;
}

__attribute__((destructor)) static void end(void)
{
    const char *path = getenv("FAULT_TOTAL");
    unsigned long n = n_requests;
    FILE *file = path != NULL ? fopen(path, "w") : NULL;
    if (file != NULL) {
        fprintf(file, "%lu\n", n);
        fclose(file);
    }
}

static int is_exempt(const void *caller)
{
    static const char *const libraries[] = {"/libmecab", "/libstdc++", "/ld-linux", "/libicu"};
    Dl_info info;
    if (dladdr(caller, &info) == 0 || info.dli_fname == NULL)
        return 1;
    for (size_t i = 0; i < sizeof libraries / sizeof libraries[0]; i++) {
        if (strstr(info.dli_fname, libraries[i]) != NULL)
            return 1;
    }
    return 0;
}

static int fails(const void *caller)
{
    if (is_exempt(caller))
        return 0;
    unsigned long n = atomic_fetch_add(&n_requests, 1) + 1;
    if (fails_at == 0 || n < fails_at || (n > fails_at && !fails_all))
        return 0;
    errno = ENOMEM;
    return 1;
}

void *malloc(size_t n)
{
    return fails(__builtin_return_address(0)) ? NULL : __libc_malloc(n);
}

void *calloc(size_t n, size_t size)
{
    return fails(__builtin_return_address(0)) ? NULL : __libc_calloc(n, size);
}

void *realloc(void *old, size_t n)
{
    return fails(__builtin_return_address(0)) ? NULL : __libc_realloc(old, n);
}
