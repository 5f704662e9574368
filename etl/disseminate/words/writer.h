/* writer.h - what every text of a report is written with: the facts, the style,
 * the charts, the templates and the folder. */
#ifndef TONGBAO_DISSEMINATE_WRITER_H
#define TONGBAO_DISSEMINATE_WRITER_H

#include <stddef.h>
#include "disseminate/chart/charts.h"
#include "disseminate/words/numbers.h"
#include "disseminate/report.h"
#include "tongbao/log.h"

struct tb_buf;
struct tb_error;
struct tb_templates;
struct tb_view;
struct tb_views;

struct tb_writer {
    const struct tb_report *report;
    struct tb_style style;
    const struct tb_charts *charts;
    struct tb_templates *templates;
    const char *out;     /* folder of the reports */
    const char *as_of;   /* ISO day of the last submission that was seen; "" unknown */
    int64_t known_until; /* what people found later is not known yet: the end of --as-of */
    size_t n_languages;  /* in which this run writes */
    bool first_language; /* texts of the first language have no language in their names */
    struct tb_log *log;
    size_t n_reports; /* texts written so far */
    size_t n_failed;  /* texts that should be there and are not */
};

/* An empty tree of values for one text, with what the last pass needs. */
struct tb_views tb_writer_views(const struct tb_writer *w);

/* The text in the writer's language. */
const char *tb_say(const struct tb_writer *w, const char *zh, const char *en);
const char *tb_name_of_unit(const struct tb_writer *w, int32_t unit);
const char *tb_name_of_indicator(const struct tb_writer *w, int32_t indicator);
const char *tb_name_of_group(const struct tb_writer *w, int32_t group);
const char *tb_name_of_department(const struct tb_writer *w, int32_t department); /* "" for none */
/* Its short name where the profile has one. */
const char *tb_short_name_of_indicator(const struct tb_writer *w, int32_t indicator);
/* The department that answers for an indicator: its own, else the task's lead. */
int32_t tb_department_of(const struct tb_writer *w, int32_t indicator);
/* "2023年5月", "May 2023". */
void tb_put_period(const struct tb_writer *w, struct tb_buf *out, struct tb_period period);

/* Writes `name`.md from template `template`.<lang>.md and from it the page `name`.html;
 * other languages than the first get theirs before the ending (".en").  `up` is the
 * way from the page to the index ("", "../").  A text that cannot be written is logged
 * and counted; -1 only for the caller's interest. */
int tb_writer_publish(struct tb_writer *w, const char *name, const char *template,
                      struct tb_view *view, const char *title, const char *up);
/* Sets what every template sees: period, issuer, number, as_of, simulated ... */
void tb_writer_common(const struct tb_writer *w, struct tb_view *view);

/* The parts, each in the file of its name.  All log and count what fails. */
void tb_bulletin_write(struct tb_writer *w);
void tb_units_write(struct tb_writer *w);
void tb_quality_write(struct tb_writer *w);
void tb_index_write(struct tb_writer *w);
/* A draft erratum (errata.md and errata.csv), if there is anything to correct. */
void tb_errata_page(struct tb_writer *w);
/* Rows of errata.csv. */
size_t tb_errata_count(const struct tb_writer *w);
void tb_ledger_write(struct tb_writer *w);
/* events.csv with names, where anything was due. */
void tb_events_publish(struct tb_writer *w);

#endif
