/* MeCab's compiled dictionary, mapped as mecab-dict-index wrote it: which words begin at a place,
 * what else may begin there, and what neighbours cost. For lattice.c; everything else asks MeCab.
 *
 * The form of the files is that of MeCab 0.996 (dictionary.cpp, char_property.h, connector.cpp);
 * words are found in a double array (Aoe: An efficient digital search algorithm by using a
 * double-array structure, 1989) of the bytes of their UTF-8. */
#ifndef HIKU_DICT_LATTICE_DICTIONARY_H
#define HIKU_DICT_LATTICE_DICTIONARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What sys.dic, unk.dic and user dictionaries begin with. */
struct dictionary_header {
    uint32_t magic;
    uint32_t version;
    uint32_t type;
    uint32_t n_words;
    uint32_t n_right; /* context ids */
    uint32_t n_left;
    uint32_t n_trie_bytes;
    uint32_t n_entry_bytes;
    uint32_t n_feature_bytes;
    uint32_t reserved;
    char charset[32];
};

/* Whether this name of a character set means UTF-8. */
bool dictionary_is_utf8(const char *charset);

/* What is known of one entry: token_t of MeCab. */
struct entry {
    uint16_t left_id; /* how it looks to its left neighbour */
    uint16_t right_id;
    uint16_t pos_id;
    int16_t cost;
    uint32_t feature; /* where its line starts */
    uint32_t compound;
};

struct trie_unit {
    int32_t base;
    uint32_t check;
};

/* A node of the trie, and the word that ends there. */
struct trie_place {
    uint32_t node;
    uint32_t word;
};

/* One file of words. */
struct words {
    const struct trie_unit *units;
    size_t n_units;
    const struct entry *entries;
    size_t n_entries;
    const char *features; /* lines, each with its NUL */
    size_t n_feature_bytes;
    struct trie_place *first; /* behind each character of the BMP */
    void *file;
    size_t n_file;
};

/* The entries of words with one spelling; N is 0 where there are none. */
struct entries {
    const struct entry *items;
    size_t n;
};

#define DICTIONARY_WORDS 2 /* the system's and the user's */
#define DICTIONARY_CLASSES 256

struct dictionary {
    struct words words[DICTIONARY_WORDS];
    size_t n_words;
    struct words unknown; /* by the name of the class */
    struct entries of_class[DICTIONARY_CLASSES];
    const uint32_t *classes; /* of each UTF-16 unit but the last, as in the file */
    const int16_t *costs;    /* of neighbours: right id of the left one + n_right * left id */
    size_t n_right;
    size_t n_left;
    size_t max_group; /* characters behind the first of a group of unknown ones */
    void *class_file;
    size_t n_class_file;
    void *cost_file;
    size_t n_cost_file;
    void *copies; /* of the system's words and the costs, used in their places; NULL: none */
};

/* Maps the dictionary in DICDIR with the user dictionary USERDIC ("": none). NULL when it is not
 * of the form that is known here, cannot be read, or memory is out: MeCab can be asked instead. To
 * be freed by dictionary_close; then immutable, for any number of threads. */
struct dictionary *dictionary_open(const char *dicdir, const char *userdic);
/* Copies what texts are looked up in, some 20 MB, to memory whose pages are of 2 MB where the
 * system gives them: where it is looked for is scattered so widely that in pages of 4 KB, to find
 * them takes a tenth of the time of cutting. To copy takes 10 ms. Where memory is out all stays as
 * it is. Before any thread uses D. */
void dictionary_use_large_pages(struct dictionary *d);
/* NULL is allowed. */
void dictionary_close(struct dictionary *d);

static inline uint32_t trie_root(const struct words *w)
{
    return (uint32_t)w->units[0].base;
}

/* The node behind BYTE. 0: no word goes on like this. */
static inline uint32_t trie_step(const struct words *w, uint32_t node, unsigned char byte)
{
    size_t at = (size_t)node + byte + 1;
    return at < w->n_units && w->units[at].check == node ? (uint32_t)w->units[at].base : 0;
}

/* Which word ends at NODE, for word_entries. 0: none. */
static inline uint32_t trie_word(const struct words *w, uint32_t node)
{
    if (node >= w->n_units || w->units[node].check != node || w->units[node].base >= 0)
        return 0;
    return 0U - (uint32_t)w->units[node].base;
}

/* The entries of a WORD that is not 0. */
static inline struct entries word_entries(const struct words *w, uint32_t word)
{
    size_t first = (word - 1) >> 8, n = (word - 1) & 0xFF;
    return first + n <= w->n_entries ? (struct entries){w->entries + first, n}
                                     : (struct entries){NULL, 0};
}

/* The place behind N bytes from NODE. */
static inline struct trie_place trie_follow(const struct words *w, uint32_t node, const char *bytes,
                                            size_t n)
{
    for (size_t i = 0; i < n && node != 0; i++)
        node = trie_step(w, node, (unsigned char)bytes[i]);
    return (struct trie_place){node, node != 0 ? trie_word(w, node) : 0};
}

/* Parts of the bits of a class (char_property.h: CharInfo), which tell what may stand at a
 * character that no word begins with: kinds, as bits of their own; the number of the first of them;
 * how many characters an unknown word may have; whether a run of a kind may be one; whether one may
 * stand where a word begins, too. */
static inline uint32_t class_kinds(uint32_t bits)
{
    return bits & 0x3FFFF;
}
static inline unsigned class_number(uint32_t bits)
{
    return bits >> 18 & 0xFF;
}
static inline size_t class_length(uint32_t bits)
{
    return bits >> 26 & 0xF;
}
static inline bool class_groups(uint32_t bits)
{
    return bits >> 30 & 1;
}
static inline bool class_invokes(uint32_t bits)
{
    return bits >> 31;
}

#endif
