/* returns.c - what counties, townships and departments say of themselves. */
#include <stdio.h>
#include <string.h>

#include "senders.h"

static void county_row(const struct figures *f, struct paper *paper, const char *code, size_t place,
                       int month)
{
    size_t s = series_find(code);
    bool events = series_table[s].kind == COUNTY_EVENTS;

    paper_cell(paper, series_table[s].name);
    paper_cell(paper, series_table[s].unit_measure);
    paper_cell(paper, events ? "累计" : "当期");
    paper_figure(paper, events ? figure_ytd(f, s, place, month) : figure_month(f, s, place, month),
                 series_table[s].decimals, PLAIN);
    paper_end_row(paper);
}

/* The monthly return of one county; the city bureau sends city and province. */
bool write_county(const struct figures *f, int month, size_t variant, struct paper *paper)
{
    static const char *const codes[] = { "accidents",    "deaths",       "major_accidents",
                                         "forest_fires", "big_projects", "pm25",
                                         "good_air",     "water_index" };
    char line[96];

    snprintf(line, sizeof line, "%s_%d年%d月月报.csv", places[variant].name, year_of(month),
             month_of(month));
    paper_start(paper, variant < FIRST_COUNTY ? places[CITY].code : places[variant].code, line,
                ',');
    paper->arrival = arrival_of(month, 100 + variant);
    paper->gb18030 = variant % 2 == 0;
    paper->crlf = variant % 3 == 0;
    snprintf(line, sizeof line, "%s%d年%d月安全与环境月报", places[variant].name, year_of(month),
             month_of(month));
    paper_line(paper, line);
    paper_line(paper, "指标,计量单位,口径,数值");
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        county_row(f, paper, codes[i], variant, month);
    paper_line(paper, "注：累计数从1月1日起算。");
    return true;
}

static void town_row(const struct figures *f, struct paper *paper, size_t place, int month)
{
    static const char *const codes[] = { "new_jobs",     "training",    "new_entities",
                                         "key_projects", "town_output", "pension_beds" };

    paper_cell(paper, name_of(place, month));
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        size_t s = series_find(codes[i]);
        if (due(&series_table[s], month))
            paper_figure(paper, figure_ytd(f, s, place, month), 0, PLAIN);
        else
            paper_cell(paper, "");
    }
    paper_figure(paper, figure_month(f, series_find("insured_rate"), place, month), 2, PLAIN);
    if (place == SUBJECT)
        paper_cell(paper, "不适用");
    else
        paper_figure(paper, figure_month(f, series_find("fire_staff"), place, month), 0, PLAIN);
    paper_end_row(paper);
}

bool write_towns(const struct figures *f, int month, size_t variant, struct paper *paper)
{
    char text[32];

    (void)variant;
    paper_start(paper, "inspect", "", ',');
    paper->gzip = month % 3 == 0;
    snprintf(paper->name, sizeof paper->name, "towns_%s.csv%s",
             month_name(text, sizeof text, "-", month), paper->gzip ? ".gz" : "");
    paper->arrival = arrival_of(month, 7);
    paper_line(paper, "文澜区乡镇（街道）主要指标,,,,,,,,");
    paper_line(paper,
               "乡镇（街道）,城镇新增就业,职业技能培训,经营主体净增,重点项目投资,规模工业产值,"
               "家庭养老床位,参保率,应急队伍人数");
    for (size_t p = FIRST_TOWN; p < N_PLACES; p++)
        town_row(f, paper, p, month);
    town_row(f, paper, SUBJECT, month);
    return true;
}

const char *const departments[N_DEPARTMENTS] = { "ind",     "commerce", "hrss", "tax",
                                                 "finsvc",  "gov",      "nrb",  "inspect",
                                                 "housing", "fin",      "civil" };

/* What a department says of the district alone: 指标,口径,数值,备注 */
bool write_progress(const struct figures *f, int month, size_t variant, struct paper *paper)
{
    const char *department = departments[variant];
    char text[32], name[64];

    snprintf(name, sizeof name, "progress_%s_%s.csv", department,
             month_name(text, sizeof text, "-", month));
    paper_start(paper, department, name, ',');
    paper->arrival = arrival_of(month, 200 + variant);
    paper->bom = variant % 4 == 1;
    paper_line(paper, "指标,口径,数值,备注");
    for (size_t s = 0; s < n_series; s++) {
        const struct series *series = &series_table[s];
        bool flow = series->kind == SUBJECT_FLOW;
        bool stage = flow && strcmp(series->unit_measure, "%") == 0; /* how far, in percent */
        if (!series->sender || strcmp(series->sender, department) != 0)
            continue;
        paper_cell(paper, series->name);
        paper_cell(paper, flow && !stage ? "累计" : "当期");
        if (strcmp(series->code, "hub_main") == 0 && figure_month(f, s, SUBJECT, month) == 100)
            paper_cell(paper, "完成");
        else
            paper_figure(
                paper, flow ? figure_ytd(f, s, SUBJECT, month) : figure_month(f, s, SUBJECT, month),
                series->decimals, PLAIN);
        paper_line(paper, ",");
    }
    return true;
}

bool write_places(const struct figures *f, int month, size_t variant, struct paper *paper)
{
    static const char *const words[] = { "第31", "第29", "第30", "第27", "并列第二十六",
                                         "第25", "第23", "第22", "21",   "第十八" };
    char name[64];

    (void)f;
    (void)variant;
    if (month % 3 != 2)
        return false;
    snprintf(name, sizeof name, "places_%d-Q%d.csv", year_of(month), month % 12 / 3 + 1);
    paper_start(paper, "park", name, ',');
    paper->arrival = arrival_of(month, 8);
    paper_line(paper, "单位,全省园区位次");
    paper_cell(paper, places[SUBJECT].name);
    paper_cell(paper, words[(month - FIRST_SUBMITTED) / 3]);
    paper_end_row(paper);
    return true;
}
