/* Loading the readers of formats when something is to be read. Interface to readers_load.c. */
#ifndef HIKU_INDEXER_SOURCES_READERS_LOAD_H
#define HIKU_INDEXER_SOURCES_READERS_LOAD_H

#include "base/error.h"
#include "corpus/readers.h"

/* Loads the module with the readers: beside the program (a build folder), else where it is
 * installed. It stays loaded; further calls give the same. ST_OK; ST_IO with a message. */
enum status readers_load(const struct readers **readers, struct error *error);

#endif
