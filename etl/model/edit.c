/* edit.c - which rows of edits.csv hold. */
#include "tongbao/edit.h"

#include "tongbao/date.h"
#include "tongbao/profile.h"

bool tb_edit_stands(const struct tb_profile *profile, size_t i, int64_t as_of)
{
    const struct tb_edit *edit = &profile->edits[i];

    if (edit->action == TB_EDIT_WITHDRAW || edit->when > as_of)
        return false;
    return edit->withdrawn_by == TB_NONE || profile->edits[edit->withdrawn_by].when > as_of;
}

bool tb_edit_same_cell(const struct tb_edit *a, const struct tb_edit *b)
{
    return a->unit == b->unit && a->indicator == b->indicator && a->measure == b->measure &&
           a->period.freq == b->period.freq && a->period.index == b->period.index;
}

const char *tb_edit_code(const struct tb_edit *edit)
{
    static const char *const code[] = { "correct", "approve", "withdraw" };

    return code[edit->action];
}

const char *tb_edit_name(const struct tb_edit *edit, const char *lang)
{
    static const char *const zh[] = { "更正", "认可原数", "撤销" };
    static const char *const en[] = { "corrected", "approved as sent", "withdrawn" };

    return lang[0] == 'z' ? zh[edit->action] : en[edit->action];
}

void tb_edits_check_dates(const struct tb_profile *profile, int64_t now, const char *file,
                          struct tb_diag *diag)
{
    for (size_t i = 0; i < profile->n_edits; i++) {
        const struct tb_edit *edit = &profile->edits[i];
        struct tb_place place = { .file = file, .line = edit->line };
        char when[TB_MOMENT_TEXT], today[TB_MOMENT_TEXT];

        if (edit->when <= now)
            continue;
        tb_moment_format(edit->when, profile->set.utc_offset, when);
        tb_moment_format(now, profile->set.utc_offset, today);
        tb_diag_at(diag, TB_ERROR, &place,
                   "the edit is dated %s, in the future, expected no later than %s", when, today);
    }
}
