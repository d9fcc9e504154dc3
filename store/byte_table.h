/* The rows of a table with one for each byte, in order: {0}, then BYTE(high, low) of the two halves
 * of each other byte, as hexadecimal digits. Who includes this defines BYTE. */
#ifndef HIKU_STORE_BYTE_TABLE_H
#define HIKU_STORE_BYTE_TABLE_H

#define BYTES_FROM_1(high)                                                                         \
    BYTE(high, 1), BYTE(high, 2), BYTE(high, 3), BYTE(high, 4), BYTE(high, 5), BYTE(high, 6),      \
        BYTE(high, 7), BYTE(high, 8), BYTE(high, 9), BYTE(high, A), BYTE(high, B), BYTE(high, C),  \
        BYTE(high, D), BYTE(high, E), BYTE(high, F)
#define BYTES(high) BYTE(high, 0), BYTES_FROM_1(high)
#define ALL_BYTES                                                                                  \
    {0}, BYTES_FROM_1(0), BYTES(1), BYTES(2), BYTES(3), BYTES(4), BYTES(5), BYTES(6), BYTES(7),    \
        BYTES(8), BYTES(9), BYTES(A), BYTES(B), BYTES(C), BYTES(D), BYTES(E), BYTES(F)

#endif
