/* cell_rank.c - a given rank, as people write it. */
#include "collect/cell/cell.h"

#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/text.h"

/* Takes `word` off the front (or the back) of text if it stands there. */
static bool strip_front(char **text, const char *word)
{
    size_t n = strlen(word);

    if (strncmp(*text, word, n) != 0)
        return false;
    *text += n;
    return true;
}

static bool strip_back(char *text, const char *word)
{
    size_t n = strlen(word), len = strlen(text);

    if (len <= n || strcmp(text + len - n, word) != 0)
        return false;
    text[len - n] = '\0';
    return true;
}

/* 一 .. 九十九; 0 if it is none. */
static int64_t chinese_number(char *text)
{
    static const char *const digits[] = { "一", "二", "三", "四", "五", "六", "七", "八", "九" };
    int64_t tens = 0, ones = 0;
    bool ten = false;

    while (*text) {
        int64_t digit = 0;
        for (int i = 0; i < 9 && digit == 0; i++)
            digit = strip_front(&text, digits[i]) ? i + 1 : 0;
        if (digit && ones == 0) {
            ones = digit;
        } else if (!digit && !ten && strip_front(&text, "十")) {
            ten = true;
            tens = ones ? ones : 1;
            ones = 0;
        } else {
            return 0;
        }
    }
    return tens * 10 + ones;
}

static bool read_place(char *text, int64_t *place)
{
    struct tb_decimal number;

    if (tb_decimal_parse(text, strlen(text), &number)) {
        number = tb_decimal_trim(number);
        *place = number.scale == 0 ? number.units : 0;
    } else {
        *place = chinese_number(text);
    }
    return *place >= 1;
}

void tb_cell_rank(const char *text, size_t len, const struct tb_profile *profile,
                  struct tb_buf *scratch, struct tb_cell *out)
{
    static const char *const endings[] = { "名", "位", "st", "nd", "rd", "th" };
    int64_t place;

    *out = (struct tb_cell){ .kind = TB_CELL_EMPTY };
    tb_buf_clear(scratch);
    tb_text_fold(text, len, scratch);
    if (scratch->len == 0)
        return;
    int status = tb_missing_word(profile, scratch->data);
    if (status >= 0) {
        out->kind = TB_CELL_MISSING;
        out->status = (uint8_t)status;
        return;
    }
    char *at = scratch->data;
    out->tied = strip_front(&at, "并列");
    out->tied |= strip_front(&at, "=") || strip_front(&at, "t");
    out->tied |= strip_back(at, "(并列)") || strip_back(at, "并列") || strip_back(at, "=");
    strip_front(&at, "第");
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (strip_back(at, endings[i]))
            break;
    }
    out->kind = read_place(at, &place) ? TB_CELL_VALUE : TB_CELL_BAD;
    out->reason = TB_REASON_RANK_MALFORMED;
    if (out->kind == TB_CELL_VALUE)
        out->value = (struct tb_decimal){ place, 0 };
}
