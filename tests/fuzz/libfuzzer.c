/* What libFuzzer calls: the target that FUZZ_TARGET, set when this is compiled, names. */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n_bytes);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n_bytes)
{
    for (size_t i = 0; i < n_fuzz_targets; i++)
        if (strcmp(fuzz_targets[i].name, FUZZ_TARGET) == 0) {
            fuzz_targets[i].run(data, n_bytes);
            return 0;
        }
    abort();
}
