/* Place names: 霞ヶ関 = 霞ケ関 = 霞が関, 虎ノ門 = 虎の門, 中之島 = 中の島. Interface: expand.h. */
#include "search/plan/expand.h"

#include "base/utf8.h"

#include <uchar.h>

/* A kana that joins two kanji of a name, in the ways in which it is written; of each the first is
 * grammar too. */
static const struct joint {
    const char *ways[5];
} joints[] = {{{"が", "ヶ", "ケ", "ガ"}}, {{"の", "ノ", "之"}}};
#define N_JOINTS (sizeof joints / sizeof *joints)

/* What a name goes on with behind が and の, where no dictionary lists it: 緑が丘, 虎の門. */
static bool ends_names(uint32_t cp)
{
    return utf8_is_one_of(cp, U"丘岡原浜崎沢関台森谷峰島野根池瀬渕淵袋門内宮");
}

/* Whether a word of the dictionary has [START, END) in its midst: 霞が関, but not 子 が 親. */
static bool is_inside_word(struct expansion *e, size_t start, size_t end, enum status *st)
{
    bool inside = false;
    *st = expansion_cut(e);
    for (size_t i = 0; *st == ST_OK && i < e->tokens->n && !inside; i++)
        inside = e->tokens->items[i].start < start && end < e->tokens->items[i].end;
    return inside;
}

/* Whether the kana [START, END), WAY of its joint, may join two parts of a name. */
static bool may_join(struct expansion *e, const struct joint *joint, const char *way, size_t start,
                     size_t end, enum status *st)
{
    uint32_t first = utf8_before(e->text, start), last = utf8_at(e->text, e->n_bytes, end);
    if (!utf8_is_kanji(first) || !utf8_is_kanji(last))
        return false;
    if (utf8_is_one_of(first, U"〇一二三四五六七八九十百千万億数何幾") &&
        utf8_is_one_of(last, U"月所国年条項村町店校寺点"))
        return false; /* three months: the rule of counters */
    if (way != joint->ways[0] && strcmp(way, "之") != 0)
        return true;
    return ends_names(last) || is_inside_word(e, start, end, st);
}

/* The joint that is at AT, *WAY as it is written there; NULL: none. */
static const struct joint *joint_at(const struct expansion *e, size_t at, const char **way)
{
    for (size_t i = 0; i < N_JOINTS; i++) {
        for (const char *const *w = joints[i].ways; *w != NULL; w++) {
            *way = *w;
            if (expand_has_at(e, at, *w))
                return &joints[i];
        }
    }
    return NULL;
}

bool expand_places(struct expansion *e)
{
    uint32_t cp;
    bool ok = true;
    for (size_t i = 0, n; i < e->n_bytes && ok; i += n) {
        const char *way;
        enum status st = ST_OK;
        const struct joint *joint = joint_at(e, i, &way);
        n = joint != NULL ? strlen(way) : utf8_decode(e->text + i, e->n_bytes - i, &cp);
        if (joint == NULL || i == 0 || !may_join(e, joint, way, i, i + n, &st)) {
            ok = st == ST_OK;
            continue;
        }
        for (const char *const *w = joint->ways; *w != NULL && ok; w++)
            ok = expansion_replace(e, i, i + n, *w, strlen(*w));
    }
    return ok;
}
