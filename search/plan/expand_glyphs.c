/* Kanji of two shapes: 頸部 = 頚部, 籠 = 篭. Interface: expand.h. */
#include "search/plan/expand.h"

#include "base/utf8.h"

/* One character in two shapes, both of which keyboards and tables have, so that neither is folded:
 * those whose shapes the standard of 1983 exchanged, and others that names and older texts hold. */
static const uint32_t shapes[][2] = {
    {U'鰺', U'鯵'}, {U'鶯', U'鴬'}, {U'蠣', U'蛎'}, {U'攪', U'撹'}, {U'竈', U'竃'}, {U'灌', U'潅'},
    {U'諫', U'諌'}, {U'頸', U'頚'}, {U'礦', U'砿'}, {U'蘂', U'蕊'}, {U'靱', U'靭'}, {U'賤', U'賎'},
    {U'壺', U'壷'}, {U'礪', U'砺'}, {U'檮', U'梼'}, {U'濤', U'涛'}, {U'邇', U'迩'}, {U'蠅', U'蝿'},
    {U'儘', U'侭'}, {U'藪', U'薮'}, {U'籠', U'篭'}, {U'瑤', U'瑶'}, {U'蘆', U'芦'}, {U'禀', U'稟'},
    {U'讚', U'讃'}, {U'曵', U'曳'}, {U'皋', U'皐'}, {U'熈', U'熙'}, {U'翆', U'翠'}, {U'嶌', U'島'},
    {U'鄰', U'隣'}, {U'舘', U'館'}, {U'淵', U'渕'}, {U'涌', U'湧'}, {U'穎', U'頴'}, {U'桝', U'枡'},
    {U'鉤', U'鈎'}, {U'鼡', U'鼠'}, {U'册', U'冊'}, {U'烟', U'煙'}, {U'窗', U'窓'}};
#define N_SHAPES (sizeof shapes / sizeof *shapes)

/* The shape NUMBER of the character. */
static uint32_t shape_of(uint32_t cp, size_t number)
{
    for (size_t i = 0; i < N_SHAPES; i++) {
        if (shapes[i][!number] == cp)
            return shapes[i][number];
    }
    return cp;
}

/* All such characters in their first shape, and all in their second. */
bool expand_glyphs(struct expansion *e)
{
    bool ok = true;
    for (size_t number = 0; number < 2 && ok; number++) {
        struct buf other = BUF_INIT;
        for (size_t i = 0; i < e->n_bytes;) {
            uint32_t cp;
            i += utf8_decode(e->text + i, e->n_bytes - i, &cp);
            buf_add_cp(&other, shape_of(cp, number));
        }
        ok = expansion_add_buf(e, &other);
        buf_release(&other);
    }
    return ok;
}
