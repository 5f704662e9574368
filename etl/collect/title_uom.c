/* title_uom.c - lines such as `单位：万元` above a table: the unit of measure of
 * what states none of its own.
 */
#include "collect/title_uom.h"

#include <string.h>

#include "collect/coder.h"
#include "collect/plan.h"
#include "tongbao/buf.h"
#include "tongbao/text.h"

/* Behind `单位:`, when that stands alone or in 计量单位, not in 填报单位; NULL: nowhere. */
static const char *behind_word(const char *text, bool *chinese)
{
    static const char *const words[] = { "单位:", "Unit:", "Units:", "unit:", "units:" };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        for (const char *at = text; (at = strstr(at, words[i])); at++) {
            size_t before = (size_t)(at - text);
            bool counted = before >= strlen("计量") &&
                           memcmp(at - strlen("计量"), "计量", strlen("计量")) == 0;
            if (before > 0 && !counted && !strchr(" ,;(", at[-1]))
                continue;
            *chinese = i == 0;
            return at + strlen(words[i]);
        }
    }
    return NULL;
}

/* True for a name that is a unit of measure for sure: one that is made of others
 * (万元, 吨), or that some indicator is in. */
static bool is_known(const struct tb_profile *profile, const char *name)
{
    struct tb_buf folded = TB_BUF_INIT;
    struct tb_uom uom;

    tb_uom_read(name, profile->uoms, profile->n_uoms, &uom);
    tb_text_fold(name, strlen(name), &folded);
    bool known = uom.kind == TB_UOM_PERCENT || uom.kind == TB_UOM_INDEX ||
                 strcmp(uom.base, tb_buf_text(&folded)) != 0 || strcmp(uom.base, "元") == 0;
    tb_buf_release(&folded);
    for (size_t i = 0; i < profile->n_indicators && !known; i++)
        known = tb_uom_same_dimension(&uom, &profile->indicators[i].uom);
    return known && tb_profile_unit(profile, name, strlen(name)) == TB_NONE;
}

static bool add(struct tb_plan *plan, const struct tb_profile *profile, const char *text,
                size_t len)
{
    while (len > 0 && *text == ' ') {
        text++;
        len--;
    }
    while (len > 0 && text[len - 1] == ' ')
        len--;
    if (len == 0 || plan->n_title_uoms == TB_TITLE_UOMS_MAX)
        return true;
    const char *name = tb_arena_memdup(&plan->arena, text, len);
    if (name && is_known(profile, name))
        plan->title_uom[plan->n_title_uoms++] = name;
    return name != NULL;
}

bool tb_title_uom_read(struct tb_plan *plan, const struct tb_profile *profile, const char *text)
{
    bool chinese, ok = true;
    const char *at = behind_word(text, &chinese);

    if (!at)
        return true;
    at += *at == ' ';
    const char *end = at + strcspn(at, chinese ? ") " : ")");
    /* 10,000 yuan is one; 万元、个、% are three. */
    while (at < end && ok) {
        const char *stop = end;
        for (const char *s = at; s < end && stop == end && chinese; s++) {
            if (*s == ',' || *s == ';' || strncmp(s, "、", strlen("、")) == 0)
                stop = s;
        }
        ok = add(plan, profile, at, (size_t)(stop - at));
        at = stop == end ? end : stop + (*stop == ',' || *stop == ';' ? 1 : strlen("、"));
    }
    return ok;
}

const char *tb_title_uom_for(const struct tb_plan *plan, const struct tb_profile *profile,
                             int32_t indicator)
{
    const struct tb_uom *own = &profile->indicators[indicator].uom;
    struct tb_uom uom;

    for (size_t i = 0; i < plan->n_title_uoms; i++) {
        tb_uom_read(plan->title_uom[i], profile->uoms, profile->n_uoms, &uom);
        if (tb_uom_same_dimension(&uom, own))
            return plan->title_uom[i];
    }
    /* 单位：万元 says nothing of rates. */
    bool amount = own->kind == TB_UOM_AMOUNT;
    return amount && plan->n_title_uoms > 0 ? plan->title_uom[0] : NULL;
}
