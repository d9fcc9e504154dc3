/* Words that mean the same as others: synonyms, misprints, other okurigana, kana for kanji.
 *
 * A lexicon is a file made of dict/synonyms.tsv and the like when hiku is built, or by `hiku
 * synonyms import`; lexicon_build.h makes it. Behind a line that names its format it holds lines
 * KEY TAB RULE TAB WORD TAB WORD …, sorted by their bytes, all normalised. Behind them stands where
 * the keys of each first character begin, as pairs of 32 bits: its code point, the offset of its
 * first line; and in 32 bits the number of these pairs. The file is mapped and looked up where it
 * lies, so that its size costs nothing at start. */
#ifndef HIKU_DICT_LEXICON_H
#define HIKU_DICT_LEXICON_H

#include "base/error.h"
#include "dict/analyzer.h"

#include <stdbool.h>
#include <stddef.h>

#define LEXICON_HEADING "#hiku lexicon " /* of any format */
#define LEXICON_HEADER LEXICON_HEADING "2\n"
#define LEXICON_PAIR_BYTES 8
/* The file made when hiku is built, and the one that `hiku synonyms import` writes beside it. */
#define LEXICON_FILE "hiku.lex"
#define LEXICON_IMPORTED "imported.lex"

/* What the words of a line are to its key. */
enum lexicon_rule {
    LEXICON_SYNONYM = 's',
    LEXICON_MISPRINT = 'm',   /* misprints of the key */
    LEXICON_MISPRINTED = 'w', /* the key is a misprint of the word */
    LEXICON_OKURIGANA = 'o',  /* the key with fewer kana */
    LEXICON_FULL = 'f',       /* one word: the key with all its kana, whose line has the others */
    LEXICON_MIXED = 'k',      /* the key with kana in the place of kanji, or the other way round */
    LEXICON_LISTED = 'l',     /* likewise, by dict/spellings.tsv: whatever MeCab makes of it */
    /* parts of compounds that no line has: */
    LEXICON_STEM = 'a',   /* the key, a kanji, as a verb that begins one: 貼, 貼り */
    LEXICON_SECOND = 'v', /* the key is a form of a verb that ends some: 付ける; its kanji */
    LEXICON_SECOND_NOUN = 'n', /* likewise the form that is a noun: 付け; its kanji */
    LEXICON_SECOND_BARE = 'b', /* the key, a kanji, as such a noun: 付, 付け */
    LEXICON_STEM_BARE = 'i',   /* the key, a kanji, begins one as it stands: 見, of 見る */
    LEXICON_KANA = 'x', /* the key, in kana, is a form of a verb that ends many: あい, 合い */
    LEXICON_IN_KANA = 'y', /* the key is such a form: 合い, あい */
    LEXICON_ENDING = 'e'   /* what ends nouns with its kana and without: 払い, 払 */
};

struct lexicon;

/* Maps the lexicon in PATH. ST_OK; ST_MISSING without a message when there is no file; ST_INPUT
 * when it is no lexicon, ST_IO; ST_NOMEM. */
enum status lexicon_open(struct lexicon **out, const char *path, struct error *error);
/* Ends the mapping, and with it the entries that were read. NULL is allowed. */
void lexicon_close(struct lexicon *lexicon);

/* Lines of the file, by their bytes. */
struct lexicon_range {
    size_t start;
    size_t end;
};

struct lexicon_entry {
    struct span key;
    char rule;         /* of enum lexicon_rule */
    struct span words; /* separated by tabs; borrowed from the lexicon */
};

struct lexicon_range lexicon_all(const struct lexicon *lexicon);

/* Those lines of RANGE whose key begins with PREFIX; those whose key is PREFIX come first. */
struct lexicon_range lexicon_narrow(const struct lexicon *lexicon, struct lexicon_range range,
                                    const char *prefix, size_t n_bytes);

/* Takes the first line out of RANGE; false when there is none. */
bool lexicon_next(const struct lexicon *lexicon, struct lexicon_range *range,
                  struct lexicon_entry *entry);

/* Finds the line of the key TEXT by RULE. False: there is none. */
bool lexicon_find(const struct lexicon *lexicon, struct span text, char rule,
                  struct lexicon_entry *entry);

/* Takes the first word out of WORDS; false when there is none. */
bool lexicon_word(struct span *words, struct span *word);

#endif
