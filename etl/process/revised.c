/* revised.c - how much figures are revised: of each indicator and measure, what was first
 * published against what stands now.
 *
 * A revision is latest less first (methods note, section 13); a figure that nobody changed
 * counts with a revision of nothing.  Rates and shares are revised by points. */
#include "process/work.h"
#include "tongbao/csv.h"
#include "tongbao/error.h"
#include "tongbao/profile.h"
#include "tongbao/rational.h"

/* Of one plane, in units of its last digit. */
struct sums {
    size_t published, revised, taken_back;
    tb_int128 net, absolute, level; /* of revisions; of |latest| */
    int64_t largest;
    size_t at; /* cell of the largest */
};

static int64_t distance(int64_t a, int64_t b, bool *fits)
{
    int64_t out = 0;

    *fits &= !__builtin_sub_overflow(a, b, &out);
    return out;
}

static uint64_t size_of(int64_t number)
{
    return number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
}

static void add_levels(const struct tb_plane *plane, struct sums *sums)
{
    size_t n = (size_t)plane->n_periods * plane->n_columns;

    for (size_t cell = 0; cell < n; cell++) {
        if (!plane->origin[cell] || !tb_status_has_value(plane->status[cell]))
            continue;
        sums->published++;
        sums->level += (tb_int128)size_of(plane->value[cell]);
    }
}

/* False when a revision does not fit 64 bits. */
static bool add_revisions(const struct tb_first *first, size_t n, struct sums *sums)
{
    bool fits = true;

    for (size_t i = 0; i < n; i++) {
        const struct tb_plane *plane = first[i].plane;
        size_t cell = first[i].cell;
        if (!tb_status_has_value(first[i].status))
            continue;
        if (!tb_status_has_value(plane->status[cell])) {
            sums->published++;
            sums->taken_back++;
            continue;
        }
        int64_t revision = distance(plane->value[cell], first[i].units, &fits);
        if (revision == 0)
            continue; /* another status, or there and back */
        sums->revised++;
        sums->net += revision;
        sums->absolute += (tb_int128)size_of(revision);
        if (size_of(revision) > size_of(sums->largest)) {
            sums->largest = revision;
            sums->at = cell;
        }
    }
    return fits;
}

/* num / den to `more` digits behind those of `scale`; an empty cell where it does not fit. */
static void put_ratio(struct tb_buf *out, tb_int128 num, tb_int128 den, int32_t scale, int32_t more)
{
    char text[TB_DECIMAL_TEXT] = "";
    tb_int128 wide;

    if (scale + more > TB_DECIMAL_SCALE_MAX)
        more = TB_DECIMAL_SCALE_MAX - scale;
    if (den > 0 && !__builtin_mul_overflow(num, (tb_int128)tb_pow10(more), &wide)) {
        tb_int128 half = wide < 0 ? -(den / 2) : den / 2;
        tb_int128 rounded = (wide + half) / den;
        if (rounded <= INT64_MAX && rounded >= INT64_MIN)
            tb_decimal_format((struct tb_decimal){ (int64_t)rounded, scale + more }, text);
    }
    tb_csv_put(out, text);
}

static void put_sums(struct tb_work *work, const struct tb_plane *plane, const struct sums *sums)
{
    struct tb_buf *out = &work->revised;
    size_t kept = sums->published - sums->taken_back;
    char text[TB_DECIMAL_TEXT] = "", period[TB_PERIOD_TEXT] = "";

    tb_csv_put(out, work->profile->indicators[plane->key.indicator].code);
    tb_csv_put(out, tb_measure_name((enum tb_measure)plane->key.measure));
    tb_csv_put_int(out, (int64_t)sums->published);
    tb_csv_put_int(out, (int64_t)sums->revised);
    tb_csv_put_int(out, (int64_t)sums->taken_back);
    put_ratio(out, (tb_int128)100 * (tb_int128)(kept - sums->revised),
              (tb_int128)sums->published, 0, 2);
    put_ratio(out, sums->net, (tb_int128)kept, plane->scale, 2);
    put_ratio(out, sums->absolute, (tb_int128)kept, plane->scale, 2);
    put_ratio(out, 100 * sums->absolute, sums->level, 0, 3);
    if (sums->largest) {
        tb_decimal_format((struct tb_decimal){ sums->largest, plane->scale }, text);
        tb_period_format((struct tb_period){ plane->freq,
                                             plane->first +
                                                 (int32_t)(sums->at / plane->n_columns) },
                         period);
    }
    tb_csv_put(out, text);
    tb_csv_put(out, sums->largest ? work->profile->units[sums->at % plane->n_columns].code : "");
    tb_csv_put(out, period);
    tb_csv_end_row(out);
}

/* Submitted cells as they came, before anything is derived or held. */
int tb_work_revised(struct tb_work *work, struct tb_error *err)
{
    const struct tb_firsts *firsts = &work->firsts;

    for (size_t i = 0, n; i < firsts->n; i += n) {
        const struct tb_plane *plane = firsts->item[i].plane;
        struct sums sums = { 0 };
        for (n = 1; i + n < firsts->n && firsts->item[i + n].plane == plane; n++)
            ;
        if (plane->key.measure == TB_MEASURE_RANK ||
            tb_measure_is_of_task((enum tb_measure)plane->key.measure))
            continue;
        add_levels(plane, &sums);
        if (!add_revisions(&firsts->item[i], n, &sums))
            return tb_error_set(err, "a revision of '%s' does not fit 64 bits",
                                work->profile->indicators[plane->key.indicator].code);
        put_sums(work, plane, &sums);
    }
    return tb_buf_ok(&work->revised, err) ? 0 : -1;
}
