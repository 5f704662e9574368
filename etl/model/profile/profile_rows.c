/* profile_rows.c - whether a run was made with the rows that the profile has now. */
#include <stdlib.h>
#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/digest.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/infile.h"
#include "tongbao/profile.h"

bool tb_profile_rows_digest(const struct tb_profile *profile, char hex[TB_DIGEST_TEXT])
{
    struct tb_digest *digest = tb_digest_new();

    if (!digest)
        return false;
    for (size_t u = 0; u < profile->n_units; u++)
        tb_digest_add_text(digest, profile->units[u].code);
    tb_digest_add_text(digest, "");
    for (size_t i = 0; i < profile->n_indicators; i++)
        tb_digest_add_text(digest, profile->indicators[i].code);
    tb_digest_add_text(digest, "");
    for (size_t g = 0; g < profile->n_groups; g++)
        tb_digest_add_text(digest, profile->groups[g].code);
    tb_digest_finish(digest, hex);
    tb_digest_free(digest);
    return true;
}

int tb_profile_rows_check(const struct tb_profile *profile, const char *run, struct tb_error *err)
{
    char *path = tb_path("%s/process/" TB_PROFILE_ROWS, run), hex[TB_DIGEST_TEXT];
    struct tb_buf text = TB_BUF_INIT;
    int rc = 0;

    if (!path || !tb_profile_rows_digest(profile, hex))
        rc = tb_error_set(err, "out of memory");
    else if (tb_fs_exists(path) && (rc = tb_infile_slurp(path, 256, &text, err)) == 0 &&
             (text.len < strlen(hex) || memcmp(text.data, hex, strlen(hex)) != 0))
        rc = tb_error_set(err,
                          "'%s/process' was made with other units, indicators or groups, or in "
                          "another order, than the profile has now: run process again",
                          run);
    tb_buf_release(&text);
    free(path);
    return rc;
}
