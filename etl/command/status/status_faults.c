/* status_faults.c - reports that people found false or withheld: faults.csv, apart
 * from what is late or missing by the calendar. */
#include "command/status/status.h"

#include "command/command.h"
#include "command/listing.h"
#include "command/view.h"
#include "tongbao/buf.h"
#include "tongbao/deadline.h"
#include "tongbao/profile.h"

static bool is_of_period(const struct tb_view *view, const struct tb_fault *fault)
{
    tb_day last = tb_period_last_day(fault->period);

    return last >= tb_period_first_day(view->period) && last <= tb_period_last_day(view->period);
}

/* The end of the day that is told of. */
static int64_t moment_of(const struct tb_status_of *status)
{
    return ((int64_t)status->day + 1) * 86400 -
           (int64_t)status->view->profile->set.utc_offset * 60 - 1;
}

static void add_fault(const struct tb_view *view, struct tb_listing *listing,
                      const struct tb_fault *fault)
{
    const struct tb_profile *profile = view->profile;
    char when[TB_MOMENT_TEXT];

    tb_moment_format(fault->when, profile->set.utc_offset, when);
    when[sizeof "2023-07-20T15:00" - 1] = '\0'; /* as a clock shows it */
    when[sizeof "2023-07-20" - 1] = ' ';
    tb_listing_add(listing, tb_fault_name(fault->kind, view->lang));
    tb_listing_add(listing, tb_unit_name(&profile->units[fault->unit], view->lang));
    tb_listing_add(listing,
                   fault->indicator >= 0
                       ? tb_indicator_name(&profile->indicators[fault->indicator], view->lang)
                       : tb_view_say(view, "全部", "all"));
    tb_listing_add(listing, when);
    tb_listing_add(listing, fault->note);
}

void tb_status_faults(const struct tb_status_of *status, struct tb_buf *out)
{
    static const char *const zh[] = { "问题", "单位", "指标", "认定时间", "说明" };
    static const char *const en[] = { "fault", "unit", "indicator", "found", "note" };
    const struct tb_view *view = status->view;
    struct tb_listing listing = TB_LISTING_INIT("lllll");
    size_t n = 0;

    for (size_t i = 0; i < sizeof zh / sizeof *zh; i++)
        tb_listing_add(&listing, tb_view_say(view, zh[i], en[i]));
    for (size_t i = 0; i < view->profile->n_faults; i++) {
        const struct tb_fault *fault = &view->profile->faults[i];
        if (!is_of_period(view, fault) || !tb_fault_stands(view->profile, i, moment_of(status)))
            continue;
        add_fault(view, &listing, fault);
        n++;
    }
    if (n) {
        tb_view_printf(view, out, "\n谎报、瞒报\n", "\nfalse and withheld\n");
        tb_listing_print(&listing, "  ", out);
    }
    tb_listing_release(&listing);
}
