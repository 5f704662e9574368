/* submissions.c - a bureau and its submissions for the benchmark of collect: made
 * up by a formula, the same on every machine, no figure of anybody.
 *
 *     submissions ROOT FILES MEGABYTES KIND
 *
 * writes ROOT/config/bench and FILES long tables into ROOT/datasets/bench/inbox,
 * MEGABYTES together.  KIND: good, or rejected (no row can be taken: by turns a
 * letter in the number and a unit of no bureau).
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { UNITS = 2000, INDICATORS = 50, FIRST_YEAR = 1960 };

static FILE *create(const char *root, const char *name)
{
    char path[4096];

    snprintf(path, sizeof path, "%s/%s", root, name);
    FILE *file = fopen(path, "w");
    if (!file) {
        perror(path);
        exit(1);
    }
    return file;
}

static void make_folder(const char *root, const char *name)
{
    char path[4096];

    snprintf(path, sizeof path, "%s/%s", root, name);
    mkdir(path, 0777);
}

static void finish(FILE *file)
{
    if (ferror(file) || fclose(file) != 0) {
        perror("submissions");
        exit(1);
    }
}

static void make_profile(const char *root)
{
    FILE *file = create(root, "config/bench/profile.ini");
    fputs("[profile]\nname_zh = 基准\nname_en = bench\nsubject_group = g00\nlanguages = en\n", file);
    finish(file);
    file = create(root, "config/bench/groups.csv");
    fputs("group,name_zh,name_en\n", file);
    for (int g = 0; g * 50 < UNITS; g++)
        fprintf(file, "g%02d,组%d,group %d\n", g, g, g);
    finish(file);
    file = create(root, "config/bench/units.csv");
    fputs("unit,name_zh,groups\n", file);
    for (int u = 0; u < UNITS; u++)
        fprintf(file, "U%05d,单位%d,g%02d\n", u, u, u / 50);
    finish(file);
    file = create(root, "config/bench/indicators.csv");
    fputs("indicator,name_zh,unit_measure,kind,direction,frequency,growth,decimals,headline\n", file);
    for (int i = 0; i < INDICATORS; i++)
        fprintf(file, "I%03d,指标%d,万元,flow,higher,M,computed,1,growth\n", i, i);
    finish(file);
    file = create(root, "config/bench/targets.csv");
    fputs("target,indicator,units,from,to,rule\nT000,I000,*,2020-01,2030-12,growth > 5\n", file);
    finish(file);
    file = create(root, "config/bench/forms.csv");
    fputs("form,files,layout\nlong,*.csv*,long\n", file);
    finish(file);
}

/* Row n of all: indicators turn fastest, then units, then months. */
static int put_row(FILE *file, uint64_t n, bool good)
{
    unsigned indicator = (unsigned)(n % INDICATORS), unit = (unsigned)(n / INDICATORS % UNITS);
    unsigned month = (unsigned)(n / INDICATORS / UNITS);
    uint64_t mixed = (n + 1) * UINT64_C(0x9e3779b97f4a7c15);
    unsigned value = (unsigned)(mixed >> 40) % 99999 + 1;

    return fprintf(file, "%c%05u,I%03u,%u-%02u,%s%u.%u\n", !good && n % 2 ? 'X' : 'U', unit, indicator,
                   FIRST_YEAR + month / 12, month % 12 + 1, good || n % 2 ? "" : "1O", value / 10, value % 10);
}

int main(int argc, char **argv)
{
    uint64_t row = 0;

    if (argc != 5)
        return fprintf(stderr, "usage: submissions ROOT FILES MEGABYTES good|rejected\n"), 2;
    long n_files = strtol(argv[2], NULL, 10), bytes = strtol(argv[3], NULL, 10) * 1000000;
    bool good = strcmp(argv[4], "good") == 0;
    make_folder(argv[1], "config");
    make_folder(argv[1], "config/bench");
    make_folder(argv[1], "datasets");
    make_folder(argv[1], "datasets/bench");
    make_folder(argv[1], "datasets/bench/inbox");
    make_profile(argv[1]);
    for (long f = 0; f < n_files; f++) {
        char name[64];
        snprintf(name, sizeof name, "datasets/bench/inbox/part%04ld.csv", f);
        FILE *file = create(argv[1], name);
        long left = bytes / n_files - fprintf(file, "REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE\n");
        while (left > 0)
            left -= put_row(file, row++, good);
        finish(file);
    }
    return 0;
}
