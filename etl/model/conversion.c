/* conversion.c - names and notes of the texts that converters made. */
#include "tongbao/conversion.h"

#include <stdlib.h>
#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/csv.h"
#include "tongbao/diag.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/newfile.h"
#include "tongbao/profile.h"
#include "tongbao/table.h"

static char *path_of(const char *data, const char *original, const struct tb_converter *converter,
                     const char *ending)
{
    return tb_path("%s/archive/%.2s/%s.%.16s%s", data, original, original, converter->digest,
                   ending);
}

char *tb_conversion_text_path(const char *data, const char *original,
                              const struct tb_converter *converter)
{
    return path_of(data, original, converter, ".csv.gz");
}

char *tb_conversion_note_path(const char *data, const char *original,
                              const struct tb_converter *converter)
{
    return path_of(data, original, converter, ".csv");
}

int tb_conversion_note_write(const char *path, const struct tb_conversion_note *note,
                             struct tb_error *err)
{
    struct tb_buf text = TB_BUF_INIT;
    int rc = -1;

    tb_buf_puts(&text, "original,command,program,sha256,bytes\n");
    tb_csv_put(&text, note->original);
    tb_csv_put(&text, note->command);
    tb_csv_put(&text, note->program);
    tb_csv_put(&text, note->sha256);
    tb_csv_put_int(&text, (int64_t)note->bytes);
    tb_csv_end_row(&text);
    if (tb_buf_ok(&text, err))
        rc = tb_newfile_write(path, text.data, text.len, err);
    tb_buf_release(&text);
    return rc;
}

static bool is_digest(const char *text)
{
    return strspn(text, "0123456789abcdef") == TB_DIGEST_TEXT - 1 &&
           text[TB_DIGEST_TEXT - 1] == '\0';
}

int tb_conversion_note_read(const char *path, struct tb_conversion_note *out, struct tb_error *err)
{
    struct tb_diag diag = { 0 };
    struct tb_table *table = tb_table_read(path, NULL, &diag, err);
    char *end;

    *out = (struct tb_conversion_note){ 0 };
    if (!table)
        return -1;
    const char *sha256 = tb_table_rows(table) == 1 ? tb_table_get(table, 0, "sha256") : "";
    const char *bytes = *sha256 ? tb_table_get(table, 0, "bytes") : "";
    bool whole = diag.n_errors == 0 && is_digest(sha256) && *bytes >= '0' && *bytes <= '9';
    if (whole) {
        memcpy(out->sha256, sha256, TB_DIGEST_TEXT);
        out->bytes = strtoull(bytes, &end, 10);
        whole = *end == '\0';
    }
    tb_table_free(table);
    return whole ? 0 : tb_error_set(err, "'%s' is no note of a conversion", path);
}

char tb_conversion_kind(const char *name)
{
    static const char digits[] = "0123456789abcdef";

    if (strspn(name, digits) != 64 || name[64] != '.' || strspn(name + 65, digits) != 16)
        return 0;
    name += TB_CONVERSION_NAME;
    return strcmp(name, ".csv.gz") == 0 ? 't' : strcmp(name, ".csv") == 0 ? 'n' : 0;
}

int tb_conversion_find(const char *data, const struct tb_profile *profile, const char *original,
                       char **path, struct tb_error *err)
{
    *path = NULL;
    for (size_t i = 0; i < profile->n_converters && !*path; i++) {
        char *note = tb_conversion_note_path(data, original, &profile->converters[i]);
        char *text = tb_conversion_text_path(data, original, &profile->converters[i]);
        bool there = note && text && tb_fs_exists(note);
        bool failed = !note || !text;
        free(note);
        if (there)
            *path = text;
        else
            free(text);
        if (failed)
            return tb_error_set(err, "out of memory");
    }
    return 0;
}
