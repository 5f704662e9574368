/* verify_store.c - the originals and the segments: hashes and checksums.
 *
 * Originals are the truth and there may be many: they are hashed on all
 * processors, and the faults are told in the order of the ledger. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command/faults.h"
#include "tongbao/arrivals.h"
#include "tongbao/conversion.h"
#include "tongbao/digest.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/infile.h"
#include "tongbao/map.h"
#include "tongbao/parallel.h"
#include "tongbao/segment.h"

enum { BLOCK_BYTES = 256 * 1024 };

struct originals {
    const char *data;
    const struct tb_arrivals *arrivals;
    struct tb_error *found; /* [n]: empty text when the original is whole */
};

/* Hash and size of what a file holds, decompressed once. */
static int hash_content(const char *path, char hex[TB_DIGEST_TEXT], uint64_t *bytes,
                        struct tb_error *err)
{
    struct tb_infile *file = tb_infile_open(path, err);
    struct tb_digest *digest = tb_digest_new();
    char *block = malloc(BLOCK_BYTES);
    int64_t n = -1;

    *bytes = 0;
    if (file && (!digest || !block))
        tb_error_set(err, "out of memory");
    while (file && digest && block && (n = tb_infile_read(file, block, BLOCK_BYTES, err)) > 0) {
        tb_digest_add(digest, block, (size_t)n);
        *bytes += (uint64_t)n;
    }
    if (n == 0)
        tb_digest_finish(digest, hex);
    tb_infile_close(file);
    tb_digest_free(digest);
    free(block);
    return n == 0 ? 0 : -1;
}

/* Always 0: what is wrong with one original is noted, and the others go on. */
static int check_original(void *user, size_t item, struct tb_error *err)
{
    struct originals *originals = user;
    const struct tb_arrival *arrival = &originals->arrivals->item[item];
    struct tb_error *found = &originals->found[item];
    char *path = tb_archive_path(originals->data, arrival->sha256);
    char hex[TB_DIGEST_TEXT];
    uint64_t bytes;

    if (!path)
        return tb_error_set(err, "out of memory");
    if (hash_content(path, hex, &bytes, found) == 0 && strcmp(hex, arrival->sha256) != 0)
        tb_error_set(found, "the content has hash %s, not the one it is named by", hex);
    else if (found->text[0] == '\0' && bytes != arrival->bytes)
        tb_error_set(found, "%llu bytes, the ledger has %llu", (unsigned long long)bytes,
                     (unsigned long long)arrival->bytes);
    free(path);
    return 0;
}

static void report_originals(struct tb_faults *faults, const struct originals *originals)
{
    for (size_t i = 0; i < originals->arrivals->n; i++) {
        const struct tb_arrival *arrival = &originals->arrivals->item[i];
        char *path = tb_archive_path(originals->data, arrival->sha256);
        faults->n_checked++;
        if (originals->found[i].text[0])
            tb_fault(faults, path ? path : arrival->sha256, "arrival %u '%s': %s", arrival->number,
                     arrival->name, originals->found[i].text);
        free(path);
    }
}

/* The text that a converter made, against its note. */
static void check_text(struct tb_faults *faults, const char *text, const char *note)
{
    struct tb_conversion_note noted;
    struct tb_error err = TB_ERROR_INIT;
    char hex[TB_DIGEST_TEXT];
    uint64_t bytes;

    if (!tb_fs_exists(text))
        tb_fault(faults, note, "the text that it speaks of is missing");
    else if (tb_conversion_note_read(note, &noted, &err) < 0 ||
             hash_content(text, hex, &bytes, &err) < 0)
        tb_fault_error(faults, note, &err);
    else if (strcmp(hex, noted.sha256) != 0 || bytes != noted.bytes)
        tb_fault(faults, text, "has changed: hash %s, its note has %s", hex, noted.sha256);
}

/* Each of the two must have the other; the pair is checked once, at its note. */
static int check_conversion(struct tb_faults *faults, const char *path, char kind,
                            struct tb_error *err)
{
    bool is_note = kind == 'n';
    int len = (int)strlen(path) - (is_note ? 0 : (int)strlen(".gz"));
    char *other = tb_path("%.*s%s", len, path, is_note ? ".gz" : "");

    if (!other)
        return tb_error_set(err, "out of memory");
    if (is_note)
        check_text(faults, other, path);
    else if (!tb_fs_exists(other))
        tb_fault(faults, path, "has no note of how it was made");
    free(other);
    return 0;
}

