/* main.c - writes one batch of figures for the targets of a catalogue.
 *
 *   catalogue CATALOGUE.csv PROFILE SEEDS met|missed BATCH OUT
 *
 * SEEDS are split by ','.  Targets of a batch share no indicator, so that none spoils another;
 * OUT gets figures.csv (a submission), quotas.csv, cases.csv and expected.csv (what the verdict
 * of each target must be).  Ends with 3 when there is no such batch. */
#include "catalogue.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_USED = 65536 };

struct used {
    char (*name)[NAME];
    int *batches; /* of which it is in the next */
    size_t n;
};

static int *uses(struct used *used, const char *name)
{
    for (size_t i = 0; i < used->n; i++) {
        if (strcmp(used->name[i], name) == 0)
            return &used->batches[i];
    }
    if (used->n == MAX_USED)
        exit(2);
    snprintf(used->name[used->n], NAME, "%s", name);
    used->batches[used->n] = 0;
    return &used->batches[used->n++];
}

/* The first batch in which none of the indicators of the row is taken. */
static int batch_of(const struct world *world, struct used *used, const struct row *row)
{
    char name[MAX_NAMES][NAME];
    size_t n = names_in_brackets(row->rule, name);
    int batch = *uses(used, row->indicator);

    for (size_t i = 0; i < n; i++) {
        int next = *uses(used, indicator_cell(world, name[i], "indicator"));
        batch = next > batch ? next : batch;
    }
    *uses(used, row->indicator) = batch + 1;
    for (size_t i = 0; i < n; i++)
        *uses(used, indicator_cell(world, name[i], "indicator")) = batch + 1;
    return batch;
}

static const char *expected(const struct world *world, const struct row *row)
{
    if (strcmp(row->form, "no_target_declared") == 0)
        return "no_target";
    return world->met ? "met" : "missed";
}

/* Whether the profile has it once; told with the first batch where it has not. */
static bool there(const struct world *world, const char *id, int batch)
{
    size_t n = 0;

    for (size_t r = 0; r < tb_table_rows(world->targets); r++)
        n += strcmp(tb_table_get(world->targets, r, "target"), id) == 0;
    if (n != 1 && batch == 0)
        printf("absent %s: %zu rows of targets.csv\n", id, n);
    return n == 1;
}

static bool of_seeds(const char *seed, const char *seeds)
{
    return strstr(seeds, seed) != NULL;
}

int main(int argc, char **argv)
{
    if (argc != 7) {
        fprintf(stderr, "usage: catalogue CATALOGUE.csv PROFILE SEEDS met|missed BATCH OUT\n");
        return 2;
    }
    struct world world = { .met = strcmp(argv[4], "met") == 0 };
    int asked = (int)strtol(argv[5], NULL, 10);
    struct used used = { calloc(MAX_USED, NAME), calloc(MAX_USED, sizeof(int)), 0 };
    if (!used.name || !used.batches)
        return 2;
    world_open(&world, argv[1], argv[2], argv[6]);
    size_t n = 0, all = 0;
    for (size_t at = 0; at < tb_table_rows(world.catalogue); at++) {
        struct row row;
        if (!of_seeds(tb_table_get(world.catalogue, at, "seed"), argv[3]) ||
            !there(&world, tb_table_get(world.catalogue, at, "id"), asked) ||
            strcmp(tb_table_get(world.catalogue, at, "kind"), "qualitative") == 0)
            continue;
        row_read(&world, at, &row);
        all++;
        if (batch_of(&world, &used, &row) != asked)
            continue;
        n++;
        if (!parts_write(&world, &row) && !compound_write(&world, &row) && !form_write(&world, &row)) {
            printf("passed over %s\n", row.id);
            continue;
        }
        for (size_t u = 0; u < row.n_units; u++)
            fprintf(world.expected, "%s,%s,%s\n", row.id, row.unit[u], expected(&world, &row));
    }
    printf("all %zu\n", all);
    world_close(&world);
    free(used.name);
    free(used.batches);
    return n == 0 ? 3 : 0;
}
