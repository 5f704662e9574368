/* world.c - reads the catalogue and the tables of the profile. */
#include "catalogue.h"

#include <stdlib.h>
#include <string.h>

#include "tongbao/diag.h"
#include "tongbao/error.h"

static struct tb_table *table(const char *folder, const char *name)
{
    char path[4096];
    struct tb_diag diag = { 0 };
    struct tb_error err = { 0 };

    snprintf(path, sizeof path, "%s%s%s", folder, *name ? "/" : "", name);
    struct tb_table *read = tb_table_read(path, NULL, &diag, &err);
    if (!read) {
        fprintf(stderr, "%s: cannot be read\n", path);
        exit(2);
    }
    return read;
}

static FILE *output(const char *folder, const char *name, const char *head)
{
    char path[4096];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    if (!file) {
        fprintf(stderr, "%s: cannot be written\n", path);
        exit(2);
    }
    fprintf(file, "%s\n", head);
    return file;
}

void world_open(struct world *world, const char *catalogue, const char *profile, const char *out)
{
    world->catalogue = table(catalogue, "");
    world->targets = table(profile, "targets.csv");
    world->indicators = table(profile, "indicators.csv");
    world->units = table(profile, "units.csv");
    world->groups = table(profile, "groups.csv");
    world->figures = output(out, "figures.csv", "REF_AREA,INDICATOR,MEASURE,TIME_PERIOD,OBS_VALUE");
    world->quotas = output(out, "quotas.csv", "target,unit,period,value,approved_on");
    world->cases = output(out, "cases.csv", "case,class,unit,opened,closed,note");
    world->expected = output(out, "expected.csv", "target,unit,expected");
}

void world_close(struct world *world)
{
    FILE *file[] = { world->figures, world->quotas, world->cases, world->expected };

    for (size_t i = 0; i < sizeof file / sizeof *file; i++) {
        if (fclose(file[i]) != 0) {
            perror("figures");
            exit(2);
        }
    }
    tb_table_free(world->catalogue);
    tb_table_free(world->targets);
    tb_table_free(world->indicators);
    tb_table_free(world->units);
    tb_table_free(world->groups);
}

static size_t find(const struct tb_table *table, const char *column, const char *text)
{
    for (size_t r = 0; r < tb_table_rows(table); r++) {
        if (strcmp(tb_table_get(table, r, column), text) == 0)
            return r;
    }
    return SIZE_MAX;
}

const char *indicator_cell(const struct world *world, const char *code, const char *column)
{
    size_t r = find(world->indicators, "indicator", code);

    if (r == SIZE_MAX)
        r = find(world->indicators, "name_zh", code);
    if (r == SIZE_MAX) {
        fprintf(stderr, "no indicator '%s' in the profile\n", code);
        exit(2);
    }
    return tb_table_get(world->indicators, r, column);
}

/* Whether `word` is one of the parts of `list`, split by ';'. */
static bool listed(const char *list, const char *word)
{
    size_t len = strlen(word);

    for (const char *p = list; *p; p += strcspn(p, ";"), p += *p == ';') {
        if (strcspn(p, ";") == len && strncmp(p, word, len) == 0)
            return true;
    }
    return false;
}

size_t members(const struct world *world, const char *group, const char *unit,
               char code[MAX_UNITS][NAME])
{
    bool children = strcmp(group, "children") == 0;
    size_t n = 0;

    for (size_t r = 0; r < tb_table_rows(world->units) && n < MAX_UNITS; r++) {
        if (children ? strcmp(tb_table_get(world->units, r, "parent"), unit) == 0
                     : listed(tb_table_get(world->units, r, "groups"), group))
            snprintf(code[n++], NAME, "%s", tb_table_get(world->units, r, "unit"));
    }
    return n;
}

const char *area_of(const struct world *world, const char *group)
{
    size_t r = find(world->groups, "group", group);

    return r == SIZE_MAX ? "" : tb_table_get(world->groups, r, "area");
}

size_t names_in_brackets(const char *rule, char name[MAX_NAMES][NAME])
{
    size_t n = 0;

    for (const char *p = strchr(rule, '['); p && n < MAX_NAMES; p = strchr(p + 1, '[')) {
        size_t quote = p[1] == '"', len = strcspn(p + 1 + quote, quote ? "\"" : "]");
        char text[NAME];
        snprintf(text, sizeof text, "%.*s", (int)len, p + 1 + quote);
        bool old = false;
        for (size_t i = 0; i < n; i++)
            old = old || strcmp(name[i], text) == 0;
        if (!old)
            snprintf(name[n++], NAME, "%s", text);
    }
    return n;
}

