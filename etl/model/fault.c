/* fault.c - false and withheld reports, as people found them. */
#include <string.h>

#include "tongbao/deadline.h"
#include "tongbao/profile.h"

static const struct {
    const char *code, *zh, *en;
} kinds[] = {
    [TB_FAULT_FALSE] = { "false", "谎报", "false report" },
    [TB_FAULT_WITHHELD] = { "withheld", "瞒报", "withheld report" },
    [TB_FAULT_CLEARED] = { "cleared", "撤销认定", "finding withdrawn" },
};

static bool same_cell(const struct tb_fault *a, const struct tb_fault *b)
{
    return a->unit == b->unit && a->indicator == b->indicator && a->period.freq == b->period.freq &&
           a->period.index == b->period.index;
}

bool tb_fault_stands(const struct tb_profile *profile, size_t i, int64_t as_of)
{
    const struct tb_fault *fault = &profile->faults[i];

    if (fault->kind == TB_FAULT_CLEARED || fault->when > as_of)
        return false;
    for (size_t later = i + 1; later < profile->n_faults; later++) {
        const struct tb_fault *other = &profile->faults[later];
        if (other->kind == TB_FAULT_CLEARED && other->when <= as_of && same_cell(fault, other))
            return false;
    }
    return true;
}

const char *tb_fault_code(enum tb_fault_kind kind)
{
    return kinds[kind].code;
}

const char *tb_fault_name(enum tb_fault_kind kind, const char *lang)
{
    return strcmp(lang, "zh") == 0 ? kinds[kind].zh : kinds[kind].en;
}
