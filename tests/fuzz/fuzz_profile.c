/* fuzz_profile.c - any bytes as one of a profile's tables, beside good ones.
 *
 * The first line of the input names the table.  Whatever it holds, the profile
 * loads with diagnostics or not at all, and can be asked and freed.
 */
#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command/init_files.h"
#include "tongbao/change.h"
#include "tongbao/deadline.h"
#include "tongbao/diag.h"
#include "tongbao/fs.h"
#include "tongbao/newfile.h"
#include "tongbao/profile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char root[] = "/tmp/tb_fuzz_XXXXXX"; /* made at the first input */

static void remove_root(void)
{
    tb_fs_remove_tree(root, NULL);
}

static void write_table(const char *name, const void *bytes, size_t len)
{
    char path[128];

    snprintf(path, sizeof path, "%s/config/p/%s", root, name);
    FILE *file = fopen(path, "wb");
    assert(file && fwrite(bytes, 1, len, file) == len);
    fclose(file);
}

static void make_root(void)
{
    char path[64];

    if (strchr(root, 'X') == NULL || !mkdtemp(root))
        return;
    atexit(remove_root);
    snprintf(path, sizeof path, "%s/config/p", root);
    assert(tb_fs_make_dirs(path, NULL) == 0);
    for (size_t i = 0; i < tb_n_init_files; i++)
        write_table(tb_init_files[i].name, tb_init_files[i].text, strlen(tb_init_files[i].text));
}

/* What is due in a year about the end of the tables, and how the cases stand. */
static void ask_days(const struct tb_profile *profile, bool sound)
{
    struct tb_due_dates dates;
    struct tb_diag diag = { 0 };
    tb_day first = tb_day_from_civil(2023, 6, 1), last = tb_day_from_civil(2024, 6, 1);

    if (!sound)
        return;
    if (tb_due_dates_list(profile, first, last, &dates, NULL) == 0) {
        for (size_t i = 0; i < dates.n; i++)
            assert(dates.item[i].day >= first && dates.item[i].day <= last);
        tb_due_dates_release(&dates);
    }
    for (size_t i = 0; i < profile->n_cases; i++)
        assert(tb_case_state(profile, &profile->cases[i], last) <= TB_CASE_LATE);
    for (size_t i = 0; i < profile->n_faults; i++)
        (void)tb_fault_stands(profile, i, INT64_MAX);
    for (size_t u = 0; u < profile->n_units; u++)
        (void)tb_profile_is_waived(profile, u, 0, (struct tb_period){ TB_FREQ_MONTH, 2023 * 12 });
    tb_calendar_check(profile, &first, 1, last, "calendar.csv", &diag);
}

/* What each unit was a year and a month before. */
static void ask_scopes(const struct tb_profile *profile)
{
    const struct tb_period now = { TB_FREQ_MONTH, 2023 * 12 + 5 };

    for (size_t u = 0; u < profile->n_units; u++)
        for (int32_t back = 1; back <= 12; back += 11) {
            struct tb_scope scope;
            tb_scope_between(profile, u, (struct tb_period){ now.freq, now.index - back }, now, &scope);
            assert(scope.broken || (scope.n >= 1 && scope.n <= TB_SCOPE_PARTS));
            for (size_t i = 0; !scope.broken && i < scope.n; i++)
                assert(scope.part[i] < profile->n_units);
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *end = size ? memchr(data, '\n', size) : NULL;
    size_t which = 0;

    make_root();
    if (!end)
        return 0;
    while (which < tb_n_init_files && (strlen(tb_init_files[which].name) != (size_t)(end - data) ||
                                    memcmp(tb_init_files[which].name, data, (size_t)(end - data)) != 0))
        which++;
    if (which == tb_n_init_files)
        return 0;
    write_table(tb_init_files[which].name, end + 1, size - (size_t)(end + 1 - data));
    struct tb_diag diag = { 0 };
    struct tb_profile *profile = tb_profile_load(root, "p", &diag, NULL);
    if (profile) {
        assert(strlen(profile->digest) == 64);
        (void)tb_profile_near_unit(profile, "东区区", strlen("东区区"));
        (void)tb_profile_indicator(profile, "retail", strlen("retail"));
        for (size_t i = 0; i < profile->n_targets && diag.n_errors == 0; i++)
            assert(profile->targets[i].rule);
        ask_days(profile, diag.n_errors == 0);
        ask_scopes(profile);
    }
    tb_profile_free(profile);
    write_table(tb_init_files[which].name, tb_init_files[which].text, strlen(tb_init_files[which].text));
    return 0;
}
