/* office.c - names in records against departments. */
#include "tongbao/office.h"

#include <string.h>

#include "model/profile/profile_load.h"
#include "tongbao/buf.h"
#include "tongbao/text.h"

/* True when the folded texts are equal, or the second begins with the first. */
static bool matches(const char *name, const char *who, bool whole)
{
    struct tb_buf a = TB_BUF_INIT, b = TB_BUF_INIT;

    tb_text_fold(name, strlen(name), &a);
    tb_text_fold(who, strlen(who), &b);
    bool same = !a.failed && !b.failed && a.len > 0 && a.len <= b.len &&
                (!whole || a.len == b.len) && memcmp(a.data, b.data, a.len) == 0;
    tb_buf_release(&a);
    tb_buf_release(&b);
    return same;
}

bool tb_office_is(const struct tb_profile *profile, int32_t department, const char *who)
{
    const struct tb_department *office = &profile->departments[department];

    return matches(office->code, who, true) || matches(office->name_zh, who, false) ||
           matches(office->name_en, who, false);
}

bool tb_office_named(const struct tb_profile *profile, const char *office, const char *who)
{
    for (size_t d = 0; d < profile->n_departments; d++) {
        const struct tb_department *department = &profile->departments[d];
        if (matches(department->code, office, true) || matches(department->name_zh, office, true) ||
            matches(department->name_en, office, true))
            return tb_office_is(profile, (int32_t)d, who);
    }
    return matches(office, who, false);
}
