/* profile_bases.h - prices and base years of indicators.  Private to the loader. */
#ifndef TONGBAO_MODEL_PROFILE_BASES_H
#define TONGBAO_MODEL_PROFILE_BASES_H

#include "model/profile/profile_load.h"

/* "V", "Q 2020", "L 2017" for messages; "" when unsaid. */
void tb_prices_format(enum tb_prices prices, const char *base, char text[32]);
/* True when two indicators may be added or compared: the same prices, or one of them
 * is no matter of prices. */
bool tb_prices_agree(const struct tb_indicator *a, const struct tb_indicator *b);
/* The same of their rates of growth. */
bool tb_growth_prices_agree(const struct tb_indicator *a, const struct tb_indicator *b);

/* bases.csv; after the indicators.  -1 with *err filled when it cannot be read. */
int tb_load_bases(struct tb_load *load, struct tb_error *err);

#endif
