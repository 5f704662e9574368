/* errata.c - errata.md: a draft erratum for each earlier bulletin of which a printed place
 * or verdict is another one now.  It is for whoever decides to issue it: published reports
 * stay as they are. */
#include "disseminate/words/writer.h"

#include <stdlib.h>
#include <string.h>

#include "disseminate/bulletin/bulletin.h"
#include "disseminate/template/view.h"
#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/table.h"

enum { LINES = 200 }; /* of one bulletin */

size_t tb_errata_count(const struct tb_writer *w)
{
    return w->report->table.errata ? tb_table_rows(w->report->table.errata) : 0;
}

static bool is_zh(const struct tb_writer *w)
{
    return w->style.lang[0] == 'z';
}

static const char *get(const struct tb_writer *w, size_t row, const char *column)
{
    return tb_table_get(w->report->table.errata, row, column);
}

static const char *unit_name(const struct tb_writer *w, const char *code)
{
    int32_t unit = tb_profile_unit(w->report->profile, code, strlen(code));

    return unit >= 0 ? tb_name_of_unit(w, unit) : code;
}

static const char *indicator_name(const struct tb_writer *w, const char *code)
{
    int32_t indicator = tb_profile_indicator(w->report->profile, code, strlen(code));

    return indicator >= 0 ? tb_name_of_indicator(w, indicator) : code;
}

/* The period as people write it, of a text as in the files; '_' of a folder's name is '/'. */
static void put_period(const struct tb_writer *w, const char *text, struct tb_buf *out)
{
    struct tb_period_read read;
    char period[TB_PERIOD_TEXT];
    size_t len = strnlen(text, sizeof period - 1);

    for (size_t i = 0; i < len; i++)
        period[i] = text[i] == '_' ? '/' : text[i];
    period[len] = '\0';
    if (tb_period_parse(period, len, &read))
        tb_put_period(w, out, read.period);
    else
        tb_buf_puts(out, text);
}

static const char *measure_word(const struct tb_writer *w, const char *measure)
{
    static const char *const words[][3] = {
        { "value", "当期数", "value" },
        { "ytd", "累计数", "cumulated" },
        { "growth", "同比增速", "growth" },
        { "ytd_growth", "累计同比增速", "growth of the cumulated figure" },
        { "mom", "环比", "on the period before" },
        { "share", "占比", "share" },
        { "change", "同比变动", "change" },
        { "progress", "进度", "progress" },
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], measure) == 0)
            return tb_say(w, words[i][1], words[i][2]);
    return measure;
}

/* "%" behind rates; behind amounts the indicator's unit of measure. */
static void put_unit(const struct tb_writer *w, size_t row, const char *number, struct tb_buf *out)
{
    const char *measure = get(w, row, "measure"), *code = get(w, row, "indicator");
    int32_t indicator = tb_profile_indicator(w->report->profile, code, strlen(code));

    if (strcmp(measure, "value") != 0 && strcmp(measure, "ytd") != 0 &&
        strcmp(measure, "change") != 0)
        tb_buf_putc(out, '%');
    else if (indicator >= 0 && strcmp(measure, "change") != 0)
        tb_number_unit_of(out, &w->style, number,
                          w->report->profile->indicators[indicator].unit_measure);
}

static const char *verdict_word(const struct tb_writer *w, const char *code)
{
    for (int k = 0; k < TB_N_VERDICTS; k++)
        if (strcmp(tb_verdict_code((enum tb_verdict_kind)k), code) == 0)
            return tb_verdict_word((enum tb_verdict_kind)k, w->style.lang);
    return code;
}

/* "第3位（并列）", "3 (shared)"; of a verdict its word; the number behind it. */
static void put_side(const struct tb_writer *w, size_t row, const char *what, const char *value,
                     struct tb_buf *out)
{
    const char *text = get(w, row, what), *number = get(w, row, value);
    int digits = (int)strcspn(text, "=");
    bool tied = text[digits] == '=';

    if (strcmp(get(w, row, "kind"), "verdict") == 0)
        tb_buf_printf(out, is_zh(w) ? "“%s”" : "\"%s\"", verdict_word(w, text));
    else if (!text[0])
        tb_buf_puts(out, tb_say(w, "不排位", "no place"));
    else
        tb_buf_printf(out, is_zh(w) ? "第%.*s位%s" : "%.*s%s", digits, text,
                      tied ? tb_say(w, "（并列）", " (shared)") : "");
    if (!number[0])
        return;
    tb_buf_printf(out, is_zh(w) ? "（%s%s" : " (%s %s", measure_word(w, get(w, row, "measure")),
                  number);
    put_unit(w, row, number, out);
    tb_buf_puts(out, tb_say(w, "）", ")"));
}

