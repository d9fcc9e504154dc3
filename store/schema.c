/* The index file's layout. Interface: schema.h; described in hiku.db.5. */
#include "store/schema.h"

const char store_schema[] =
    "CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE roots(id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, columns TEXT);"
    "CREATE TABLE sources("
    "  id INTEGER PRIMARY KEY, root_id INTEGER NOT NULL REFERENCES roots(id),"
    "  path TEXT NOT NULL UNIQUE, name TEXT NOT NULL, label TEXT NOT NULL,"
    "  size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, ctime_ns INTEGER NOT NULL,"
    "  inode INTEGER NOT NULL);"
    "CREATE TABLE documents("
    "  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE,"
    "  source_id INTEGER NOT NULL REFERENCES sources(id), number TEXT NOT NULL,"
    "  line INTEGER NOT NULL, part TEXT NOT NULL DEFAULT '', page INTEGER NOT NULL DEFAULT 0,"
    "  date_text TEXT NOT NULL, date TEXT, date_end TEXT,"
    "  title TEXT NOT NULL, body TEXT NOT NULL, columns TEXT NOT NULL, hash INTEGER NOT NULL);"
    "CREATE INDEX documents_by_source ON documents(source_id);"
    "CREATE TABLE segments("
    "  id INTEGER PRIMARY KEY, base INTEGER NOT NULL, n_docs INTEGER NOT NULL,"
    "  n_units INTEGER NOT NULL, lengths BLOB NOT NULL, dates BLOB NOT NULL);"
    "CREATE TABLE bounds(id INTEGER PRIMARY KEY, data BLOB NOT NULL);"
    "CREATE TABLE dead(id INTEGER PRIMARY KEY);"
    "CREATE TABLE vocabulary("
    "  reading TEXT NOT NULL, surface TEXT NOT NULL, n INTEGER NOT NULL,"
    "  PRIMARY KEY(reading, surface)) WITHOUT ROWID;"
    "CREATE TABLE lists(id INTEGER PRIMARY KEY, data BLOB NOT NULL);"
    "CREATE TABLE postings(id INTEGER PRIMARY KEY, data BLOB NOT NULL);";

const char store_schema_fts[] =
    "CREATE VIRTUAL TABLE documents_fts USING fts5("
    "body, title, content=\"documents\", content_rowid=\"id\", tokenize=\"hiku\")";
