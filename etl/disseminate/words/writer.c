/* writer.c - names, labels and the publishing of one text. */
#include "disseminate/words/writer.h"

#include <stdlib.h>
#include <string.h>

#include "disseminate/template/html.h"
#include "disseminate/words/prose.h"
#include "disseminate/words/readback.h"
#include "disseminate/template/template.h"
#include "disseminate/template/view.h"
#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/newfile.h"

struct tb_views tb_writer_views(const struct tb_writer *w)
{
    struct tb_views views = TB_VIEWS_INIT;

    views.readback = w->style.readback;
    if (views.readback)
        tb_buf_clear(&views.readback->noted);
    return views;
}

const char *tb_say(const struct tb_writer *w, const char *zh, const char *en)
{
    return w->style.lang[0] == 'z' ? zh : en;
}

/* The numbers in a name are the name's. */
static const char *quote(const struct tb_writer *w, const char *name)
{
    return tb_number_quote(&w->style, name);
}

const char *tb_name_of_unit(const struct tb_writer *w, int32_t unit)
{
    return unit < 0 ? "" : quote(w, tb_unit_name(&w->report->profile->units[unit], w->style.lang));
}

const char *tb_name_of_indicator(const struct tb_writer *w, int32_t indicator)
{
    if (indicator < 0)
        return "";
    return quote(w, tb_indicator_name(&w->report->profile->indicators[indicator], w->style.lang));
}

const char *tb_short_name_of_indicator(const struct tb_writer *w, int32_t indicator)
{
    const struct tb_indicator *ind = &w->report->profile->indicators[indicator];
    const char *name = tb_say(w, ind->short_zh, ind->short_en);

    return name && *name ? quote(w, name) : tb_name_of_indicator(w, indicator);
}

const char *tb_name_of_group(const struct tb_writer *w, int32_t group)
{
    return group < 0 ? ""
                     : quote(w, tb_group_name(&w->report->profile->groups[group], w->style.lang));
}

const char *tb_name_of_department(const struct tb_writer *w, int32_t department)
{
    const struct tb_department *d;
    const char *name;

    if (department < 0)
        return "";
    d = &w->report->profile->departments[department];
    name = tb_say(w, d->name_zh, d->name_en);
    return quote(w, name && *name ? name : d->name_zh);
}

int32_t tb_department_of(const struct tb_writer *w, int32_t indicator)
{
    const struct tb_profile *p = w->report->profile;
    const struct tb_indicator *ind = &p->indicators[indicator];

    if (ind->department >= 0)
        return ind->department;
    return ind->task >= 0 ? p->tasks[ind->task].lead_department : TB_NONE;
}

void tb_put_period(const struct tb_writer *w, struct tb_buf *out, struct tb_period period)
{
    tb_prose_period(out, &w->style, period, false, w->report->profile->set.year_start);
}

void tb_writer_common(const struct tb_writer *w, struct tb_view *view)
{
    const struct tb_settings *set = &w->report->profile->set;
    struct tb_buf text = TB_BUF_INIT;
    char code[TB_PERIOD_TEXT];
    const char *name = tb_say(w, set->name_zh, set->name_en);
    const char *issuer = tb_say(w, set->issuer_zh, set->issuer_en);
    const char *source = tb_say(w, set->source_zh, set->source_en);

    tb_put_period(w, &text, w->report->period);
    tb_view_buf(view, "period", &text);
    tb_period_format(w->report->period, code);
    tb_view_text(view, "period_code", code);
    tb_view_text(view, "profile", name);
    tb_view_text(view, "issuer", issuer);
    tb_view_text(view, "number", set->number);
    tb_view_text(view, "source", source);
    tb_view_text(view, "as_of", w->as_of);
    tb_view_flag(view, "simulated", set->simulated);
    tb_view_text(view, "subject", tb_name_of_unit(w, w->report->subject));
    tb_view_text(view, "subject_group", tb_name_of_group(w, w->report->subject_group));
    tb_buf_release(&text);
}

/* folder/name[.en].ending */
static char *file_path(const struct tb_writer *w, const char *name, const char *ending)
{
    if (w->first_language)
        return tb_path("%s/%s%s", w->out, name, ending);
    return tb_path("%s/%s.%s%s", w->out, name, w->style.lang, ending);
}

static int write_file(struct tb_writer *w, const char *name, const char *ending,
                      const struct tb_buf *text, struct tb_error *err)
{
    char *path = file_path(w, name, ending);
    int rc = path ? tb_newfile_write(path, tb_buf_text(text), text->len, err)
                  : tb_error_set(err, "no memory for '%s'", name);

    free(path);
    return rc;
}

/* Parts that are left out leave their blank lines behind: one is enough. */
static void squeeze(const struct tb_buf *text, struct tb_buf *out)
{
    const char *from = tb_buf_text(text);
    size_t lines = 1; /* line ends in a row; none are wanted at the start */

    for (size_t i = 0; i < text->len; i++) {
        lines = from[i] == '\n' ? lines + 1 : 0;
        if (lines <= 2)
            tb_buf_putc(out, from[i]);
    }
    while (out->len > 1 && out->data[out->len - 1] == '\n' && out->data[out->len - 2] == '\n')
        out->data[--out->len] = '\0';
}

/* The finished text: rendered, read back, with even gaps. */
static int make_text(struct tb_writer *w, const char *template, const char *shown,
                     const struct tb_view *view, struct tb_buf *out, struct tb_error *err)
{
    struct tb_buf text = TB_BUF_INIT;
    struct tb_trace trace = { 0 };
    int rc = -1;

    if (tb_templates_render(w->templates, template, view, &text, &trace, err) == 0 &&
        tb_readback_check(&text, &trace, shown, err) == 0) {
        squeeze(&text, out);
        rc = tb_buf_ok(out, err) ? 0 : -1;
    }
    tb_trace_release(&trace);
    tb_buf_release(&text);
    return rc;
}

int tb_writer_publish(struct tb_writer *w, const char *name, const char *template,
                      struct tb_view *view, const char *title, const char *up)
{
    struct tb_error err = TB_ERROR_INIT;
    struct tb_buf text = TB_BUF_INIT, page = TB_BUF_INIT;
    char *shown = tb_path("%s%s%s.md", name, w->first_language ? "" : ".",
                          w->first_language ? "" : w->style.lang);
    char *file = tb_path("%s.%s.md", template, w->style.lang);
    char *home = tb_path("%sindex%s%s.html", up, w->first_language ? "" : ".",
                         w->first_language ? "" : w->style.lang);
    int rc = -1;

    if (!file || !home || !shown || !view) {
        (void)tb_error_set(&err, "no memory for '%s'", name);
        goto out;
    }
    if (make_text(w, file, shown, view, &text, &err) < 0 ||
        write_file(w, name, ".md", &text, &err) < 0 ||
        tb_html_page(w->templates, w->style.lang, template, title, home, tb_buf_text(&text),
                     text.len, &page, &err) < 0 ||
        write_file(w, name, ".html", &page, &err) < 0)
        goto out;
    w->n_reports++;
    rc = 0;
out:
    if (rc < 0) {
        w->n_failed++;
        tb_log_write(w->log, TB_LOG_ERROR, "%s: %s", name, err.text);
    }
    free(shown);
    free(file);
    free(home);
    tb_buf_release(&text);
    tb_buf_release(&page);
    return rc;
}
