/* addressee.c - folders @NAME, and the departments that they stand for. */
#include "tongbao/addressee.h"

#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/deadline.h"
#include "tongbao/profile.h"
#include "tongbao/table.h"
#include "tongbao/text.h"

bool tb_addressee_is_folder(const char *name)
{
    /* '@ is how a table guards @ against spreadsheets: read back it is the same. */
    return name[name[0] == '\''] == '@';
}

const char *tb_addressee_strip(const char *sender)
{
    if (!tb_addressee_is_folder(sender))
        return sender;
    const char *slash = strchr(sender, '/');
    return slash ? slash + 1 : sender + strlen(sender);
}

static bool is_called(const struct tb_buf *folded, const char *name)
{
    struct tb_buf other = TB_BUF_INIT;

    tb_text_fold(name, strlen(name), &other);
    bool same =
        !folded->failed && !other.failed && strcmp(tb_buf_text(folded), tb_buf_text(&other)) == 0;
    tb_buf_release(&other);
    return same;
}

static int32_t find_department(const struct tb_profile *profile, const struct tb_buf *folded)
{
    int32_t found = TB_ADDRESSEE_UNKNOWN;
    size_t n = 0;

    for (size_t i = 0; i < profile->n_departments; i++)
        if (is_called(folded, profile->departments[i].code))
            return (int32_t)i;
    for (size_t i = 0; i < profile->n_departments; i++) {
        const struct tb_department *department = &profile->departments[i];
        if (!is_called(folded, department->name_zh) && !is_called(folded, department->name_en))
            continue;
        found = (int32_t)i;
        n++;
    }
    return n == 1 ? found : TB_ADDRESSEE_UNKNOWN;
}

int32_t tb_addressee_of(const struct tb_profile *profile, const char *sender)
{
    struct tb_buf folded = TB_BUF_INIT;

    if (sender[0] != '@')
        return TB_NONE;
    tb_text_fold(sender + 1, strcspn(sender + 1, "/"), &folded);
    int32_t found = folded.len ? find_department(profile, &folded) : TB_ADDRESSEE_UNKNOWN;
    tb_buf_release(&folded);
    return found;
}

bool tb_addressee_is_named(const struct tb_profile *profile, int32_t department, bool first_only)
{
    for (size_t i = 0; i < profile->n_deadlines; i++) {
        const struct tb_deadline *row = &profile->deadlines[i];
        size_t n = first_only && row->n_to > 1 ? 1 : row->n_to;
        for (size_t k = 0; row->step == TB_STEP_SUBMIT && k < n; k++)
            if (row->to[k] == department)
                return true;
    }
    return false;
}

const struct tb_deadline *tb_addressee_row(const struct tb_profile *profile, int32_t form,
                                           struct tb_period period)
{
    tb_day from = profile->set.inbox_addressees_from;

    if (!profile->set.inbox_addressees ||
        (from != TB_DAY_NONE && tb_period_first_day(period) < from))
        return NULL;
    const struct tb_deadline *row =
        tb_deadline_find(profile, TB_STEP_SUBMIT, form, TB_NONE, period.freq);
    return row && row->n_to > 0 ? row : NULL;
}

bool tb_addressee_is_lacked(const struct tb_table *submissions, size_t row)
{
    const char *number = tb_table_get(submissions, row, "arrival");

    if (!*tb_table_get(submissions, row, "lacking"))
        return false;
    for (size_t i = row + 1; i < tb_table_rows(submissions); i++)
        if (strcmp(tb_table_get(submissions, i, "vintage"), "resubmitted") == 0 &&
            strcmp(tb_table_get(submissions, i, "refers_to"), number) == 0)
            return false;
    return true;
}