bool argument_of(const char *rule, const char *function, char name[NAME])
{
    char call[NAME];

    snprintf(call, sizeof call, "%s(", function);
    const char *p = strstr(rule, call);
    if (!p)
        return false;
    p += strlen(call);
    size_t quote = *p == '"';
    snprintf(name, NAME, "%.*s", (int)strcspn(p + quote, quote ? "\"" : ",)"), p + quote);
    return true;
}

static int32_t month_of(const char *text, bool last)
{
    int year = (int)strtol(text, NULL, 10);
    const char *dash = strchr(text, '-');

    if (!dash)
        return year * 12 + (last ? 11 : 0);
    if (dash[1] == 'Q')
        return year * 12 + ((int)strtol(dash + 2, NULL, 10) - 1) * 3 + (last ? 2 : 0);
    return year * 12 + (int)strtol(dash + 1, NULL, 10) - 1;
}

static void read_units(const struct world *world, const char *list, struct row *row)
{
    row->n_units = 0;
    for (const char *p = list; *p && row->n_units < MAX_UNITS; p += strcspn(p, ";"), p += *p == ';') {
        char name[NAME];
        snprintf(name, sizeof name, "%.*s", (int)strcspn(p, ";"), p);
        if (find(world->groups, "group", name) != SIZE_MAX) {
            char code[MAX_UNITS][NAME];
            size_t n = members(world, name, "", code);
            for (size_t i = 0; i < n && row->n_units < MAX_UNITS; i++)
                memcpy(row->unit[row->n_units++], code[i], NAME);
            continue;
        }
        size_t r = find(world->units, "unit", name);
        if (r == SIZE_MAX)
            r = find(world->units, "name_zh", name);
        if (r != SIZE_MAX)
            snprintf(row->unit[row->n_units++], NAME, "%s", tb_table_get(world->units, r, "unit"));
    }
}

static void read_fields(const struct world *world, struct row *row)
{
    const struct tb_table *t = world->catalogue;

    row->form = tb_table_get(t, row->at, "form");
    row->operator= tb_table_get(t, row->at, "operator");
    row->threshold = tb_table_get(t, row->at, "threshold");
    row->unit_measure = tb_table_get(t, row->at, "unit_of_measure");
    row->basis = tb_table_get(t, row->at, "basis");
    row->peer_group = tb_table_get(t, row->at, "peer_group");
    row->plain = tb_table_get(t, row->at, "rule_plain");
    const char *period = tb_table_get(t, row->at, "period"), *slash = strchr(period, '/');
    row->start = month_of(period, false);
    row->end = month_of(slash ? slash + 1 : period, true);
    const char *due = tb_table_get(t, row->at, "due");
    if (*due && month_of(due, true) < row->end)
        row->end = month_of(due, true);
    row->number = strtod(row->threshold, NULL);
    const char *raised = strstr(row->threshold, "->");
    if (raised)
        row->number = strtod(raised + 2, NULL);
    row->step = strchr(row->threshold, '.') || strcmp(row->unit_measure, "%") == 0 ? 0.01 : 1;
}

bool row_read(const struct world *world, size_t at, struct row *row)
{
    char code[NAME];

    memset(row, 0, sizeof *row);
    row->at = at;
    row->id = tb_table_get(world->catalogue, at, "id");
    row->target = find(world->targets, "target", row->id);
    if (row->target == SIZE_MAX)
        return false;
    read_fields(world, row);
    row->rule = tb_table_get(world->targets, row->target, "rule");
    snprintf(code, sizeof code, "%s", tb_table_get(world->targets, row->target, "indicator"));
    snprintf(row->indicator, sizeof row->indicator, "%s", indicator_cell(world, code, "indicator"));
    row->kind = indicator_cell(world, code, "kind");
    row->lower = strcmp(indicator_cell(world, code, "direction"), "lower") == 0;
    if (!tb_freq_parse(indicator_cell(world, code, "frequency"), &row->frequency))
        row->frequency = TB_FREQ_MONTH;
    read_units(world, tb_table_get(world->targets, row->target, "units"), row);
    return true;
}
