/* spawn.c - runs the stages as programs of their own, without a shell. */
#include <stdlib.h>

#include "command/command.h"
#include "tongbao/child.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"

int tb_command_spawn(const struct tb_command *command, char *const argv[], struct tb_buf *out,
                     struct tb_error *err)
{
    char *path = tb_path("%s/%s", command->programs, argv[0]);
    struct tb_child_text printed = { out, 0 };
    const struct tb_child child = { .program = path,
                                    .argv = (const char *const *)argv,
                                    .out = { out ? tb_child_keep : NULL, &printed } };
    struct tb_child_fate fate;
    int rc = -1;

    if (!path)
        tb_error_set(err, "out of memory");
    else if (tb_child_run(&child, &fate, err) == 0)
        rc = tb_child_code(&child, &fate, err);
    free(path);
    return rc;
}