static void put_cause(const struct tb_writer *w, size_t row, struct tb_buf *out)
{
    static const char *const words[][3] = {
        { "revision", "数据重报或补报", "the figure came later or was sent again" },
        { "edit", "数据更正", "the figure was corrected" },
        { "peer", "其他单位数据变动", "a figure of another unit changed" },
        { "profile", "指标、目标或设置有变", "targets or settings have changed" },
        { "verification", "认定状态有变或逾期未认定",
          "the figure was verified, or is not and the day for it is over" },
        { "other", "相关数据变动或撤回", "a figure that it rests on changed or was withdrawn" },
    };
    const char *why = get(w, row, "why"), *file = get(w, row, "cause_file");

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], why) == 0)
            tb_buf_puts(out, tb_say(w, words[i][1], words[i][2]));
    if (!file[0])
        return;
    tb_buf_printf(out, is_zh(w) ? "：%s，%s，" : ": %s, %s, ",
                  unit_name(w, get(w, row, "cause_unit")),
                  indicator_name(w, get(w, row, "cause_indicator")));
    put_period(w, get(w, row, "cause_period"), out);
    tb_buf_printf(out, is_zh(w) ? "，见 %s 第%s行" : ", see %s line %s", file,
                  get(w, row, "cause_line"));
}

/* One correction, as a sentence. */
static void put_line(const struct tb_writer *w, size_t row, struct tb_view *item)
{
    const char *group = get(w, row, "group"), *target = get(w, row, "target");
    int32_t g = tb_profile_group(w->report->profile, group, strlen(group));
    struct tb_buf text = TB_BUF_INIT;

    tb_buf_printf(&text, is_zh(w) ? "%s，%s，" : "%s, %s, ", unit_name(w, get(w, row, "unit")),
                  indicator_name(w, get(w, row, "indicator")));
    put_period(w, get(w, row, "period"), &text);
    if (target[0])
        tb_buf_printf(&text, is_zh(w) ? "，目标 %s 的判定：原为" : ", verdict on target %s: printed ",
                      target);
    else
        tb_buf_printf(&text, is_zh(w) ? "，在%s的位次：原为" : ", place in %s: printed ",
                      g >= 0 ? tb_name_of_group(w, g) : group);
    put_side(w, row, "printed", "printed_value", &text);
    tb_buf_puts(&text, tb_say(w, "，更正为", ", now "));
    put_side(w, row, "now", "now_value", &text);
    tb_buf_puts(&text, tb_say(w, "。原因：", ". Why: "));
    put_cause(w, row, &text);
    tb_buf_puts(&text, tb_say(w, "。", "."));
    tb_view_check(item, &text);
    tb_view_text(item, "line", tb_buf_text(&text)); /* copied from errata.csv, cell by cell */
    tb_buf_release(&text);
}

/* The rows of one bulletin, from `row` on; returns the first of the next. */
static size_t put_bulletin(const struct tb_writer *w, size_t row, struct tb_view *view)
{
    const char *name = get(w, row, "bulletin");
    struct tb_view *item = tb_view_item(view, "bulletins");
    struct tb_buf text = TB_BUF_INIT;
    size_t first = row, n = tb_errata_count(w);

    put_period(w, name, &text);
    tb_view_check(item, &text);
    tb_view_text(item, "bulletin", tb_buf_text(&text));
    tb_buf_release(&text);
    tb_view_list(item, "lines");
    for (; row < n && strcmp(get(w, row, "bulletin"), name) == 0; row++)
        if (row - first < LINES)
            put_line(w, row, tb_view_item(item, "lines"));
    tb_view_int(item, "n_lines", (long long)(row - first));
    tb_view_flag(item, "lines_cut", row - first > LINES);
    return row;
}

/* The whole table beside the text. */
static void publish_table(struct tb_writer *w)
{
    struct tb_error err = TB_ERROR_INIT;
    char *from = tb_path("%s/analyse/errata.csv", w->report->run);
    char *to = tb_path("%s/errata.csv", w->out);

    if (!from || !to)
        tb_error_set(&err, "out of memory");
    if (!from || !to || (!tb_fs_exists(to) && tb_fs_link_or_copy(from, to, &err) < 0)) {
        w->n_failed++;
        tb_log_write(w->log, TB_LOG_ERROR, "errata.csv: %s", err.text);
    }
    free(from);
    free(to);
}

void tb_errata_page(struct tb_writer *w)
{
    size_t n = tb_errata_count(w);
    struct tb_views views = tb_writer_views(w);
    struct tb_view *view = tb_view_root(&views);
    struct tb_buf title = TB_BUF_INIT;

    if (n == 0) {
        tb_views_release(&views);
        return;
    }
    tb_writer_common(w, view);
    tb_buf_puts(&title, tb_say(w, "更正（草稿） ", "Draft erratum, "));
    tb_put_period(w, &title, w->report->period);
    tb_view_check(view, &title);
    tb_view_text(view, "title", tb_buf_text(&title));
    tb_view_list(view, "bulletins");
    for (size_t row = 0; row < n;)
        row = put_bulletin(w, row, view);
    (void)tb_writer_publish(w, "errata", "errata", views.failed ? NULL : view, tb_buf_text(&title),
                            "");
    publish_table(w);
    tb_buf_release(&title);
    tb_views_release(&views);
}
