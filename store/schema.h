/* The index file's layout (hiku.db.5), shared by the writer and the reader. */
#ifndef HIKU_STORE_SCHEMA_H
#define HIKU_STORE_SCHEMA_H

/* "hiku" in ASCII, in the file's header (PRAGMA application_id). */
#define STORE_APPLICATION_ID 0x68696b75
/* PRAGMA user_version. Raise it when a reader of the old one would give wrong answers. */
#define STORE_FORMAT 6

/* Names in the table meta. */
#define META_FINGERPRINT "fingerprint" /* analyzer_fingerprint() of what cut the texts */
#define META_DICDIR "dicdir"           /* where that dictionary was */
#define META_USERDIC "userdic"         /* the user dictionary, where one was named */
#define META_WRITER "writer"           /* version of hiku that last wrote */

/* Everything but documents_fts, which needs the tokenizer. */
extern const char store_schema[];
/* The content table is named in double quotes: Datasette and sqlite-utils look for that. */
extern const char store_schema_fts[];

#endif
