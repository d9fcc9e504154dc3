/* A file that is mapped into memory and can no longer be read. */
#ifndef HIKU_CLI_BUS_ERROR_H
#define HIKU_CLI_BUS_ERROR_H

/* From now on such a file ends the program with a message and the exit code of a damaged index. */
void bus_error_catch(void);

#endif