static int check_entry(struct tb_faults *faults, const char *folder, const char *name,
                       const char *digits, const struct tb_map *known, struct tb_error *err)
{
    size_t len = strlen(name);
    char *path = tb_path("%s/%s", folder, name);
    char conversion = tb_conversion_kind(name);
    bool is_original = len == 64 + 3 && strcmp(name + 64, ".gz") == 0;
    int rc = 0;

    if (!path)
        return tb_error_set(err, "out of memory");
    faults->n_checked++;
    if ((!is_original && !conversion) || strncmp(name, digits, 2) != 0)
        tb_fault(faults, path, "is no original: expected <sha256>.gz");
    else if (tb_map_get(known, name, 64) == TB_MAP_NONE)
        tb_fault(faults, path, "has no row in arrivals.csv");
    else if (conversion)
        rc = check_conversion(faults, path, conversion, err);
    free(path);
    return rc;
}

/* The files of archive/<two digits> must each have a row. */
static int check_folder(struct tb_faults *faults, const char *folder, const char *digits,
                        const struct tb_map *known, struct tb_error *err)
{
    struct tb_names names = { 0 };
    int rc = tb_fs_list(folder, &names, err);

    for (size_t i = 0; rc == 0 && i < names.n; i++)
        rc = check_entry(faults, folder, names.name[i], digits, known, err);
    tb_names_release(&names);
    return rc;
}

static int check_folders(struct tb_faults *faults, const char *data, const struct tb_map *known,
                         struct tb_error *err)
{
    char *archive = tb_path("%s/archive", data);
    struct tb_names names = { 0 };
    int rc = archive ? 0 : tb_error_set(err, "out of memory");

    if (rc == 0 && tb_fs_exists(archive))
        rc = tb_fs_list(archive, &names, err);
    for (size_t i = 0; rc == 0 && i < names.n; i++) {
        char *folder = tb_path("%s/%s", archive, names.name[i]);
        if (!folder)
            rc = tb_error_set(err, "out of memory");
        else if (tb_fs_is_dir(folder))
            rc = check_folder(faults, folder, names.name[i], known, err);
        free(folder);
    }
    tb_names_release(&names);
    free(archive);
    return rc;
}

int tb_verify_archive(struct tb_faults *faults, const char *data, struct tb_error *err)
{
    struct tb_arrivals arrivals = { 0 };
    struct tb_map *known = tb_map_new();
    struct originals originals = { .data = data, .arrivals = &arrivals };
    int rc = -1;

    if (tb_arrivals_load(data, &arrivals, err) < 0) {
        tb_fault_error(faults, data, err);
        rc = 0;
        goto out;
    }
    originals.found = calloc(arrivals.n ? arrivals.n : 1, sizeof *originals.found);
    if (!known || !originals.found) {
        tb_error_set(err, "out of memory for %zu arrivals", arrivals.n);
        goto out;
    }
    for (size_t i = 0; i < arrivals.n; i++)
        if (tb_map_add(known, arrivals.item[i].sha256, strlen(arrivals.item[i].sha256), 1) == -2) {
            tb_error_set(err, "out of memory for %zu arrivals", arrivals.n);
            goto out;
        }
    if (tb_parallel(faults->threads, arrivals.n, check_original, &originals, err) < 0)
        goto out;
    report_originals(faults, &originals);
    rc = check_folders(faults, data, known, err);
out:
    free(originals.found);
    tb_map_free(known);
    tb_arrivals_release(&arrivals);
    return rc;
}

static void check_segment(struct tb_faults *faults, const char *path)
{
    struct tb_error err = TB_ERROR_INIT;
    struct tb_segment *segment = tb_segment_open(path, &err);

    faults->n_checked++;
    if (!segment || tb_segment_verify(segment, &err) < 0)
        tb_fault_error(faults, path, &err);
    tb_segment_close(segment);
}

int tb_verify_segments(struct tb_faults *faults, const char *data, struct tb_error *err)
{
    char *folder = tb_path("%s/segments", data);
    struct tb_names names = { 0 };
    int rc = folder ? 0 : tb_error_set(err, "out of memory");

    if (rc == 0 && tb_fs_exists(folder))
        rc = tb_fs_list(folder, &names, err);
    for (size_t i = 0; rc == 0 && i < names.n; i++) {
        const char *name = names.name[i];
        size_t len = strlen(name);
        char *path = tb_path("%s/%s", folder, name);
        if (!path)
            rc = tb_error_set(err, "out of memory");
        else if (len > 4 && strcmp(name + len - 4, ".seg") == 0)
            check_segment(faults, path);
        free(path);
    }
    tb_names_release(&names);
    free(folder);
    return rc;
}
