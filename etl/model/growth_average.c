/* growth_average.c - the geometric mean of rates of growth. */
#include "tongbao/growth_average.h"

#include <math.h>

bool tb_growth_average(const struct tb_rational rate[], size_t n, struct tb_rational *out)
{
    static const double digits = 1e9;
    double product = 1;

    if (n == 0)
        return false;
    if (n == 1) {
        *out = rate[0];
        return tb_rational_cmp(rate[0], tb_rational_int(-100)) >= 0;
    }
    for (size_t i = 0; i < n; i++) {
        struct tb_rational factor;
        if (!tb_rational_add(rate[i], tb_rational_int(100), &factor) || factor.num < 0)
            return false;
        product *= tb_rational_double(factor) / 100;
    }
    double root = n == 2 ? sqrt(product) : pow(product, 1 / (double)n);
    double mean = 100 * (root - 1) * digits;
    return fabs(mean) < 9e18 && tb_rational_make((tb_int128)llround(mean), (tb_int128)digits, out);
}
