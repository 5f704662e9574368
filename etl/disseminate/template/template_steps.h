/* template_steps.h - a parsed template: what template.c makes and template_run.c runs. */
#ifndef TONGBAO_DISSEMINATE_TEMPLATE_STEPS_H
#define TONGBAO_DISSEMINATE_TEMPLATE_STEPS_H

#include <stddef.h>

#include "disseminate/template/template.h"

/* Text between tags, or a tag of template.h; a tag behind MARKUP that stands alone
 * on its line takes the line with it. */
enum tb_step_kind {
    TB_STEP_TEXT,
    TB_STEP_VALUE,
    TB_STEP_MARKUP,
    TB_STEP_SECTION,
    TB_STEP_INVERTED,
    TB_STEP_END,
    TB_STEP_PARTIAL,
    TB_STEP_NOTE
};

struct tb_step {
    enum tb_step_kind kind;
    const char *text; /* literal text, or the name */
    size_t len;
    size_t end; /* of a section: its TB_STEP_END */
    unsigned line, column;
};

struct tb_template {
    char *text, *shown;
    enum tb_template_kind kind;
    struct tb_step *step;
    size_t n, capacity;
};

#endif
