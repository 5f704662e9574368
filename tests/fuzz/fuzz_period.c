/* fuzz_period.c - any bytes as a period; what was read prints and reads back. */
#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tongbao/date.h"
#include "tongbao/period.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tb_period_read read, again;
    char printed[TB_PERIOD_TEXT], words[48];
    char *text = malloc(size ? size : 1);
    tb_day day;
    int64_t moment;

    assert(text);
    memcpy(text, data, size);
    if (tb_period_parse(text, size, &read)) {
        tb_period_format(read.period, printed);
        assert(tb_period_parse(printed, strlen(printed), &again));
        assert(again.period.freq == read.period.freq && again.period.index == read.period.index);
        assert(tb_period_first_day(read.period) <= tb_period_last_day(read.period));
        assert(tb_period_format_zh(read.period, words) < sizeof words);
        assert(tb_period_format_en(read.period, words) < sizeof words);
    }
    (void)tb_day_parse(text, size, &day);
    (void)tb_moment_parse(text, size, &moment);
    free(text);
    return 0;
}
