/* serial.c - days and parts of days in whole numbers. */
#include "xlsx/serial.h"

#include <stdint.h>

#include "tongbao/buf.h"
#include "tongbao/date.h"
#include "xlsx/format.h"
#include "xlsx/number.h"

enum { DAY_S = 86400, FRACTION_DIGITS = 12, DAYS_DIGITS = 7, QUIRK = 60 };

struct moment {
    int64_t day;     /* as the workbook counts */
    int64_t seconds; /* of the day */
};

static int64_t digits_from(const struct tb_xlsx_digits *number, int from, int n)
{
    int64_t value = 0;

    for (int i = from; i < from + n; i++)
        value = value * 10 + (i >= 0 && i < number->n ? number->digit[i] - '0' : 0);
    return value;
}

static struct moment split(const struct tb_xlsx_digits *number, bool shows_time)
{
    struct moment m = { .day = 0 };
    int64_t one = 1;

    for (int i = 0; i < FRACTION_DIGITS; i++)
        one *= 10;
    if (number->point > 0)
        m.day = digits_from(number, 0, number->point);
    if (shows_time && number->point > -FRACTION_DIGITS)
        m.seconds = (digits_from(number, number->point, FRACTION_DIGITS) * DAY_S + one / 2) / one;
    if (m.seconds == DAY_S) {
        m.day++;
        m.seconds = 0;
    }
    return m;
}

static void put_time(int64_t hours, int64_t seconds, struct tb_buf *out)
{
    tb_buf_printf(out, "%02d:%02d:%02d", (int)hours, (int)(seconds / 60 % 60), (int)(seconds % 60));
}

/* The civil date of a day of the workbook; day 0 and 60 of the older count are none
 * and are told as the spreadsheet shows them, for collect to refuse. */
static bool civil(int64_t day, bool from_1904, int *year, int *month, int *mday)
{
    tb_day first =
        from_1904 ? tb_day_from_civil(1904, 1, 1) : tb_day_from_civil(1899, 12, 31) - (day > QUIRK);

    if (!from_1904 && (day == 0 || day == QUIRK)) {
        *year = 1900;
        *month = day == 0 ? 1 : 2;
        *mday = day == 0 ? 0 : 29;
        return true;
    }
    tb_day_to_civil(first + (tb_day)day, year, month, mday);
    return *year <= 9999;
}

bool tb_xlsx_serial(const struct tb_xlsx_digits *number, unsigned parts, bool from_1904,
                    struct tb_buf *out)
{
    bool shows_time = parts & TB_XLSX_TIME,
         shows_date = parts & ~(unsigned)(TB_XLSX_TIME | TB_XLSX_ELAPSED);
    int year, month, mday;

    if (number->negative || number->point > DAYS_DIGITS)
        return false;
    struct moment m = split(number, shows_time);
    if ((parts & TB_XLSX_ELAPSED) && !shows_date) {
        put_time(m.day * 24 + m.seconds / 3600, m.seconds, out);
        return true;
    }
    if (shows_time && !shows_date && m.day == 0) {
        put_time(m.seconds / 3600, m.seconds, out);
        return true;
    }
    if (!civil(m.day, from_1904, &year, &month, &mday))
        return false;
    bool is_first = mday == 1 && !(parts & TB_XLSX_DAY) && !shows_time && (parts & TB_XLSX_YEAR);
    tb_buf_printf(out, "%04d", year);
    if (is_first && month == 1 && !(parts & TB_XLSX_MONTH))
        return true;
    tb_buf_printf(out, "-%02d", month);
    if (is_first && (parts & TB_XLSX_MONTH))
        return true;
    tb_buf_printf(out, "-%02d", mday);
    if (m.seconds > 0) {
        tb_buf_putc(out, ' ');
        put_time(m.seconds / 3600, m.seconds, out);
    }
    return true;
}
