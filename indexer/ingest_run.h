/* One run over the sources, as the files ingest*.c share it: ingest.c goes over the roots,
 * ingest_source.c reads one source, ingest_key.c gives a record its key. */
#ifndef HIKU_INDEXER_INGEST_RUN_H
#define HIKU_INDEXER_INGEST_RUN_H

#include "base/string_set.h"
#include "corpus/readers.h"
#include "indexer/sources/catalog.h"
#include "indexer/sources/failed_sources.h"
#include "indexer/index.h"
#include "indexer/key_set.h"
#include "indexer/sources/known_names.h"
#include "indexer/sources/known_records.h"
#include "indexer/pipeline.h"
#include "indexer/sources/roots.h"
#include "indexer/writer.h"

struct ingest {
    struct writer *writer;
    sqlite3 *old; /* the index that is built anew; NULL: none */
    const struct index_options *options;
    struct index_report *report;
    struct error *error;
    struct failed_sources *failed;
    const struct readers *readers;
    struct known_names names;
    struct pipeline *pipeline;
    struct index_progress progress;
    uint64_t n_bytes_before; /* of the sources before this one */
    uint64_t n_bytes_source; /* of this one */
    uint64_t n_carried;      /* records taken over from the old index */
    /* The source that is being read. */
    const char *path;
    char *name; /* prefix of its records' keys */
    int64_t source_id;
    struct known_records known; /* what the index holds of it; nothing of a new one */
    struct known_record *match; /* the one with the key of the record at hand; NULL: none */
    uint64_t n_written;         /* of its records: given to the analysers, or moved */
    uint64_t n_problems_before; /* told of before it */
    uint64_t n_unchanged_before;
    struct key_set seen; /* keys of records that are not known */
    /* What catalog_prune is to keep: of the roots that could be listed, the sources. */
    struct string_set listed_roots;
    struct string_set listed_sources;
};

/* What ingest.c gives to the others. */

/* Tells of a problem in the current source, at PLACE in it (NULL: all of it). */
void ingest_problem(struct ingest *in, const struct place *place, enum severity severity,
                    const char *text, struct span excerpt);

/* Tells how far the run is, and asks whether to go on. ST_OK; ST_INTERRUPTED with a message. */
enum status ingest_show_progress(struct ingest *in);

/* Counts a record of N_BYTES that was read. As ingest_show_progress. */
enum status ingest_count_read(struct ingest *in, size_t n_bytes);

/* Interface to ingest_key.c. */

/* Gives D the key that it has in the current source: NAME#NUMBER, or a hash of its text, and a
 * number behind it where a record before it has that key; finds which known record has it
 * (in->match). ST_OK; ST_NOMEM with a message. */
enum status ingest_key(struct ingest *in, struct document *d);

/* Interface to ingest_source.c. */

/* Notes SOURCE as the one that is read from now on, until ingest_end_source, which must be called
 * whatever this one returns. *THEN: as it was when last read. ST_OK, or the first error. */
enum status ingest_begin_source(struct ingest *in, const struct source *source, int64_t root_id,
                                struct file_state *then);
void ingest_end_source(struct ingest *in);

/* Takes the records of the current source from the index that is built anew, which without its
 * source is all that is left of them. ST_OK, or the first error. */
enum status ingest_carry(struct ingest *in);

/* Status and message for what cannot be read of the old index. */
enum status ingest_cannot_carry(const struct ingest *in, enum status why);

/* Reads one source of ROOT unless it is as it was. ST_OK, or the first error. */
enum status ingest_source(struct ingest *in, const struct source *source,
                          const struct root_entry *root);

#endif
