/* main.c - tongbao-disseminate: from findings to what people read (GSBPM 7):
 * bulletin, unit sheets, ledger, data quality, pages and charts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_errno.h>

#include "disseminate/bulletin/bulletin.h"
#include "disseminate/chart/charts.h"
#include "disseminate/words/readback.h"
#include "disseminate/page/receipts.h"
#include "disseminate/report.h"
#include "disseminate/template/template.h"
#include "disseminate/words/writer.h"
#include "tongbao/buf.h"
#include "tongbao/date.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/stage.h"
#include "tongbao/table.h"

#ifndef TB_SHARE_DIR
#define TB_SHARE_DIR "/usr/local/share/tongbao"
#endif

/* What one run of the stage holds. */
struct work {
    struct tb_stage stage;
    struct tb_report report;
    struct tb_charts charts;
    struct tb_writer writer;
    struct tb_templates *templates;
    struct tb_readback readback;
    char *own_templates; /* ROOT/reports/templates */
    char as_of[TB_DATE_TEXT];
    size_t n_charts, n_charts_failed; /* over all languages */
};

/* The languages to write: --lang alone, else the profile's. */
static size_t language_count(const struct work *work)
{
    return work->stage.common->lang ? 1 : work->stage.profile->set.languages.n;
}

static const char *language(const struct work *work, size_t i)
{
    const char *asked = work->stage.common->lang;
    const struct tb_strings *all = &work->stage.profile->set.languages;

    if (asked)
        return strcmp(asked, "zh") == 0 ? "zh" : "en";
    return i < all->n && strcmp(all->item[i], "zh") == 0 ? "zh" : "en";
}

/* The day up to which submissions are in: asked for, else that of the last one. */
static void find_as_of(struct work *work)
{
    const struct tb_table *t = work->report.table.submissions;

    if (work->stage.has_as_of) {
        tb_day day = tb_moment_day(work->stage.as_of - 1, work->stage.profile->set.utc_offset);
        tb_day_format(day, work->as_of);
        return;
    }
    for (size_t i = 0; t && i < tb_table_rows(t); i++) {
        char day[TB_DATE_TEXT];
        (void)snprintf(day, sizeof day, "%.10s", tb_table_get(t, i, "received"));
        if (strcmp(day, work->as_of) > 0)
            memcpy(work->as_of, day, sizeof day);
    }
}

/* A picture that gnuplot cannot draw is listed, and the rest goes out without it.
 * No memory and no room are another matter: they would publish less than there is. */
static void draw(struct work *work)
{
    struct tb_error err = TB_ERROR_INIT;
    char *folder = tb_path("%s/charts", work->stage.out);

    if (!folder || tb_fs_make_dirs(folder, &err) < 0 ||
        tb_charts_draw(&work->report, folder, &work->charts, &err) < 0) {
        tb_log_write(&work->stage.log, TB_LOG_ERROR, "charts: %s",
                     folder ? err.text : "out of memory");
        work->writer.n_failed++;
    }
    if (work->charts.n_failed > 0)
        tb_log_write(&work->stage.log, TB_LOG_WARNING, "charts that could not be drawn: %zu",
                     work->charts.n_failed);
    free(folder);
}

static void write_texts(struct work *work)
{
    struct tb_writer *w = &work->writer;

    for (size_t i = 0; i < language_count(work); i++) {
        work->report.lang = language(work, i);
        w->style = tb_style_of(&work->report);
        w->style.readback = &work->readback;
        w->first_language = i == 0;
        draw(work);
        tb_bulletin_write(w);
        tb_units_write(w);
        tb_quality_write(w);
        tb_errata_page(w);
        tb_index_write(w);
        work->n_charts += work->charts.n;
        work->n_charts_failed += work->charts.n_failed;
        tb_charts_release(&work->charts);
    }
    tb_ledger_write(w);
    tb_events_publish(w);
}

