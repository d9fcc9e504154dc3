/* Names for sources, made from their paths. Interface to source_names.c. */
#ifndef HIKU_CORPUS_SOURCE_NAMES_H
#define HIKU_CORPUS_SOURCE_NAMES_H

#include "base/error.h"
#include "corpus/sources.h"

/* Gives each source of FRESH without a name one that no other of FRESH and LIST has: the file's
 * name without its ending (with it, where two in a folder differ in that only), after as many
 * folder names as it takes. Earlier sources keep theirs, so that keys stay. ST_OK or ST_NOMEM. */
enum status source_names_make(const struct source_list *list, struct source_list *fresh);

#endif
