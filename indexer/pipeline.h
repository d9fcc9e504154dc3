/* Documents on their way from the reader through the analysing threads to one writer. */
#ifndef HIKU_INDEXER_PIPELINE_H
#define HIKU_INDEXER_PIPELINE_H

#include "dict/analyzer.h"
#include "indexer/segments/document.h"
#include "indexer/segments/vocabulary.h"

struct pipeline;

struct pipeline_sink {
    void *context;
    /* Takes an analysed document, in the order in which they were given, in the thread that gives.
     * ANALYSED: how document_analyze ended. Anything but ST_OK stops the pipeline. */
    enum status (*write)(void *context, struct document *d, enum status analysed);
};

/* Starts N_THREADS analysing threads (0: one for each processor), which count words: when they have
 * ended WORDS has the counts of all of them. MEMORY: bytes that all of the run may use, about.
 * ST_OK, ST_NOMEM. */
enum status pipeline_open(struct pipeline **out, const struct analyzer *analyzer, size_t n_threads,
                          size_t memory, const struct pipeline_sink *sink,
                          struct vocabulary *words);

/* Tells that sources of about N_BYTES are to come, before the first document is given: what costs
 * time at first and saves it later is done for many. */
void pipeline_expect(struct pipeline *p, uint64_t n_bytes);

/* Ends the threads; what has not been written is dropped. NULL is allowed. ST_OK; ST_NOMEM when
 * words could not be counted. */
enum status pipeline_close(struct pipeline *p);

/* The document to be filled next; the same one until it is given. */
struct document *pipeline_slot(struct pipeline *p);

/* Sends the slot's document on its way, and writes others that are ready when there is no room.
 * ST_OK or what sink->write returned. */
enum status pipeline_give(struct pipeline *p);

/* Waits until everything that was given is written. ST_OK or what sink->write returned. */
enum status pipeline_drain(struct pipeline *p);

#endif