static int produce(struct work *work, struct tb_period period, struct tb_error *err)
{
    struct tb_stage *stage = &work->stage;

    if (tb_report_load(&work->report, stage->profile, stage->run, period, language(work, 0), err) <
        0)
        return -1;
    find_as_of(work);
    work->own_templates = tb_path("%s/reports/templates", stage->common->root);
    work->templates = tb_templates_new(work->own_templates, TB_SHARE_DIR "/templates", err);
    if (!work->own_templates || !work->templates)
        return tb_error_set(err, "no memory for templates");
    if (!tb_fs_exists(work->own_templates) && !tb_fs_exists(TB_SHARE_DIR "/templates"))
        return tb_error_set(err, "no templates: neither %s nor " TB_SHARE_DIR "/templates is there; "
                            "make install, or copy reports/templates of the source to the first",
                            work->own_templates);
    work->writer = (struct tb_writer){
        .report = &work->report,
        .charts = &work->charts,
        .templates = work->templates,
        .out = stage->out,
        .as_of = work->as_of,
        .known_until = stage->has_as_of ? stage->as_of : INT64_MAX,
        .n_languages = language_count(work),
        .log = &stage->log,
    };
    write_texts(work);
    return tb_receipts_publish(&work->writer, stage->common->lang, err);
}

/* The period asked for, else the last one that analyse judged. */
static bool find_period(const struct tb_stage *stage, const char *asked, struct tb_period *out)
{
    struct tb_error err = TB_ERROR_INIT;
    struct tb_table *table = NULL;
    struct tb_period_read read;
    tb_day last = TB_DAY_NONE;
    char *path;

    if (asked)
        return tb_stage_period(stage, asked, out);
    path = tb_stage_path(stage, "analyse/verdicts.csv");
    if (path)
        table = tb_table_read(path, "analyse/verdicts.csv", NULL, &err);
    for (size_t i = 0; table && i < tb_table_rows(table); i++) {
        const char *text = tb_table_get(table, i, "period");
        if (!tb_period_parse(text, strlen(text), &read) || tb_period_last_day(read.period) <= last)
            continue;
        last = tb_period_last_day(read.period);
        *out = tb_period_within(read.period, stage->profile->set.frequency);
    }
    if (last == TB_DAY_NONE)
        fprintf(stderr, "tongbao-disseminate: no period given and none judged; see --help\n");
    tb_table_free(table);
    free(path);
    return last != TB_DAY_NONE;
}

static int account(const struct work *work)
{
    int rc;

    printf("disseminate: %zu reports, %zu charts\n", work->writer.n_reports, work->n_charts);
    rc = tb_close_stdout();
    if (rc != 0 || work->writer.n_failed > 0)
        return TB_EXIT_FAILED;
    return work->n_charts_failed > 0 ? TB_EXIT_REJECTED : TB_EXIT_DONE;
}

static int run(const struct tb_common *common, const char *asked)
{
    struct work work = { 0 };
    struct tb_error err = TB_ERROR_INIT;
    struct tb_period period;
    int rc = tb_stage_open(&work.stage, "disseminate", common);

    if (rc < 0 && !find_period(&work.stage, asked, &period))
        rc = TB_EXIT_USAGE;
    if (rc < 0 && produce(&work, period, &err) < 0) {
        tb_log_write(&work.stage.log, TB_LOG_ERROR, "%s", err.text);
        rc = TB_EXIT_FAILED;
    }
    if (rc < 0)
        rc = account(&work);
    tb_templates_free(work.templates);
    tb_buf_release(&work.readback.noted);
    free(work.own_templates);
    tb_charts_release(&work.charts);
    tb_report_release(&work.report);
    tb_stage_close(&work.stage);
    return rc;
}

int main(int argc, char **argv)
{
    static const struct tb_program program = {
        .name = "tongbao-disseminate",
        .usage = "-p PROFILE [options] [PERIOD]",
        .purpose = "Write the bulletin, unit sheets, ledger, pages and charts of a period.",
        .notes = "Reads RUN/analyse, RUN/process and RUN/collect; writes RUN/reports.\n"
                 "Templates: ROOT/reports/templates, then " TB_SHARE_DIR "/templates.\n"
                 "Memory: the findings are mapped; the rest is some MB.\n",
    };
    struct tb_common common;
    const char **operands = calloc((size_t)argc + 1, sizeof *operands);
    size_t n = 0;
    int rc;

    gsl_set_error_handler_off();
    if (!operands) {
        fputs("tongbao-disseminate: out of memory\n", stderr);
        return TB_EXIT_FAILED;
    }
    rc = tb_options_parse(&program, argc, argv, &common, operands, &n);
    if (rc < 0 && n > 1) {
        fprintf(stderr, "tongbao-disseminate: one period expected; see --help\n");
        rc = TB_EXIT_USAGE;
    }
    if (rc < 0)
        rc = run(&common, n == 1 ? operands[0] : NULL);
    free(operands);
    return rc;
}
